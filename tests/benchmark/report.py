"""Writes docs/benchmark.md from what was measured; nothing in its generated part is typed by hand."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

START, END = "<!-- measured by make bench: start -->", "<!-- measured by make bench: end -->"
MEMORY_TARGET_MIB = 2.2 * 1024


@dataclass(frozen=True)
class Figures:
    """Loads are pairs: one client, many clients. `memory` has two readings, MiB by process."""

    machine: str
    load_seconds: float
    search: list
    steps: dict
    ready: dict
    greeting: tuple
    patched: tuple
    shipped: tuple
    chain: tuple
    memory: list


def write_report(path: Path, figures: Figures) -> None:
    """Replaces what stands between the marks; the rest of the page is written by people."""
    text = path.read_text(encoding="utf-8") if path.exists() else f"# Benchmark\n\n{START}\n{END}\n"
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    path.write_text(before + START + "\n" + "\n".join(lines(figures)) + "\n" + END + after, encoding="utf-8")


def lines(figures):
    yield f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {figures.machine}; clients on the same machine."
    yield "Ratios carry over to other machines, milliseconds do not. A conversation has five questions.\n"
    yield "| path | p50 ms | p95 ms | p99 ms | answers/s, 16 clients |"
    yield "|---|---|---|---|---|"
    yield row("Rasa alone (a greeting, no action)", figures.greeting)
    yield row("Rasa + action server as shipped", figures.shipped)
    yield row("Rasa + action server with the compiled schema", figures.patched)
    yield row("whole chain: web chat → gateway → Rasa → action server → event stream", figures.chain)
    search = [figures.search[int(share * len(figures.search))] for share in (0.5, 0.95, 0.99)]
    yield f"| search and answer alone, in one process | {' | '.join(map(ms, search))} | |"
    yield ""
    yield from ratios(figures)
    yield ""
    yield "| process | MiB after 500 questions | after 1,000 |"
    yield "|---|---|---|"
    first, second = figures.memory
    for name in first:
        yield f"| {name} | {first[name]:.0f} | {second[name]:.0f} |"
    totals = f"{sum(first.values()):.0f} | {sum(second.values()):.0f}"
    yield f"| all | {totals} (target: at most {MEMORY_TARGET_MIB:.0f}) |"


def ratios(figures):
    slower = figures.chain[0].p50 / figures.greeting[0].p50
    faster = figures.chain[1].throughput / figures.shipped[1].throughput
    steps = ", ".join(f"{step} {ms(seconds)} ms" for step, seconds in figures.steps.items())
    ready = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in figures.ready.items())
    yield f"- The whole chain takes **{slower:.1f}×** the p50 of Rasa alone (target: at most 3×)."
    yield f"- The whole chain answers **{faster:.1f}×** as many questions a second as Rasa with the action server as"
    yield "  shipped (target: at least 3×)."
    yield f"- Steps of a search, median: {steps}."
    yield f"- Model and index load in {figures.load_seconds:.1f} s; processes are ready after: {ready}."


def row(name, loads):
    single, many = loads
    latencies = (single.p50, single.percentile(0.95), single.percentile(0.99))
    return f"| {name} | {' | '.join(map(ms, latencies))} | {many.throughput:.0f} |"


def ms(seconds):
    return f"{seconds * 1000:.1f}"
