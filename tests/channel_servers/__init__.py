"""Three real little servers that speak the protocols of Zalo OA, Zalo Bot and Telegram, on loopback.

`async with serving(TelegramServer()) as server:` in a test; `python -m tests.channel_servers` as processes;
`make fake-channels` with a page on which one can chat with the whole product.
"""

from tests.channel_servers.faults import Fault, FaultKind
from tests.channel_servers.running import Listener, listening, serving, serving_in_thread
from tests.channel_servers.telegram.server import TelegramServer
from tests.channel_servers.zalo_bot.server import ZaloBotServer
from tests.channel_servers.zalo_oa.server import ZaloOaServer

__all__ = [
    "Fault",
    "FaultKind",
    "Listener",
    "TelegramServer",
    "ZaloBotServer",
    "ZaloOaServer",
    "listening",
    "serving",
    "serving_in_thread",
]
