"""Asks Zalo for a new pair of tokens: OAuth v4, https://developers.zalo.me/docs/official-account/bat-dau/xac-thuc.

A refresh token works once, and the old access token dies with it: whoever asks must keep what comes back.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Any

import httpx

from connectors.channel import UnreadableError
from connectors.never_left import never_left
from connectors.stored_text import storable
from connectors.zalo_oa.errors import DETAIL_CHARACTERS, NO_ANSWER
from connectors.zalo_oa.settings import ZaloOaCredentials
from connectors.zalo_oa.wire import read_object, words

PATH = "/v4/oa/access_token"
ACCESS_SECONDS = 90_000
"""25 hours, as documented: where the answer does not say."""

REFUSED_CODES = frozenset({-14001, -14002, -14003, -14004, -14014, -14020, -118})
"""Wrong app, secret or refresh token: asking again changes nothing."""

_TOKEN = re.compile(r"[!-~]+")
_CODE = re.compile(r"-?\d{1,9}")
_SECONDS = re.compile(r"[1-9]\d{0,6}")


class ExchangeFailure(StrEnum):
    """What a failed exchange means for the refresh token."""

    REFUSED = "refused"  # it will be refused again: somebody has to bring a new pair
    UNAVAILABLE = "unavailable"  # not used up: ask again later
    UNKNOWN = "unknown"  # it may be used up, and the answer is lost


@dataclass(frozen=True)
class NewTokens:
    """`refresh_token` is empty where Zalo sent none; the old one is then used up all the same."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    access_seconds: float


@dataclass(frozen=True)
class NoTokens:
    """`code` and `detail` are Zalo's words, or the name of what went wrong on the way; no token is in them."""

    failure: ExchangeFailure
    code: str
    detail: str = ""


class OAuthClient:
    """One for each process. `transport` stands for the network."""

    def __init__(
        self, credentials: ZaloOaCredentials, timeout_seconds: float, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._credentials = credentials
        self._timeout_seconds = timeout_seconds
        # Half for the connection, so that one that never came about is told from an answer that never came.
        timeout = httpx.Timeout(timeout_seconds, connect=timeout_seconds / 2)
        self._http = httpx.AsyncClient(timeout=timeout, transport=transport, trust_env=False)

    async def refresh(self, refresh_token: str) -> NewTokens | NoTokens:
        """Ends within `timeout_seconds`, whatever happens: the lock of the tokens lasts a little longer."""
        form = {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
            "app_id": self._credentials.app_id,
        }
        headers = {"secret_key": self._credentials.app_secret}
        try:
            async with asyncio.timeout(self._timeout_seconds):
                response = await self._http.post(self._credentials.oauth_base + PATH, data=form, headers=headers)
        except (httpx.HTTPError, TimeoutError) as error:
            failure = ExchangeFailure.UNAVAILABLE if never_left(error) else ExchangeFailure.UNKNOWN
            return NoTokens(failure, type(error).__name__)
        return _read(response, (refresh_token, self._credentials.app_secret))

    async def close(self) -> None:
        """Closes kept connections."""
        await self._http.aclose()


def _read(response: httpx.Response, hidden: tuple[str, ...]) -> NewTokens | NoTokens:
    """Whatever the HTTP status: without an access token it is a failure."""
    try:
        said = read_object(response.content)
    except UnreadableError:
        said = {}
    access_token, refresh_token = words(said, "access_token"), words(said, "refresh_token")
    if _TOKEN.fullmatch(access_token):
        return NewTokens(access_token, refresh_token, _seconds(words(said, "expires_in")))
    written = words(said, "error")
    code = int(written) if _CODE.fullmatch(written) else 0
    if code:
        failure = ExchangeFailure.REFUSED if code in REFUSED_CODES else ExchangeFailure.UNAVAILABLE
        return NoTokens(failure, str(code), _detail(said, hidden))
    if words(said, "error_name"):
        return NoTokens(ExchangeFailure.REFUSED, "error_name", _detail(said, hidden))
    if response.is_success or response.status_code == HTTPStatus.GATEWAY_TIMEOUT:
        # The answer is cut, disguised or lost behind another server: nobody knows what became of the token.
        return NoTokens(ExchangeFailure.UNKNOWN, NO_ANSWER)
    return NoTokens(ExchangeFailure.UNAVAILABLE, f"http_{response.status_code}")


def _detail(said: Mapping[str, Any], hidden: tuple[str, ...]) -> str:
    names = ("error_name", "error_reason", "error_description", "message")
    detail = " / ".join(dict.fromkeys(filter(None, (words(said, name) for name in names))))
    for secret in hidden:
        detail = detail.replace(secret, "***")
    return storable(detail)[:DETAIL_CHARACTERS]


def _seconds(expires_in: str) -> float:
    """Comes as a text of digits, as a number, empty, or not at all."""
    return float(expires_in) if _SECONDS.fullmatch(expires_in) else float(ACCESS_SECONDS)
