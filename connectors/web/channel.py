"""The web chat's side of the gateway: who may say what, and what becomes of it."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from connectors.hub import Hub
from connectors.message import InboundKind, InboundMessage, Reply
from connectors.metrics import Count, Metrics
from connectors.outbox import SYSTEM, is_answer, is_what_the_dialogue_speaks_of, offered_button
from connectors.reception import Reception
from connectors.settings import WebSettings
from connectors.spoken import Spoken, speak
from connectors.transcript import TranscriptEntry, entries_after
from connectors.transcripts import Transcripts
from connectors.web.board import AnnouncementBoard
from connectors.web.body import PostedFeedback, PostedMessage, ThumbReason
from connectors.web.errors import Refusal, RefusedError
from connectors.web.events import stream_events
from connectors.web.limits import RateLimiter
from connectors.web.said_by_button import ButtonTexts
from connectors.web.token import CHANNEL, ExpiredTokenError, InvalidTokenError, IssuedToken, TokenSigner
from connectors.web.wire import stored_message_id
from desk.conversation import ConversationKey
from desk.feedback import Feedback, record_feedback
from desk.notices.announcement import Announcement
from desk.tickets.contact import complete_callback
from desk.tickets.deadline import TicketRules
from desk.tickets.ticket import TicketRequest, file_ticket
from desk.transactions import Transactions

log = logging.getLogger(__name__)
FILED = "desk_filed"
PAYLOADS = {ThumbReason.WRONG: "/reject_answer", ThumbReason.UNCLEAR: "/ask_simpler"}
"""What the dialogue engine hears of the reason for a thumb turned down."""


@dataclass(frozen=True)
class WebLimiters:
    """One for each thing that can be overdone."""

    conversation: RateLimiter
    address: RateLimiter
    tickets: RateLimiter
    transcripts: RateLimiter
    announcements: RateLimiter


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
        rules: TicketRules,
        transcripts: Transcripts,
        said: ButtonTexts,
        clock: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.transactions = transactions
        self.hub = hub
        self._reception = reception
        self.settings = settings
        self._rules = rules
        self._transcripts = transcripts
        self._said = said
        self._signer = signer
        self._metrics = metrics
        self._clock = clock
        self._seconds = seconds
        self._limiters = WebLimiters(
            RateLimiter(settings.conversation_limits),
            RateLimiter(settings.address_limits),
            RateLimiter(settings.ticket_limits),
            RateLimiter(settings.ticket_limits),
            RateLimiter(settings.address_limits),
        )
        self._board = AnnouncementBoard(transactions, clock, seconds)

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
        """The last verdict on an answer counts; its reason is answered like words in the chat. Raises RefusedError.

        The reason for an older one is kept alone: the dialogue engine would take it for the newest answer's.
        """
        self._limit(self._limiters.conversation, f"feedback {key.id}")
        now = self._clock()
        given = Feedback(key.id, posted.sequence, posted.value, posted.comment)

        def work(connection: Connection) -> bool:
            if not is_answer(connection, key.id, posted.sequence):
                raise RefusedError(Refusal.ANSWER_NOT_FOUND)
            record_feedback(connection, given, now)
            return is_what_the_dialogue_speaks_of(connection, key.id, posted.sequence)

        is_newest = await self.transactions.write(work)
        self._metrics.count(Count.FEEDBACK, value=posted.value)
        if posted.reason is not None and is_newest:
            await self._say_why(key, posted.sequence, posted.reason, now)

    async def _say_why(self, key: ConversationKey, sequence: int, reason: ThumbReason, now: datetime) -> None:
        words: str = getattr(self._said, reason.value)
        message_id = stored_message_id(key.id, f"thumb-{sequence}-{reason.value}")
        message = InboundMessage(key, message_id, words, PAYLOADS[reason], now, InboundKind.CHOICE)
        if await self._reception.receive(lambda _connection: message):
            self._metrics.count(Count.RECEIVED, channel=CHANNEL)
        self.hub.publish_soon(key.id)

    async def transcript(self, key: ConversationKey) -> str:
        """The conversation as text to keep. Raises RefusedError."""
        self._limit(self._limiters.transcripts, key.id)
        return await self.transactions.read(lambda connection: self._transcripts.whole(connection, key.id))

    async def announcements(self, address: str) -> tuple[Announcement, ...]:
        """What stands above the page now. Raises RefusedError."""
        if address not in self.settings.unlimited_addresses:
            self._limit(self._limiters.announcements, address)
        return await self._board.shown()

    async def take_ticket(self, key: ConversationKey, request: TicketRequest, address: str) -> str:
        """The case code, the same one when the form comes twice. Raises RefusedError."""
        self._limit(self._limiters.tickets, key.id)
        self._limit_address(address)
        now = self._clock()

        def work(connection: Connection) -> str:
            code = complete_callback(connection, key.id, request)
            code = code or file_ticket(connection, key, request, now, self._rules)
            # In the conversation, so that the code is still there after the page was loaded again.
            words = Reply(self._said.ticket_filed.format(case_code=code), FILED)
            speak(connection, Spoken(key, SYSTEM, words, f"form-{request.request_id}"), None, now)
            return code

        code = await self.transactions.write(work)
        self._metrics.count(Count.TICKETS)
        self.hub.publish(key.id)
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
    kind = InboundKind.TEXT if posted.choice is None else InboundKind.CHOICE
    return InboundMessage(key, message_id, text, posted.choice, now, kind)
