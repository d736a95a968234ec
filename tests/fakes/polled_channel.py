"""A channel in memory that is asked for news: updates wait until a position confirms them, as Telegram's do."""

import asyncio
from collections import deque

from connectors.channel import Polled
from tests.fakes.channel import FakeChannel

LONG_POLL_SECONDS = 0.2


class PolledChannel(FakeChannel):
    """`asked` are the positions it was asked from. Without `has_positions` each update is handed over once only."""

    def __init__(self, has_positions=True):
        super().__init__("polled")
        self.has_positions = has_positions
        self.long_poll_seconds = LONG_POLL_SECONDS
        self.waiting = {}
        self.asked = []
        self.prepared = 0
        self.asking = 0
        self.most_asking = 0
        self._errors = deque()
        self._came = asyncio.Event()

    def says(self, number, participant, text="xin chào", **more):
        """An update with this number."""
        self.comes(number, self.body(participant, number, text, **more))

    def comes(self, number, body):
        """Any bytes."""
        self.waiting[number] = body
        self._came.set()

    def fails(self, *errors):
        """What the next questions, or preparations, come to."""
        self._errors.extend(errors)

    async def prepare_polling(self):
        self.prepared += 1
        self._fail()

    async def poll(self, position):
        self.asked.append(position)
        self.asking += 1
        self.most_asking = max(self.most_asking, self.asking)
        try:
            self._fail()
            return await self._news(position)
        finally:
            self.asking -= 1

    async def _news(self, position):
        for number in [number for number in self.waiting if position is not None and number < position]:
            del self.waiting[number]
        try:
            async with asyncio.timeout(self.long_poll_seconds):
                while not self.waiting:
                    self._came.clear()
                    await self._came.wait()
        except TimeoutError:
            return Polled((), position)
        found = dict(self.waiting)
        if not self.has_positions:
            self.waiting.clear()
            return Polled(tuple(found.values()), None)
        return Polled(tuple(found.values()), max(found) + 1)

    def _fail(self):
        if self._errors:
            raise self._errors.popleft()
