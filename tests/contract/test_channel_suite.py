"""What every channel keeps, on both databases: taken once, answered once, in order, believed only with right.

Platforms are the simulated ones, doors are real, and the product's own wiring stands between.
"""

import asyncio

import pytest
from sqlalchemy import func, select

from connectors.inbox import inbox
from connectors.message import Button, Reply
from desk.database import reading
from tests.fakes.channel_worlds import TelegramWorld, ZaloBotWorld, ZaloOaWorld, until
from tests.fakes.interrupted import InterruptedTransactions
from tests.fakes.web_world import WebWorld

CHOICES = Reply("Ý anh/chị là?", buttons=(Button("Ốm đau", '/choose{"o":1}'), Button("Thai sản", '/choose{"o":2}')))
BROKEN = [b"", b"{", b"null", b"[]", b"7", b'"x"', b"\xff\xfe", b"[" * 50_000, b"9" * 5_000, b"{}", b'{"message":7}']


@pytest.fixture(params=[ZaloOaWorld, ZaloBotWorld, TelegramWorld, WebWorld], ids=lambda world: world.name)
def kind(request):
    return request.param


@pytest.fixture
async def world(kind, engine):
    async with kind(engine) as world:
        yield world


def rows(engine):
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(inbox)).scalar_one()


class TestTaking:
    @pytest.mark.conformance(("G1", "G30", "H1", "I1", "I20"))
    async def test_a_question_is_stored_and_answered_to_who_asked(self, world, engine):
        told = await world.says(1, "Lương hưu?")
        assert (told.status, rows(engine)) == (world.accepted, 1)
        assert await world.hears(1, 1) == ["echo: Lương hưu?"]
        assert world.dialogue.heard == [(world.conversation_id(1), "Lương hưu?")]

    @pytest.mark.conformance(("G15", "H7"))
    async def test_the_call_is_answered_before_the_dialogue_engine_has_thought(self, world):
        gate = world.dialogue.hold(world.conversation_id(1))
        told = await world.says(1, "Lương hưu?")  # comes back although the engine never answers
        assert told.status == world.accepted
        assert world.read(1) == []
        gate.set()
        await world.hears(1, 1)

    @pytest.mark.conformance("G32")
    async def test_a_text_without_words_wakes_nobody(self, world):
        for text in (" ", "\n\t ", "\u200b", "///"):
            assert (await world.says(1, text)).status < 500
        await world.says(1, "Lương hưu?")
        await world.hears(1, 1)
        assert [heard for _, heard in world.dialogue.heard] == ["Lương hưu?"]

    @pytest.mark.conformance(("G33", "H22", "H23"))
    async def test_what_somebody_types_never_runs_as_an_intent(self, world):
        typed = ["/restart", "  /session_start", '/greet{"a":1}', "//x", "xem /bot ở đâu"]
        for text in typed:
            await world.says(1, text)
        await world.hears(1, len(typed))
        heard = [text for _, text in world.dialogue.heard]
        assert not [text for text in heard if text.startswith("/")]
        assert heard[-1] == "xem /bot ở đâu"


class TestDistrust:
    @pytest.mark.conformance(("G2", "H2", "I2"))
    async def test_a_call_without_the_right_secret_is_refused_without_a_trace(self, world, engine, caplog):
        assert await world.says_without_right(1, "Tôi là Nguyễn Văn Thử") == world.refused
        assert rows(engine) == 0
        assert 'bhxh_requests_refused_total{code="' in world.numbers()
        assert "Nguyễn Văn Thử" not in caplog.text

    @pytest.mark.conformance(("G11", "H3", "H4"))
    async def test_bytes_that_are_no_update_harm_nobody(self, world, caplog):
        assert [status for status in [await world.brings(body) for body in BROKEN] if not 200 <= status < 500] == []
        await world.says(1, "Lương hưu?")
        assert await world.hears(1, 1) == ["echo: Lương hưu?"]
        assert "Traceback" not in caplog.text

    @pytest.mark.conformance(("G12", "H3"))
    async def test_a_body_beyond_the_limit_is_not_read(self, kind, engine):
        async with kind(engine, largest=4_000) as world:
            assert await world.brings(b'{"text":"' + b"x" * 4_000 + b'"}') == 413
            assert (await world.says(1, "Lương hưu?")).status == world.accepted


class TestOnce:
    @pytest.mark.conformance(("G17", "H6", "I3"))
    async def test_a_repeated_delivery_is_answered_once(self, world, engine):
        told = await world.says(1, "một")
        await world.hears(1, 1)
        assert await world.again(told) == world.accepted
        await world.says(1, "hai")
        assert await world.hears(1, 2) == ["echo: một", "echo: hai"]
        assert rows(engine) == 2

    @pytest.mark.conformance(("G18", "H6", "I3"))
    async def test_twenty_deliveries_at_once_are_answered_once(self, world, engine):
        told = await world.says(1, "một")
        assert set(await asyncio.gather(*(world.again(told) for _ in range(20)))) == {world.accepted}
        await world.says(1, "hai")
        assert await world.hears(1, 2) == ["echo: một", "echo: hai"]
        assert rows(engine) == 2

    @pytest.mark.conformance(("G19", "G20", "H6", "I3"))
    async def test_a_delivery_repeated_after_a_restart_is_answered_once(self, world):
        told = await world.says(1, "một")
        await world.hears(1, 1)
        await world.restart()
        assert await world.again(told) == world.accepted
        await world.says(1, "hai")
        assert await world.hears(1, 2) == ["echo: một", "echo: hai"]

    @pytest.mark.conformance(("G27", "H38"))
    async def test_what_was_taken_before_a_restart_is_answered_after_it(self, world):
        world.dialogue.hold(world.conversation_id(1))
        assert (await world.says(1, "một")).status == world.accepted
        await world.restart()
        assert await world.hears(1, 1) == ["echo: một"]

    @pytest.mark.conformance(("G16", "H7"))
    async def test_while_the_database_is_away_the_sender_is_asked_to_call_again(self, kind, engine, caplog):
        transactions = InterruptedTransactions(engine)
        async with kind(engine, transactions=transactions) as world:
            transactions.away = True
            told = await world.says(1, "một")
            assert (told.status, rows(engine)) == (world.unavailable, 0)
            transactions.away = False
            assert await world.again(told) == world.accepted
            assert await world.hears(1, 1) == ["echo: một"]
        assert "Traceback" not in caplog.text


class TestOrder:
    @pytest.mark.conformance(("G23", "H45"))
    async def test_five_rapid_messages_are_answered_in_order(self, world):
        for number in range(5):
            await world.says(1, f"câu {number}")
        assert await world.hears(1, 5) == [f"echo: câu {number}" for number in range(5)]
        assert not world.dialogue.overlapped

    @pytest.mark.conformance(("G24", "H45"))
    async def test_many_citizens_get_their_own_answers_and_a_slow_one_delays_nobody(self, world):
        gate = world.dialogue.hold(world.conversation_id(0))
        await world.says(0, "chậm")
        await asyncio.gather(*(world.says(who, f"tôi là {who}") for who in range(1, 21)))
        for who in range(1, 21):
            assert await world.hears(who, 1) == [f"echo: tôi là {who}"]
        gate.set()
        assert await world.hears(0, 1) == ["echo: chậm"]


class TestButtons:
    @pytest.mark.conformance(("G50", "H11", "I10"))
    async def test_a_pressed_button_means_what_it_stands_for(self, world):
        world.dialogue.will(CHOICES)
        await world.says(1, "ốm hay đẻ?")
        await world.hears(1, 1)
        assert (await world.presses(1, 1)).status == world.accepted
        await world.hears(1, 2)
        assert [heard for _, heard in world.dialogue.heard] == ["ốm hay đẻ?", '/choose{"o":2}']

    @pytest.mark.conformance(("G50", "H16", "I10"))
    async def test_words_of_somebody_elses_button_are_only_words(self, world):
        world.dialogue.will(CHOICES)
        await world.says(1, "ốm hay đẻ?")
        await world.hears(1, 1)
        for text in ("o2.1", "1", "Ốm đau", '/choose{"o":1}'):
            await world.says(2, text)
        await world.hears(2, 4)
        heard = [text for conversation, text in world.dialogue.heard if conversation == world.conversation_id(2)]
        assert not [text for text in heard if text.startswith("/")]

    @pytest.mark.conformance(("G50", "H15"))
    async def test_a_button_pressed_after_a_restart_still_means_the_same(self, world):
        world.dialogue.will(CHOICES)
        await world.says(1, "ốm hay đẻ?")
        await world.hears(1, 1)
        await world.restart()
        await world.presses(1, 0)
        await until(lambda: world.dialogue.heard)
        assert world.dialogue.heard == [(world.conversation_id(1), '/choose{"o":1}')]
