"""A bot for tests, and a network that says what it was told to."""

import dataclasses
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs

import httpx

from connectors.bot_credentials import BotCredentials
from connectors.channel_texts import load_channel_texts
from connectors.settings import TelegramSettings
from connectors.telegram.channel import TelegramChannel
from connectors.telegram.client import TelegramClient
from connectors.telegram.settings import DEFAULT_API_BASE

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "telegram"
TOKEN = "100200300:bi-mat-gia-cua-bot"
CREDENTIALS = BotCredentials(TOKEN, "bi-mat_cua-so-gia", DEFAULT_API_BASE)
NUMBERS = TelegramSettings(4096, 25.0, 1.0, 10.0, 30.0, edited_minutes=15.0, update_hours=24.0)
NOW = datetime(2026, 1, 1, 0, 5, tzinfo=UTC)
ME = {
    "id": 100200300,
    "is_bot": True,
    "first_name": "Trợ lý thử",
    "username": "bhxh_thu_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
}
TEXTS = load_channel_texts()


def result(value):
    return httpx.Response(200, json={"ok": True, "result": value})


def sent(message_id=7, chat_id=900000001):
    """What Telegram answers to sendMessage."""
    chat = {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}
    return result({"message_id": message_id, "date": 1767225600, "chat": chat, "from": ME, "text": "…"})


def refusal(status, description, **parameters):
    body = {"ok": False, "error_code": status, "description": description}
    return httpx.Response(status, json=body | ({"parameters": parameters} if parameters else {}))


class FakeNetwork:
    """Hands out the queued happenings one by one; `calls` are the requests as they went out."""

    def __init__(self, *happenings):
        self._happenings = list(happenings)
        self.calls = []
        self.transport = httpx.MockTransport(self._take)

    def client(self, **changes):
        return TelegramClient(dataclasses.replace(CREDENTIALS, **changes), NUMBERS.timeout_seconds, self.transport)

    def channel(self, **changes):
        """`changes` are fields of the credentials."""
        credentials = dataclasses.replace(CREDENTIALS, **changes)
        return TelegramChannel(credentials, NUMBERS, None, TEXTS, lambda: NOW, self.client(**changes))

    @property
    def methods(self):
        return [call.url.path.rpartition("/")[2] for call in self.calls]

    def form(self, number):
        """What one call said, as text."""
        return {name: values[0] for name, values in parse_qs(self.calls[number].content.decode()).items()}

    def _take(self, request):
        self.calls.append(request)
        happening = self._happenings.pop(0)
        if isinstance(happening, Exception):
            raise happening
        return happening


def update(name):
    """One of the captured updates."""
    return (FIXTURES / f"{name}.json").read_bytes()
