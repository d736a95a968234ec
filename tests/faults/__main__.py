"""`make faults`: thousands of messages while everything breaks; judged by what the citizens got.

Nothing leaves this machine. Exit status 1 when an answer was lost, came twice, out of order or to somebody else.
"""

import argparse
import asyncio
import shutil
import signal
import sys

from tests.benchmark.page import measured_on, write_measured
from tests.faults.plan import FaultPlan
from tests.faults.report import complaints, table
from tests.faults.run import new_folder, run_faults


def say(line):
    print(line, file=sys.stderr, flush=True)


def read_arguments():
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--messages", type=int, default=FaultPlan.messages)
    parser.add_argument("--citizens", type=int, default=FaultPlan.citizens)
    parser.add_argument("--seconds", type=float, default=FaultPlan.spread_seconds, help="how long the citizens write")
    parser.add_argument("--seed", type=int, default=FaultPlan.seed)
    parser.add_argument("--write", action="store_true", help="put the table of a good run into docs/benchmark.md")
    return parser.parse_args()


async def run_one(plan):
    """The logs are kept when something is wrong."""
    folder = new_folder()
    try:
        outcome = await run_faults(plan, folder, say)
    except asyncio.CancelledError:
        shutil.rmtree(folder)
        raise
    wrong = tuple(complaints(outcome))
    for line in wrong:
        say(f"✗ {plan.database}: {line}")
    if wrong:
        say(f"  logs: {folder}")
    else:
        shutil.rmtree(folder)
    return outcome, not wrong


async def main():
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asyncio.current_task().cancel)
    options = read_arguments()
    databases = ("sqlite", "postgresql") if options.database == "both" else (options.database,)
    results = [
        await run_one(FaultPlan(database, options.messages, options.citizens, options.seed, options.seconds))
        for database in databases
    ]
    lines = list(table([outcome for outcome, _ in results]))
    print("\n".join(lines))
    good = all(fine for _, fine in results)
    if options.write and good:
        write_measured("make faults", [f"{measured_on()}, seed {options.seed}.\n", *lines])
    say("✓ nothing lost, nothing twice, nothing out of order" if good else "✗ see above")
    return 0 if good else 1


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(main()))
    except (KeyboardInterrupt, asyncio.CancelledError):
        say("stopped; every process was ended")
        sys.exit(130)
