"""One fault run, from the first process to the verdict."""

import asyncio
import contextlib
import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.faults.citizens import Crowd, population
from tests.faults.disturbances import Disturber
from tests.faults.judge import Verdict, judge
from tests.faults.ledger import Books, Ledger, Queues
from tests.faults.plan import FaultPlan
from tests.faults.stage import Stage

SAY_SECONDS = 5.0
LONGEST = 1.5
"""Disturbances end after so many times the planned time, whether everything was said or not."""


@dataclass(frozen=True)
class Outcome:
    """`disturbances` are what the driver did, `faults` what callers of each channel met, `door` what calls met."""

    plan: FaultPlan
    verdict: Verdict
    ledger: Ledger
    seconds: float
    disturbances: Counter
    restarts: int
    faults: dict[str, dict[str, int]]
    door: Counter
    given_up: int
    left: Queues | None


def new_folder():
    """For files and logs of one run; whoever asks for it removes it."""
    folder = Path(tempfile.mkdtemp(prefix="bhxh-faults-"))
    folder.chmod(0o711)  # PostgreSQL runs as another user, who must pass through
    return folder


async def run_faults(plan, folder, say):
    """`say` gets a line of progress now and then."""
    started = time.monotonic()
    citizens = population(plan.messages, plan.citizens)
    async with Stage(plan, folder) as stage:
        books = Books(stage.database_url)
        crowd = Crowd(citizens, stage.channels, stage.door, plan.spread_seconds, plan.seed)
        disturber = Disturber(stage, random.Random(plan.seed), plan.pause_seconds)
        telling = asyncio.create_task(_tell(plan, crowd, disturber, stage, books, say))
        try:
            await _disturbed(plan, stage, crowd, disturber)
            left = await _drained(plan, stage, books)
        finally:
            telling.cancel()
        ledger = await asyncio.to_thread(books.close_of_day)
        delivered = await stage.channels.delivered()
        states = await stage.channels.webhook_states()
        faults = await stage.channels.happened()
        books.close()
        restarts, door = stage.supervisor.restarts, stage.door.happened
    asked = {(citizen.channel, citizen.user): list(citizen.numbers) for citizen in citizens}
    verdict = judge(asked, delivered, ledger.unknown)
    given_up = sum(counts.get("given_up", 0) for counts in states.values())
    seconds = time.monotonic() - started
    return Outcome(plan, verdict, ledger, seconds, disturber.happened, restarts, faults, door, given_up, left)


async def _disturbed(plan, stage, crowd, disturber):
    """Until everything was taken; the last of it in peace when it takes too long."""
    await stage.channels.misbehave()
    disturbing = asyncio.create_task(disturber.run())
    speaking = asyncio.create_task(crowd.run())
    try:
        await asyncio.wait((speaking, disturbing), timeout=plan.spread_seconds * LONGEST, return_when="FIRST_COMPLETED")
        disturber.stop()
        await disturbing
        stage.door.calm = True
        await stage.channels.behave()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(plan.drain_seconds):
                await speaking
    finally:
        for task in (disturbing, speaking):
            task.cancel()
        await asyncio.gather(disturbing, speaking, return_exceptions=True)


async def _drained(plan, stage, books):
    """None once everything was taken and nothing waits, in the channels or with us; else how it is when time is up."""
    deadline = time.monotonic() + plan.drain_seconds
    quiet, over = 0, Queues(plan.messages, 0, 0)
    while quiet < 2:
        queues = await books.queues()
        calls = sum(counts.get("waiting", 0) for counts in (await stage.channels.webhook_states()).values())
        quiet = quiet + 1 if queues == over and not calls else 0
        if time.monotonic() > deadline:
            return queues
        await asyncio.sleep(0.5)
    return None


async def _tell(plan, crowd, disturber, stage, books, say):
    started = time.monotonic()
    while True:
        await asyncio.sleep(SAY_SECONDS)
        queues = await books.queues() or "the database is away"
        kills = sum(number for what, number in disturber.happened.items() if "killed" in what)
        say(
            f"{plan.database}: {time.monotonic() - started:4.0f} s  {crowd.said}/{plan.messages} said, {queues}, "
            f"{kills} kills, {stage.supervisor.restarts} restarts"
        )
