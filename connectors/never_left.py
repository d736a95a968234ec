"""Which ends of an HTTP call prove that the request never left this machine."""

from __future__ import annotations

import httpx

_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)


def never_left(error: BaseException | None) -> bool:
    """False for everything after the request went out: then the message may have arrived."""
    return isinstance(error, _NEVER_LEFT)
