"""Work that is done again and again for as long as the gateway runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from connectors.metrics import Count, Metrics

log = logging.getLogger(__name__)


async def keep_ticking(name: str, tick: Callable[[], Awaitable[object]], seconds: float, metrics: Metrics) -> None:
    """Until cancelled. The one catch-all of each clock: a tick that fails is logged, counted, and tried again."""
    while True:
        await ticked(name, tick, metrics)
        await asyncio.sleep(seconds)


async def ticked(name: str, tick: Callable[[], Awaitable[object]], metrics: Metrics, clock: str = "") -> None:
    """One tick; never raises, whatever it is: no clock ends because of one row.

    `name` is of our own making, for the log; `clock` is the one it is counted under, where that is another.
    """
    try:
        await tick()
    except Exception as error:  # noqa: BLE001
        log.error("%s: %s", name, type(error).__name__)  # noqa: TRY400 - its text may quote rows
        metrics.count(Count.TICKS_FAILED, clock=clock or name)
