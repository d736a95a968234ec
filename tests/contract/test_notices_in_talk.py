"""Announcements and held answers as citizens meet them, through the worker, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.privacy.erasing import erase_citizen
from app.privacy.finding import count_held
from app.privacy.held import read_held
from connectors.held_answer import held_answers, waiting_answer
from connectors.message import AnswerSource, Reply
from connectors.metrics import Count
from connectors.transcript import entries_after
from desk.citizen import Held, PrivacyRequest
from desk.database import reading, writing
from desk.handoff.log import events_of, open_episode
from desk.handoff.state import EventKind, Reason, State
from desk.notices.announcement import Wording, announcement_by_id, approve, end, write
from desk.notices.hold import NewHold, Scope, end_hold, hold
from desk.notices.said import announcements_said, count_heard
from desk.ownership import take_over
from tests.fakes.channel import FakeChannel
from tests.fakes.gateway import GatewayLife, now
from tests.fakes.waiting import until

EDITOR, APPROVER = 1, 2
CONVERSATION = "fake:main:an"
TOPIC = "Thai sản"


def source(topic=TOPIC, document="faq/thai-san", section=""):
    return AnswerSource(document, document, section, "3", topic, "snapshot-1", 0.9)


def answered(text="Nghỉ 06 tháng.", **more):
    return Reply(text, "answered", source=source(**more))


@pytest.fixture
def channel():
    return FakeChannel()


def announce(engine, **more):
    moment = now()
    fields = {
        "title": "Thay đổi mức trợ cấp",
        "text": "Từ 01/01/2027 áp dụng mức mới.",
        "link": "",
        "topic": "",
        "channels": ("fake",),
        "starts_at": moment - timedelta(minutes=1),
        "ends_at": moment + timedelta(days=1),
        **more,
    }
    with writing(engine) as connection:
        made = write(connection, Wording(**fields), EDITOR, moment)
        approve(connection, made, 1, APPROVER, moment)
    return made


def hold_back(engine, scope=Scope.TOPIC, name=TOPIC, **more):
    moment = now()
    times = {"starts_at": moment - timedelta(minutes=1), "ends_at": moment + timedelta(days=1)}
    wanted = NewHold(scope, name, "Nghị định mới, đang rà soát", **{**times, **more})
    with writing(engine) as connection:
        return hold(connection, wanted, APPROVER, moment)


def episode(engine):
    with reading(engine) as connection:
        stored = open_episode(connection, CONVERSATION)
        return None if stored is None else stored.episode


def waiting(engine):
    with reading(engine) as connection:
        return waiting_answer(connection, CONVERSATION)


def heard(engine):
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(announcements_said)).scalar_one()


async def says(gateway, channel, number, text, answers):
    await gateway.intakes["fake"].take(channel.body("an", number, text))
    await until(lambda: len(channel.texts("an")) >= answers)
    return channel.texts("an")


class TestAnnounced:
    async def test_it_comes_once_before_the_first_answer(self, engine, channel):
        made = announce(engine)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(answered(), answered("Hai."))
            said = await says(gateway, channel, 1, "thai sản", 2)
            assert said[0].startswith("Thông báo: Thay đổi mức trợ cấp\n")
            assert said[1].startswith("Nghỉ 06 tháng.")
            said = await says(gateway, channel, 2, "nữa", 3)
        assert [text[:4] for text in said[2:]] == ["Hai."]
        with reading(engine) as connection:
            assert count_heard(connection) == {made: 1}
            roles = [(each.role, each.reply.status) for each in entries_after(connection, CONVERSATION, 0)][1:3]
        assert roles == [("system", "desk_announcement"), ("assistant", "answered")]

    async def test_its_link_stands_in_a_line_of_its_own(self, engine, channel):
        announce(engine, link="https://baohiemxahoi.gov.vn/tin")
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(answered())
            said = await says(gateway, channel, 1, "thai sản", 2)
        assert said[0].splitlines()[-1] == "Xem thêm: https://baohiemxahoi.gov.vn/tin"

    @pytest.mark.parametrize(
        "reply",
        [
            Reply("Xin chào"),
            Reply("Hãy gọi 115.", "handed_off_emergency", handoff="emergency"),
            Reply("Lỗi", "error_service"),
        ],
        ids=["greeting", "emergency", "error"],
    )
    async def test_a_greeting_an_emergency_and_an_error_are_not_made_longer(self, engine, channel, reply):
        announce(engine)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(reply, answered())
            said = await says(gateway, channel, 1, "chào", 1)
        assert not said[0].startswith("Thông báo")
        assert heard(engine) == 0

    async def test_one_for_a_topic_waits_for_a_question_about_it(self, engine, channel):
        announce(engine, topic=TOPIC)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(answered("Lương hưu.", topic="Hưu trí"), answered())
            said = await says(gateway, channel, 1, "lương hưu", 1)
            assert not said[0].startswith("Thông báo")
            said = await says(gateway, channel, 2, "thai sản", 3)
        assert said[1].startswith("Thông báo")

    @pytest.mark.parametrize(
        "changes",
        [
            {"channels": ("web",)},
            {"starts_at": now() + timedelta(hours=1)},
            {"ends_at": now() - timedelta(seconds=1)},
        ],
        ids=["another channel", "not yet", "no more"],
    )
    async def test_elsewhere_and_at_other_times_nothing_is_said(self, engine, channel, changes):
        announce(engine, **changes)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(answered())
            said = await says(gateway, channel, 1, "thai sản", 1)
        assert said[0].startswith("Nghỉ")

    async def test_one_that_was_taken_back_is_said_no_more(self, engine, channel):
        made = announce(engine)
        with writing(engine) as connection:
            end(connection, made, APPROVER, now())
            assert announcement_by_id(connection, made).ended_by == APPROVER
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(answered())
            said = await says(gateway, channel, 1, "thai sản", 1)
        assert said[0].startswith("Nghỉ")


class TestHeld:
    async def test_the_answer_is_not_sent_and_a_person_is_asked(self, engine, channel):
        hold_back(engine)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(answered())
            said = await says(gateway, channel, 1, "thai sản nghỉ mấy tháng", 2)
        assert "kiểm tra" in said[0]
        assert "vị trí số 1" in said[1]
        assert not any("06 tháng" in text for text in said)
        assert (episode(engine).state, episode(engine).reason) == (State.QUEUED, Reason.VALIDATION)
        kept = waiting(engine)
        assert (kept.reply.text, kept.reason) == ("Nghỉ 06 tháng.", "Nghị định mới, đang rà soát")
        assert kept.reply.source == source()

    async def test_a_rule_told_beside_an_own_case_waits_too(self, engine, channel):
        hold_back(engine)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(Reply("Nghỉ 06 tháng. Xem VssID.", "unanswerable_own_case", source=source()))
            said = await says(gateway, channel, 1, "thai sản của tôi được bao nhiêu", 2)
        assert not any("06 tháng" in text for text in said)
        assert waiting(engine).reply.text == "Nghỉ 06 tháng. Xem VssID."

    async def test_out_of_hours_a_call_back_is_promised_and_the_answer_stays_here(self, engine, channel):
        hold_back(engine)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.office.is_now(is_open=False)
            gateway.dialogue.will(answered())
            said = await says(gateway, channel, 1, "thai sản", 2)
        assert ("BHXH-2345-6789" in said[1], episode(engine).state) == (True, State.CALLBACK)
        assert waiting(engine) is not None

    async def test_another_question_is_answered_and_a_second_held_one_takes_the_place_of_the_first(
        self, engine, channel
    ):
        hold_back(engine)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.office.is_now(operators_online=0)
            gateway.dialogue.will(answered(), answered("Lương hưu.", topic="Hưu trí"), answered("Lần hai."))
            await says(gateway, channel, 1, "thai sản", 2)
            said = await says(gateway, channel, 2, "lương hưu", 3)
            assert said[2].startswith("Lương hưu.")
            await says(gateway, channel, 3, "thai sản", 5)
        assert waiting(engine).reply.text == "Lần hai."
        with reading(engine) as connection:
            states = connection.execute(select(held_answers.c.state).order_by(held_answers.c.id)).scalars().all()
        assert states == ["dropped", "waiting"]

    @pytest.mark.parametrize(
        ("scope", "name", "articles", "is_held"),
        [
            (Scope.DOCUMENT, "directive/24-QD-BHXH", "", True),
            (Scope.DOCUMENT, "directive/24-QD-BHXH", "Điều 2", True),
            (Scope.DOCUMENT, "directive/24-QD-BHXH", "Điều 3 đến Điều 9", False),
            (Scope.DOCUMENT, "directive/288-BHXH-VP", "", False),
            (Scope.TOPIC, "", "", False),
        ],
    )
    async def test_a_document_or_some_of_its_articles_can_be_held(
        self, engine, channel, scope, name, articles, is_held
    ):
        hold_back(engine, scope, name, articles=articles)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(answered(document="directive/24-QD-BHXH", section="Điều 2", topic="tin"))
            await says(gateway, channel, 1, "hỏi", 2 if is_held else 1)
        assert (waiting(engine) is not None) is is_held

    async def test_what_ended_or_has_not_begun_holds_nothing(self, engine, channel):
        ended = hold_back(engine)
        hold_back(engine, starts_at=now() + timedelta(hours=1))
        with writing(engine) as connection:
            assert end_hold(connection, ended, APPROVER, now()).ended_by == APPROVER
            assert end_hold(connection, ended, APPROVER, now()) is None
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(answered())
            said = await says(gateway, channel, 1, "thai sản", 1)
        assert said[0].startswith("Nghỉ")

    async def test_an_abstention_near_a_held_topic_is_said(self, engine, channel):
        hold_back(engine)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(Reply("Chưa có.", "unanswerable_low_score", source=source()))
            said = await says(gateway, channel, 1, "thai sản", 1)
        assert said == ["Chưa có."]

    async def test_the_log_of_the_episode_tells_why(self, engine, channel):
        hold_back(engine)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(answered())
            await says(gateway, channel, 1, "thai sản", 2)
        with reading(engine) as connection:
            (event,) = events_of(connection, open_episode(connection, CONVERSATION).id)
        assert (event.kind, event.data["reason"]) == (EventKind.QUEUED, "validation")

    async def test_an_export_shows_it_and_an_erasure_takes_it_too(self, engine, channel):
        hold_back(engine)
        announce(engine)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(answered())
            await says(gateway, channel, 1, "thai sản", 3)
        with reading(engine) as connection:
            exported = {section.kind: section.rows for section in read_held(connection, CONVERSATION, None).sections}
            row = connection.execute(select(held_answers)).one()
            counted = count_held(connection, CONVERSATION)[Held.HELD_ANSWERS]
        ((held_at, text, state, decided_at),) = exported[Held.HELD_ANSWERS]
        assert (held_at, text, state.value, decided_at, counted) == (row.held_at, row.text, "waiting", None, 1)
        assert text
        with writing(engine) as connection:
            erase_citizen(connection, PrivacyRequest(CONVERSATION, "operator:1", "Theo đơn số 12"), now())
            row = connection.execute(select(held_answers)).one()
        assert (row.text, row.content["source"], CONVERSATION in row.conversation_id) == ("", None, False)


async def test_an_answer_that_a_take_over_dropped_is_counted(engine, channel):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        gate = gateway.dialogue.hold(CONVERSATION)
        gateway.dialogue.will(answered())
        await gateway.intakes["fake"].take(channel.body("an", 1, "thai sản"))
        await until(lambda: gateway.dialogue.heard)
        with writing(engine) as connection:
            take_over(connection, CONVERSATION, None)
        gate.set()
        await until(lambda: Count.REPLIES_DROPPED in gateway.metrics.render({}))
    assert channel.texts("an") == []
