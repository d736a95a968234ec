"""The dialogue engine behind the gateway, and how it can fail."""

from __future__ import annotations

from enum import StrEnum
from http import HTTPStatus
from typing import Protocol

import httpx

from connectors.message import Reply
from connectors.rasa_reply import MalformedReplyError, parse_replies

REST_CHANNEL = "/webhooks/rest/"


class DialogueFailure(StrEnum):
    """Error class kept with the message; all of them are worth another attempt."""

    UNAVAILABLE = "dialogue_unavailable"
    TIMEOUT = "dialogue_timeout"
    REFUSED = "dialogue_refused"
    EMPTY = "dialogue_empty"
    MALFORMED = "dialogue_malformed"
    AWAY = "dialogue_away"  # was not asked: see connectors/outage.py


class DialogueError(RuntimeError):
    """The turn has no answer yet. Its text never quotes what was said."""

    def __init__(self, failure: DialogueFailure, detail: str) -> None:
        super().__init__(f"{failure}: {detail}")
        self.failure = failure


class Dialogue(Protocol):
    """Anything that answers one turn of one conversation."""

    async def say(self, conversation_id: str, text: str) -> tuple[Reply, ...]:
        """At least one reply. `text` beginning with "/" is a button's payload. Raises DialogueError."""
        ...

    async def is_ready(self) -> bool:
        """Whether it would answer now; never raises."""
        ...


def build_http_client(base_url: str, timeout_seconds: float, kept: int) -> httpx.AsyncClient:
    """`kept` connections to the private dialogue engine stay open; proxies of the environment are ignored."""
    # No limit, for the worker has one: a request that gives up waiting in httpcore 1.0.9 just as its turn comes takes
    # a place with it, and a pool that lost all its places is full for ever (encode/httpcore issues 550 and 1093).
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=kept)
    timeout = httpx.Timeout(timeout_seconds, connect=min(timeout_seconds, 2.0))
    return httpx.AsyncClient(base_url=base_url, timeout=timeout, limits=limits, trust_env=False)


class RasaDialogue:
    """Rasa's REST channel."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def say(self, conversation_id: str, text: str) -> tuple[Reply, ...]:
        """See Dialogue."""
        try:
            response = await self._client.post(
                f"{REST_CHANNEL}webhook", json={"sender": conversation_id, "message": text}
            )
        except httpx.TimeoutException as error:
            raise DialogueError(DialogueFailure.TIMEOUT, type(error).__name__) from error
        except httpx.HTTPError as error:
            raise DialogueError(DialogueFailure.UNAVAILABLE, type(error).__name__) from error
        if response.status_code != HTTPStatus.OK:
            raise DialogueError(DialogueFailure.REFUSED, f"HTTP {response.status_code}")
        try:
            replies = parse_replies(response.content)
        except MalformedReplyError as error:
            raise DialogueError(DialogueFailure.MALFORMED, str(error)) from error
        if not replies:
            raise DialogueError(DialogueFailure.EMPTY, "no reply")
        return replies

    async def is_ready(self) -> bool:
        """Asks the REST channel itself: it answers only when Rasa has it."""
        try:
            response = await self._client.get(REST_CHANNEL, timeout=2.0)
        except httpx.HTTPError:
            return False
        return response.status_code == HTTPStatus.OK

    async def close(self) -> None:
        """Closes the kept connections."""
        await self._client.aclose()
