"""A gateway with the doors that channels call on a real port, made by the product's own wiring."""

import asyncio
import dataclasses
import socket
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from app.channels import ChannelMaking, open_channels
from app.traffic import Ground, build_traffic
from connectors.channel_texts import load_channel_texts
from connectors.hub import Hub
from connectors.metrics import Metrics
from connectors.settings import read_settings
from connectors.webhook import build_webhook_router
from desk.transactions import ThreadedTransactions
from tests.channel_servers.environment import environment_of
from tests.channel_servers.running import PromptServer
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.gateway import CHANNELS, SENDING, SETTINGS, now
from tests.fakes.office import FakeOffice, handoffs_with, transcripts

TIMEOUT_SECONDS = 2.0
"""Of one call: short, for tests of slow servers, and longer than a busy machine holds a process up."""
REAL = read_settings(Path(__file__).resolve().parents[2] / "settings.yml")
SECRET_KEY = "a2V5IG9mIHRoZSB0ZXN0cywgMzIgYnl0ZXMgbG9uZyE="
POLLING = dataclasses.replace(
    REAL.poller, retry_first_seconds=0.01, retry_ceiling_seconds=0.05, human_seconds=0.05, idle_seconds=0.01
)


def quick_settings(**changes):
    """As shipped, but with the pauses of tests; `changes` by section."""
    sections = {
        "worker": SETTINGS,
        "sender": SENDING,
        "channels": CHANNELS,
        "poller": POLLING,
        "zalo_bot": dataclasses.replace(REAL.zalo_bot, per_second=1000.0, timeout_seconds=TIMEOUT_SECONDS),
        "zalo_oa": dataclasses.replace(REAL.zalo_oa, per_second=1000.0, timeout_seconds=TIMEOUT_SECONDS),
        "telegram": dataclasses.replace(
            REAL.telegram, per_second=1000.0, conversation_interval_seconds=0.0, timeout_seconds=TIMEOUT_SECONDS
        ),
    }
    changed = {name: dataclasses.replace(sections[name], **fields) for name, fields in changes.items()}
    return dataclasses.replace(REAL, **sections | changed)


class ChannelGateway:
    """`async with` listens; in webhook mode the servers are told where. `changes` are sections of the settings.

    `environment` is added to what makes the product take the servers for the real platforms.
    """

    def __init__(
        self,
        engine,
        servers,
        mode="webhook",
        dialogue=None,
        transactions=None,
        owner="gateway",
        changes=None,
        environment=None,
    ):
        self.servers, self.mode = servers, mode
        self.environment = environment_of(servers, mode) | {"BHXH_SECRET_KEY": SECRET_KEY} | (environment or {})
        self.dialogue = dialogue or FakeDialogue()
        self.transactions = transactions or ThreadedTransactions(engine)
        self.hub, self.metrics = Hub(), Metrics()
        self.texts = load_channel_texts()
        settings = quick_settings(**(changes or {}))
        making = ChannelMaking(self.environment, settings, self.transactions, self.texts, now)
        ground = Ground(
            owner,
            self.transactions,
            self.dialogue,
            self.hub,
            self.metrics,
            handoffs_with(FakeOffice()),
            transcripts(),
            now,
        )
        self.traffic = build_traffic(ground, settings, self.texts, open_channels(making))
        self.app = FastAPI(openapi_url=None)
        self.app.include_router(build_webhook_router(self.traffic.doors))

    async def __aenter__(self):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._uvicorn = PromptServer(uvicorn.Config(self.app, log_config=None, lifespan="off"))
        self._serving = asyncio.create_task(self._uvicorn.serve(sockets=[listening]))
        while not self._uvicorn.started:
            await asyncio.sleep(0.002)
        self._moving = self.traffic.start()
        if self.mode == "webhook":
            for server in self.servers:
                server.use_gateway(self.url)
        return self

    async def __aexit__(self, *_):
        self.hub.close()
        self._uvicorn.end()
        await self._serving
        await self.traffic.stop(self._moving)
        self.transactions.close()

    def channel(self, name):
        """The channel itself, of those that are switched on."""
        return next(opened.channel for opened in self.traffic.channels if opened.channel.name == name)
