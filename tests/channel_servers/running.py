"""Serves servers on loopback: in the loop of the test, or in a thread of their own."""

import asyncio
import contextlib
import socket
import threading
import time

import uvicorn
from fastapi import FastAPI

from tests.channel_servers.hang_up import WithTransport

HOST = "127.0.0.1"
LONGEST_GOODBYE_SECONDS = 1.0


def build_app(servers, page=None):
    """Each server under its name with a dash (/zalo-oa); one alone also at the root."""

    @contextlib.asynccontextmanager
    async def lifespan(_app):
        for server in servers:
            await server.start()
        yield
        for server in servers:
            await server.stop()

    app = FastAPI(openapi_url=None, lifespan=lifespan)
    if page is not None:
        app.include_router(page)
    for server in servers:
        app.mount("/" + server.name.replace("_", "-"), server.app)
    if len(servers) == 1:
        app.mount("/", servers[0].app)
    return app


class PromptServer(uvicorn.Server):
    """Ends when it is told to, not at its next look at the clock; leaves signals to its process."""

    def __init__(self, config):
        super().__init__(config)
        self._ending = asyncio.Event()

    async def main_loop(self):
        await self.on_tick(0)
        await self._ending.wait()

    def capture_signals(self):
        return contextlib.nullcontext()

    async def shutdown(self, sockets=None):
        """Without the pause of a tenth of a second in uvicorn's own, which hundreds of tests would add up."""
        for server in self.servers:
            for listening in server.sockets:
                asyncio.get_running_loop().remove_reader(listening.fileno())
        # A connection that was accepted a moment ago must be known before its server closes: asyncio forgets it else.
        await asyncio.sleep(0.001)
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        deadline = time.monotonic() + LONGEST_GOODBYE_SECONDS
        while self.server_state.connections and time.monotonic() < deadline:
            await asyncio.sleep(0.001)
        for task in self.server_state.tasks:
            task.cancel()
        await self.lifespan.shutdown()

    def end(self):
        self._ending.set()


class Listener:
    """One port with one or more servers; `stop` and `start` again make an outage on the same port."""

    def __init__(self, servers, port=0, page=None):
        self._servers = servers
        self._app = WithTransport(build_app(servers, page))
        self.port = port

    async def start(self):
        # The protocol is named because asyncio only then sends without waiting for more (TCP_NODELAY).
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, self.port))
        self.port = listening.getsockname()[1]
        self._name_addresses()
        config = uvicorn.Config(self._app, log_config=None, access_log=False)
        self._uvicorn = PromptServer(config)
        self._serving = asyncio.create_task(self._uvicorn.serve(sockets=[listening]))
        while not self._uvicorn.started:
            if self._serving.done():
                self._serving.result()
            await asyncio.sleep(0.002)

    def _name_addresses(self):
        root = f"http://{HOST}:{self.port}"
        for server in self._servers:
            server.url = root if len(self._servers) == 1 else f"{root}/{server.name.replace('_', '-')}"

    async def stop(self):
        for server in self._servers:
            server.end_waiting()
        self._uvicorn.end()
        await self._serving


@contextlib.asynccontextmanager
async def listening(*servers, port=0, page=None):
    """In the running loop; gives the listener."""
    listener = Listener(servers, port, page)
    await listener.start()
    try:
        yield listener
    finally:
        await listener.stop()


@contextlib.asynccontextmanager
async def serving(server, port=0):
    """One server in the running loop; gives the server."""
    async with listening(server, port=port):
        yield server


@contextlib.contextmanager
def serving_in_thread(*servers, port=0, page=None):
    """For tests without an event loop, a browser's for example; gives the listener."""
    listener = Listener(servers, port, page)
    ready, done = threading.Event(), threading.Event()

    async def serve():
        await listener.start()
        ready.set()
        while not done.is_set():
            await asyncio.sleep(0.01)
        await listener.stop()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    ready.wait(10)
    try:
        yield listener
    finally:
        done.set()
        thread.join()
