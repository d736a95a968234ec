"""The Zalo Bot Platform as one of the gateway's channels: by webhook, or asked for news."""

from __future__ import annotations

import json
from datetime import datetime

from connectors.bot_credentials import BotCredentials, Mode
from connectors.channel import Finding, Polled, PollError, Refused, SendingPace, WebhookRequest
from connectors.channel_texts import ChannelTexts
from connectors.message import Inbound, InboundMessage, Reply
from connectors.outgoing import NotSent, OutgoingMessage, SendFailure, SendOutcome, Sent
from connectors.rendering import render_plain
from connectors.settings import ZaloBotSettings
from connectors.shared_secret import verify_secret
from connectors.zalo_bot.checks import check_account, check_webhook, webhook_finding, wrong_mode
from connectors.zalo_bot.client import ZaloBotClient
from connectors.zalo_bot.errors import FORBIDDEN, ApiFailure
from connectors.zalo_bot.payload import CHANNEL, parse

SECRET_HEADER = "x-bot-api-secret-token"
PATH = "/webhooks/zalo-bot"


class ZaloBotChannel:
    """See connectors.channel.PollingChannel."""

    name = CHANNEL
    path = PATH
    numbered_choices = True  # the platform has no buttons

    def __init__(
        self,
        credentials: BotCredentials,
        numbers: ZaloBotSettings,
        public_url: str | None,
        texts: ChannelTexts,
        client: ZaloBotClient | None = None,
    ) -> None:
        """`public_url` is where citizens reach our own pages. `client` stands for the API in tests."""
        self.account = credentials.account
        self.pace = SendingPace(numbers.per_second, 0.0)
        self._credentials = credentials
        self._numbers = numbers
        self._public_url = public_url
        self._texts = texts
        self._client = client if client is not None else ZaloBotClient(credentials, numbers.timeout_seconds)

    def verify(self, request: WebhookRequest) -> Refused | None:
        """The secret that was given to setWebhook comes back with each call."""
        return verify_secret(self._credentials.secret, request.headers.get(SECRET_HEADER, ""))

    def parse(self, body: bytes, received_at: datetime) -> tuple[Inbound, ...]:
        """Raises UnreadableError."""
        return parse(body, self.account, received_at)

    def render(self, reply: Reply, sequence: int) -> tuple[OutgoingMessage, ...]:
        """Buttons as numbered lines of the text; a citizen answers with the number."""
        limit = self._numbers.message_characters
        return render_plain(reply, sequence, limit, len, self._public_url, self._texts, buttons=None)

    async def send(self, participant: str, message: OutgoingMessage) -> SendOutcome:
        """Brings one message; never raises."""
        answer = await self._client.send_message(participant, message.text)
        if isinstance(answer, ApiFailure):
            return await self._not_sent(answer)
        message_id = answer.field("message_id")
        return Sent(str(message_id) if isinstance(message_id, str | int) else None)

    async def _not_sent(self, failure: ApiFailure) -> NotSent:
        """403 is documented without a meaning: if the account itself is let in, it was about this citizen."""
        if failure.code == FORBIDDEN and not isinstance(await self._client.get_me(), ApiFailure):
            return NotSent(SendFailure.UNREACHABLE, str(failure.code), failure.description)
        return failure.not_sent()

    async def show_typing(self, participant: str) -> None:
        """A sign that did not arrive is no loss."""
        await self._client.send_typing(participant)

    async def after_stored(self, message: InboundMessage, is_new: bool) -> None:
        """This channel waits for nothing."""

    async def check(self) -> tuple[Finding, ...]:
        """The account behind the token, and where its updates go."""
        return (
            check_account(await self._client.get_me()),
            check_webhook(await self._client.get_webhook_info(), self._credentials.mode, PATH),
        )

    async def set_webhook(self, url: str) -> Finding:
        """Good only when the platform could reach `url`: it keeps the address either way."""
        if self._credentials.mode is Mode.POLLING or self._credentials.secret is None:
            return wrong_mode()
        return webhook_finding(await self._client.set_webhook(url, self._credentials.secret))

    async def prepare_polling(self) -> None:
        """Takes the webhook away: the platform answers nothing while one is set. Raises PollError."""
        answer = await self._client.delete_webhook()
        if isinstance(answer, ApiFailure):
            raise _poll_error(answer)

    async def poll(self, position: int | None) -> Polled:
        """One update, several or none; there are no positions. Raises PollError."""
        answer = await self._client.get_updates(self._numbers.poll_seconds)
        if isinstance(answer, ApiFailure):
            raise _poll_error(answer)
        found = answer.value
        updates = found if isinstance(found, list) else [] if found is None else [found]
        return Polled(tuple(json.dumps(update).encode() for update in updates), None)

    async def close(self) -> None:
        """Closes kept connections."""
        await self._client.close()


def _poll_error(failure: ApiFailure) -> PollError:
    needs_human = failure.failure in (SendFailure.HUMAN_NEEDED, SendFailure.QUOTA)
    return PollError(str(failure.code), failure.retry_after_seconds, human_needed=needs_human)
