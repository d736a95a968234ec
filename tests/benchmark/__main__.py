"""`make bench`: measures on this machine and writes docs/benchmark.md."""

import asyncio
import random
import statistics
import sys
import time

from app.paths import ROOT, SETTINGS
from app.ports import private_port
from knowledge.bootstrap import build_assistant, load_documents
from tests.benchmark import desk
from tests.benchmark.acknowledgement import CLIENTS, GREETING, measure_acknowledgement
from tests.benchmark.clients import RasaDoor, WebDoor
from tests.benchmark.measuring import closed_loop, memory_mib
from tests.benchmark.page import PAGE, write_measured
from tests.benchmark.report import Figures, lines
from tests.benchmark.stacks import product, shipped_rasa
from tests.benchmark.webhooks import Sink, WebhookDoor, account_environment

SINGLE, PARALLEL = 200, 640
MEMORY_QUESTIONS = 1_000
QUIET_SECONDS = 10


def questions():
    """Every way of asking that the FAQs know, in a fixed random order."""
    asked = [text for entry in load_documents(SETTINGS).entries for text in (entry.question, *entry.alternates)]
    random.Random(20_240_131).shuffle(asked)
    return asked


def say(line):
    print(line, file=sys.stderr, flush=True)


def measure_search(asked):
    """The knowledge room alone, in this process."""
    started = time.perf_counter()
    assistant = build_assistant(SETTINGS)
    load_seconds = time.perf_counter() - started
    latencies, steps = [], {}
    for question in asked:
        started = time.perf_counter()
        record = assistant.answer(question)
        latencies.append(time.perf_counter() - started)
        for step, seconds in record.result.timings.items():
            steps.setdefault(step, []).append(seconds)
    return load_seconds, sorted(latencies), {step: statistics.median(each) for step, each in steps.items()}


async def measure_path(door, asked):
    """One client for latency, then many for throughput; the first questions only warm up."""
    await closed_loop(door.open, asked[:20], 1)
    single = await closed_loop(door.open, asked[:SINGLE], 1)
    many = await closed_loop(door.open, asked[:PARALLEL], CLIENTS)
    await door.close()
    return single, many


def measure_shipped(asked):
    say("Rasa + action server as shipped …")
    with shipped_rasa() as stack:
        return asyncio.run(measure_path(RasaDoor(stack.rasa_url), asked))


def measure_product(asked):
    """Bare Rasa, Rasa with our action server, and the whole chain, all on the same running processes."""
    say("the product …")
    api_port = private_port(18_090)
    with product(account_environment(api_port)) as stack:
        greeting = asyncio.run(measure_path(RasaDoor(stack.rasa_url), [GREETING] * PARALLEL))
        patched = asyncio.run(measure_path(RasaDoor(stack.rasa_url), asked))
        chain = asyncio.run(measure_path(WebDoor(stack.gateway_url), asked))
        greeted = asyncio.run(measure_webhooks(stack, api_port, [GREETING] * PARALLEL))
        channel = asyncio.run(measure_webhooks(stack, api_port, asked))
        memory = asyncio.run(measure_memory(stack, asked))
        return stack.seconds_to_ready, greeting, patched, chain, greeted, channel, memory


async def measure_webhooks(stack, api_port, asked):
    """From the signed webhook to the call of the channel's API."""
    say("webhooks …")
    sink = Sink()
    async with sink.open(api_port):
        loads = await measure_path(WebhookDoor(stack.gateway_url, sink), asked)
    questions = len(asked[:20]) + sum(len(load.latencies) for load in loads)
    if sink.taken < questions:  # a handoff says one thing more
        raise AssertionError(f"{sink.taken} messages for {questions} questions: answers are missing")
    return loads


async def measure_memory(stack, asked):
    """MiB by process, idle, after 500 and after 1,000 more questions in many conversations."""
    say("memory …")
    readings = []
    for part in range(2):
        half = MEMORY_QUESTIONS // 2
        chosen = (asked * (MEMORY_QUESTIONS // len(asked) + 1))[part * half : (part + 1) * half]
        door = WebDoor(stack.gateway_url)
        await closed_loop(door.open, chosen, CLIENTS)
        await door.close()
        await asyncio.sleep(QUIET_SECONDS)
        readings.append({name: memory_mib(pid) for name, pid in stack.pids.items()})
    return readings


def main():
    asked = questions()
    say("search alone …")
    load_seconds, search, steps = measure_search(asked[:400])
    shipped = measure_shipped(asked)
    measured = measure_product(asked)
    acknowledged = measure_acknowledgement()
    report = list(lines(Figures(load_seconds, search, steps, shipped, *measured, acknowledged)))
    write_measured("make bench", report)
    print("\n".join(report))
    desk.main()
    say(f"✓ {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
