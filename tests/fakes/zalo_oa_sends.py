"""A process of its own that sends to a fake Official Account: says "ready", waits for a line, sends, says how it went.

python -m tests.fakes.zalo_oa_sends DATABASE OA_URL CITIZEN COUNT
"""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from connectors.channel_texts import load_channel_texts
from connectors.outgoing import OutgoingMessage
from connectors.settings import read_settings
from connectors.zalo_oa.channel import build_channel
from connectors.zalo_oa.settings import read_credentials
from desk.database import build_engine
from desk.transactions import ThreadedTransactions
from tests.channel_servers.zalo_oa.account import ZaloOaAccount

SETTINGS = Path(__file__).resolve().parents[2] / "settings.yml"
SEAL_SECRET = "mot-bi-mat-gia-du-dai-de-niem-phong"


def environment_of(account, url):
    return {
        "ZALO_OA_ID": account.oa_id,
        "ZALO_OA_APP_ID": account.app_id,
        "ZALO_OA_SECRET": account.secret,
        "ZALO_OA_APP_SECRET": account.app_secret,
        "ZALO_OA_ACCESS_TOKEN": account.access_token,
        "ZALO_OA_REFRESH_TOKEN": account.refresh_token,
        "ZALO_OA_API_BASE": url,
        "ZALO_OAUTH_BASE": url,
    }


def open_channel(engine, url, clock=lambda: datetime.now(UTC)):
    """The real channel with its transactions, which the caller closes."""
    transactions = ThreadedTransactions(engine)
    credentials = read_credentials(environment_of(ZaloOaAccount(), url))
    numbers = read_settings(SETTINGS).zalo_oa
    texts = load_channel_texts()
    return build_channel(credentials, numbers, None, texts, transactions, SEAL_SECRET, clock), transactions


async def send(address, url, citizen, count):
    engine = build_engine(address)
    channel, transactions = open_channel(engine, url)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    sends = (channel.send(citizen, OutgoingMessage(f"Tin thử {number}")) for number in range(int(count)))
    for outcome in await asyncio.gather(*sends):
        print(type(outcome).__name__, flush=True)
    await channel.close()
    transactions.close()
    engine.dispose()


if __name__ == "__main__":
    asyncio.run(send(*sys.argv[1:]))
