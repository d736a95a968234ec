"""Two hundred people who write, each in one channel, sometimes several messages in a row."""

import asyncio
import random
import time
from dataclasses import dataclass

from tests.faults.channels import NAMES
from tests.faults.front_door import QUESTION

RAPID = 0.4
"""How often the next message follows at once."""


@dataclass(frozen=True)
class Citizen:
    """`numbers` are the messages, in the order in which they are said."""

    channel: str
    user: str
    numbers: tuple[int, ...]


def population(messages, citizens):
    """The messages dealt out; numbers count from 1 over all citizens."""
    shares = [range(place + 1, messages + 1, citizens) for place in range(citizens)]
    # Telegram's citizens are numbers; the other channels take any text.
    return [Citizen(NAMES[place % 3], str(7_000_000 + place), tuple(share)) for place, share in enumerate(shares)]


class Crowd:
    """`said` counts messages that are in the channel's hands, or, where it calls us, in ours."""

    def __init__(self, citizens, channels, door, spread_seconds, seed):
        self._citizens, self._channels, self._door = citizens, channels, door
        self._spread_seconds = spread_seconds
        self._chance = random.Random(seed)
        self.said = 0

    async def run(self):
        """Returns when everything was said. In a polled channel the updates keep their order by themselves."""
        async with asyncio.TaskGroup() as group:
            for citizen in self._citizens:
                group.create_task(self._write(citizen))

    async def _write(self, citizen):
        started, share = time.monotonic(), self._spread_seconds / max(1, len(citizen.numbers))
        for place, number in enumerate(citizen.numbers):
            # Who had to wait does not wait again: the run is as long as planned unless nothing works at all.
            due = started + share * (place + self._chance.random())
            if self._chance.random() >= RAPID:
                await asyncio.sleep(max(0.0, due - time.monotonic()))
            await self._channels.says(citizen.channel, citizen.user, QUESTION.format(number=number))
            if citizen.channel not in self._channels.polled:
                await self._door.taken(number)
            self.said += 1
