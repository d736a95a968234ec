"""What the loops of worker and sender share: a wait that may end early, and an end that does not wait for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Collection


async def wait_for(event: asyncio.Event, seconds: float) -> None:
    """Until it is set, or the time is up."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return


async def end_tasks(running: Collection[asyncio.Task[None]], seconds: float) -> None:
    """Lets them end; those that are late are cancelled, and whatever they raise is theirs."""
    if not running:
        return
    _, late = await asyncio.wait(running, timeout=seconds)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
