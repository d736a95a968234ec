"""A channel on a database of its own, with a network for the API and one for OAuth."""

import contextlib
import dataclasses
from dataclasses import dataclass, replace

from sqlalchemy import select

from connectors.channel_texts import load_channel_texts
from connectors.zalo_oa.channel import ZaloOaChannel
from connectors.zalo_oa.client import ZaloOaClient
from connectors.zalo_oa.courier import Courier
from connectors.zalo_oa.oauth import OAuthClient
from connectors.zalo_oa.sealing import Seal
from connectors.zalo_oa.token_keeper import TokenKeeper
from connectors.zalo_oa.token_store import TokenStore
from connectors.zalo_oa.tokens import TokenKey, channel_tokens
from desk.alert import alerts, open_alerts
from desk.database import build_engine, metadata, reading
from desk.transactions import ThreadedTransactions
from tests.unit.connectors.zalo_oa.account import CREDENTIALS, NUMBERS, OA
from tests.unit.connectors.zalo_oa.network import FakeClock, FakeNetwork, answers

KEY = TokenKey("zalo_oa", OA)
FIRST = CREDENTIALS.access_token
INVALID = answers({"error": -14014, "error_name": "Invalid refresh token"})
SEAL_SECRET = "mot-bi-mat-gia-du-dai-de-niem-phong"
SHORT = replace(NUMBERS, timeout_seconds=0.3, refresh_lock_seconds=40.0)


@dataclass
class Desk:
    """One process: what it holds, and what it saw."""

    channel: ZaloOaChannel
    keeper: TokenKeeper
    store: TokenStore
    api: FakeNetwork
    oauth: FakeNetwork
    clock: FakeClock
    engine: object
    monotonic: list

    def row(self):
        with reading(self.engine) as connection:
            return connection.execute(select(channel_tokens)).one_or_none()

    def alerts(self):
        with reading(self.engine) as connection:
            return {one.alert.kind: one.alert for one in open_alerts(connection, 10)}


class Office:
    """The database that several processes share."""

    def __init__(self, folder):
        self.engine = build_engine(f"sqlite:///{folder / 'tokens.db'}")
        metadata.create_all(self.engine, [channel_tokens, alerts])
        self.transactions = ThreadedTransactions(self.engine)
        self.clock = FakeClock()

    def close(self):
        self.transactions.close()
        self.engine.dispose()

    @contextlib.asynccontextmanager
    async def open_desk(
        self, api=(), oauth=(), credentials=CREDENTIALS, numbers=SHORT, secret=SEAL_SECRET, transactions=None
    ):
        """`api` and `oauth` are what the two networks will say."""
        api, oauth, monotonic = FakeNetwork(*api), FakeNetwork(*oauth), [0.0]
        store = TokenStore(KEY, transactions or self.transactions, Seal(secret))
        exchange = OAuthClient(credentials, numbers.timeout_seconds, oauth.transport)
        keeper = TokenKeeper(credentials, numbers, store, exchange, self.clock)
        client = ZaloOaClient(credentials.api_base, numbers.timeout_seconds, api.transport)
        texts = load_channel_texts()
        courier = Courier(client, keeper, texts, lambda: monotonic[0])
        channel = ZaloOaChannel(credentials, numbers, "https://bhxh.test", texts, self.clock, courier, keeper)
        yield Desk(channel, keeper, store, api, oauth, self.clock, self.engine, monotonic)
        await channel.close()


def new_pair(number, **changes):
    """What the token endpoint gives for a good refresh token."""
    pair = {"access_token": f"truy-cap-{number}", "refresh_token": f"lam-moi-{number}", "expires_in": "90000"}
    return answers({**pair, **changes})


def with_pair(number):
    return dataclasses.replace(CREDENTIALS, access_token=f"moi-{number}", refresh_token=f"lam-moi-moi-{number}")
