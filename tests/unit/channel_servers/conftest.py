"""A door that webhook calls come to: it remembers them and answers what a test wants."""

import asyncio
import json
import socket

import pytest
import uvicorn

from tests.channel_servers.running import PromptServer


class Door:
    """`statuses` are the next answers, then 200. `calls` are (path, headers, body)."""

    def __init__(self):
        self.url = ""
        self.calls = []
        self.statuses = []

    async def __call__(self, scope, receive, send):
        body = b""
        while True:
            event = await receive()
            body += event.get("body", b"")
            if not event.get("more_body"):
                break
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.calls.append((scope["path"], headers, body))
        status = self.statuses.pop(0) if self.statuses else 200
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    @property
    def bodies(self):
        return [json.loads(body) for _, _, body in self.calls]


@pytest.fixture
async def door():
    """Listens on loopback."""
    door = Door()
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    door.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = PromptServer(uvicorn.Config(door, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        await asyncio.sleep(0.002)
    yield door
    server.end()
    await serving
