"""A bot for tests, and a network that says what it was told to."""

import dataclasses

import httpx

from connectors.bot_credentials import BotCredentials
from connectors.channel_texts import load_channel_texts
from connectors.settings import ZaloBotSettings
from connectors.zalo_bot.channel import ZaloBotChannel
from connectors.zalo_bot.client import ZaloBotClient
from connectors.zalo_bot.settings import DEFAULT_API_BASE

TOKEN = "4450:bi-mat-gia-cua-bot"
CREDENTIALS = BotCredentials(TOKEN, "bi-mat-cua-so-gia", DEFAULT_API_BASE)
NUMBERS = ZaloBotSettings(message_characters=1900, per_second=10.0, timeout_seconds=10.0, poll_seconds=30.0)


def answers(body, status=200, headers=None):
    """`body` is bytes, or a document."""
    content = {"content": body} if isinstance(body, bytes) else {"json": body}
    return httpx.Response(status, headers=headers, **content)


def fails(error):
    return error


class FakeNetwork:
    """Hands out the queued happenings one by one; `calls` are the requests as they went out."""

    def __init__(self, *happenings):
        self._happenings = list(happenings)
        self.calls = []
        self.transport = httpx.MockTransport(self._take)

    def client(self):
        return ZaloBotClient(CREDENTIALS, NUMBERS.timeout_seconds, self.transport)

    def channel(self, **changes):
        """`changes` are fields of the credentials."""
        credentials = dataclasses.replace(CREDENTIALS, **changes)
        return ZaloBotChannel(credentials, NUMBERS, None, load_channel_texts(), self.client())

    def at(self, base):
        return dataclasses.replace(CREDENTIALS, api_base=base)

    def _take(self, request):
        self.calls.append(request)
        happening = self._happenings.pop(0)
        if isinstance(happening, Exception):
            raise happening
        return happening
