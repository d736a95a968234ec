"""What the web chat refuses: too much, too fast, malformed, hostile."""

import asyncio
import json

import pytest
from sqlalchemy.exc import OperationalError

from connectors.inbox import inbox
from connectors.settings import RateLimit
from desk.database import reading
from tests.fakes.transactions import BrokenTransactions
from tests.fakes.web_checks import refused, rows
from tests.fakes.web_gateway import WebGateway

pytestmark = pytest.mark.page

TICKET = {"request_id": "r-1", "name": "Nguyễn Văn Thử", "contact": "0900 000 001", "question": "Khi nào có thẻ?"}

NO_LIMIT = (RateLimit(100_000, 1.0),)


@pytest.fixture
async def gateway(engine):
    async with WebGateway(engine, conversation_limits=NO_LIMIT) as gateway:
        yield gateway


class TestLimits:
    async def test_fifty_messages_in_a_second_are_slowed_down_politely_and_none_is_lost(self, engine):
        async with WebGateway(engine, conversation_limits=(RateLimit(5, 10.0),)) as gateway:
            browser = await gateway.browser()
            responses = await asyncio.gather(*(browser.say(f"câu {number}") for number in range(50)))
            accepted = [response for response in responses if response.status_code == 202]
            slowed = [response for response in responses if response.status_code == 429]
            assert (len(accepted), len(slowed)) == (5, 45)
            assert refused(slowed[0], 429, "too_many_requests")
            assert 1 <= int(slowed[0].headers["retry-after"]) <= 10
            await browser.answers(5)

    async def test_one_address_cannot_open_conversations_without_end(self, engine):
        limits = {"address_limits": (RateLimit(3, 60.0),), "unlimited_addresses": ()}
        async with WebGateway(engine, **limits) as gateway:
            for _ in range(3):
                await gateway.browser()
            refused(await gateway.client.post("/api/chat/conversations"), 429, "too_many_requests")

    async def test_an_address_is_limited_over_all_its_conversations(self, engine):
        limits = {"address_limits": (RateLimit(4, 60.0),), "unlimited_addresses": ()}
        async with WebGateway(engine, **limits) as gateway:
            an, ba = await gateway.browser(), await gateway.browser()
            assert (await an.say("câu")).status_code == 202
            assert (await ba.say("câu")).status_code == 202
            refused(await an.say("câu"), 429, "too_many_requests")

    async def test_opening_conversations_fills_no_table(self, engine, gateway):
        for _ in range(3):
            await gateway.browser()
        with reading(engine) as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM conversations").scalar_one() == 0


HOSTILE_TEXTS = {
    "emoji": "🙏🏽👨‍👩‍👧",
    "nul": "lương\x00hưu",
    "controls": "\x1b[31mlương\x07 hưu",
    "decomposed": "lu\u031bo\u031bng hu\u031bu",
    "command": "/restart",
    "script": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE inbox; --",
    "surrogate": "lương \ud800 hưu",
    "direction": "\u202elương",
    "template": "{{7*7}} ${7*7} %s",
}

BAD_BODIES = {
    "nothing": b"",
    "no json": b"{",
    "array": b"[]",
    "null": b"null",
    "text": b'"text"',
    "deep": b'{"text":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
    "bytes": b"\xff\xfe\x00",
    "huge number": b'{"text":' + b"9" * 10_000 + b"}",
}


class TestHostileInput:
    @pytest.mark.parametrize("name", HOSTILE_TEXTS)
    async def test_odd_text_is_answered(self, gateway, name):
        browser = await gateway.browser()
        body = json.dumps({"message_id": "m-1", "text": HOSTILE_TEXTS[name]})
        headers = {**browser.headers, "Content-Type": "application/json"}
        assert (await gateway.client.post("/api/chat/messages", content=body, headers=headers)).status_code == 202
        assert len(await browser.answers(1)) == 2
        ((_, heard),) = gateway.dialogue.heard
        assert heard
        assert not heard.startswith("/")
        assert "\x00" not in heard

    @pytest.mark.parametrize("text", ["", "   ", "\x00\x01\x02", "\u200b", "//"])
    async def test_nothing_said_is_refused(self, engine, gateway, text):
        browser = await gateway.browser()
        refused(await browser.say(text), 422, "message_empty")
        assert rows(engine, inbox) == 0

    @pytest.mark.parametrize("length", [2001, 20_000])
    async def test_a_long_text_is_refused_with_its_limit(self, gateway, length):
        browser = await gateway.browser()
        assert "2000" in refused(await browser.say("ệ" * length), 422, "message_too_long")

    @pytest.mark.parametrize("name", BAD_BODIES)
    @pytest.mark.parametrize("path", ["messages", "feedback", "tickets"])
    async def test_a_broken_body_is_refused(self, gateway, name, path):
        browser = await gateway.browser()
        headers = {**browser.headers, "Content-Type": "application/json"}
        response = await gateway.client.post(f"/api/chat/{path}", content=BAD_BODIES[name], headers=headers)
        assert response.status_code == 422
        assert response.json()["error"]["message"].endswith(".")

    async def test_a_large_body_is_refused_before_it_is_read(self, gateway):
        browser = await gateway.browser()
        refused(await browser.say("a" * 70_000), 413, "body_too_large")

    async def test_a_body_that_never_says_its_length_is_cut_off(self, gateway):
        browser = await gateway.browser()

        async def endless():
            for _ in range(100):
                yield b"a" * 1024

        headers = {**browser.headers, "Content-Type": "application/json"}
        response = await gateway.client.post("/api/chat/messages", content=endless(), headers=headers)
        refused(response, 413, "body_too_large")

    async def test_only_json_is_read(self, gateway):
        browser = await gateway.browser()
        response = await gateway.client.post("/api/chat/messages", data={"text": "câu"}, headers=browser.headers)
        refused(response, 415, "not_json")

    @pytest.mark.parametrize("after", ["-1", "một", "1;DROP", "9" * 30])
    async def test_a_broken_position_is_refused(self, gateway, after):
        browser = await gateway.browser()
        for path in ("messages", "events"):
            params = {"after": after, "token": browser.token}
            response = await gateway.client.get(f"/api/chat/{path}", params=params, headers=browser.headers)
            refused(response, 422, "bad_position")


class TestDatabaseAway:
    def broken(self, engine):
        return BrokenTransactions(engine, [])

    async def test_a_message_that_cannot_be_stored_is_not_acknowledged(self, engine):
        broken = self.broken(engine)
        async with WebGateway(engine, transactions=broken, worker={"poll_seconds": 60.0}) as gateway:
            browser = await gateway.browser()
            broken.fail_next(OperationalError("INSERT", {}, Exception("bí mật")))
            response = await browser.say("bí mật", "m-1")
            refused(response, 503, "unavailable")
            assert "retry-after" in response.headers
            assert (await browser.say("bí mật", "m-1")).status_code == 202
            await browser.answers(1)


class TestPrivacy:
    async def test_what_a_citizen_writes_reaches_no_log_and_no_metric(self, engine, caplog):
        caplog.set_level("DEBUG", logger="connectors")
        caplog.set_level("DEBUG", logger="uvicorn.error")
        caplog.set_level("INFO", logger="sqlalchemy")
        async with WebGateway(engine) as gateway:
            browser = await gateway.browser()
            gateway.dialogue.will(ValueError("bímật"))
            await browser.say("bímật 001099012345")
            await browser.answers(1)
            await browser.post("tickets", {**TICKET, "question": "bímật"})
            metrics = (await gateway.client.get("/metrics")).text
        for hidden in ("bímật", "001099012345", browser.token, browser.conversation_id):
            assert hidden not in caplog.text
            assert hidden not in metrics
