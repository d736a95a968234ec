"""What `make bench` writes into docs/benchmark.md; nothing of it is typed by hand."""

from dataclasses import dataclass

from tests.benchmark.page import measured_on

MEMORY_TARGET_MIB = 2.2 * 1024
ACKNOWLEDGE_TARGET_MS = 100
PACE = 67
"""Messages a second: as many as Zalo lets an application answer, 4,000 a minute."""


@dataclass(frozen=True)
class Figures:
    """Loads are pairs: one client, many clients. `memory` has two readings, MiB by process.

    `acknowledged` has two loads by database: at the pace, and of many clients.
    """

    load_seconds: float
    search: list
    steps: dict
    shipped: tuple
    ready: dict
    greeting: tuple
    patched: tuple
    chain: tuple
    greeted: tuple
    channel: tuple
    memory: list
    acknowledged: dict


def lines(figures):
    yield f"{measured_on()}; clients on the same machine."
    yield "Ratios carry over to other machines, milliseconds do not. A conversation has five questions.\n"
    yield "| path | p50 ms | p95 ms | p99 ms | answers/s, 16 clients |"
    yield "|---|---|---|---|---|"
    yield row("Rasa alone (a greeting, no action)", figures.greeting)
    yield row("Rasa + action server as shipped", figures.shipped)
    yield row("Rasa + action server with the compiled schema", figures.patched)
    yield row("whole chain: web chat → gateway → Rasa → action server → event stream", figures.chain)
    yield row("whole chain: Zalo webhook → gateway → Rasa → Zalo's API, a greeting", figures.greeted)
    yield row("the same, questions: with action server", figures.channel)
    search = [figures.search[int(share * len(figures.search))] for share in (0.5, 0.95, 0.99)]
    yield f"| search and answer alone, in one process | {' | '.join(map(ms, search))} | |"
    yield ""
    yield from ratios(figures)
    yield ""
    yield from webhooks(figures)
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


def webhooks(figures):
    alone, with_actions = figures.greeting[1].throughput, figures.patched[1].throughput
    yield "| signed Zalo webhooks while Rasa is stopped | p50 ms | p99 ms | taken in/s | × Rasa alone |"
    yield "|---|---|---|---|---|"
    for database, (paced, full) in figures.acknowledged.items():
        yield f"| {database}, {PACE} a second come | {ms(paced.p50)} | {ms(paced.percentile(0.99))} | | |"
        rate = f"{full.throughput:.0f} | {full.throughput / alone:.1f}"
        yield f"| {database}, 16 clients as fast as they can | {ms(full.p50)} | {ms(full.percentile(0.99))} | {rate} |"
    yield ""
    yield f"- Target: acknowledged within {ACKNOWLEDGE_TARGET_MS} ms; the 200 says that the message is on the disk."
    greeted, asked = figures.greeted[1].throughput, figures.channel[1].throughput
    yield f"- Through the webhook the whole chain answers **{greeted / alone:.2f}×** as many greetings a second as Rasa"
    yield f"  alone, and **{asked / with_actions:.2f}×** as many questions as Rasa + action server asked directly."


def row(name, loads):
    single, many = loads
    latencies = (single.p50, single.percentile(0.95), single.percentile(0.99))
    return f"| {name} | {' | '.join(map(ms, latencies))} | {many.throughput:.0f} |"


def ms(seconds):
    return f"{seconds * 1000:.1f}"
