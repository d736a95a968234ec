"""The handoff as a citizen lives it: the bot is silent while a person is waited for, and speaks again afterwards."""

import pytest

from connectors.message import Button, Reply
from desk.database import reading, writing
from desk.handoff.log import episode_by_id, events_of, open_episode, replayed
from desk.handoff.moves import claim, close, give_to_assistant, queue_place
from desk.handoff.state import CloseReason, EventKind, Priority, State
from tests.fakes.channel import FakeChannel
from tests.fakes.gateway import GatewayLife, now
from tests.fakes.waiting import until

WANTS_PERSON = Reply("Vâng, tôi hiểu.", "handed_off_requested", handoff="requested", form="leave_message")
OFFERS = Reply("Tôi chưa rõ.", "unanswerable_low_score", buttons=(Button("Có", "/affirm"),), offer="abstained")


@pytest.fixture
def channel():
    return FakeChannel()


def state(engine, conversation="fake:main:an"):
    with reading(engine) as connection:
        stored = open_episode(connection, conversation)
        return None if stored is None else stored.episode.state


def as_operator(engine, act):
    with writing(engine) as connection:
        return act(connection, open_episode(connection, "fake:main:an"))


class TestQueue:
    async def test_who_asks_for_a_person_is_told_their_place_and_the_bot_falls_silent(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(WANTS_PERSON)
            await gateway.intakes["fake"].take(channel.body("an", 1, "gặp nhân viên"))
            await until(lambda: len(channel.texts("an")) == 2)
            await gateway.intakes["fake"].take(channel.body("an", 2, "alo"))
            await gateway.intakes["fake"].take(channel.body("ba", 1, "hỏi"))
            await until(lambda: channel.texts("ba"))
        said = channel.texts("an")
        assert (said[0], "vị trí số 1" in said[1], len(said)) == ("Vâng, tôi hiểu.", True, 2)
        assert state(engine) is State.QUEUED

    async def test_who_does_not_want_to_wait_goes_on_with_the_assistant(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(WANTS_PERSON)
            for number, text in enumerate(("gặp nhân viên", "Tiếp tục với trợ lý.", "lương hưu")):
                await gateway.intakes["fake"].take(channel.body("an", number, text))
            await until(lambda: len(channel.texts("an")) == 4)
        assert channel.texts("an")[2:] == [channel.texts("an")[2], "echo: lương hưu"]
        assert "tiếp tục hỗ trợ" in channel.texts("an")[2]
        assert state(engine) is State.BOT

    async def test_danger_told_while_waiting_hears_the_number_and_goes_first(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(WANTS_PERSON, WANTS_PERSON)
            await gateway.intakes["fake"].take(channel.body("ba", 1, "gặp nhân viên"))
            await until(lambda: len(channel.texts("ba")) == 2)
            await gateway.intakes["fake"].take(channel.body("an", 1, "gặp nhân viên"))
            await until(lambda: len(channel.texts("an")) == 2)
            await gateway.intakes["fake"].take(channel.body("an", 2, "mẹ tôi đau ngực khó thở làm sao bây giờ"))
            await until(lambda: len(channel.texts("an")) == 3)
        assert "115" in channel.texts("an")[2]
        assert len(gateway.dialogue.heard) == 2
        with reading(engine) as connection:
            stored = open_episode(connection, "fake:main:an")
            assert (stored.episode.priority, queue_place(connection, stored)) == (Priority.URGENT, 1)
            assert replayed(connection, stored.id) == stored.episode

    async def test_an_offer_is_noted_and_the_bot_goes_on(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(OFFERS)
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await gateway.intakes["fake"].take(channel.body("an", 2, "hai"))
            await until(lambda: len(channel.texts("an")) == 2)
        assert (state(engine), channel.texts("an")[1]) == (State.OFFERED, "echo: hai")

    async def test_without_anybody_there_a_call_back_is_promised_with_its_code(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.office.is_now(operators_online=0)
            gateway.dialogue.will(WANTS_PERSON)
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await gateway.intakes["fake"].take(channel.body("an", 2, "câu khác"))
            await until(lambda: len(channel.texts("an")) == 3)
        assert "BHXH-2345-6789" in channel.texts("an")[1]
        assert (state(engine), channel.texts("an")[2]) == (State.CALLBACK, "echo: câu khác")

    async def test_the_case_code_alone_asks_for_its_state(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1, "bhxh 2345 6789"))
            await until(lambda: channel.texts("an"))
        assert channel.texts("an") == ["status of BHXH-2345-6789"]


class TestOperator:
    async def test_the_bot_is_silent_while_a_person_has_it_and_answers_new_messages_afterwards(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(WANTS_PERSON)
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: state(engine) is State.QUEUED)
            as_operator(engine, lambda connection, stored: claim(connection, stored, 7, "Lan", now()))
            await gateway.intakes["fake"].take(channel.body("an", 2, "cho người"))
            await gateway.intakes["fake"].take(channel.body("ba", 1, "hỏi"))
            await until(lambda: channel.texts("ba"))
            as_operator(engine, lambda connection, stored: give_to_assistant(connection, stored, 7, now()))
            await gateway.intakes["fake"].take(channel.body("an", 3, "cho máy"))
            await until(lambda: "echo: cho máy" in channel.texts("an"))
        assert "echo: cho người" not in channel.texts("an")

    async def test_the_log_alone_makes_the_same_episode(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(WANTS_PERSON)
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: state(engine) is State.QUEUED)
        as_operator(engine, lambda connection, stored: claim(connection, stored, 7, "Lan", now()))
        moved = as_operator(
            engine, lambda connection, stored: close(connection, stored, "operator:7", CloseReason.ANSWERED, now())
        )
        with reading(engine) as connection:
            kinds = [event.kind for event in events_of(connection, moved.stored.id)]
            stored = episode_by_id(connection, moved.stored.id)
            assert replayed(connection, moved.stored.id) == stored.episode
        assert kinds == [EventKind.QUEUED, EventKind.CLAIMED, EventKind.CLOSED]
        assert state(engine) is None
