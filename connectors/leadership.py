"""Work that one gateway at a time may do: asking a channel for news, bringing replies to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, String, Table, or_, update

from desk.database import UtcDateTime, insert_if_absent, metadata
from desk.transactions import Transactions

leaderships = Table(
    "leaderships",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("owner", String(128), nullable=False),
    Column("until", UtcDateTime, nullable=False),
)


class Leadership:
    """`owner` is the same after a restart of the same gateway, so that it goes on at once."""

    def __init__(self, transactions: Transactions, owner: str, seconds: float, clock: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._owner = owner
        self._seconds = seconds
        self._clock = clock

    @property
    def renew_seconds(self) -> float:
        """How often `hold` has to be called to stay the leader."""
        return self._seconds / 3

    async def hold(self, name: str) -> bool:
        """Takes or renews; False while another gateway has it."""
        now = self._clock()
        until = now + timedelta(seconds=self._seconds)
        return await self._transactions.write(lambda connection: _hold(connection, name, self._owner, now, until))

    async def release(self, name: str) -> None:
        """Lets another gateway take over at once."""
        now = self._clock()
        await self._transactions.write(lambda connection: _release(connection, name, self._owner, now))


def _hold(connection: Connection, name: str, owner: str, now: datetime, until: datetime) -> bool:
    may_take = or_(leaderships.c.owner == owner, leaderships.c.until <= now)
    taken = connection.execute(
        update(leaderships).where(leaderships.c.name == name, may_take).values(owner=owner, until=until)
    )
    if taken.rowcount:
        return True
    return insert_if_absent(connection, leaderships, {"name": name, "owner": owner, "until": until}) is not None


def _release(connection: Connection, name: str, owner: str, now: datetime) -> None:
    connection.execute(
        update(leaderships).where(leaderships.c.name == name, leaderships.c.owner == owner).values(until=now)
    )
