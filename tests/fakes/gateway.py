"""One life of a gateway without HTTP: reception, worker, hub over a database and a fake dialogue engine."""

import asyncio
import dataclasses
from datetime import UTC, datetime, timedelta

from connectors.hub import Hub
from connectors.message import InboundMessage, Reply
from connectors.metrics import Metrics
from connectors.reception import Reception
from connectors.retry import RetryRule
from connectors.settings import WorkerSettings
from connectors.transcript import entries_after
from connectors.turn import TurnTaker
from connectors.worker import Worker
from desk.conversation import ConversationKey
from desk.transactions import ThreadedTransactions
from tests.fakes.dialogue import FakeDialogue

APOLOGY = Reply("Xin lỗi anh/chị", "error_service", form="leave_message")
SETTINGS = WorkerSettings(
    conversations_at_once=4,
    lease_seconds=30.0,
    poll_seconds=0.05,
    retry_first_seconds=0.01,
    retry_ceiling_seconds=0.02,
    retry_total_seconds=0.1,
    retry_attempts=50,
    stop_seconds=0.2,
)
PATIENCE_SECONDS = 20.0


def now():
    return datetime.now(UTC)


class GatewayLife:
    """`async with` starts the worker; leaving stops it in good order, `kill` does not."""

    def __init__(self, engine, dialogue=None, transactions=None, owner="gateway", **settings):
        self.transactions = transactions or ThreadedTransactions(engine)
        self.dialogue = dialogue or FakeDialogue()
        self.hub = Hub()
        self.metrics = Metrics()
        chosen = dataclasses.replace(SETTINGS, **settings)
        rule = RetryRule(
            chosen.retry_first_seconds,
            chosen.retry_ceiling_seconds,
            chosen.retry_total_seconds,
            chosen.retry_attempts,
        )
        turns = TurnTaker(self.transactions, self.dialogue, self.hub, self.metrics, rule, APOLOGY, 5.0, now)
        self.worker = Worker(owner, turns, chosen)
        self.reception = Reception(self.transactions, self.worker)
        self._task = None

    async def __aenter__(self):
        self._task = asyncio.create_task(self.worker.run())
        await asyncio.sleep(0.02)  # its first look into the inbox
        return self

    async def __aexit__(self, *_):
        self.worker.stop()
        await asyncio.wait([self._task])
        self._task.exception()
        self.transactions.close()

    async def receive(self, name, number, text=None, payload=None):
        key = ConversationKey(f"web-{name}", "web", "web", name)
        message = InboundMessage(key, f"{name}:{number}", text or f"câu {number}", payload, now())
        return await self.reception.receive(lambda _connection: message)

    async def transcript(self, name):
        return await self.transactions.read(lambda connection: entries_after(connection, f"web-{name}", 0))

    async def answers(self, name, number):
        """Waits until the assistant said that many things; then gives their texts."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while True:
            said = [entry.reply.text for entry in await self.transcript(name) if entry.role == "assistant"]
            if len(said) >= number:
                return said
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"only {said} after {PATIENCE_SECONDS} s")
            await asyncio.sleep(0.01)


def expire_leases(engine):
    """As if enough time had passed for every lease to end."""
    from sqlalchemy import update

    from desk.conversation import conversations
    from desk.database import writing

    with writing(engine) as connection:
        connection.execute(
            update(conversations)
            .where(conversations.c.lease_until.is_not(None))
            .values(lease_until=now() - timedelta(seconds=1))
        )
