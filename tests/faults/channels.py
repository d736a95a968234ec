"""The fake channels of a run, in processes of their own, and their control doors."""

import asyncio
import contextlib
import json
import os
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.faults.processes import Process

SENDING = {"zalo_oa": "message/cs", "zalo_bot": "sendMessage", "telegram": "sendMessage"}
NAMES = tuple(SENDING)
ANSWER = re.compile(r"Trả lời thứ (\d+)")
# Zalo tries again after 30 s, 5 min, 15 min …, Telegram after 1 s, 2 s …: here all of it takes seconds. What Zalo would
# give up after two hours may not be given up here, where those two hours are a few outages long.
# Not faster: hundreds of calls that come again at once would keep two cores from taking any of them.
TIME_FACTORS = {"zalo_oa": 0.004, "zalo_bot": 0.004, "telegram": 0.2}
ENDLESS_PAUSE_SECONDS = 10.0
STALL_SECONDS = 6.0
"""Longer than the gateway waits for an answer, see run.py."""
CHANCES = {
    "delay": (0.03, {"seconds": 0.7}),
    "server_error": (0.03, {}),
    "bad_gateway": (0.02, {}),
    "hang_up": (0.007, {}),
    "lose_answer": (0.01, {}),
    "garbled": (0.005, {}),
    "stall": (0.003, {"seconds": STALL_SECONDS}),
}
POLLING = "getUpdates"
POLL_CHANCES = {"server_error": 0.02, "lose_answer": 0.02, "garbled": 0.01}
# A 429 of the Zalo Bot Platform means that the quota is used up, which no patience mends.
THROTTLE = {"zalo_oa": "rate_limit", "zalo_bot": "server_error", "telegram": "rate_limit"}


@dataclass(frozen=True)
class FakeProcess:
    """Some of the channels, in webhook or polling mode."""

    names: tuple[str, ...]
    url: str
    process: Process
    log: Path

    async def start(self):
        """Gives the environment variables that a gateway needs to use them."""
        self.process.start()
        await self.process.until_ready()
        return next(json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{"))


def plan_process(names, mode, port, gateway_url, folder):
    """Not started yet."""
    name, url = f"channels-{mode}", f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tests.channel_servers", "--port", str(port), "--gateway", gateway_url]
    command += ["--mode", mode, *(part for name in names for part in ("--only", name.replace("_", "-")))]
    process = Process(name, command, dict(os.environ), folder, url + _control(names[0], "faults"))
    return FakeProcess(names, url, process, folder / f"{name}.log")


class FakeChannels:
    """`says` as a citizen; `sent` is what the citizens got. `polled` are the channels that wait to be asked."""

    def __init__(self, processes, polled):
        self._processes, self.polled = processes, polled
        self._urls = {name: one.url for one in processes for name in one.names}
        # A connection that was kept may be closed just as the next citizen speaks, and nothing is said twice here.
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        self._client = httpx.AsyncClient(timeout=30.0, limits=limits, trust_env=False)

    async def start(self, duplicate_probability):
        """Gives the environment variables that a gateway needs to use them."""
        variables = {}
        for one in self._processes:
            variables |= await one.start()
        for name, factor in TIME_FACTORS.items():
            rules = {"duplicate_probability": duplicate_probability, "endless_pause_seconds": ENDLESS_PAUSE_SECONDS}
            await self._post(name, "webhook", {"time_factor": factor, **rules})
        return variables

    async def says(self, channel, user, text):
        await self._post(channel, "say", {"user": user, "text": text})

    async def misbehave(self):
        """From now on each send may meet a fault."""
        for name, method in SENDING.items():
            for kind, (probability, details) in CHANCES.items():
                await self._fault(name, kind, method, times=None, probability=probability, **details)
        for name in self.polled:
            for kind, probability in POLL_CHANCES.items():
                await self._fault(name, kind, POLLING, times=None, probability=probability)

    async def throttle(self, channel, times):
        """The next sends are refused for a while."""
        await self._fault(channel, THROTTLE[channel], SENDING[channel], times=times)

    async def expire_token(self, patience_seconds):
        """The Official Account's access token is good no more; returns when somebody has noticed."""
        await self._fault("zalo_oa", "token_expired", SENDING["zalo_oa"], times=1)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience_seconds):
                while any(one["kind"] == "token_expired" for one in (await self._get("zalo_oa", "faults"))["waiting"]):
                    await asyncio.sleep(0.1)

    async def behave(self):
        """The waiting faults are taken away."""
        for name in NAMES:
            (await self._client.delete(self._urls[name] + _control(name, "faults"))).raise_for_status()

    async def happened(self):
        """How often each kind of fault was met, by channel."""
        return {name: (await self._get(name, "faults"))["happened"] for name in NAMES}

    async def webhook_states(self):
        """How many calls are waiting, delivered and given up, by channel."""
        return {name: (await self._get(name, "deliveries"))["states"] for name in NAMES}

    async def delivered(self):
        """Each citizen's answers in order, as message numbers; texts that answer nothing are left out."""
        got = defaultdict(list)
        for name in NAMES:
            for message in await self._get(name, "sent"):
                got[name, message["user"]] += [int(number) for number in ANSWER.findall(message["text"])]
        return dict(got)

    async def close(self):
        await self._client.aclose()
        for one in self._processes:
            one.process.end_now()

    async def _fault(self, channel, kind, method, **details):
        await self._post(channel, "faults", {"kind": kind, "method": method, **details})

    async def _post(self, channel, door, body):
        (await self._client.post(self._urls[channel] + _control(channel, door), json=body)).raise_for_status()

    async def _get(self, channel, door):
        response = await self._client.get(self._urls[channel] + _control(channel, door))
        response.raise_for_status()
        return response.json()


def _control(channel, door):
    return f"/{channel.replace('_', '-')}/_control/{door}"
