"""The Zalo Official Account as one of the gateway's channels."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from connectors.channel import Finding, Refused, SendingPace, WebhookRequest
from connectors.channel_texts import ChannelTexts
from connectors.message import Inbound, InboundMessage, Reply
from connectors.outgoing import OutgoingMessage, SendOutcome
from connectors.rendering import render_plain
from connectors.settings import ZaloOaSettings
from connectors.zalo_oa.checks import check_account, check_credentials, check_tokens, webhook_by_hand
from connectors.zalo_oa.client import ZaloOaClient
from connectors.zalo_oa.courier import Courier
from connectors.zalo_oa.oauth import OAuthClient
from connectors.zalo_oa.payload import CHANNEL, parse
from connectors.zalo_oa.sealing import Seal
from connectors.zalo_oa.settings import ZaloOaCredentials
from connectors.zalo_oa.signature import refusal
from connectors.zalo_oa.token_keeper import TokenKeeper
from connectors.zalo_oa.token_store import TokenStore
from connectors.zalo_oa.tokens import TokenKey
from desk.transactions import Transactions

log = logging.getLogger(__name__)
PATH = "/webhooks/zalo-oa"


class ZaloOaChannel:
    """See connectors.channel.WebhookChannel."""

    name = CHANNEL
    path = PATH
    numbered_choices = True  # a press comes back as the title's words, and buttons may become numbered text

    def __init__(
        self,
        credentials: ZaloOaCredentials,
        numbers: ZaloOaSettings,
        public_url: str | None,
        texts: ChannelTexts,
        clock: Callable[[], datetime],
        courier: Courier,
        keeper: TokenKeeper,
    ) -> None:
        """`public_url` is where citizens reach our own pages. `build_channel` makes the collaborators."""
        self.account = credentials.oa_id
        self.pace = SendingPace(numbers.per_second, 0.0)
        self._credentials = credentials
        self._numbers = numbers
        self._public_url = public_url
        self._texts = texts
        self._clock = clock
        self._courier = courier
        self._keeper = keeper
        self._has_warned = False

    def verify(self, request: WebhookRequest) -> Refused | None:
        """Pure but for one warning: before the secret is known everything is answered with 200 and nothing believed."""
        if not request.body:
            return Refused(HTTPStatus.OK, "empty")  # the console asks so whether somebody is there
        if not self._credentials.is_bootstrap:
            return refusal(request, self._credentials, self._numbers.bad_signature_status)
        if not self._has_warned:
            self._has_warned = True
            log.warning("zalo_oa: no webhook secret is set (bootstrap): messages are answered with 200 and dropped")
        return Refused(HTTPStatus.OK, "bootstrap")

    def parse(self, body: bytes, received_at: datetime) -> tuple[Inbound, ...]:
        """Raises UnreadableError."""
        return parse(body, self.account, self._numbers.event_days, received_at)

    def render(self, reply: Reply, sequence: int) -> tuple[OutgoingMessage, ...]:
        """Real buttons up to the number that Zalo takes, where this account may have them; else numbered lines."""
        return render_plain(
            reply,
            sequence,
            self._numbers.message_characters,
            len,
            self._public_url,
            self._texts,
            buttons=self._numbers.buttons if self._numbers.send_buttons else None,
            title_limit=self._numbers.button_title_characters,
        )

    async def send(self, participant: str, message: OutgoingMessage) -> SendOutcome:
        """Brings one message; never raises."""
        return await self._courier.bring(participant, message)

    async def show_typing(self, participant: str) -> None:
        """An Official Account has no such sign."""

    async def after_stored(self, message: InboundMessage, is_new: bool) -> None:
        """This channel waits for nothing."""

    async def check(self) -> tuple[Finding, ...]:
        """The account behind the token, and the ages of the tokens."""
        credentials = check_credentials(self._credentials)
        if self._credentials.is_bootstrap and not (self._credentials.access_token or self._credentials.refresh_token):
            return (credentials,)
        account = check_account(await self._courier.read_account(), self._credentials)
        days = self._numbers.refresh_token_warning_days
        tokens = check_tokens(await self._keeper.look(), self._credentials, days, self._clock())
        return (credentials, account, *tokens)

    async def set_webhook(self, url: str) -> Finding:
        """Says where to do it by hand: Zalo has no API for it."""
        return webhook_by_hand(url)

    async def maintain(self) -> None:
        """Renews the tokens before they end, also when nobody writes; call it about every hour. Never raises."""
        if not self._credentials.is_bootstrap:
            await self._keeper.maintain()

    async def close(self) -> None:
        """Closes kept connections."""
        await self._courier.close()


def build_channel(
    credentials: ZaloOaCredentials,
    numbers: ZaloOaSettings,
    public_url: str | None,
    texts: ChannelTexts,
    transactions: Transactions,
    secret: str,
    clock: Callable[[], datetime],
) -> ZaloOaChannel:
    """With its real collaborators. `secret` seals the tokens in the database."""
    store = TokenStore(TokenKey(CHANNEL, credentials.oa_id), transactions, Seal(secret))
    keeper = TokenKeeper(credentials, numbers, store, OAuthClient(credentials, numbers.timeout_seconds), clock)
    courier = Courier(ZaloOaClient(credentials.api_base, numbers.timeout_seconds), keeper, texts)
    return ZaloOaChannel(credentials, numbers, public_url, texts, clock, courier, keeper)
