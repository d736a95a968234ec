"""Whether a channel's door answers at the address where citizens' messages should come in."""

from __future__ import annotations

import httpx

from connectors.channel import Finding

TIMEOUT_SECONDS = 10.0
REMEDY = "See that the gateway runs, and that the proxy in front of it passes /webhooks/ on to it (docs/runbook)."


async def check_door(url: str) -> Finding:
    """Looks at it as a channel's console does: GET must be answered 200 without being sent elsewhere."""
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, follow_redirects=False) as client:
            status = (await client.get(url)).status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Finding("door", False, f"{url}: {type(error).__name__}", REMEDY)
    return Finding("door", status == httpx.codes.OK, f"{url}: HTTP {status}", REMEDY)
