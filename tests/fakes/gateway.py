"""One life of a gateway without HTTP: reception, worker, hub over a database and a fake dialogue engine."""

import asyncio
import dataclasses
from datetime import UTC, datetime, timedelta

from connectors.carriers import ChannelCarriers
from connectors.channel_texts import load_channel_texts
from connectors.commands import build_commands
from connectors.hub import Hub
from connectors.intake import Intake
from connectors.leadership import Leadership
from connectors.message import InboundMessage, Reply
from connectors.metrics import Metrics
from connectors.news import Promise, build_news
from connectors.reception import Reception
from connectors.responding import Responder
from connectors.retry import RetryRule
from connectors.sender import Sender
from connectors.settings import ChannelSettings, SenderSettings, WorkerSettings
from connectors.transcript import entries_after
from connectors.turn import TurnTaker
from connectors.typing_sign import TypingSign
from connectors.worker import Worker
from desk.conversation import ConversationKey
from desk.transactions import ThreadedTransactions
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.office import FakeOffice, handoffs_with, transcripts

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
SENDING = SenderSettings(
    sends_at_once=8,
    lease_seconds=30.0,
    poll_seconds=0.05,
    retry_first_seconds=0.01,
    retry_ceiling_seconds=0.02,
    retry_total_seconds=5.0,
    retry_attempts=5,
    circuit_seconds=0.05,
    stop_seconds=0.2,
)
CHANNELS = ChannelSettings(
    webhook_bytes=1_048_576,
    leader_seconds=0.3,
    typing_after_seconds=0.02,
    typing_every_seconds=0.05,
    welcome_again_hours=24.0,
    staff_hours=8.0,
    late_hours=24.0,
)
PATIENCE_SECONDS = 20.0
NEWS = build_news(Promise(8, 20, 48.0))


def now():
    return datetime.now(UTC)


class GatewayLife:
    """`async with` starts the worker; leaving stops it in good order, `kill` does not."""

    def __init__(
        self,
        engine,
        dialogue=None,
        transactions=None,
        owner="gateway",
        channels=(),
        sending=None,
        channel_settings=None,
        office=None,
        clock=now,
        apology=APOLOGY,
        **settings,
    ):
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
        channel_settings = dataclasses.replace(CHANNELS, **(channel_settings or {}))
        texts = load_channel_texts()
        commands = build_commands(texts.stop_words, texts.resume_words, texts.help_words)
        self.office = office or FakeOffice()
        self.handoffs = handoffs_with(self.office)
        responder = Responder(self.dialogue, texts, commands, channel_settings, self.handoffs, transcripts(), NEWS)
        leadership = Leadership(self.transactions, owner, channel_settings.leader_seconds, clock)
        self.senders = {
            channel.name: Sender(
                channel,
                owner,
                self.transactions,
                leadership,
                self.metrics,
                dataclasses.replace(SENDING, **(sending or {})),
                clock,
            )
            for channel in channels
        }
        by_name = {channel.name: channel for channel in channels}
        sign = TypingSign(by_name, channel_settings.typing_after_seconds, channel_settings.typing_every_seconds)
        carriers = ChannelCarriers(by_name, self.senders, sign)
        turns = TurnTaker(self.transactions, responder, carriers, self.hub, self.metrics, rule, apology, 5.0, clock)
        self.turns = turns
        self.worker = Worker(owner, turns, chosen)
        self.reception = Reception(self.transactions, self.worker, self.handoffs.satisfactions.settle)
        self.intakes = {
            channel.name: Intake(
                channel, self.reception, self.transactions, self.metrics, clock, channel_settings.staff_hours
            )
            for channel in channels
        }
        self._tasks = []

    async def __aenter__(self):
        runs = [self.worker.run(), *(sender.run() for sender in self.senders.values())]
        self._tasks = [asyncio.create_task(run) for run in runs]
        await asyncio.sleep(0.02)  # its first look into the inbox
        return self

    async def __aexit__(self, *_):
        self.worker.stop()
        for sender in self.senders.values():
            sender.stop()
        await asyncio.wait(self._tasks)
        for task in self._tasks:
            task.exception()
        self.transactions.close()

    async def receive(self, name, number, text=None, payload=None):
        key = ConversationKey(f"web-{name}", "web", "web", name)
        message = InboundMessage(key, f"{name}:{number}", text or f"câu {number}", payload, now())
        return await self.reception.receive(lambda _connection: message)

    async def transcript(self, name):
        return await self.transcript_of(f"web-{name}")

    async def transcript_of(self, conversation_id):
        return await self.transactions.read(lambda connection: entries_after(connection, conversation_id, 0))

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
