"""Brings one message to a citizen: with a good token, renewed once if need be, and in a form that Zalo takes."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from connectors.channel_texts import ChannelTexts
from connectors.outgoing import NotSent, OutgoingMessage, Scope, SendFailure, SendOutcome, Sent
from connectors.rendering import numbered
from connectors.zalo_oa.client import OaProfile, Receipt, ZaloOaClient
from connectors.zalo_oa.errors import FORM_CODES, TOKEN_CODES, ApiRefusal, meaning
from connectors.zalo_oa.token_keeper import TokenKeeper

log = logging.getLogger(__name__)
REST_SECONDS = 5.0
"""After the last call that Zalo allows for now; when more are allowed it does not say, so the next one finds out."""

HOPELESS_SECONDS = 300.0
"""For so long a token that was refused although it was new is not renewed again: each renewal ends another pair."""

Answer = TypeVar("Answer")


class Courier:
    """One for each process. `monotonic` is the time that never goes back, in seconds."""

    def __init__(
        self,
        client: ZaloOaClient,
        keeper: TokenKeeper,
        texts: ChannelTexts,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._keeper = keeper
        self._texts = texts
        self._monotonic = monotonic
        self._rest_until = 0.0
        self._hopeless = ""
        self._hopeless_until = 0.0

    async def bring(self, user: str, message: OutgoingMessage) -> SendOutcome:
        """Buttons that Zalo refuses are sent once more as numbered text. Never raises."""
        rest_seconds = self._rest_until - self._monotonic()
        if rest_seconds > 0:
            return NotSent(SendFailure.RATE_LIMITED, "no_calls_left", "", rest_seconds, Scope.CHANNEL)
        titles = tuple(button.title for button in message.buttons)
        answer = await self._post(user, message.text, titles)
        if titles and isinstance(answer, ApiRefusal) and answer.code in FORM_CODES:
            log.warning("zalo_oa: buttons refused (code %d); sent as numbered text", answer.code)
            answer = await self._post(user, numbered(message.text, titles, self._texts), ())
        return self._outcome(answer)

    async def read_account(self) -> OaProfile | NotSent:
        """The account behind the token. Never raises."""
        answer = await self._with_token(self._client.read_account)
        return meaning(answer) if isinstance(answer, ApiRefusal) else answer

    async def _post(self, user: str, text: str, titles: tuple[str, ...]) -> Receipt | ApiRefusal | NotSent:
        return await self._with_token(lambda token: self._client.post_message(token, user, text, titles))

    async def _with_token(
        self, call: Callable[[str], Awaitable[Answer | ApiRefusal | NotSent]]
    ) -> Answer | ApiRefusal | NotSent:
        token = await self._keeper.current()
        if isinstance(token, NotSent):
            return token
        answer = await call(token)
        if not _refuses_token(answer) or self._is_hopeless(token):
            return answer
        new_token = await self._keeper.replaced(token)
        if isinstance(new_token, NotSent):
            return new_token
        answer = await call(new_token)
        if _refuses_token(answer):
            self._hopeless, self._hopeless_until = new_token, self._monotonic() + HOPELESS_SECONDS
            log.error("zalo_oa: a new access token is refused too; somebody has to look at the app's rights")
        return answer

    def _is_hopeless(self, token: str) -> bool:
        return token == self._hopeless and self._monotonic() < self._hopeless_until

    def _outcome(self, answer: Receipt | ApiRefusal | NotSent) -> SendOutcome:
        if isinstance(answer, Receipt):
            if answer.calls_left == 0:
                self._rest_until = self._monotonic() + REST_SECONDS
            return Sent(answer.message_id)
        if isinstance(answer, NotSent):
            return answer
        return meaning(answer)

    async def close(self) -> None:
        """Closes kept connections; a pair of tokens on its way is waited for."""
        await self._keeper.close()
        await self._client.close()


def _refuses_token(answer: object) -> bool:
    return isinstance(answer, ApiRefusal) and answer.code in TOKEN_CODES
