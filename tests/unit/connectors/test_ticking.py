"""A clock outlives whatever happens in one of its ticks."""

import asyncio
import logging

import pytest
from sqlalchemy.exc import OperationalError

from connectors.metrics import Metrics
from connectors.ticking import keep_ticking

SECRET = "Nguyễn Văn Thử"


class Clock:
    """Its ticks end as told; after the last it waits to be cancelled."""

    def __init__(self, *ends):
        self.ends, self.ticks, self.through = list(ends), 0, asyncio.Event()

    async def tick(self):
        self.ticks += 1
        if not self.ends:
            self.through.set()
            return
        end = self.ends.pop(0)
        if end is not None:
            raise end


async def run(clock, metrics):
    task = asyncio.create_task(keep_ticking("desk clock", clock.tick, 0, metrics))
    async with asyncio.timeout(10):
        await clock.through.wait()
    task.cancel()
    await asyncio.wait({task})
    return task


@pytest.mark.parametrize(
    "error", [OperationalError("s", {}, Exception(SECRET)), RuntimeError(SECRET), KeyError(SECRET)]
)
async def test_whatever_a_tick_raises_the_next_one_comes(error, caplog):
    metrics = Metrics()
    clock = Clock(None, error, None, error)
    with caplog.at_level(logging.ERROR):
        await run(clock, metrics)
    assert clock.ticks >= 5
    assert 'bhxh_ticks_failed_total{clock="desk clock"} 2' in metrics.render({})
    assert (f"desk clock: {type(error).__name__}" in caplog.text, SECRET in caplog.text) == (True, False)


async def test_it_ends_when_it_is_cancelled():
    assert (await run(Clock(), Metrics())).cancelled()
