"""`python -m tests.benchmark.editors`: editors' pages over 10,000 entries; writes its section of docs/benchmark.md."""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from desk.accounts.role import Role
from desk.database import build_engine
from desk.migrate import upgrade
from tests.benchmark.editors_scene import prepare
from tests.benchmark.page import measured_on, write_measured
from tests.databases import empty_database
from tests.fakes.console import ConsoleSite
from tests.fakes.keeping import keeper

COMMAND = "python -m tests.benchmark.editors"
TIMES = 3


async def measured(act):
    """Milliseconds of processor time, the database in it: what else runs here does not count."""
    taken = []
    for _ in range(TIMES + 1):
        started = time.process_time()
        answer = await act()
        taken.append((time.process_time() - started) * 1_000)
        assert answer.status_code == 200, (answer.status_code, str(answer.url))
    return statistics.median(taken[1:])


async def pages(engine, scene):
    """By name, in milliseconds."""
    site, found = ConsoleSite(engine), {}
    async with keeper(site, "lan", "Lan", (Role.EDITOR, Role.APPROVER)) as lan:
        root = "/console/knowledge"
        for name, path in {
            "list": root,
            "list, page 100": f"{root}?page=100",
            "list, overdue": f"{root}?due=overdue",
            "an entry with its draft": f"{root}/faq/{scene.drafted}",
            "a parameter that a fifth of the entries use": f"{root}/parameter/muc_tham_chieu",
            "waiting for review": f"{root}/review",
            "a review": f"{root}/review/{scene.submitted}",
            "choosing a release": f"{root}/releases/new",
            "releases": f"{root}/releases",
            "the day of a law with 10 relations": f"{root}/law/{scene.law}",
            "what must be looked at": f"{root}/review-needed",
            "unanswered questions": f"{root}/gaps",
            "the preview of an import of 50 rows": f"{root}/imports/{scene.imported}",
        }.items():
            found[name] = await measured(lambda path=path: lan.get(path))
            print(f"  {name}: {found[name]:.0f} ms", file=sys.stderr, flush=True)
        found["list, looked for"] = await measured(lambda: lan.post(root, words="cau hoi thu 77"))
        form = scene.form(engine)
        found["hints while typing"] = await measured(lambda: lan.post(f"{root}/faq/{scene.drafted}/hints", **form))
    site.close()
    site.life.transactions.close()
    return found


def main():
    """Writes its section of docs/benchmark.md."""
    with tempfile.TemporaryDirectory() as folder, empty_database("sqlite", Path(folder), is_durable=True) as address:
        engine = build_engine(address)
        upgrade(engine)
        taken = asyncio.run(pages(engine, prepare(engine)))
        engine.dispose()
    head = [f"{measured_on()}.", "", "| page | processor time |", "|---|---:|"]
    write_measured(COMMAND, [*head, *(f"| {name} | {spent:.0f} ms |" for name, spent in taken.items())])


if __name__ == "__main__":
    main()
