"""The simulator as one command: the fake servers with their page, and the whole product that believes in them."""

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
from pathlib import Path

from app.ports import is_free
from tests.channel_servers.environment import build_servers, environment_of, name_gateway
from tests.channel_servers.page_door import build_page
from tests.channel_servers.product_health import ProductHealth
from tests.channel_servers.running import Listener

ROOT = Path(__file__).resolve().parents[2]
QUICK_RETRIES = 0.02
STOP_SECONDS = 40.0


async def run(port, product_port, mode):
    """Until Ctrl-C, or until the product ends; gives the exit status."""
    if not is_free(port):
        say(f"✗ Port {port} is in use. Choose another: make fake-channels FAKE_PORT={port + 1}")
        return 1
    gateway = f"http://127.0.0.1:{product_port}"
    servers = build_servers({})
    for server in servers:
        server.postman.time_factor = QUICK_RETRIES
    name_gateway(servers, gateway, mode)
    health = ProductHealth(gateway)
    listener = Listener(servers, port, build_page(servers, health))
    await listener.start()
    telling = asyncio.create_task(_tell_when_ready(health, listener.port))
    with tempfile.TemporaryDirectory(prefix="bhxh-fake-channels-") as folder:
        status = await _run_product(product_port, _environment(servers, gateway, mode, folder))
    telling.cancel()
    await listener.stop()
    return status


def _environment(servers, gateway, mode, folder):
    """A database of its own, because the fake servers too forget everything when they end; unless one was given."""
    ours = {"BHXH_PUBLIC_URL": gateway, "BHXH_DATABASE_URL": f"sqlite:///{folder}/bhxh.db"}
    return {**ours, **os.environ, **environment_of(servers, mode)}


async def _tell_when_ready(health, port):
    while not await health.is_ready():
        await asyncio.sleep(0.5)
    say(f"✓ Simulated Zalo and Telegram: http://localhost:{port}/   (Ctrl-C stops all)")


async def _run_product(port, environment):
    """`bhxh up`, ended in good order by a signal to this process."""
    command = [sys.executable, "-m", "app.cli", "up", "--host", "127.0.0.1", "--port", str(port)]
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    product = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment)
    ended, stopped = asyncio.create_task(product.wait()), asyncio.create_task(stopping.wait())
    await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if ended.done():
        return ended.result()
    product.terminate()  # after Ctrl-C in a terminal it has heard already: hearing twice does no harm
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(ended), STOP_SECONDS)
        return 0
    product.kill()
    return 1


def say(line):
    print(line, flush=True)
