"""`python -m tests.channel_servers`: the servers as a process of their own, until Ctrl-C or SIGTERM.

The first line on stdout is a JSON object of the environment variables that a gateway needs to use them.
"""

import argparse
import asyncio
import json
import os
import signal
import sys

from tests.channel_servers import with_product
from tests.channel_servers.environment import NAMES, build_servers, environment_of, name_gateway
from tests.channel_servers.running import Listener


def read_arguments():
    parser = argparse.ArgumentParser(prog="python -m tests.channel_servers", description=__doc__)
    parser.add_argument("--only", choices=NAMES, action="append", help="this server only; may be repeated")
    parser.add_argument("--port", type=int, default=8090, help="0 takes a free one")
    parser.add_argument("--gateway", default="http://127.0.0.1:8080", help="whose webhooks are called")
    parser.add_argument("--mode", choices=("webhook", "polling"), default="webhook")
    parser.add_argument("--time-factor", type=float, default=1.0, help="shortens the pauses between webhook attempts")
    parser.add_argument("--with-product", action="store_true", help="the page, and the product as a child process")
    parser.add_argument("--product-port", type=int, default=8080)
    return parser.parse_args()


async def serve(arguments):
    """Until a signal comes."""
    servers = build_servers(os.environ, arguments.only or NAMES)
    for server in servers:
        server.postman.time_factor = arguments.time_factor
    name_gateway(servers, arguments.gateway, arguments.mode)
    listener = Listener(servers, arguments.port)
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await listener.start()
    print(json.dumps(environment_of(servers, arguments.mode)), flush=True)
    await stopping.wait()
    await listener.stop()


def main():
    arguments = read_arguments()
    if not arguments.with_product:
        return asyncio.run(serve(arguments))
    return asyncio.run(with_product.run(arguments.port, arguments.product_port, arguments.mode))


if __name__ == "__main__":
    sys.exit(main())
