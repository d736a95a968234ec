"""Talks to a running gateway as a citizen's browser does; used by `bhxh ask --through` and the benchmark."""

from __future__ import annotations

import time
import uuid
from typing import Any

import httpx

from app.failures import CommandError

ANSWER_SECONDS = 60.0
POLL_SECONDS = 0.01
TOO_MANY_REQUESTS = 429


class Citizen:
    """One web conversation. `say` waits for what the assistant answers to that message."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        created = client.post("/api/chat/conversations", json={}).raise_for_status().json()
        self._headers = {"Authorization": f"Bearer {created['token']}"}
        self._last = 0

    def say(self, text: str) -> list[dict[str, Any]]:
        """Messages of the assistant that answer this one. Raises CommandError after a minute without any."""
        message_id = str(uuid.uuid4())
        self._post({"message_id": message_id, "text": text})
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            answers = [message for message in self._new() if message["role"] == "assistant"]
            if answers:
                return answers
            time.sleep(POLL_SECONDS)
        raise CommandError(f"no answer within {ANSWER_SECONDS:.0f} s; is `bhxh up` running and ready?")

    def _post(self, message: dict[str, str]) -> None:
        while True:
            response = self._client.post("/api/chat/messages", json=message, headers=self._headers)
            if response.status_code != TOO_MANY_REQUESTS:
                break
            time.sleep(float(response.headers.get("Retry-After", "1")))
        if response.is_client_error:
            raise CommandError(f"refused ({response.status_code}): {response.text[:300]}")
        response.raise_for_status()

    def _new(self) -> list[dict[str, Any]]:
        response = self._client.get("/api/chat/messages", params={"after": self._last}, headers=self._headers)
        messages: list[dict[str, Any]] = response.raise_for_status().json()
        if messages:
            self._last = max(message["id"] for message in messages)
        return messages


def say_all(url: str, turns: list[str]) -> list[dict[str, Any]]:
    """One conversation; for each turn {status, text, citations, buttons, elapsed_ms} of all its answers joined."""
    try:
        with httpx.Client(base_url=url, timeout=30.0) as client:
            citizen = Citizen(client)
            return [_say(citizen, turn) for turn in turns]
    except httpx.HTTPError as error:
        raise CommandError(f"{url}: {error!r}; is `bhxh up` running there?") from error


def _say(citizen: Citizen, turn: str) -> dict[str, Any]:
    started = time.perf_counter()
    answers = citizen.say(turn)
    elapsed = time.perf_counter() - started
    statuses = [answer["status"] for answer in answers if answer["status"] != "no_status"]
    return {
        "status": statuses[0] if statuses else "no_status",
        "text": "\n".join(answer["text"] for answer in answers),
        "citations": [citation for answer in answers for citation in answer.get("citations") or []],
        "buttons": [button for answer in answers for button in answer.get("buttons") or []],
        "hits": [],
        "elapsed_ms": round(elapsed * 1000, 3),
    }
