"""Stands before the gateways as a load balancer does, and is as bad as a network can be.

What a gateway took it remembers: a citizen writes on only then. An answer may be lost on its way back, so that the
channel repeats the call; a call may reach two gateways at once.
"""

import asyncio
import contextlib
import re
from collections import Counter, defaultdict

import httpx
import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import Response

QUESTION = "Câu hỏi thứ {number}"
NUMBER = re.compile("Câu hỏi thứ ([0-9]+)".encode())
KEPT_HEADERS = ("content-type", "x-zevent-signature", "x-bot-api-secret-token", "x-telegram-bot-api-secret-token")
BAD_GATEWAY = 502


class FrontDoor:
    """`targets` gives the addresses of the gateways that work now. `calm` ends all mischief."""

    def __init__(self, targets, chance, losing=0.03, doubling=0.05):
        self._targets, self._chance = targets, chance
        self._losing, self._doubling = losing, doubling
        self._taken = defaultdict(asyncio.Event)
        self.happened = Counter()
        self.calm = False
        self.app = FastAPI(openapi_url=None)
        self.app.add_api_route("/webhooks/{channel}", self._call, methods=["POST"])

    async def taken(self, number):
        """Waits until a gateway said 200 to the message with this number."""
        await self._taken[number].wait()

    async def _call(self, request: Request):
        body = await request.body()
        headers = {name: request.headers[name] for name in KEPT_HEADERS if name in request.headers}
        targets = list(self._targets())
        self.happened["webhook calls"] += 1
        if not targets:
            return self._answer(BAD_GATEWAY)
        chosen = [self._chance.choice(targets)]
        if self._happens(self._doubling):
            chosen.append(self._chance.choice(targets))
            self.happened["brought twice at once"] += 1
        statuses = await asyncio.gather(*(self._forward(target + request.url.path, body, headers) for target in chosen))
        number = NUMBER.search(body)
        if statuses[0] == httpx.codes.OK and number:
            self._taken[int(number[1])].set()
        if self._happens(self._losing):
            self.happened["acknowledgement lost"] += 1
            return self._answer(BAD_GATEWAY)
        return self._answer(statuses[0])

    def _happens(self, probability):
        return not self.calm and self._chance.random() < probability

    def _answer(self, status):
        self.happened["webhook calls not taken"] += status != httpx.codes.OK
        return Response(status_code=status)

    async def _forward(self, url, body, headers):
        try:
            return (await self._client.post(url, content=body, headers=headers)).status_code
        except httpx.HTTPError:
            return BAD_GATEWAY

    @contextlib.asynccontextmanager
    async def open(self, port):
        """Listens on loopback for the length of the block."""
        config = uvicorn.Config(self.app, host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        server.capture_signals = contextlib.nullcontext
        # A connection of its own for each call: one kept open may belong to a gateway that was killed since.
        limits = httpx.Limits(max_keepalive_connections=0, max_connections=None)
        async with httpx.AsyncClient(timeout=15.0, limits=limits, trust_env=False) as self._client:
            serving = asyncio.create_task(server.serve())
            while not server.started:
                await asyncio.sleep(0.01)
            try:
                yield
            finally:
                server.should_exit = True
                await serving
