"""Everything of one gateway that moves messages: worker, senders, pollers, and the doors that channels call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from app.channels import OpenChannel
from connectors.apology import load_apology
from connectors.carriers import ChannelCarriers
from connectors.channel import PollingChannel
from connectors.channel_texts import ChannelTexts
from connectors.commands import build_commands
from connectors.dialogue import Dialogue
from connectors.handing_off import Handoffs
from connectors.hub import Hub
from connectors.intake import Intake
from connectors.leadership import Leadership
from connectors.metrics import Metrics
from connectors.news import Promise, build_news
from connectors.outage import OutageGuard
from connectors.outbox import Render
from connectors.poller import Poller
from connectors.reception import Reception
from connectors.responding import Responder
from connectors.retry import RetryRule
from connectors.sender import Sender
from connectors.settings import ConnectorSettings
from connectors.ticking import keep_ticking
from connectors.transcripts import Transcripts
from connectors.turn import TurnTaker
from connectors.typing_sign import TypingSign
from connectors.webhook import WebhookDoor
from connectors.worker import Worker
from desk.transactions import Transactions

UPKEEP_SECONDS = 3600.0


@dataclass(frozen=True)
class Ground:
    """What all parts of a gateway stand on. `owner` names this gateway: the same after its restart."""

    owner: str
    transactions: Transactions
    dialogue: Dialogue
    hub: Hub
    metrics: Metrics
    handoffs: Handoffs
    transcripts: Transcripts
    clock: Callable[[], datetime]


@dataclass(frozen=True)
class Carrying:
    """`render` puts a reply into a channel's messages; `wake` makes its sender look for them."""

    render: Render
    wake: Callable[[], None]


@dataclass(frozen=True)
class Traffic:
    """One for each gateway."""

    worker: Worker
    keep_forward: Callable[[], Coroutine[None, None, None]]
    reception: Reception
    senders: Sequence[Sender]
    pollers: Sequence[Poller]
    doors: Sequence[WebhookDoor]
    channels: Sequence[OpenChannel]
    metrics: Metrics

    @property
    def carrying(self) -> Mapping[str, Carrying]:
        """What brings an operator's words to each channel, by its name."""
        return {
            opened.channel.name: Carrying(opened.channel.render, sender.wake)
            for opened, sender in zip(self.channels, self.senders, strict=True)
        }

    def start(self) -> list[asyncio.Task[None]]:
        """Runs until `stop`; the tasks end earlier only by a bug."""
        runs = [self.worker.run(), *(sender.run() for sender in self.senders)]
        return [asyncio.create_task(run) for run in (*runs, *(poller.run() for poller in self.pollers))]

    async def keep_up(self) -> None:
        """What is done now and then, and after an outage of the dialogue engine; until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.keep_forward())
            tasks.create_task(self._keep_channels_up())

    async def _keep_channels_up(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            for opened in self.channels:
                if opened.upkeep is not None:
                    name = f"upkeep of {opened.channel.name}"
                    tasks.create_task(keep_ticking(name, opened.upkeep, UPKEEP_SECONDS, self.metrics))

    async def stop(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        """Takes nothing new, ends what is in work, then closes the channels."""
        for poller in self.pollers:
            poller.stop()
        self.worker.stop()
        for sender in self.senders:
            sender.stop()
        await asyncio.gather(*tasks, return_exceptions=True)
        for door in self.doors:
            await door.intake.close()
        for opened in self.channels:
            await opened.channel.close()


def build_traffic(
    ground: Ground, settings: ConnectorSettings, texts: ChannelTexts, channels: Sequence[OpenChannel]
) -> Traffic:
    """The real collaborators."""
    leadership = Leadership(ground.transactions, ground.owner, settings.channels.leader_seconds, ground.clock)
    senders = {opened.channel.name: _sender(ground, settings, leadership, opened) for opened in channels}
    guard = OutageGuard(ground.dialogue)
    worker = Worker(ground.owner, _turns(ground, guard, settings, texts, channels, senders), settings.worker)
    keep_forward = partial(guard.keep_forward, ground.transactions, worker.wake, ground.clock, ground.metrics)
    reception = Reception(ground.transactions, worker, ground.handoffs.satisfactions.settle)
    pollers, doors = [], []
    for opened in channels:
        hours, limit = settings.channels.staff_hours, settings.channels.webhook_bytes
        intake = Intake(opened.channel, reception, ground.transactions, ground.metrics, ground.clock, hours)
        doors.append(WebhookDoor(opened.channel, intake, ground.metrics, limit, lambda: ground.hub.closed))
        if opened.polled is not None:
            pollers.append(_poller(ground, settings, leadership, opened.polled, intake))
    return Traffic(worker, keep_forward, reception, tuple(senders.values()), pollers, doors, channels, ground.metrics)


def _sender(ground: Ground, settings: ConnectorSettings, leadership: Leadership, opened: OpenChannel) -> Sender:
    return Sender(
        opened.channel,
        ground.owner,
        ground.transactions,
        leadership,
        ground.metrics,
        settings.sender,
        ground.clock,
    )


def _poller(
    ground: Ground, settings: ConnectorSettings, leadership: Leadership, channel: PollingChannel, intake: Intake
) -> Poller:
    return Poller(channel, intake, ground.transactions, leadership, ground.metrics, settings.poller, ground.clock)


def _turns(
    ground: Ground,
    dialogue: Dialogue,
    settings: ConnectorSettings,
    texts: ChannelTexts,
    channels: Sequence[OpenChannel],
    senders: Mapping[str, Sender],
) -> TurnTaker:
    by_name = {opened.channel.name: opened.channel for opened in channels}
    sign = TypingSign(by_name, settings.channels.typing_after_seconds, settings.channels.typing_every_seconds)
    carriers = ChannelCarriers(by_name, senders, sign)
    commands = build_commands(texts.stop_words, texts.resume_words, texts.help_words)
    hours = settings.mailings
    news = build_news(Promise(hours.from_hour, hours.to_hour, settings.zalo_oa.free_hours))
    responder = Responder(dialogue, texts, commands, settings.channels, ground.handoffs, ground.transcripts, news)
    work = settings.worker
    rule = RetryRule(
        work.retry_first_seconds, work.retry_ceiling_seconds, work.retry_total_seconds, work.retry_attempts
    )
    return TurnTaker(
        ground.transactions,
        responder,
        carriers,
        ground.hub,
        ground.metrics,
        rule,
        load_apology(),
        work.lease_seconds,
        ground.clock,
    )
