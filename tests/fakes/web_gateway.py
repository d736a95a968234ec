"""A gateway with the web chat on a real port of this machine, over a fake dialogue engine."""

import asyncio
import contextlib
import dataclasses
import json
import socket
import uuid
from datetime import timedelta
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI
from starlette.exceptions import HTTPException

from connectors.health import build_health_router
from connectors.settings import read_settings
from connectors.web.channel import WebChannel
from connectors.web.errors import load_texts
from connectors.web.events import notice_other_processes
from connectors.web.router import build_web_router, polite_http_error
from connectors.web.said_by_button import load_button_texts
from connectors.web.security import SecurityHeaders
from connectors.web.token import TokenSigner
from tests.fakes.gateway import GatewayLife, now
from tests.fakes.office import transcripts
from tests.fakes.tickets import RULES

SETTINGS = read_settings(Path(__file__).resolve().parents[2] / "settings.yml").web
SECRET = "a secret of the tests"
READ_SECONDS = 15.0


class WebGateway:
    """`async with` listens; `browser()` opens a conversation."""

    def __init__(self, engine, dialogue=None, transactions=None, owner="gateway", worker=None, **settings):
        self.life = GatewayLife(engine, dialogue, transactions, owner, **(worker or {}))
        self.dialogue, self.hub = self.life.dialogue, self.life.hub
        self.signer = TokenSigner(SECRET, timedelta(days=1))
        web = dataclasses.replace(SETTINGS, **settings)
        channel = WebChannel(
            self.life.transactions,
            self.life.reception,
            self.hub,
            self.signer,
            self.life.metrics,
            web,
            RULES,
            transcripts(),
            load_button_texts(),
            now,
        )
        texts = load_texts()
        self.app = FastAPI(openapi_url=None)
        self.app.include_router(build_web_router(channel, texts, self.life.metrics))
        self.app.include_router(
            build_health_router(self.life.transactions, self.dialogue, self.hub, self.life.metrics, now)
        )
        self.app.add_exception_handler(HTTPException, polite_http_error(texts))
        self.app.add_middleware(SecurityHeaders)

    async def __aenter__(self):
        await self.life.__aenter__()
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        config = uvicorn.Config(self.app, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._server.install_signal_handlers = lambda: None
        self._serving = asyncio.create_task(self._server.serve(sockets=[listening]))
        self._noticing = asyncio.create_task(
            notice_other_processes(self.life.transactions, self.hub, self.life.metrics)
        )
        self.client = httpx.AsyncClient(base_url=self.url, timeout=READ_SECONDS, trust_env=False)
        while not self._server.started:
            await asyncio.sleep(0.005)
        return self

    async def __aexit__(self, *arguments):
        self.hub.close()
        self._noticing.cancel()
        await self.client.aclose()
        self._server.should_exit = True
        await self._serving
        await self.life.__aexit__(*arguments)

    async def browser(self):
        response = await self.client.post("/api/chat/conversations")
        assert response.status_code == 201, response.text
        return Browser(self.client, **response.json())


class Browser:
    """One citizen's page."""

    def __init__(self, client, conversation_id, token, expires_at):
        self.client, self.conversation_id, self.token, self.expires_at = client, conversation_id, token, expires_at
        self.headers = {"Authorization": f"Bearer {token}"}

    async def post(self, path, body):
        return await self.client.post(f"/api/chat/{path}", json=body, headers=self.headers)

    async def say(self, text, message_id=None):
        return await self.post("messages", {"message_id": message_id or str(uuid.uuid4()), "text": text})

    async def choose(self, payload):
        return await self.post("messages", {"message_id": str(uuid.uuid4()), "choice": payload})

    async def messages(self, after=0):
        response = await self.client.get("/api/chat/messages", params={"after": after}, headers=self.headers)
        assert response.status_code == 200, response.text
        return response.json()

    async def answers(self, number):
        """Waits until the assistant said that many things; then gives all messages."""
        async with asyncio.timeout(READ_SECONDS):
            while True:
                messages = await self.messages()
                if sum(message["role"] == "assistant" for message in messages) >= number:
                    return messages
                await asyncio.sleep(0.01)

    @contextlib.asynccontextmanager
    async def stream(self, after=None, last_event_id=None):
        """Yields an iterator over (event, id, data), heartbeats as ("heartbeat", None, None)."""
        headers = {"Last-Event-ID": str(last_event_id)} if last_event_id is not None else {}
        params = {"token": self.token, **({"after": after} if after is not None else {})}
        async with self.client.stream("GET", "/api/chat/events", params=params, headers=headers) as response:
            assert response.status_code == 200, await response.aread()
            assert response.headers["content-type"].startswith("text/event-stream")
            yield _events(response)


async def _events(response):
    fields = {}
    async for line in response.aiter_lines():
        if line.startswith(": heartbeat"):
            yield "heartbeat", None, None
        elif line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "data" in fields:
            yield fields["event"], fields.get("id"), json.loads(fields["data"])
            fields = {}
        else:
            fields = {}


async def collect(stream, number, kind="message"):
    """The next `number` events of that kind."""
    found = []
    async with asyncio.timeout(READ_SECONDS):
        async for event in stream:
            if event[0] == kind:
                found.append(event)
                if len(found) == number:
                    return found
    raise AssertionError(f"the stream ended after {found}")
