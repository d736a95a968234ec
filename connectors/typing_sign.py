"""Shows a citizen that an answer is being written, when it takes longer than an eye-blink."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from connectors.channel import Channel
from desk.conversation import ConversationKey


class TypingSign:
    """The first sign comes after a while, since most answers are there before; then again until the block ends."""

    def __init__(self, channels: Mapping[str, Channel], after_seconds: float, every_seconds: float) -> None:
        self._channels = channels
        self._after_seconds = after_seconds
        self._every_seconds = every_seconds

    @contextmanager
    def typing(self, conversation: ConversationKey) -> Iterator[None]:
        """Does nothing for channels that cannot show it."""
        channel = self._channels.get(conversation.channel)
        if channel is None:
            yield
            return
        showing = asyncio.create_task(self._show(channel, conversation.participant))
        try:
            yield
        finally:
            showing.cancel()

    async def _show(self, channel: Channel, participant: str) -> None:
        await asyncio.sleep(self._after_seconds)
        while True:
            await channel.show_typing(participant)
            await asyncio.sleep(self._every_seconds)
