"""`python -m tests.benchmark.acknowledgement`: how fast webhooks are stored and answered while Rasa is stopped."""

import asyncio
import os
import sys

from app.ports import private_port
from tests.benchmark.measuring import closed_loop, paced_load
from tests.benchmark.page import measured_on, write_measured
from tests.benchmark.report import ACKNOWLEDGE_TARGET_MS, PACE, ms
from tests.benchmark.stacks import lonely_gateway, new_sqlite_file
from tests.benchmark.webhooks import WebhookDoor, account_environment
from tests.conftest import answers
from tests.databases import empty_database

COMMAND = "python -m tests.benchmark.acknowledgement"
GREETING = "xin chào"
CLIENTS = 16
ACKNOWLEDGED = 4_000
PACED_SECONDS = 20


def measure_acknowledgement():
    """How fast webhooks are stored and answered while Rasa is stopped, by database."""
    found = {"SQLite": acknowledgement_on(new_sqlite_file())}
    if answers(5432):
        with empty_database("postgresql", None, is_durable=True) as address:
            found["PostgreSQL"] = acknowledgement_on(address)
    return found


def acknowledgement_on(address):
    print("webhooks, Rasa stopped …", file=sys.stderr, flush=True)
    environment = {"BHXH_DATABASE_URL": address, **account_environment(private_port(18_190))}
    with lonely_gateway(environment) as stack:
        return asyncio.run(many_webhooks(stack.gateway_url))


async def many_webhooks(url):
    door = WebhookDoor(url)
    await closed_loop(door.open, [GREETING] * 100, CLIENTS)
    paced = await paced_load(door.open, [GREETING] * PACED_SECONDS * PACE, PACE)
    full = await closed_loop(door.open, [GREETING] * ACKNOWLEDGED, CLIENTS)
    await door.close()
    return paced, full


def lines(found, load):
    yield f"{measured_on()}; load of the machine before it began: {load:.1f}.\n"
    yield "| signed Zalo webhooks while Rasa is stopped | p50 ms | p99 ms | taken in/s |"
    yield "|---|---|---|---|"
    for database, (paced, full) in found.items():
        yield f"| {database}, {PACE} a second come | {ms(paced.p50)} | {ms(paced.percentile(0.99))} | |"
        figures = f"{ms(full.p50)} | {ms(full.percentile(0.99))} | {full.throughput:.0f}"
        yield f"| {database}, {CLIENTS} clients as fast as they can | {figures} |"
    yield ""
    yield f"Target: acknowledged within {ACKNOWLEDGE_TARGET_MS} ms."


def main():
    load = os.getloadavg()[0]
    report = list(lines(measure_acknowledgement(), load))
    write_measured(COMMAND, report)
    print("\n".join(report))


if __name__ == "__main__":
    main()
