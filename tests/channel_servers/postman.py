"""Brings webhook calls to the gateway, again and again until it takes them."""

import asyncio
import contextlib
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field

import httpx


@dataclass(frozen=True)
class Attempt:
    """`status` is None when there was no answer at all; `seconds` is how long it took."""

    status: int | None
    seconds: float
    at: float


@dataclass
class Delivery:
    """One webhook call and its attempts; `state` is waiting, delivered, given_up or cancelled."""

    url: str
    body: bytes
    headers: dict
    conversation: str
    attempts: list = field(default_factory=list)
    state: str = "waiting"


@dataclass(frozen=True)
class PostalRules:
    """`pause_after` an attempt's number (from 1) gives seconds until the next one, None to give up.

    In strict order a call waits until the one before it in the same conversation is taken;
    otherwise only until that one was tried once.
    """

    pause_after: object
    is_taken: object
    timeout_seconds: float
    strict_order: bool


class Postman:
    """`time_factor` shortens all pauses; `duplicate_probability` is how often a taken call comes once more.

    With `endless_pause_seconds` nothing is given up: when the schedule is over it goes on with pauses of this length.
    """

    def __init__(self, rules, seed=0):
        self.rules = rules
        self.time_factor = 1.0
        self.duplicate_probability = 0.0
        self.endless_pause_seconds = None
        self.deliveries = []
        self._random = random.Random(seed)
        self._client = None
        self._tasks = set()
        self._order = defaultdict(asyncio.Lock)

    def start(self):
        # Only loopback is called: loading certificates would cost every test time.
        # No limit: a pool of httpcore 1.0.9 in which many wait too long may be full for ever afterwards.
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=20)
        self._client = httpx.AsyncClient(
            timeout=self.rules.timeout_seconds, limits=limits, trust_env=False, verify=False
        )
        self._order.clear()

    async def stop(self):
        self.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    def cancel(self):
        """What waits is brought no more."""
        for task in self._tasks:
            task.cancel()

    @property
    def outstanding(self):
        return sum(delivery.state == "waiting" for delivery in self.deliveries)

    def post(self, delivery, on_taken=None):
        """On the server's own loop only."""
        self.deliveries.append(delivery)
        task = asyncio.get_running_loop().create_task(self._bring(delivery, on_taken))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return delivery

    async def _bring(self, delivery, on_taken):
        lock = self._order[delivery.conversation]
        try:
            async with lock:
                taken = await self._try_once(delivery)
                if not taken and self.rules.strict_order:
                    taken = await self._try_again(delivery)
            if not taken and not self.rules.strict_order:
                taken = await self._try_again(delivery)
        except asyncio.CancelledError:
            delivery.state = "cancelled"
            raise
        delivery.state = "delivered" if taken else "given_up"
        if taken and on_taken is not None:
            on_taken()
        if taken and self._random.random() < self.duplicate_probability:
            await self._try_once(delivery)

    async def _try_again(self, delivery):
        while (seconds := self._pause_seconds(len(delivery.attempts))) is not None:
            await asyncio.sleep(seconds)
            if await self._try_once(delivery):
                return True
        return False

    def _pause_seconds(self, attempts):
        pause = self.rules.pause_after(attempts)
        return self.endless_pause_seconds if pause is None else pause * self.time_factor

    async def _try_once(self, delivery):
        headers = dict(delivery.headers)
        if delivery.attempts:
            headers["num_retry"] = str(len(delivery.attempts))
        started, status = time.perf_counter(), None
        with contextlib.suppress(httpx.HTTPError):
            response = await self._client.post(delivery.url, content=delivery.body, headers=headers)
            status = response.status_code
        delivery.attempts.append(Attempt(status, time.perf_counter() - started, time.time()))
        return status is not None and self.rules.is_taken(status)
