"""Asks the workshop, the process with the embedding model. It may be away: pages then say so."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import httpx

from app.stack import WORKSHOP_PORT
from console.editor.ports import WorkshopAwayError
from editing.alike import Alike
from editing.trial import Tried, TriedCitation, TriedHit, TrySubject

WORKSHOP_URL_VARIABLE = "BHXH_WORKSHOP_URL"
DEFAULT_WORKSHOP_URL = f"http://127.0.0.1:{WORKSHOP_PORT}"
TRY_SECONDS = 20.0
"""The first question after a change reads a whole base; an editor waits for that, not for longer."""
ALIKE_SECONDS = 3.0
"""Hints while somebody types: later they are of no use."""
WAKE_SECONDS = 0.5
ANSWER_BYTES = 1_048_576
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
log = logging.getLogger(__name__)


class WorkshopClient:
    """See console.editor.ports.Workshop. Nothing that was asked or answered is logged."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def try_question(self, question: str, subject: TrySubject) -> Tried:
        """See Workshop."""
        as_of = subject.as_of.isoformat() if subject.as_of else None
        asked = {"release_id": subject.release_id, "version_id": subject.version_id, "as_of": as_of}
        found = await self._ask("/try", {"question": question, **asked}, TRY_SECONDS)
        try:
            return _tried(found)
        except _UNREADABLE as error:
            raise _unreadable(error) from None

    async def alike(self, wordings: tuple[str, ...], but_not: str, limit: int) -> tuple[Alike, ...]:
        """See Workshop."""
        asked = {"wordings": list(wordings), "but_not": but_not, "limit": limit}
        found = await self._ask("/alike", asked, ALIKE_SECONDS)
        try:
            return tuple(_alike(item) for item in found["alike"][:limit])
        except _UNREADABLE as error:
            raise _unreadable(error) from None

    async def wake(self) -> None:
        """See Workshop."""
        try:
            await self._ask("/wake", {}, WAKE_SECONDS)
        except WorkshopAwayError:
            log.info("workshop: not woken")

    async def close(self) -> None:
        """Closes the kept connections."""
        await self._client.aclose()

    async def _ask(self, path: str, asked: Mapping[str, Any], seconds: float) -> Any:
        try:
            async with asyncio.timeout(seconds):
                return json.loads(await self._body(path, asked))
        except (TimeoutError, httpx.HTTPError) as error:
            log.warning("workshop: %s", type(error).__name__)
            raise WorkshopAwayError(type(error).__name__) from None
        except _UNREADABLE as error:
            raise _unreadable(error) from None

    async def _body(self, path: str, asked: Mapping[str, Any]) -> bytes:
        body = bytearray()
        async with self._client.stream("POST", path, json=asked) as response:
            if response.status_code != HTTPStatus.OK:
                raise ValueError(f"HTTP {response.status_code}")
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > ANSWER_BYTES:
                    raise ValueError("answer too large")
        return bytes(body)


def build_workshop_client(environment: Mapping[str, str]) -> WorkshopClient:
    """Over the private address of the workshop; proxies of the environment are ignored."""
    base = environment.get(WORKSHOP_URL_VARIABLE, "") or DEFAULT_WORKSHOP_URL
    return WorkshopClient(httpx.AsyncClient(base_url=base, timeout=TRY_SECONDS, trust_env=False))


def _unreadable(error: Exception) -> WorkshopAwayError:
    log.warning("workshop: unreadable answer: %s", type(error).__name__)
    return WorkshopAwayError("unreadable answer")


def _tried(found: Mapping[str, Any]) -> Tried:
    citations = tuple(TriedCitation(**_texts(item, TriedCitation)) for item in found["citations"])
    hits = tuple(_hit(item) for item in found["hits"])
    elapsed_ms = float(found["elapsed_ms"])
    return Tried(str(found["status"]), str(found["text"]), str(found["band"]), citations, hits, elapsed_ms)


def _hit(item: Mapping[str, Any]) -> TriedHit:
    numbers = {name: float(item[name]) for name in ("score", "dense_score", "lexical_score")}
    texts = {name: str(item[name]) for name in TriedHit.__dataclass_fields__ if name not in numbers}
    return TriedHit(**texts, **numbers)  # type: ignore[arg-type]


def _alike(item: Mapping[str, Any]) -> Alike:
    likeness = min(max(float(item["likeness"]), 0.0), 1.0)
    return Alike(str(item["document"]), str(item["title"]), str(item["wording"]), likeness)


def _texts(item: Mapping[str, Any], of: type[TriedCitation]) -> dict[str, str]:
    return {name: str(item[name]) for name in of.__dataclass_fields__}
