"""Sends approved mailings a little at a time, in daytime, behind the answers that citizens wait for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from connectors.leadership import Leadership
from connectors.mailing_sending import MailingSending, busy, settle
from connectors.message import Reply
from connectors.metrics import Count, Metrics
from connectors.settings import MailingSettings
from connectors.ticking import keep_ticking
from desk.calendar.zone import in_vietnam
from desk.conversation import ConversationKey
from desk.notices.mailing import Mailing, MailingState, mailings_in
from desk.notices.mailing_steps import begin_mailing, end_mailing
from desk.notices.recipient import Waiting, is_through, waiting_channels, waiting_recipients
from desk.transactions import Transactions

LEADER = "mailings"


@dataclass(frozen=True)
class MailingClock:
    """One gateway sends at a time; a second one would find each row taken. `said` tells pages and senders.

    `paced` are the channels that have a sender; of the others citizens fetch their messages.
    """

    transactions: Transactions
    leadership: Leadership
    sending: MailingSending
    settings: MailingSettings
    paced: Collection[str]
    said: Callable[[ConversationKey], None]
    metrics: Metrics
    clock: Callable[[], datetime]

    async def run(self) -> None:
        """Until cancelled; see connectors/ticking.py."""
        await keep_ticking(LEADER, self._tick_as_leader, self.settings.tick_seconds, self.metrics)

    async def _tick_as_leader(self) -> None:
        if await self.leadership.hold(LEADER):
            await self.tick()

    async def tick(self) -> None:
        """Begins what is due, sends a little of what is being sent, ends what is through."""
        now = self.clock()
        if self._is_daytime(now):
            for mailing in await self.transactions.read(partial(_approved, now=now)):
                await self.transactions.write(partial(begin_mailing, mailing=mailing, now=now))
        states = (MailingState.SENDING, MailingState.PAUSED)
        for mailing in await self.transactions.read(partial(mailings_in, states=states)):
            if mailing.state is MailingState.SENDING and self._is_daytime(now):
                await self._send_some(mailing)
            await self._settle(mailing)

    def _is_daytime(self, now: datetime) -> bool:
        """Nobody is woken by news."""
        return self.settings.from_hour <= in_vietnam(now).hour < self.settings.to_hour

    async def _send_some(self, mailing: Mailing) -> None:
        now = self.clock()
        reply, chosen = await self.transactions.read(partial(self._choose, mailing=mailing, now=now))
        for who in chosen:
            put = partial(self.sending.put, mailing=mailing, reply=reply, who=who, now=self.clock())
            key = await self.transactions.write(put)
            outcome = "left" if key is None else "queued"
            self.metrics.count(Count.MAILING_MESSAGES, channel=who.channel, outcome=outcome)
            if key is not None:
                self.said(key)

    def _choose(self, connection: Connection, mailing: Mailing, now: datetime) -> tuple[Reply, list[Waiting]]:
        chosen: list[Waiting] = []
        for channel in waiting_channels(connection, mailing.id):
            most = self._allowance(connection, channel)
            if most > 0:
                chosen += waiting_recipients(connection, mailing.id, channel, now, most)
        return self.sending.reply(connection, mailing), chosen

    def _allowance(self, connection: Connection, channel: str) -> int:
        most = max(1, round(self.settings.per_second * self.settings.tick_seconds))
        if channel not in self.paced:
            return most
        return min(most, self.settings.in_queue - busy(connection, channel))

    async def _settle(self, mailing: Mailing) -> None:
        now = self.clock()

        def work(connection: Connection) -> bool:
            settle(connection, mailing.id, now)
            return is_through(connection, mailing.id) and end_mailing(connection, mailing.id, now)

        await self.transactions.write(work)


def _approved(connection: Connection, now: datetime) -> tuple[Mailing, ...]:
    waiting = mailings_in(connection, (MailingState.APPROVED,))
    return tuple(mailing for mailing in waiting if mailing.send_at is None or mailing.send_at <= now)
