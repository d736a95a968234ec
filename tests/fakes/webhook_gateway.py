"""A gateway with the door that a fake channel calls, on a real port of this machine."""

import asyncio
import socket

import httpx
import uvicorn
from fastapi import FastAPI
from sqlalchemy import func, select

from connectors.health import build_health_router
from connectors.inbox import inbox
from connectors.webhook import WebhookDoor, build_webhook_router
from desk.database import reading
from tests.fakes.gateway import PATIENCE_SECONDS, GatewayLife, now

RIGHT = {"X-Secret": "right"}


class WebhookGateway:
    """`async with` listens; `call` and `says` are what the channel's platform does."""

    def __init__(self, engine, channel, limit_bytes=1_048_576, **life):
        self.channel = channel
        self.life = GatewayLife(engine, channels=[channel], **life)
        self.is_stopping = False
        door = WebhookDoor(
            channel, self.life.intakes[channel.name], self.life.metrics, limit_bytes, lambda: self.is_stopping
        )
        self.app = FastAPI(openapi_url=None)
        self.app.include_router(build_webhook_router([door]))
        self.app.include_router(
            build_health_router(self.life.transactions, self.life.dialogue, self.life.hub, self.life.metrics, now)
        )

    async def __aenter__(self):
        await self.life.__aenter__()
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.bind(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(self.app, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listening]))
        self.client = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.port}", timeout=PATIENCE_SECONDS, trust_env=False
        )
        while not self._server.started:
            await asyncio.sleep(0.002)
        return self

    async def __aexit__(self, *arguments):
        await self.client.aclose()
        self._server.should_exit = True
        await self._serving
        await self.life.__aexit__(*arguments)

    async def call(self, body, headers=RIGHT, method="POST"):
        return await self.client.request(method, self.channel.path, content=body, headers=headers)

    async def says(self, participant, number, text="xin chào", **more):
        """The status of our answer."""
        return (await self.call(self.channel.body(participant, number, text, **more))).status_code

    def numbers(self):
        """The counters as monitoring reads them."""
        return self.life.metrics.render({})


def rows(engine, table=inbox):
    """How many there are."""
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()
