"""Tells whoever watches a conversation that something happened in it, without telling what.

The news itself is always read from the database, so a signal lost costs time and never a message.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

SOON_SECONDS = 0.1
"""Short enough to look immediate, long enough that most answers make it unnecessary."""


class Watch:
    """One open page. Starts signalled, so that its owner looks once before waiting."""

    def __init__(self, conversation_id: str) -> None:
        self.conversation_id = conversation_id
        self.seen_sequence = 0
        self.has_news = True
        self._signal = asyncio.Event()

    async def wait(self, timeout_seconds: float) -> bool:
        """False when nothing happened within the time."""
        try:
            async with asyncio.timeout(timeout_seconds):
                await self._signal.wait()
        except TimeoutError:
            return False
        self._signal.clear()
        return True

    def signal(self, *, news: bool) -> None:
        """`news` is False when only the typing state changed."""
        self.has_news = self.has_news or news
        self._signal.set()


class Hub:
    """Watches of this process and the conversations its worker has in hand. Used from the event loop only."""

    def __init__(self) -> None:
        self._watches: dict[str, set[Watch]] = {}
        self._working: set[str] = set()
        self.closed = False

    @contextmanager
    def watching(self, conversation_id: str) -> Iterator[Watch]:
        """A watch for the length of the block."""
        watch = Watch(conversation_id)
        self._watches.setdefault(conversation_id, set()).add(watch)
        try:
            yield watch
        finally:
            watches = self._watches[conversation_id]
            watches.discard(watch)
            if not watches:
                del self._watches[conversation_id]

    def watches_of(self, conversation_id: str) -> int:
        """How many pages watch this conversation."""
        return len(self._watches.get(conversation_id, ()))

    @property
    def watches(self) -> int:
        """How many pages are open altogether."""
        return sum(len(watches) for watches in self._watches.values())

    @property
    def watched(self) -> dict[str, int]:
        """For each watched conversation the lowest number that one of its pages has seen."""
        return {key: min(watch.seen_sequence for watch in watches) for key, watches in self._watches.items()}

    def publish(self, conversation_id: str) -> None:
        """Something was said in this conversation and is committed."""
        self._signal(conversation_id, news=True)

    def publish_soon(self, conversation_id: str) -> None:
        """The same for what its author knows already: it can travel with the answer when that comes quickly."""
        if conversation_id in self._watches:
            asyncio.get_running_loop().call_later(SOON_SECONDS, self.publish, conversation_id)

    def start_working(self, conversation_id: str) -> None:
        """The assistant has a message of this conversation in hand; pages are told when it takes noticeable time."""
        self._working.add(conversation_id)
        if conversation_id in self._watches:
            asyncio.get_running_loop().call_later(SOON_SECONDS, self._signal, conversation_id)

    def stop_working(self, conversation_id: str) -> None:
        """The message in hand is answered, and the answer published."""
        self._working.discard(conversation_id)

    def is_working(self, conversation_id: str) -> bool:
        """Whether the citizen should see that the assistant is writing."""
        return conversation_id in self._working

    def close(self) -> None:
        """Ends all streams; the pages reconnect to the next process."""
        self.closed = True
        for conversation_id in tuple(self._watches):
            self._signal(conversation_id)

    def _signal(self, conversation_id: str, news: bool = False) -> None:
        for watch in self._watches.get(conversation_id, ()):
            watch.signal(news=news)
