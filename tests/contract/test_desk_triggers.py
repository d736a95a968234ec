"""What brings in a person, or offers one, through the worker: once, not again and again. On both databases."""

from datetime import timedelta

import pytest

from connectors.apology import load_apology
from connectors.dialogue import DialogueError, DialogueFailure
from connectors.message import Button, InboundKind, Reply
from desk.database import reading
from desk.handoff.log import events_of, open_episode
from desk.handoff.state import EventKind, Priority, Reason, State
from desk.satisfaction import About, last_asked
from tests.fakes.channel import FakeChannel
from tests.fakes.gateway import GatewayLife, now
from tests.fakes.waiting import until

YES_NO = (Button("Có, gặp cán bộ", "/affirm"), Button("Không, cảm ơn", "/deny"))
QUESTION = "Anh/chị có muốn gặp cán bộ không?"
CONVERSATION = "fake:main:an"


def offering(reason):
    return Reply("Tôi chưa rõ.", "unanswerable_low_score", buttons=YES_NO, offer=reason, offer_question=QUESTION)


@pytest.fixture
def channel():
    return FakeChannel()


def episode(engine):
    with reading(engine) as connection:
        stored = open_episode(connection, CONVERSATION)
        return None if stored is None else stored.episode


async def says(gateway, channel, number, text, answers):
    await gateway.intakes["fake"].take(channel.body("an", number, text))
    await until(lambda: len(channel.texts("an")) >= answers)
    return channel.texts("an")


@pytest.mark.parametrize("reason", ["abstained", "rejected_answer", "own_case", "insults", "threat"])
async def test_an_offer_is_the_question_and_two_buttons(engine, channel, reason):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        gateway.dialogue.will(offering(reason))
        (text,) = await says(gateway, channel, 1, "hỏi", 1)
    assert text.startswith(f"Tôi chưa rõ.\n{QUESTION}")
    assert (episode(engine).state, episode(engine).reason) == (State.OFFERED, Reason(reason))


async def test_who_was_asked_a_moment_ago_is_not_asked_again_but_later(engine, channel):
    moment = now()
    async with GatewayLife(engine, channels=[channel], clock=lambda: moment) as gateway:
        gateway.dialogue.will(offering("abstained"), offering("rejected_answer"), offering("abstained"))
        await says(gateway, channel, 1, "một", 1)
        moment += timedelta(minutes=9)
        said = await says(gateway, channel, 2, "hai", 2)
        moment += timedelta(minutes=11)
        later = await says(gateway, channel, 3, "ba", 3)
    assert (QUESTION in said[1], YES_NO[0].title in said[1]) == (False, False)
    assert QUESTION in later[2]


async def test_who_says_no_is_with_the_assistant_again_and_left_in_peace(engine, channel):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        gateway.dialogue.will(offering("own_case"), Reply("Vâng ạ.", declines=True), offering("abstained"))
        await says(gateway, channel, 1, "hồ sơ của tôi", 1)
        await says(gateway, channel, 2, "thôi", 2)
        assert episode(engine).state is State.BOT
        said = await says(gateway, channel, 3, "câu lạ", 3)
    assert said[2] == "Tôi chưa rõ."
    with reading(engine) as connection:
        kinds = [event.kind for event in events_of(connection, open_episode(connection, CONVERSATION).id)]
    assert kinds == [EventKind.OFFERED, EventKind.DECLINED]


async def test_nobody_is_offered_what_was_promised_already(engine, channel):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        gateway.office.is_now(operators_online=0)
        gateway.dialogue.will(Reply("Vâng.", handoff="requested"), offering("abstained"))
        await says(gateway, channel, 1, "gặp nhân viên", 2)
        said = await says(gateway, channel, 2, "câu lạ", 3)
    assert said[2] == "Tôi chưa rõ."


@pytest.mark.parametrize(
    ("reason", "priority"),
    [
        ("requested", Priority.NORMAL),
        ("offered_accepted", Priority.NORMAL),
        ("complaint", Priority.HIGH),
        ("late_dossier", Priority.HIGH),
        ("scam", Priority.URGENT),
        ("emergency", Priority.URGENT),
        ("error", Priority.HIGH),
    ],
)
async def test_every_reason_brings_the_citizen_into_the_queue_in_its_order(engine, channel, reason, priority):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        gateway.dialogue.will(Reply("Vâng.", handoff=reason))
        said = await says(gateway, channel, 1, "hỏi", 2)
    assert (episode(engine).state, episode(engine).priority) == (State.QUEUED, priority)
    assert ("vị trí số 1" in said[1]) is (reason != "emergency")
    assert ("115" in said[1]) is (reason == "emergency")


class TestDialogueFails:
    BROKEN = DialogueError(DialogueFailure.UNAVAILABLE, "away")

    async def test_what_cannot_be_answered_is_apologised_for_and_comes_to_a_person(self, engine, channel):
        async with GatewayLife(engine, channels=[channel], retry_attempts=1, apology=load_apology()) as gateway:
            gateway.dialogue.will(self.BROKEN)
            said = await says(gateway, channel, 1, "lương hưu", 2)
        assert (said[0], "vị trí số 1" in said[1]) == (load_apology().text, True)
        assert (episode(engine).state, episode(engine).reason) == (State.QUEUED, Reason.ERROR)

    async def test_with_nobody_there_its_call_back_is_promised(self, engine, channel):
        async with GatewayLife(engine, channels=[channel], retry_attempts=1, apology=load_apology()) as gateway:
            gateway.office.is_now(operators_online=0)
            gateway.dialogue.will(self.BROKEN)
            said = await says(gateway, channel, 1, "lương hưu", 2)
        assert ("BHXH-2345-6789" in said[1], episode(engine).state) == (True, State.CALLBACK)

    async def test_who_only_followed_the_account_wanted_nobody(self, engine, channel):
        async with GatewayLife(engine, channels=[channel], retry_attempts=1, apology=load_apology()) as gateway:
            gateway.dialogue.will(self.BROKEN)
            await gateway.intakes["fake"].take(channel.body("an", 1, "", kind=InboundKind.FOLLOWED))
            await until(lambda: channel.texts("an"))
        assert episode(engine) is None


async def test_who_gave_up_a_long_wait_is_asked_about_the_waiting(engine, channel):
    moment = now()
    async with GatewayLife(engine, channels=[channel], clock=lambda: moment) as gateway:
        gateway.dialogue.will(Reply("Vâng.", handoff="requested"))
        await says(gateway, channel, 1, "gặp nhân viên", 2)
        moment += timedelta(minutes=5)
        said = await says(gateway, channel, 2, "tiếp tục với trợ lý", 4)
    assert ("tiếp tục hỗ trợ" in said[2], "việc chờ" in said[3]) == (True, True)
    with reading(engine) as connection:
        assert last_asked(connection, CONVERSATION).about is About.WAITING


async def test_who_changes_their_mind_at_once_is_asked_nothing(engine, channel):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        gateway.dialogue.will(Reply("Vâng.", handoff="requested"))
        await says(gateway, channel, 1, "gặp nhân viên", 2)
        await says(gateway, channel, 2, "tiếp tục với trợ lý", 3)
    with reading(engine) as connection:
        assert last_asked(connection, CONVERSATION) is None
