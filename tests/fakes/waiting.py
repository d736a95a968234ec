"""Waiting for what other tasks do, without guessing how long it takes."""

import asyncio

PATIENCE_SECONDS = 20.0


async def until(is_so):
    """Polls; fails when it has not become so within the patience of tests."""
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while not is_so():
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"waited in vain for {PATIENCE_SECONDS} s")
        await asyncio.sleep(0.005)
