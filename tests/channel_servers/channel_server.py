"""What the three servers have in common: a record of everything, a script of faults, a way to the webhook."""

import asyncio
import contextlib
import dataclasses
import threading
import time

from fastapi import FastAPI
from starlette.responses import HTMLResponse, Response

from tests.channel_servers.clock import ServerClock
from tests.channel_servers.control import build_control_router
from tests.channel_servers.faults import ACCEPTED, FaultKind, FaultScript
from tests.channel_servers.hang_up import hang_up
from tests.channel_servers.postman import Postman
from tests.channel_servers.recorded import Call, SaidMessage, SentMessage

PATIENCE_SECONDS = 10.0
HTML_PAGE = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


class ChannelServer:
    """Tests drive it with `says`, `presses`, `attaches`, `follows`, `unfollows` and read `sent`, `said`, `calls`.

    These may be called from another thread than the server's own. `url` is known once it is served.
    """

    name = ""
    send_method = ""
    webhook_path = ""

    def __init__(self, postal_rules, clock=None):
        self.clock = clock or ServerClock()
        self.url = ""
        self.sent, self.said, self.calls, self.typing = [], [], [], []
        self.typing_at = {}
        self.faults = FaultScript()
        self.postman = Postman(postal_rules)
        self.app = FastAPI(openapi_url=None)
        self.app.include_router(build_control_router(self))
        self._numbers = 0
        self._loop, self._loop_thread, self._stopping = None, None, None

    async def start(self):
        """Called by who serves the application, on the server's loop."""
        self._loop, self._loop_thread = asyncio.get_running_loop(), threading.get_ident()
        self._stopping = asyncio.Event()
        self.postman.start()

    async def stop(self):
        self.end_waiting()
        await self.postman.stop()

    @property
    def is_served(self):
        return self._loop is not None

    def end_waiting(self):
        """Ends long polls and stalled answers, so that the process can end."""
        self._stopping.set()

    def reset(self):
        """Forgets what was said and sent, and the faults; the account stays."""
        self.on_loop(self.postman.cancel)
        self.sent.clear()
        self.said.clear()
        self.calls.clear()
        self.typing.clear()
        self.typing_at.clear()
        self.faults.clear()
        self.postman.deliveries.clear()

    def on_loop(self, function, *arguments):
        """Runs it on the server's loop and gives its result, from whichever thread."""
        if not self.is_served:
            raise RuntimeError(f"{self.name} is not served yet")
        if threading.get_ident() == self._loop_thread:
            return function(*arguments)

        async def run():
            return function(*arguments)

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(PATIENCE_SECONDS)

    async def pause(self, seconds):
        """Sleeps, unless the server stops."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def answer(self, request, method, work):
        """One call of the API: `work` does it and gives the response, the next fault of the script spoils it."""
        self.calls.append(Call(method, self.clock.now()))
        fault = self.faults.take(method)
        if fault is None:
            return await work()
        if fault.kind in ACCEPTED:
            return await self._spoil(request, fault, work)
        match fault.kind:
            case FaultKind.DELAY:
                await self.pause(fault.seconds)
                return await work()
            case FaultKind.HANG_UP:
                return await hang_up(request)
            case FaultKind.SERVER_ERROR:
                return Response("Internal Server Error", 500, media_type="text/plain")
            case FaultKind.BAD_GATEWAY:
                return HTMLResponse(HTML_PAGE, 502)
        return await self.refuse(fault, work)

    async def refuse(self, fault, work):
        """The channel's own answer to a fault of kind RATE_LIMIT, TOKEN_EXPIRED, QUOTA or CODE."""
        raise NotImplementedError

    async def _spoil(self, request, fault, work):
        before = len(self.sent)
        response = await work()
        for place in range(before, len(self.sent)):
            self.sent[place] = dataclasses.replace(self.sent[place], fate=fault.kind.value)
        if fault.kind is FaultKind.LOSE_ANSWER:
            return await hang_up(request)
        if fault.kind is FaultKind.STALL:
            await self.pause(fault.seconds)
            return response
        return Response(response.body[: len(response.body) // 2], media_type="application/json")

    def record_sent(self, user, text, buttons, message_id, body):
        """The moment of acceptance."""
        message = SentMessage(self._next_number(), user, text, tuple(buttons), self.clock.now(), message_id, "", body)
        self.sent.append(message)
        return message

    def record_said(self, user, text, kind, message_id, delivery=None):
        message = SaidMessage(self._next_number(), user, text, kind, self.clock.now(), message_id, delivery)
        self.said.append(message)
        return message

    def record_typing(self, user):
        """The bot shows that it writes to the citizen."""
        self.typing.append(user)
        self.typing_at[user] = self.clock.now()

    def _next_number(self):
        self._numbers += 1
        return self._numbers

    def sent_to(self, user):
        return [message for message in self.sent if message.user == user]

    def offered(self, user, message_id=None):
        """The message with buttons that the citizen would press on: the newest, or the one named."""
        for message in reversed(self.sent_to(user)):
            if message.buttons and message_id in (None, message.message_id):
                return message
        raise LookupError(f"no buttons were sent to {user}")

    async def wait_for_sent(self, count, user=None):
        """All accepted messages, or those to one citizen, once there are that many."""
        await self._until(lambda: len(self.sent_to(user) if user else self.sent) >= count)
        return self.sent_to(user) if user else list(self.sent)

    async def wait_for_deliveries(self):
        """Until every webhook call is taken or given up."""
        await self._until(lambda: not self.postman.outstanding)

    async def _until(self, is_so):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            if time.monotonic() > deadline:
                raise AssertionError(f"{self.name}: not within {PATIENCE_SECONDS} s; {len(self.sent)} messages sent")
            await asyncio.sleep(0.005)
