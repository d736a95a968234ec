"""The calls of the OA OpenAPI that we make, and what came back. Retries and tokens are the courier's business."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from connectors.channel import UnreadableError
from connectors.outgoing import NotSent, SendFailure
from connectors.zalo_oa.errors import DETAIL_CHARACTERS, ApiRefusal, broken_off, unreadable, unsuccessful
from connectors.zalo_oa.wire import inner, read_object, words

SEND = "/v3.0/oa/message/cs"
ACCOUNT = "/v2.0/oa/getoa"
SHOWN_QUERY = "oa.query.show"
"""A button that answers with words which the citizen sees in the chat as their own."""

_REMAIN = "x-ratelimit-remain"
_CODE = re.compile(r"-?\d{1,9}")
_SECONDS = re.compile(r"\d{1,5}")


@dataclass(frozen=True)
class Receipt:
    """`message_id` is None where Zalo gave none. `calls_left` of this minute, None where it did not say."""

    message_id: str | None
    calls_left: int | None


@dataclass(frozen=True)
class OaProfile:
    """Whose token it is."""

    oa_id: str
    name: str


class ZaloOaClient:
    """One for each process. `transport` stands for the network."""

    def __init__(
        self, api_base: str, timeout_seconds: float, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._base = api_base
        # httpx bounds each wait for a piece of the answer; an answer that drips would never end.
        self._longest_seconds = timeout_seconds * 2
        self._http = httpx.AsyncClient(timeout=timeout_seconds, transport=transport, trust_env=False)

    async def post_message(
        self, access_token: str, user: str, text: str, titles: Sequence[str]
    ) -> Receipt | ApiRefusal | NotSent:
        """`titles` are buttons under the text; their payload is the title, so it comes back as the citizen's words."""
        message: dict[str, Any] = {"text": text}
        if titles:
            buttons = [{"title": title, "type": SHOWN_QUERY, "payload": title} for title in titles]
            message["attachment"] = {"type": "template", "payload": {"buttons": buttons}}
        body = {"recipient": {"user_id": user}, "message": message}
        answer = await self._call("POST", SEND, access_token, body)
        if isinstance(answer, ApiRefusal | NotSent):
            return answer
        message_id = words(answer.data, "message_id")
        return Receipt(message_id or None, answer.calls_left)

    async def read_account(self, access_token: str) -> OaProfile | ApiRefusal | NotSent:
        """The account behind the token."""
        answer = await self._call("GET", ACCOUNT, access_token, None)
        if isinstance(answer, ApiRefusal | NotSent):
            return answer
        return OaProfile(words(answer.data, "oa_id") or words(answer.data, "oaid"), words(answer.data, "name"))

    async def close(self) -> None:
        """Closes kept connections."""
        await self._http.aclose()

    async def _call(
        self, method: str, path: str, access_token: str, body: Mapping[str, Any] | None
    ) -> _Answer | ApiRefusal | NotSent:
        content = None if body is None else json.dumps(body).encode()
        headers = {"access_token": access_token, "Content-Type": "application/json"}
        try:
            async with asyncio.timeout(self._longest_seconds):
                response = await self._http.request(method, self._base + path, content=content, headers=headers)
        except httpx.HTTPError as error:
            return broken_off(error)
        except TimeoutError as error:
            return NotSent(SendFailure.UNKNOWN, type(error).__name__)
        return _read(response, access_token)


@dataclass(frozen=True)
class _Answer:
    data: Mapping[str, Any]
    calls_left: int | None


def _read(response: httpx.Response, access_token: str) -> _Answer | ApiRefusal | NotSent:
    try:
        said = read_object(response.content)
    except UnreadableError:
        said = {}
    code = _code(said)
    if code:
        message = words(said, "message").replace(access_token, "***")[:DETAIL_CHARACTERS]
        return ApiRefusal(code, message)
    if not response.is_success:
        return unsuccessful(response.status_code, _retry_after(response))
    data = inner(said, "data")
    # No `error` at all, but a message id: Zalo has it.
    if code == 0 or words(data, "message_id"):
        return _Answer(data, _calls_left(response))
    return unreadable()


def _code(said: Mapping[str, Any]) -> int | None:
    """`error` as a number or as text; None when it is missing or neither."""
    written = words(said, "error")
    return int(written) if _CODE.fullmatch(written) else None


def _calls_left(response: httpx.Response) -> int | None:
    written = response.headers.get(_REMAIN, "")
    return int(written) if _CODE.fullmatch(written) else None


def _retry_after(response: httpx.Response) -> float | None:
    written = response.headers.get("retry-after", "")
    return float(written) if _SECONDS.fullmatch(written) else None
