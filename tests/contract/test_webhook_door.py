"""The door that channels call: believed only with the right secret, read or kept unread, never a traceback."""

import asyncio
import logging

import pytest

from connectors.channel import Refused
from connectors.dead_letters import unreadable, unreadable_updates
from connectors.intake import Intake
from connectors.webhook import WebhookDoor, build_webhook_router
from desk.database import reading
from tests.fakes.channel import FakeChannel
from tests.fakes.gateway import PATIENCE_SECONDS
from tests.fakes.waiting import until
from tests.fakes.webhook_gateway import RIGHT, WebhookGateway, rows

SECRET_WORDS = "số thẻ của tôi là bí mật"
UNREADABLE = [b"", b"{", b"null", b"[]", b"7", b'"x"', b"\xff\xfe", b"[" * 50_000, b'{"a":' * 50_000, b"{}"]


@pytest.fixture
def channel():
    return FakeChannel()


@pytest.fixture
async def gateway(engine, channel):
    async with WebhookGateway(engine, channel) as gateway:
        yield gateway


class TestBelief:
    async def test_an_authentic_call_is_one_row_and_one_answer(self, engine, channel, gateway):
        assert await gateway.says("an", 1) == 200
        assert rows(engine) == 1
        await until(lambda: channel.texts("an") == ["echo: xin chào"])

    @pytest.mark.conformance(("G2", "G3", "G6", "H2"))
    @pytest.mark.parametrize("headers", [{}, {"X-Secret": ""}, {"X-Secret": "wrong"}, {"X-Secret": "Right"}], ids=str)
    async def test_a_call_that_is_not_believed_leaves_no_row_and_no_word_in_the_log(
        self, engine, channel, gateway, headers, caplog
    ):
        caplog.set_level(logging.DEBUG)
        answer = await gateway.call(channel.body("an", 1, SECRET_WORDS), headers)
        assert (answer.status_code, answer.json()) == (403, {"status": "refused"})
        assert (rows(engine), channel.calls, gateway.life.dialogue.heard) == (0, 0, [])
        assert 'bhxh_requests_refused_total{code="fake_bad_secret"} 1' in gateway.numbers()
        assert SECRET_WORDS not in caplog.text

    @pytest.mark.conformance("G2")
    async def test_a_refusal_may_look_like_any_other_answer(self, engine):
        class Silent(FakeChannel):
            def verify(self, request):
                return Refused(200, "bad_signature")

        channel = Silent()
        async with WebhookGateway(engine, channel) as gateway:
            answer = await gateway.call(channel.body("an", 1))
            assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
            assert 'code="fake_bad_signature"} 1' in gateway.numbers()
        assert rows(engine) == 0

    @pytest.mark.conformance("G4")
    @pytest.mark.parametrize("name", ["x-secret", "X-SECRET", "X-sEcReT"])
    async def test_the_name_of_a_header_may_be_written_in_any_case(self, channel, gateway, name):
        assert (await gateway.call(channel.body("an", 1), {name: "right"})).status_code == 200

    @pytest.mark.conformance("G10")
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    async def test_a_console_that_looks_whether_somebody_is_there_sees_somebody(self, engine, gateway, method):
        assert (await gateway.call(b"", {}, method)).status_code == 200
        assert rows(engine) == 0

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
    async def test_other_methods_are_refused(self, gateway, method):
        assert (await gateway.call(b"{}", RIGHT, method)).status_code == 405


class TestForm:
    @pytest.mark.conformance(("G11", "H3", "H4"))
    @pytest.mark.parametrize("body", UNREADABLE, ids=lambda body: repr(body[:8]))
    async def test_what_nobody_can_read_is_kept_once_and_not_asked_for_again(self, engine, gateway, body, caplog):
        for _ in range(3):
            assert (await gateway.call(body)).status_code == 200
        assert (rows(engine), rows(engine, unreadable_updates)) == (0, 1)
        assert 'bhxh_updates_unreadable_total{channel="fake"} 3' in gateway.numbers()
        assert "Traceback" not in caplog.text

    @pytest.mark.conformance("H4")
    async def test_an_update_that_breaks_our_own_code_is_kept_and_those_behind_it_go_on(
        self, engine, channel, gateway, caplog
    ):
        assert await gateway.says("an", 1, SECRET_WORDS, kind="a kind that our parser does not know") == 200
        assert await gateway.says("an", 2) == 200
        await until(lambda: channel.arrived)
        with reading(engine) as connection:
            (kept,) = unreadable(connection, 10)
        assert kept.reason == "ValueError"
        assert "an update failed: ValueError" in caplog.text
        assert "Traceback" not in caplog.text
        assert SECRET_WORDS not in caplog.text

    async def test_ids_longer_than_any_column_hold_nobody_up(self, channel, gateway):
        assert await gateway.says("x" * 2_000, 1) == 200
        assert (await gateway.call(channel.body("an", "y" * 2_000))).status_code == 200
        assert await gateway.says("an", 2) == 200
        await until(lambda: channel.texts("an"))

    @pytest.mark.conformance(("G12", "H3"))
    async def test_a_body_over_the_limit_is_refused_before_it_is_whole(self, engine, channel, gateway):
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        head = f"POST {channel.path} HTTP/1.1\r\nHost: x\r\nX-Secret: right\r\nContent-Length: 999999999\r\n\r\n"
        writer.write(head.encode() + b"x" * (1_048_576 + 65_536))
        async with asyncio.timeout(PATIENCE_SECONDS):
            status = await reader.readline()
        writer.close()
        assert status.startswith(b"HTTP/1.1 413")
        assert (rows(engine), rows(engine, unreadable_updates)) == (0, 0)

    @pytest.mark.conformance("G12")
    async def test_a_body_at_the_limit_is_taken(self, engine, channel):
        body = channel.body("an", 1)
        async with WebhookGateway(engine, channel, limit_bytes=len(body)) as gateway:
            assert (await gateway.call(body)).status_code == 200
            assert (await gateway.call(body + b" ")).status_code == 413

    async def test_a_caller_who_hangs_up_in_the_middle_leaves_no_trace(self, engine, channel, gateway, caplog):
        _, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        writer.write(f"POST {channel.path} HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nhalf".encode())
        await writer.drain()
        writer.close()
        await until(lambda: "fake_hung_up" in gateway.numbers())
        assert rows(engine) == 0
        assert "Traceback" not in caplog.text


def test_the_door_of_a_channel_that_is_off_does_not_exist():
    assert build_webhook_router([]).routes == []


def test_the_door_stands_where_the_channel_says(channel):
    door = WebhookDoor(channel, Intake(channel, None, None, None, None, 8.0), None, 1, lambda: False)
    (post, look) = build_webhook_router([door]).routes
    assert (post.path, post.methods, look.methods) == ("/webhooks/fake", {"POST"}, {"GET", "HEAD"})
