"""Whatever comes in at the doors of the channels: no crash, no 5xx, no traceback, and nothing that no column holds."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.channels import ChannelMaking, open_channel
from app.traffic import Ground, build_traffic
from connectors.channel import UnreadableError
from connectors.channel_texts import load_channel_texts
from connectors.hub import Hub
from connectors.inbox import MESSAGE_ID_CHARACTERS
from connectors.message import Echo, Ignored, InboundMessage
from connectors.metrics import Metrics
from connectors.settings import read_settings
from connectors.webhook import build_webhook_router
from desk.conversation import ID_CHARACTERS, conversations
from desk.transactions import ThreadedTransactions
from tests.channel_servers.environment import environment_of
from tests.fakes.channel_worlds import TelegramWorld, ZaloBotWorld, ZaloOaWorld
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.office import FakeOffice, handoffs_with, transcripts

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = read_settings(ROOT / "settings.yml")
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
WORLDS = {world.name: world for world in (ZaloOaWorld, ZaloBotWorld, TelegramWorld)}
ODD = [
    b"",
    b"null",
    b"[]",
    b"{}",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"9" * 5_000,
    b'{"a":1e999}',
    b"NaN",
]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["", " ", "\x00", "\ud800", "9" * 400, "x" * 5_000, "1e5", "-1", "0900000000", "/start"]),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=10), inner, max_size=4)),
    max_leaves=10,
)


def fixtures_of(name):
    folder = ROOT / "tests" / "fixtures" / name
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def places(value, path=()):
    """Every place in a JSON value, as the keys that lead to it."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield from places(inner, (*path, key))


def changed(value, path, new):
    """A copy with another value at that place; `...` removes it."""
    if not path:
        return None if new is ... else new
    copy = dict(value) if isinstance(value, dict) else list(value)
    inner = changed(copy[path[0]], path[1:], new)
    if len(path) == 1 and new is ...:
        del copy[path[0]]
    else:
        copy[path[0]] = inner
    return copy


@st.composite
def mutated(draw, fixtures):
    """What the platform really sends, with one to three things in it that it never does."""
    value = draw(st.sampled_from(fixtures))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(value))))
        value = changed(value, path, draw(st.one_of(st.just(...), values)))
    return json.dumps(value, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")


def bodies(name):
    return st.one_of(
        st.binary(max_size=300),
        values.map(lambda value: json.dumps(value).encode()),
        mutated(fixtures_of(name)),
    )


def making(name, transactions=None):
    server = WORLDS[name](None).server
    server.url = "http://127.0.0.1:9"
    environment = environment_of([server]) | {"BHXH_SECRET_KEY": "a key of the tests, long enough for one"}
    return ChannelMaking(environment, SETTINGS, transactions, load_channel_texts(), lambda: NOW)


def fits(message):
    """Whether both databases take it: SQLite would take anything, PostgreSQL would not."""
    key = message.conversation
    return (
        len(key.id) <= ID_CHARACTERS
        and len(key.participant) <= conversations.c.participant.type.length
        and 0 < len(message.message_id) <= MESSAGE_ID_CHARACTERS
        and "\x00" not in key.id + message.message_id
        and key.id.isprintable()
        and (key.id + message.message_id).encode()
    )


@pytest.mark.conformance(("G11", "G35", "G46", "H3", "H4", "H5", "I4"))
@pytest.mark.parametrize("name", WORLDS)
def test_a_parser_gives_items_that_fit_or_calls_it_unreadable(name):
    channel = open_channel(name, making(name)).channel
    seen = set()

    @settings(max_examples=1_000, deadline=None)
    @given(bodies(name))
    def parse(body):
        try:
            items = channel.parse(body, NOW)
        except UnreadableError:
            return
        for item in items:
            seen.add(type(item))
            assert isinstance(item, InboundMessage | Echo | Ignored)
            if isinstance(item, InboundMessage):
                assert fits(item)
                assert (item.conversation.channel, item.conversation.account) == (channel.name, channel.account)
            if isinstance(item, Ignored):
                assert item.reason.replace("_", "").isalnum()
                assert item.reason.isascii()

    for body in ODD:
        parse = example(body)(parse)
    parse()
    assert {InboundMessage, Ignored} <= seen  # else the mutations are so wild that they test nothing


class Doors:
    """The doors of one channel over a real database, called without a network; no worker runs behind them."""

    def __init__(self, engine, name):
        self.world = WORLDS[name](None)
        self.transactions = ThreadedTransactions(engine)
        ground = Ground(
            "fuzz",
            self.transactions,
            FakeDialogue(),
            Hub(),
            Metrics(),
            handoffs_with(FakeOffice()),
            transcripts(),
            lambda: NOW,
        )
        made = making(name, self.transactions)
        opened = open_channel(name, made)
        self.path = opened.channel.path
        app = FastAPI(openapi_url=None)
        app.include_router(build_webhook_router(build_traffic(ground, SETTINGS, made.texts, [opened]).doors))
        self._runner = asyncio.Runner()
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway")

    def call(self, body, headers):
        return self._runner.run(self._client.post(self.path, content=body, headers=headers)).status_code

    def close(self):
        self._runner.run(self._client.aclose())
        self._runner.close()
        self.transactions.close()


@pytest.mark.conformance(("G11", "G13", "G46", "H3", "H4", "H5", "I2"))
@pytest.mark.parametrize("name", WORLDS)
def test_a_door_never_answers_with_a_fault_of_ours(name, engine, caplog):
    doors = Doors(engine, name)

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(bodies(name))
    def authentic(body):
        assert doors.call(body, doors.world.authentic(body)) in (200, 400)

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        bodies(name),
        st.dictionaries(
            st.sampled_from(["X-ZEvent-Signature", "X-Bot-Api-Secret-Token", "X-Telegram-Bot-Api-Secret-Token"]),
            st.binary(max_size=80).filter(lambda value: not set(value) & set(b"\r\n\x00")),
        ),
    )
    def forged(body, headers):
        assert doors.call(body, headers) in (200, 403)

    for body in ODD:
        authentic, forged = example(body)(authentic), example(body, {})(forged)
    authentic()
    forged()
    doors.close()
    assert [line for line in ("Traceback", "an update failed") if line in caplog.text] == []
