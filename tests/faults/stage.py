"""Everything that runs in a fault run: channels, dialogue engine, database, gateways. Nothing is left behind."""

import asyncio
import contextlib
import os
import random
import socket
import sys

from tests.changed_settings import write_changed_settings
from tests.faults.channels import NAMES, FakeChannels, plan_process
from tests.faults.front_door import FrontDoor
from tests.faults.own_postgres import OwnPostgres
from tests.faults.processes import Process, Supervisor

# Below the ports that the kernel gives to outgoing connections: a process that starts again must find its own free.
FIRST_PORT, LAST_PORT = 20_000, 32_000
TIMEOUT_SECONDS = 4.0
DUPLICATES = 0.05
HURRIED = {
    "dialogue": {"timeout_seconds": 3.0},
    "worker": {
        "lease_seconds": 5.0,
        "poll_seconds": 0.2,
        "retry_first_seconds": 0.2,
        "retry_ceiling_seconds": 2.0,
        "retry_total_seconds": 600.0,
        "retry_attempts": 400,
        "stop_seconds": 2.0,
    },
    "sender": {
        "lease_seconds": 8.0,
        "poll_seconds": 0.2,
        "retry_first_seconds": 0.3,
        "retry_ceiling_seconds": 2.0,
        "retry_total_seconds": 600.0,
        "retry_attempts": 400,
        "circuit_seconds": 2.0,
        "stop_seconds": 3.0,
    },
    "channels": {"leader_seconds": 3.0},
    "zalo_oa": {"timeout_seconds": TIMEOUT_SECONDS, "refresh_lock_seconds": 6.0},
    "zalo_bot": {"timeout_seconds": TIMEOUT_SECONDS},
    "telegram": {"timeout_seconds": TIMEOUT_SECONDS, "poll_seconds": 5.0, "conversation_interval_seconds": 0.3},
    "poller": {"retry_first_seconds": 0.3, "retry_ceiling_seconds": 2.0, "human_seconds": 2.0},
}
"""The project's settings with pauses of seconds instead of minutes: what takes an hour in life must happen here too."""


class Stage:
    """`async with` starts everything and ends everything, by process id. `postgres` is None on SQLite."""

    def __init__(self, plan, folder):
        self._plan, self._folder = plan, folder
        self._chance = random.Random(plan.seed)
        self._ports = free_ports(self._chance, plan.gateways + 5)
        self.postgres = None
        self.database_file = folder / "faults.db"
        self.database_url = f"sqlite:///{self.database_file}"
        self.door = FrontDoor(lambda: [url for gateway, url in self._doors if gateway.ready], self._chance)
        self._doors, self._ending = [], contextlib.AsyncExitStack()

    @property
    def gateways(self):
        return [gateway for gateway, _ in self._doors]

    async def __aenter__(self):
        async with contextlib.AsyncExitStack() as stack:
            await self._start(stack)
            self._ending = stack.pop_all()
        return self

    async def __aexit__(self, *_):
        await self._ending.aclose()

    async def _start(self, stack):
        if self._plan.database == "postgresql":
            await self._start_postgres(stack)
        door_port = self._ports.pop()
        await stack.enter_async_context(self.door.open(door_port))
        self.channels = self._fake_channels(f"http://127.0.0.1:{door_port}")
        stack.push_async_callback(self.channels.close)
        variables = await self.channels.start(DUPLICATES)
        self.dialogue = self._dialogue(self._ports.pop())
        settings = write_changed_settings(self._folder / "settings.yml", HURRIED)
        self._doors = [self._gateway(number, settings, variables) for number in range(1, self._plan.gateways + 1)]
        for process in (self.dialogue, *self.gateways):
            stack.callback(process.end_now)
            process.start()
            await process.until_ready()  # one after the other: the first one makes the tables
        self.supervisor = Supervisor([self.dialogue, *self.gateways], self._chance)
        supervising = asyncio.create_task(self.supervisor.run())
        stack.callback(supervising.cancel)

    async def _start_postgres(self, stack):
        self.postgres = OwnPostgres(self._folder, self._ports.pop(), self._folder)
        self.database_url = self.postgres.url
        await asyncio.to_thread(self.postgres.make)
        stack.callback(self.postgres.stop)
        await self.postgres.start()

    def _fake_channels(self, gateway_url):
        polled = self._plan.polled
        modes = {"webhook": tuple(name for name in NAMES if name not in polled), "polling": polled}
        processes = [
            plan_process(names, mode, self._ports.pop(), gateway_url, self._folder)
            for mode, names in modes.items()
            if names
        ]
        return FakeChannels(processes, polled)

    def _dialogue(self, port):
        self._dialogue_url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "tests.faults.rasa", "--port", str(port), "--seed", str(self._plan.seed)]
        return Process("dialogue", command, dict(os.environ), self._folder, f"{self._dialogue_url}/webhooks/rest/")

    def _gateway(self, number, settings, variables):
        port = self._ports.pop()
        name, url = f"gateway-{number}", f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            **variables,
            **self._secrets,
            "BHXH_DATABASE_URL": self.database_url,
            "BHXH_RASA_URL": self._dialogue_url,
            "BHXH_GATEWAY_NAME": name,
        }
        command = [sys.executable, "-m", "app.gateway", "--port", str(port), "--settings", str(settings)]
        return Process(name, command, environment, self._folder, f"{url}/healthz"), url

    @property
    def _secrets(self):
        """Given, so that nothing is written into the project's own folder."""
        return {"BHXH_WEB_SECRET": "w" * 32, "BHXH_SECRET_KEY": "k" * 32}


def free_ports(chance, number):
    """Ports of loopback that nobody listens on now."""
    found = []
    while len(found) < number:
        port = chance.randint(FIRST_PORT, LAST_PORT)
        with socket.socket() as probe:
            if port not in found and probe.connect_ex(("127.0.0.1", port)) != 0:
                found.append(port)
    return found
