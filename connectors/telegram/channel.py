"""Telegram as one of the gateway's channels: by webhook, or asked for news."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from telegram import User

from connectors.bot_credentials import BotCredentials, Mode
from connectors.channel import Finding, Polled, PollError, Refused, SendingPace, UnreadableError, WebhookRequest
from connectors.channel_texts import ChannelTexts
from connectors.message import Inbound, InboundMessage, Reply
from connectors.outgoing import NotSent, OutgoingMessage, SendFailure, SendOutcome
from connectors.rendering import render_plain
from connectors.settings import TelegramSettings
from connectors.shared_secret import verify_secret
from connectors.splitting import utf16_units
from connectors.telegram.address import BotIdentity
from connectors.telegram.checks import check_account, check_groups, check_webhook, webhook_set, wrong_mode
from connectors.telegram.client import TelegramClient
from connectors.telegram.errors import CONFLICT
from connectors.telegram.fields import read_fields
from connectors.telegram.keyboard import BUTTONS, spelt_out
from connectors.telegram.payload import CHANNEL, Reading, parse

SECRET_HEADER = "x-telegram-bot-api-secret-token"
PATH = "/webhooks/telegram"


class TelegramChannel:
    """See connectors.channel.PollingChannel."""

    name = CHANNEL
    path = PATH
    numbered_choices = True  # long titles are listed in the text, and then a number is an answer too

    def __init__(
        self,
        credentials: BotCredentials,
        numbers: TelegramSettings,
        public_url: str | None,
        texts: ChannelTexts,
        clock: Callable[[], datetime],
        client: TelegramClient | None = None,
    ) -> None:
        """`public_url` is where citizens reach our own pages. `client` stands for the API in tests."""
        self.account = credentials.account
        self.pace = SendingPace(numbers.per_second, numbers.conversation_interval_seconds)
        self._credentials = credentials
        self._numbers = numbers
        self._public_url = public_url
        self._texts = texts
        self._clock = clock
        self._client = client if client is not None else TelegramClient(credentials, numbers.timeout_seconds)
        self._identity = BotIdentity(int(credentials.account), None)
        self._asking_name = False  # one question at a time, however many messages come in meanwhile

    def verify(self, request: WebhookRequest) -> Refused | None:
        """The secret that was given to setWebhook comes back with each call; looked at before anything else."""
        refused = verify_secret(self._credentials.secret, request.headers.get(SECRET_HEADER, ""))
        if refused is not None:
            return refused
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not_json")
        try:
            read_fields(request.body)
        except UnreadableError:
            return Refused(HTTPStatus.BAD_REQUEST, "bad_json")
        return None

    def parse(self, body: bytes, received_at: datetime) -> tuple[Inbound, ...]:
        """Raises UnreadableError."""
        return parse(body, Reading(received_at, self._identity, self._numbers))

    def render(self, reply: Reply, sequence: int) -> tuple[OutgoingMessage, ...]:
        """Length counts UTF-16 units, as Telegram's own entities do: never more than it takes."""
        limit, length = self._numbers.message_units, utf16_units
        messages = render_plain(reply, sequence, limit, length, self._public_url, self._texts, buttons=BUTTONS)
        return tuple(spelt_out(message, self._texts) for message in messages)

    async def send(self, participant: str, message: OutgoingMessage) -> SendOutcome:
        """Brings one message; never raises."""
        return await self._client.send(participant, message)

    async def show_typing(self, participant: str) -> None:
        """A sign that did not arrive is no loss."""
        await self._client.show_typing(participant)

    async def after_stored(self, message: InboundMessage, is_new: bool) -> None:
        """A pressed button stops turning. The bot's name is asked for until it is known: groups call it by that."""
        if message.receipt is not None:
            await self._client.acknowledge(message.receipt, None if is_new else self._texts.chosen_already)
        if self._identity.username is None and not self._asking_name:
            self._asking_name = True
            try:
                await self._get_me()
            finally:
                self._asking_name = False

    async def check(self) -> tuple[Finding, ...]:
        """The account behind the token, and where its updates go."""
        me = await self._get_me()
        webhook = await self._client.get_webhook_info()
        groups = () if isinstance(me, NotSent) else (check_groups(me),)
        mode = self._credentials.mode
        return (check_account(me), *groups, *check_webhook(webhook, mode, PATH, self._clock()))

    async def set_webhook(self, url: str) -> Finding:
        """Only ever on request: Telegram limits how often it may be set."""
        if self._credentials.mode is Mode.POLLING:
            return wrong_mode()
        return webhook_set(url, await self._client.set_webhook(url))

    async def prepare_polling(self) -> None:
        """Takes the webhook away: Telegram answers no questions while one is set. Raises PollError."""
        answer = await self._client.delete_webhook()
        if isinstance(answer, NotSent):
            raise _poll_error(answer)
        await self._get_me()

    async def poll(self, position: int | None) -> Polled:
        """Asking from a position tells Telegram that all before it is stored. Raises PollError."""
        found = await self._client.get_updates(position, self._numbers.poll_seconds)
        if isinstance(found, NotSent):
            raise _poll_error(found)
        return Polled(found.updates, position if found.highest_id is None else found.highest_id + 1)

    async def close(self) -> None:
        """Closes kept connections."""
        await self._client.close()

    async def _get_me(self) -> User | NotSent:
        me = await self._client.get_me()
        if isinstance(me, User):
            self._identity = BotIdentity(self._identity.id, me.username)
        return me


def _poll_error(failure: NotSent) -> PollError:
    # Another one polls, or just did: that ends by itself, or goes on for so long that the poller raises an alert.
    needs_human = failure.failure is SendFailure.HUMAN_NEEDED and failure.code != CONFLICT
    return PollError(failure.code, failure.retry_after_seconds, human_needed=needs_human)
