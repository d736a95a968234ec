"""Keeps the token, which a bot API wants in the address, out of everything that quotes addresses."""

from __future__ import annotations

import httpx


class TokenTransport(httpx.AsyncBaseTransport):
    """Puts the token into the path on the way out: httpx logs, and its errors hold, the address it was given."""

    def __init__(self, token: str, inner: httpx.AsyncBaseTransport) -> None:
        self._token = token
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """`{base}/{method}` goes out as `{base}/bot{token}/{method}`."""
        base, _, method = request.url.path.rpartition("/")
        with_token = httpx.Request(
            request.method,
            request.url.copy_with(path=f"{base}/bot{self._token}/{method}"),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return await self._inner.handle_async_request(with_token)

    async def aclose(self) -> None:
        """Closes kept connections."""
        await self._inner.aclose()
