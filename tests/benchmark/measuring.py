"""Closed-loop clients, percentiles, memory of process trees."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

Ask = Callable[[str], Awaitable[None]]


@dataclass(frozen=True)
class Load:
    """What one run of questions took. Latencies in seconds, ascending."""

    latencies: tuple[float, ...]
    elapsed: float

    @property
    def throughput(self):
        return len(self.latencies) / self.elapsed

    def percentile(self, share):
        return self.latencies[min(len(self.latencies) - 1, int(share * len(self.latencies)))]

    @property
    def p50(self):
        return statistics.median(self.latencies)


TURNS = 5
"""Questions in one conversation: people ask a few, and Rasa slows down with what was said before."""


async def closed_loop(make_client: Callable[[], Awaitable[Ask]], questions: list[str], clients: int) -> Load:
    """Each client asks its next question once the last is answered, and begins anew after a few.

    Opening a conversation counts for the throughput, not for the latency of an answer.
    """
    latencies: list[float] = []

    async def one(mine: list[str]) -> None:
        for start in range(0, len(mine), TURNS):
            ask = await make_client()
            for question in mine[start : start + TURNS]:
                asked_at = time.perf_counter()
                await ask(question)
                latencies.append(time.perf_counter() - asked_at)

    started = time.perf_counter()
    await asyncio.gather(*(one(questions[number::clients]) for number in range(clients)))
    return Load(tuple(sorted(latencies)), time.perf_counter() - started)


async def paced_load(make_client: Callable[[], Awaitable[Ask]], questions: list[str], per_second: float) -> Load:
    """Questions come at their times, whether the former ones are answered or not; waiting counts as latency."""
    latencies: list[float] = []
    started = time.perf_counter()

    async def one(number: int, question: str) -> None:
        due = started + number / per_second
        ask = await make_client()
        await asyncio.sleep(due - time.perf_counter())
        await ask(question)
        latencies.append(time.perf_counter() - due)

    await asyncio.gather(*(one(number, question) for number, question in enumerate(questions)))
    return Load(tuple(sorted(latencies)), time.perf_counter() - started)


def memory_mib(pid: int) -> float:
    """Proportional set size of a process and all its children: shared pages are counted once."""
    return sum(_pss_kib(member) for member in _tree(pid)) / 1024


def _tree(pid: int) -> list[int]:
    found, queue = [], [pid]
    while queue:
        current = queue.pop()
        found.append(current)
        for task in Path(f"/proc/{current}/task").glob("*/children"):
            queue += [int(child) for child in task.read_text().split()]
    return found


def _pss_kib(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def machine() -> str:
    """Cores, memory and processor, as the kernel names them."""
    cpu = next(
        line.split(":")[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    )
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 2**20
    cores = len([line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("processor")])
    return f"{cores} cores ({cpu}), {memory:.0f} GiB"
