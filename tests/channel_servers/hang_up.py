"""Closes a connection under its caller: what a dying server, or a network, does."""

import asyncio

from starlette.responses import Response


class WithTransport:
    """Outermost ASGI application: hands each request the transport of its own connection.

    ASGI has no word for hanging up; uvicorn's `send` is a method of the object that holds the transport.
    """

    def __init__(self, app):
        self._app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            scope["transport"] = send.__self__.transport
        await self._app(scope, receive, send)


async def hang_up(request):
    """The response that it gives reaches nobody."""
    request.scope["transport"].abort()
    await asyncio.sleep(0)  # uvicorn hears of it
    return Response(status_code=500)
