"""`python -m tests.benchmark.desk`: the hotline desk at its busiest; writes its section of docs/benchmark.md."""

import asyncio
import contextlib
import os
import sys
import time
import uuid
from dataclasses import dataclass

import httpx

from app.paths import VAR
from tests.benchmark.desk_scene import CONVERSATIONS, OPERATORS, SAID, SECRET, prepare
from tests.benchmark.measuring import Load
from tests.benchmark.page import measured_on, write_measured
from tests.benchmark.stacks import lonely_gateway
from tests.conftest import answers
from tests.databases import empty_database

COMMAND = "python -m tests.benchmark.desk"
WARMING, TIMES, TOLD = 5, 80, 40
WRITES_A_SECOND = 2.0
TIMEOUT_SECONDS = 30
BASELINE = "the gateway's health door"
PAGES = {
    BASELINE: "/healthz",
    "citizens' chat page, which asks no database": "/",
    "list of work": "/console/worklist",
    "desk with the list": "/console/desk",
    "page of a conversation": "/console/conversations/{episode}",
    "what is new in a conversation": "/console/conversations/{episode}/news?after=10",
}


@dataclass(frozen=True)
class Figures:
    """Loads by page; from the citizen's message to the operator's screen, and of that the part until it is stored."""

    pages: dict
    stored: Load
    shown: Load


class Seat:
    """One operator's browser and the citizen they talk with."""

    def __init__(self, url, desk):
        self.desk = desk
        headers = {"Cookie": desk.cookie, "X-Console": "1", "X-CSRF-Token": desk.csrf}
        headers |= {"Origin": url, "Sec-Fetch-Site": "same-origin"}
        limits = httpx.Limits(max_connections=None)
        self.browser = httpx.AsyncClient(
            base_url=url, headers=headers, timeout=TIMEOUT_SECONDS, trust_env=False, limits=limits
        )
        self.news = asyncio.Event()
        self._authorization = {"Authorization": f"Bearer {desk.token}"}

    async def watches(self):
        """The open page: its stream, for as long as the task runs."""
        path = f"/console/events?episode={self.desk.episode_id}"
        async with self.browser.stream("GET", path, headers={"Accept": "text/event-stream"}) as response:
            async for line in response.aiter_lines():
                if line == "event: conversation":
                    self.news.set()

    async def citizen_writes(self, words):
        body = {"message_id": str(uuid.uuid4()), "text": words}
        answer = await self.browser.post("/api/chat/messages", json=body, headers=self._authorization)
        answer.raise_for_status()

    async def sees(self, words):
        """As the page does: told that there is news, it fetches what is new."""
        async with asyncio.timeout(TIMEOUT_SECONDS):
            while True:
                await self.news.wait()
                self.news.clear()
                path = f"/console/conversations/{self.desk.episode_id}/news?after=10"
                if words in (await self.browser.get(path)).text:
                    return


async def measure(url, desks):
    seats = [Seat(url, desk) for desk in desks]
    everyday = [asyncio.create_task(seat.watches()) for seat in seats]
    everyday.append(asyncio.create_task(citizens_write(seats)))
    await asyncio.sleep(2.0)
    try:
        pages = {name: await timed(seats[0], path) for name, path in PAGES.items()}
        stored, shown = await told(seats[1])
    finally:
        for task in everyday:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*everyday, return_exceptions=True)
        for seat in seats:
            await seat.browser.aclose()
    return Figures(pages, stored, shown)


async def citizens_write(seats):
    """The light load behind everything measured."""
    number = 0
    while True:
        number += 1
        await seats[2 + number % (len(seats) - 2)].citizen_writes(f"thêm một câu {number}")
        await asyncio.sleep(1 / WRITES_A_SECOND)


async def timed(seat, path):
    path = path.format(episode=seat.desk.episode_id)
    latencies, began = [], time.perf_counter()
    for number in range(WARMING + TIMES):
        started = time.perf_counter()
        (await seat.browser.get(path)).raise_for_status()
        if number >= WARMING:
            latencies.append(time.perf_counter() - started)
    return Load(tuple(sorted(latencies)), time.perf_counter() - began)


async def told(seat):
    stored, shown, began = [], [], time.perf_counter()
    for number in range(TOLD):
        words = f"câu được đo {number} {uuid.uuid4()}"
        started = time.perf_counter()
        await seat.citizen_writes(words)
        stored.append(time.perf_counter() - started)
        await seat.sees(words)
        shown.append(time.perf_counter() - started)
        await asyncio.sleep(0.05)
    elapsed = time.perf_counter() - began
    return Load(tuple(sorted(stored)), elapsed), Load(tuple(sorted(shown)), elapsed)


def measured():
    """By database."""
    folder = VAR / "benchmark"
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob("desk.db*"):
        leftover.unlink()
    found = {"SQLite": on(f"sqlite:///{folder / 'desk.db'}")}
    if answers(5432):
        with empty_database("postgresql", None, is_durable=True) as address:
            found["PostgreSQL"] = on(address)
    return found


def on(address):
    print(f"the desk, {address.partition(':')[0]} …", file=sys.stderr, flush=True)
    desks = prepare(address)
    environment = {"BHXH_DATABASE_URL": address, "BHXH_WEB_SECRET": SECRET}
    with lonely_gateway(environment, 18_280) as stack:
        return asyncio.run(measure(stack.gateway_url, desks))


def lines(figures, load):
    yield f"{measured_on()}; browsers on the same machine. {CONVERSATIONS} open conversations of {SAID} messages,"
    yield f"{OPERATORS} operators with an open page each, and {WRITES_A_SECOND:.0f} messages of citizens a second."
    yield f"Load of the machine before it began: {load:.1f}."
    yield "Ratios carry over to other machines, milliseconds do not.\n"
    heads = [f"{name}: p50 ms | p95 ms | × {BASELINE}" for name in figures]
    yield f"| | {' | '.join(heads)} |"
    yield "|---|" + "---|" * 3 * len(figures)
    for name in PAGES:
        yield row(name, [(each.pages[name], each.pages[BASELINE]) for each in figures.values()])
    bases = [each.pages[BASELINE] for each in figures.values()]
    stored, shown = ([getattr(each, name) for each in figures.values()] for name in ("stored", "shown"))
    yield row("citizen's message until it is stored", zip(stored, bases, strict=True))
    yield row("… until the operator's screen has it", zip(shown, bases, strict=True))


def row(name, loads):
    cells = (f"{ms(load.p50)} | {ms(load.percentile(0.95))} | {load.p50 / base.p50:.1f}" for load, base in loads)
    return f"| {name} | {' | '.join(cells)} |"


def ms(seconds):
    return f"{seconds * 1000:.1f}"


def main():
    load = os.getloadavg()[0]
    report = list(lines(measured(), load))
    write_measured(COMMAND, report)
    print("\n".join(report))


if __name__ == "__main__":
    main()
