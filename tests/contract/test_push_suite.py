"""What the channels keep that bring replies to a platform: Zalo OA, Zalo Bot and Telegram, on both databases."""

import asyncio

import pytest
from sqlalchemy import select

from connectors.deliveries import deliveries
from connectors.message import Reply
from desk.database import reading
from tests.channel_servers import FaultKind
from tests.fakes.channel_gateway import TIMEOUT_SECONDS
from tests.fakes.channel_worlds import TelegramWorld, ZaloBotWorld, ZaloOaWorld, until


@pytest.fixture(params=[ZaloOaWorld, ZaloBotWorld, TelegramWorld], ids=lambda world: world.name)
def kind(request):
    return request.param


@pytest.fixture
async def world(kind, engine):
    async with kind(engine) as world:
        yield world


def states(engine):
    with reading(engine) as connection:
        return list(connection.execute(select(deliveries.c.state).order_by(deliveries.c.id)).scalars())


class TestTaking:
    @pytest.mark.conformance(("G44", "G46", "H5"))
    async def test_what_did_not_exist_when_we_were_written_is_acknowledged_and_counted(self, world):
        delivery = world.strange()
        await until(lambda: delivery.attempts)
        assert [attempt.status for attempt in delivery.attempts] == [200]
        assert "bhxh_updates_ignored_total{" in world.numbers()

    @pytest.mark.conformance(("G34", "G35", "H19", "I7"))
    async def test_a_picture_gets_a_polite_word_and_no_dialogue(self, world):
        await world.attaches(1)
        (answer,) = await world.hears(1, 1)
        assert answer.startswith(world.gateway.texts.attachment)
        assert world.dialogue.heard == []

    @pytest.mark.conformance("G10")
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    async def test_a_look_at_the_door_is_answered(self, world, method):
        assert await world.looks(method) == 200

    @pytest.mark.conformance(("G22", "H42"))
    async def test_the_order_of_arrival_counts_not_the_platforms_clock(self, world):
        await world.says(1, "một")
        world.server.clock.advance(-60)
        await world.says(1, "hai")
        assert await world.hears(1, 2) == ["echo: một", "echo: hai"]

    @pytest.mark.conformance(("G14", "G20", "H44"))
    @pytest.mark.parametrize("minutes", [-10, 10, -50])
    async def test_what_the_platforms_clock_calls_late_or_early_is_answered(self, world, minutes):
        world.server.clock.advance(minutes * 60)
        await world.says(1, "câu")
        assert await world.hears(1, 1) == ["echo: câu"]

    @pytest.mark.conformance(("G16", "H7"))
    async def test_a_call_refused_for_a_fault_of_ours_is_repeated_by_the_platform_and_answered_once(self, world):
        world.server.postman.time_factor = 0.001
        await world.stop()
        told = await world.says(1, "một")
        assert told.status is None
        await world.start()
        told.delivery.url = world.gateway.url + world.server.webhook_path
        assert await world.hears(1, 1) == ["echo: một"]
        await world.server.wait_for_deliveries()
        assert world.read(1) == ["echo: một"]


class TestBringing:
    @pytest.mark.conformance(("G52", "H26", "I9"))
    async def test_a_long_answer_comes_in_pieces_within_the_limit_and_in_order(self, world):
        sentences = [f"Câu thứ {number} nói về chế độ ốm đau của người lao động." for number in range(400)]
        world.dialogue.will(Reply(" ".join(sentences)), Reply("hết"))
        await world.says(1, "dài")
        await world.says(1, "ngắn")
        await until(lambda: "hết" in world.read(1))
        pieces = world.read(1)[:-1]
        assert len(pieces) > 2
        assert all(0 < len(piece.encode("utf-16-le")) // 2 <= world.longest for piece in pieces)
        assert " ".join(pieces).split() == " ".join(sentences).split()

    @pytest.mark.conformance(("G53", "H48"))
    async def test_letters_written_in_pieces_arrive_whole(self, world):
        in_pieces = "Lu\u031bo\u031bng hu\u031bu"
        world.dialogue.will(f"{in_pieces} 👨‍👩‍👧 👍🏽 🇻🇳")
        await world.says(1, in_pieces)
        assert await world.hears(1, 1) == ["Lương hưu 👨‍👩‍👧 👍🏽 🇻🇳"]
        assert world.dialogue.heard[0][1] == "Lương hưu"

    @pytest.mark.conformance(("G56", "H28"))
    async def test_signs_that_mean_something_elsewhere_arrive_as_they_are(self, world):
        text = "<b>_*[a](b)~`>#+-=|{}.!&amp;</b> 5 < 6 & 7 > 2"
        world.dialogue.will(text)
        await world.says(1, "?")
        assert await world.hears(1, 1) == [text]

    @pytest.mark.conformance(("G76", "H35"))
    @pytest.mark.parametrize("fault", [FaultKind.SERVER_ERROR, FaultKind.BAD_GATEWAY])
    async def test_a_platform_that_is_down_is_tried_again(self, world, fault):
        world.server.faults.add(fault, world.server.send_method, times=2)
        await world.says(1, "một")
        await world.says(1, "hai")
        assert await world.hears(1, 2) == ["echo: một", "echo: hai"]
        assert world.server.faults.happened[fault] == 2

    @pytest.mark.conformance(("G76", "H35"))
    async def test_a_platform_that_nobody_reaches_is_tried_again(self, world):
        gate = world.dialogue.hold(world.conversation_id(1))
        await world.says(1, "một")
        await world.platform_goes_away()
        gate.set()
        await until(lambda: 'outcome="temporary"' in world.numbers())
        await world.platform_comes_back()
        assert await world.hears(1, 1) == ["echo: một"]

    @pytest.mark.conformance(("G75", "H33"))
    @pytest.mark.parametrize("fault", [FaultKind.LOSE_ANSWER, FaultKind.STALL, FaultKind.GARBLED])
    async def test_a_send_whose_answer_was_lost_is_never_repeated(self, world, engine, fault):
        world.server.faults.add(fault, world.server.send_method, seconds=2 * TIMEOUT_SECONDS)
        await world.says(1, "một")
        await world.says(1, "hai")
        assert await world.hears(1, 2) == ["echo: một", "echo: hai"]
        # Where the platform reports what we sent, the truth comes out.
        ends = ["sent", "sent"] if world.echoes else ["unknown", "sent"]
        await until(lambda: states(engine) == ends)
        assert world.read(1) == ["echo: một", "echo: hai"]

    @pytest.mark.conformance(("H36", "I18"))
    async def test_while_an_answer_takes_long_the_sign_of_typing_comes_again_and_then_stops(self, world):
        if not world.has_typing:
            return
        gate = world.dialogue.hold(world.conversation_id(1))
        world.server.faults.add(FaultKind.SERVER_ERROR, "sendChatAction")
        await world.says(1, "khó")
        await until(lambda: len(world.server.typing) >= 2)
        gate.set()
        await world.hears(1, 1)
        shown = len(world.server.typing)
        await asyncio.sleep(0.15)
        assert len(world.server.typing) == shown


class TestSilence:
    @pytest.mark.conformance(("G83", "H47", "I19"))
    @pytest.mark.parametrize("level", ["DEBUG", "INFO"])
    async def test_no_secret_and_no_word_of_anybody_is_logged(self, kind, engine, caplog, level):
        """Words only down to INFO: python-telegram-bot shows whole calls at DEBUG, which nobody should switch on."""
        caplog.set_level(level)
        async with kind(engine) as world:
            for fault in (FaultKind.SERVER_ERROR, FaultKind.LOSE_ANSWER, FaultKind.TOKEN_EXPIRED):
                world.server.faults.add(fault, world.server.send_method)
            for number in range(3):
                await world.says(1, f"bí mật {number}")
            await world.hears(1, 3)
            channel = world.gateway.channel(world.name)
            findings = await channel.check()
        shown = caplog.text + repr(channel) + repr(findings)
        secrets = world.secrets()
        assert len(secrets) >= 2
        assert [secret for secret in secrets if secret.rpartition(":")[2] in shown] == []
        words = ("bí mật", "Nguyễn Văn Thử") if level == "INFO" else ()
        assert [word for word in words if word in caplog.text] == []
