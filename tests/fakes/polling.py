"""A poller that runs over a gateway, and what it keeps of its place."""

import asyncio
import contextlib

from connectors.leadership import Leadership
from connectors.metrics import Metrics
from connectors.poll_position import read_position
from connectors.poller import Poller
from connectors.settings import PollerSettings
from desk.database import reading
from tests.fakes.gateway import now
from tests.fakes.transactions import Killed

SETTINGS = PollerSettings(
    retry_first_seconds=0.001, retry_ceiling_seconds=0.002, human_seconds=0.005, idle_seconds=0.001
)

LEADER_SECONDS = 0.3


class Polling:
    """A running poller. `async with` stops it in good order; it may have died before."""

    def __init__(self, channel, intake, transactions, owner="gateway", clock=now, **settings):
        leadership = Leadership(transactions, owner, LEADER_SECONDS, clock)
        self.metrics = Metrics()
        chosen = PollerSettings(**{**vars(SETTINGS), **settings})
        self.poller = Poller(channel, intake, transactions, leadership, self.metrics, chosen, clock)

    async def __aenter__(self):
        self.task = asyncio.create_task(self.poller.run())
        return self

    async def __aexit__(self, *_):
        self.poller.stop()
        await asyncio.wait_for(asyncio.wait([self.task]), 5)
        with contextlib.suppress(Killed, asyncio.CancelledError):
            self.task.result()

    async def die(self):
        """Without a word to the database."""
        self.task.cancel()
        await asyncio.wait([self.task])


def stored_position(engine, at=None):
    """Of the channel of tests/fakes/polled_channel.py."""
    with reading(engine) as connection:
        return read_position(connection, "polled", "main", at or now())
