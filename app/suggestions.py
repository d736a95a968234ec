"""Asks the action server for answers that might fit. It may be away: operators then write without them."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import httpx

from app.stack import ACTION_PORT
from connectors.channel_texts import ChannelTexts
from connectors.message import Citation, Reply
from connectors.plain_text import plain_text
from connectors.rasa_reply import CITATION_FIELDS
from connectors.rendering import compose
from console.ports import Suggestion

KNOWLEDGE_URL_VARIABLE = "BHXH_KNOWLEDGE_URL"
DEFAULT_KNOWLEDGE_URL = f"http://127.0.0.1:{ACTION_PORT}"
PATH = "/suggestions"
TIMEOUT_SECONDS = 2.0
"""An operator who waits longer writes the answer themselves."""
MOST_SUGGESTIONS = 3
ANSWER_BYTES = 262_144
QUESTION_CHARACTERS = 1_000
log = logging.getLogger(__name__)


class KnowledgeSuggestions:
    """See console.ports.Suggestions. Nothing that was asked or answered is logged."""

    def __init__(self, client: httpx.AsyncClient, public_url: str | None, texts: ChannelTexts) -> None:
        self._client = client
        self._public_url = public_url
        self._texts = texts

    async def for_text(self, text: str, role: str = "") -> tuple[Suggestion, ...]:
        """See Suggestions."""
        question = plain_text(text).strip()[:QUESTION_CHARACTERS]
        if not question:
            return ()
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                body = await self._ask({"question": question, "role": role})
            return self._read(body)
        except (TimeoutError, httpx.HTTPError) as error:
            log.warning("suggestions: %s", type(error).__name__)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            log.warning("suggestions: unreadable answer: %s", type(error).__name__)
        return ()

    async def close(self) -> None:
        """Closes the kept connections."""
        await self._client.aclose()

    async def _ask(self, asked: Mapping[str, str]) -> bytes:
        body = bytearray()
        async with self._client.stream("POST", PATH, json=asked) as response:
            if response.status_code != HTTPStatus.OK:
                log.warning("suggestions: HTTP %d", response.status_code)
                return b'{"suggestions": []}'
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > ANSWER_BYTES:
                    raise ValueError("answer too large")
        return bytes(body)

    def _read(self, body: bytes) -> tuple[Suggestion, ...]:
        found = json.loads(body)["suggestions"]
        return tuple(self._suggestion(item) for item in found[:MOST_SUGGESTIONS])

    def _suggestion(self, item: Mapping[str, Any]) -> Suggestion:
        citations = tuple(
            Citation(**{name: str(citation[name]) for name in CITATION_FIELDS}) for citation in item["citations"]
        )
        reply = Reply(str(item["text"]), citations=citations)
        first = citations[0] if citations else None
        return Suggestion(
            text=plain_text(reply.text).strip(),
            # As the assistant itself would have sent it, its sources named below.
            whole=compose(reply, self._public_url, self._texts),
            title=plain_text(str(item["title"])),
            label="" if first is None else plain_text(first.label or first.document),
            validity="" if first is None else plain_text(first.validity),
            url="" if first is None else first.url,
            score=min(max(float(item["score"]), 0.0), 1.0),
            strength=str(item["strength"]),
        )


def build_suggestions(
    environment: Mapping[str, str], public_url: str | None, texts: ChannelTexts
) -> KnowledgeSuggestions:
    """Over the private address of the action server; proxies of the environment are ignored."""
    base = environment.get(KNOWLEDGE_URL_VARIABLE, "") or DEFAULT_KNOWLEDGE_URL
    client = httpx.AsyncClient(base_url=base, timeout=TIMEOUT_SECONDS, trust_env=False)
    return KnowledgeSuggestions(client, public_url, texts)
