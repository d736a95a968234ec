"""Rows in a database, made the way the gateway makes them, with times that count from a fixed moment."""

from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import func, select

from connectors.claim import Ending, Lease, claim_due, finish
from connectors.inbox import accept
from connectors.message import InboundMessage, Reply
from connectors.transcript import entries_after
from desk.conversation import ConversationKey
from desk.database import reading, writing

START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
HANOI = timezone(timedelta(hours=7))
ANSWER = Reply("Theo điểm a…", "answered", feedback=True)


def at(seconds):
    return START + timedelta(seconds=seconds)


def conversation(name, channel="web"):
    return ConversationKey(f"{channel}-{name}", channel, "main", name)


def message(name, number, seconds=0, payload=None, channel="web"):
    key = conversation(name, channel)
    return InboundMessage(key, f"{name}:{number}", f"câu {number}", payload, at(seconds))


def put(engine, *messages):
    with writing(engine) as connection:
        return [accept(connection, each) for each in messages]


def claim(engine, owner="one", seconds=0, limit=10):
    with writing(engine) as connection:
        return claim_due(connection, Lease(owner, at(seconds + 30)), at(seconds), limit, ("web", "fake"))


def end(engine, claimed, *replies, seconds=0, error_class=None, render=None):
    with writing(engine) as connection:
        return finish(connection, claimed, Ending(replies or (ANSWER,), error_class), render, at(seconds))


def transcript(engine, name, after=0):
    with reading(engine) as connection:
        return entries_after(connection, conversation(name).id, after)


def count(engine, table):
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()
