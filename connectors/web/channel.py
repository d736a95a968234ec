"""The web chat's side of the gateway: who may say what, and what becomes of it."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from connectors.hub import Hub
from connectors.message import InboundMessage
from connectors.metrics import Count, Metrics
from connectors.outbox import is_answer, offered_button
from connectors.reception import Reception
from connectors.settings import WebSettings
from connectors.transcript import TranscriptEntry, entries_after
from connectors.web.body import PostedFeedback, PostedMessage
from connectors.web.errors import Refusal, RefusedError
from connectors.web.events import stream_events
from connectors.web.limits import RateLimiter
from connectors.web.token import CHANNEL, ExpiredTokenError, InvalidTokenError, IssuedToken, TokenSigner
from connectors.web.wire import stored_message_id
from desk.conversation import ConversationKey
from desk.feedback import Feedback, record_feedback
from desk.ticket import TicketRequest, file_ticket
from desk.transactions import Transactions

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class WebLimiters:
    """One for each thing that can be overdone."""

    conversation: RateLimiter
    address: RateLimiter
    tickets: RateLimiter


class WebChannel:
    """All of the web chat but HTTP."""

    def __init__(
        self,
        transactions: Transactions,
        reception: Reception,
        hub: Hub,
        signer: TokenSigner,
        metrics: Metrics,
        settings: WebSettings,
        clock: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.transactions = transactions
        self.hub = hub
        self._reception = reception
        self.settings = settings
        self._signer = signer
        self._metrics = metrics
        self._clock = clock
        self._seconds = seconds
        self._limiters = WebLimiters(
            RateLimiter(settings.conversation_limits),
            RateLimiter(settings.address_limits),
            RateLimiter(settings.ticket_limits),
        )

    def open_conversation(self, address: str) -> IssuedToken:
        """Writes nothing: a conversation exists from its first message on. Raises RefusedError."""
        self._limit_address(address)
        return self._signer.issue(self._clock())

    def authorise(self, token: str) -> ConversationKey:
        """The conversation that this token owns. Raises RefusedError."""
        try:
            return self._signer.conversation_of(token, self._clock())
        except ExpiredTokenError as error:
            raise RefusedError(Refusal.EXPIRED_TOKEN) from error
        except InvalidTokenError as error:
            raise RefusedError(Refusal.INVALID_TOKEN) from error

    def admit(self, key: ConversationKey, address: str) -> None:
        """Counts one message against the limits. Raises RefusedError."""
        self._limit(self._limiters.conversation, key.id)
        self._limit_address(address)

    async def take_message(self, key: ConversationKey, posted: PostedMessage) -> None:
        """Returns when the message is committed, or was before. Raises RefusedError."""
        now = self._clock()
        is_new = await self._reception.receive(lambda connection: _inbound(connection, key, posted, now))
        self._metrics.count(Count.RECEIVED if is_new else Count.DUPLICATE, channel=CHANNEL)
        self.hub.publish_soon(key.id)

    async def messages_after(self, key: ConversationKey, after: int) -> tuple[TranscriptEntry, ...]:
        """The next page of the conversation."""
        return await self.transactions.read(lambda connection: entries_after(connection, key.id, after))

    async def take_feedback(self, key: ConversationKey, posted: PostedFeedback) -> None:
        """The last verdict on an answer counts. Raises RefusedError."""
        self._limit(self._limiters.conversation, f"feedback {key.id}")
        now = self._clock()
        given = Feedback(key.id, posted.sequence, posted.value, posted.comment)

        def work(connection: Connection) -> None:
            if not is_answer(connection, key.id, posted.sequence):
                raise RefusedError(Refusal.ANSWER_NOT_FOUND)
            record_feedback(connection, given, now)

        await self.transactions.write(work)
        self._metrics.count(Count.FEEDBACK, value=posted.value)

    async def take_ticket(self, key: ConversationKey, request: TicketRequest, address: str) -> str:
        """The case code, the same one when the form comes twice. Raises RefusedError."""
        self._limit(self._limiters.tickets, key.id)
        self._limit_address(address)
        now = self._clock()
        code = await self.transactions.write(lambda connection: file_ticket(connection, key, request, now))
        self._metrics.count(Count.TICKETS)
        return code

    def stream(self, key: ConversationKey, after: int) -> AsyncIterator[str]:
        """Server-sent events behind number `after`. Raises RefusedError when too many streams are open."""
        full = self.hub.watches_of(key.id) >= self.settings.streams_per_conversation
        if full or self.hub.watches >= self.settings.streams_total:
            raise RefusedError(Refusal.TOO_MANY_STREAMS)
        return stream_events(self.transactions, self.hub, key.id, after, self.settings.heartbeat_seconds)

    def _limit_address(self, address: str) -> None:
        if address not in self.settings.unlimited_addresses:
            self._limit(self._limiters.address, address)

    def _limit(self, limiter: RateLimiter, key: str) -> None:
        wait = limiter.wait_seconds(key, self._seconds())
        if wait:
            raise RefusedError(Refusal.TOO_MANY_REQUESTS, {"seconds": wait})


def _inbound(connection: Connection, key: ConversationKey, posted: PostedMessage, now: datetime) -> InboundMessage:
    text = posted.text or ""
    if posted.choice is not None:
        button = offered_button(connection, key.id, posted.choice)
        if button is None:
            raise RefusedError(Refusal.CHOICE_UNKNOWN)
        text = button.title
    message_id = stored_message_id(key.id, posted.message_id)
    return InboundMessage(key, message_id, text, posted.choice, now)
