"""What is kept for how long in tests, and a run of it."""

from datetime import timedelta

from app.retention import run_retention
from desk.retention_settings import RetentionSettings
from desk.transactions import ThreadedTransactions
from tests.fakes.stored import START

LONG = 40_000 // 24
KEPT = RetentionSettings(2, 3, *[LONG] * 11, 730)
"""Everything for long, in batches of three; each test shortens the period that it is about."""


def shortened(**days):
    return RetentionSettings(**{**KEPT.__dict__, **{f"{kind}_days": number for kind, number in days.items()}})


async def always():
    return True


async def run(engine, settings, days=10, may_go_on=always):
    transactions = ThreadedTransactions(engine)
    try:
        return await run_retention(transactions, settings, START + timedelta(days=days), "system", may_go_on)
    finally:
        transactions.close()


def removed(counts):
    return {kind.value: rows for kind, rows in counts.items() if rows}
