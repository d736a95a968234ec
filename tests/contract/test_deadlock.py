"""Two who lock the same rows in opposite order: PostgreSQL undoes one of them, and its work is done again."""

import asyncio
import contextlib
import threading

from sqlalchemy import select, update

from desk.conversation import ConversationKey, conversations, ensure_conversation
from desk.database import reading, writing
from desk.transactions import ThreadedTransactions
from tests.fakes.gateway import now

NAMES = ("an", "ba")


def touching(meeting, *order):
    """Work that locks the first, waits until another has locked something too, then locks the second."""

    def work(connection):
        for name in order:
            mine = conversations.c.id == f"web-{name}"
            connection.execute(
                update(conversations).where(mine).values(last_sequence=conversations.c.last_sequence + 1)
            )
            if name == order[0]:
                with contextlib.suppress(threading.BrokenBarrierError):  # SQLite has one writer: nobody else comes
                    meeting.wait(0.5)

    return work


async def test_who_loses_a_deadlock_tries_again_and_nothing_is_lost(engine):
    with writing(engine) as connection:
        for name in NAMES:
            ensure_conversation(connection, ConversationKey(f"web-{name}", "web", "main", name), now())
    transactions, meeting = ThreadedTransactions(engine), threading.Barrier(2)
    try:
        orders = (NAMES, NAMES[::-1])
        await asyncio.gather(*(transactions.write(touching(meeting, *order)) for order in orders))
    finally:
        transactions.close()
    with reading(engine) as connection:
        assert connection.execute(select(conversations.c.last_sequence)).scalars().all() == [2, 2]
