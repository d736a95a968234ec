"""What our own database says when the run is over."""

import asyncio
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from connectors.deliveries import DeliveryState, deliveries, is_unfinished
from connectors.inbox import inbox, is_dead, is_waiting
from connectors.sending import GATEWAY_ENDED
from desk.database import build_engine, reading
from tests.faults.channels import ANSWER


@dataclass(frozen=True)
class Ledger:
    """`unknown` holds the numbers of the messages whose answers were sent with an unknown end; `with_gateway` is how
    many of them were on their way when their gateway died.
    """

    unknown: frozenset[int]
    with_gateway: int
    dead_letters: int


@dataclass(frozen=True)
class Queues:
    """`taken` counts all messages ever stored."""

    taken: int
    to_answer: int
    to_send: int

    def __str__(self):
        return f"{self.taken} taken, {self.to_answer} to answer, {self.to_send} to send"


class Books:
    """Reads; a database that is away is waited for."""

    def __init__(self, url):
        self._engine = build_engine(url)

    async def queues(self):
        """None when the database does not say."""
        try:
            return await asyncio.to_thread(self._queues)
        except SQLAlchemyError:
            return None

    def _queues(self):
        with reading(self._engine) as connection:
            taken = connection.execute(select(func.count()).select_from(inbox)).scalar_one()
            messages = connection.execute(select(func.count()).where(is_waiting(inbox))).scalar_one()
            sends = connection.execute(select(func.count()).where(is_unfinished(deliveries))).scalar_one()
        return Queues(taken, messages, sends)

    def close_of_day(self):
        """Everything; once nothing waits any more."""
        with reading(self._engine) as connection:
            rows = select(deliveries.c.text, deliveries.c.error_code).where(deliveries.c.state == DeliveryState.UNKNOWN)
            found = connection.execute(rows).all()
            unknown = frozenset(int(number) for row in found for number in ANSWER.findall(row.text))
            died = sum(row.error_code == GATEWAY_ENDED for row in found)
            dead = connection.execute(select(func.count()).where(is_dead(inbox))).scalar_one()
        return Ledger(unknown, died, dead)

    def close(self):
        self._engine.dispose()
