"""Citizens who want everything erased, dead letters, and conversations that staff have taken."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from connectors.channel_texts import load_channel_texts
from connectors.dead_letters import dead_letters, retry_dead_letter
from connectors.deliveries import DeliveryState, deliveries
from connectors.dialogue import DialogueError, DialogueFailure
from connectors.inbox import inbox
from connectors.message import Button, Reply
from connectors.outbox import outbox
from connectors.outgoing import NotSent, SendFailure
from desk.alert import open_alerts
from desk.answer_log import LoggedAnswer, log_answer
from desk.conversation import conversations
from desk.database import reading, writing
from desk.feedback import Feedback, Thumb, feedback, record_feedback
from desk.ownership import give_back
from desk.recall import Reach, Recalled, receivers
from desk.tickets.ticket import TicketRequest, file_ticket, tickets
from tests.fakes.channel import FakeChannel
from tests.fakes.eventful_citizen import Citizen, every, only
from tests.fakes.gateway import GatewayLife, now
from tests.fakes.tickets import RULES
from tests.fakes.waiting import until

TEXTS = load_channel_texts()

PICTURE = {"kind": "image", "name": "giay-to.jpg", "url": "https://img.invalid/1.jpg"}

CONTACT = {"name": "Nguyễn Văn Thử", "telephone": "0900000000", "address": "1 phố Thử Nghiệm"}

ENTRY = "faq/sinh-con-tro-cap"

AWAY = DialogueError(DialogueFailure.UNAVAILABLE, "ConnectError")


@pytest.fixture
def channel():
    return FakeChannel()


@pytest.fixture
async def gateway(engine, channel):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        yield gateway


@pytest.fixture
def citizen(gateway, channel, engine):
    return Citizen(gateway, channel, engine)


class TestWithdrawal:
    @pytest.mark.conformance("G45")
    async def test_who_withdraws_their_data_is_forgotten_and_somebody_hears_of_it(self, engine, channel, citizen):
        citizen.gateway.dialogue.will(Reply("Chọn", buttons=(Button("Bí mật", "bí mật"),)))
        await citizen.says("bí mật của tôi", attachments=[PICTURE])
        await citizen.does("contact", contact=CONTACT)
        key = channel.key("an")
        with writing(engine) as connection:
            record_feedback(connection, Feedback(key.id, 2, Thumb.DOWN, "bí mật"), now())
            file_ticket(connection, key, TicketRequest("r1", "Nguyễn Văn Thử", "0900000000", "bí mật"), now(), RULES)
        await citizen.does("withdrawn")
        assert {(text, payload) for text, payload in every(engine, inbox.c.text, inbox.c.payload)} == {("", None)}
        assert {extras for (extras,) in every(engine, inbox.c.extras)} == {None}
        assert {text for (text,) in every(engine, outbox.c.text)} == {""}
        assert all("bí mật" not in str(content) for (content,) in every(engine, outbox.c.content))
        assert all(
            (text, buttons) == ("", []) for text, buttons in every(engine, deliveries.c.text, deliveries.c.buttons)
        )
        assert every(engine, feedback.c.comment) == [("",)]
        assert every(engine, tickets.c.name, tickets.c.contact, tickets.c.question) == [("", "", "")]
        with reading(engine) as connection:
            (alert,) = open_alerts(connection, 10)
        assert (alert.alert.kind, alert.alert.conversation_id) == ("data_withdrawn", key.id)

    @pytest.mark.conformance("G45")
    async def test_no_recall_finds_who_withdrew_even_when_they_come_back(self, citizen, engine, channel):
        await citizen.says("hỏi")
        key = channel.key("an")
        with writing(engine) as connection:
            log_answer(
                connection, LoggedAnswer(key.id, 2, "fake", now(), "hỏi", "answered", document=ENTRY, version="1")
            )
            record_feedback(connection, Feedback(key.id, 2, Thumb.UP, ""), now())
        await citizen.does("withdrawn")
        for kind in ("followed", "text"):
            await citizen.does(kind, "chào")
        with reading(engine) as connection:
            (received,) = receivers(connection, Recalled(ENTRY, {"1"}, {}), 9)
            thumbs = connection.execute(select(feedback.c.conversation_id)).scalars().all()
        assert (received.reach, key.id in received.conversation_id) == (Reach.ERASED, False)
        assert thumbs == [received.conversation_id]

    @pytest.mark.conformance("G45")
    async def test_an_update_that_comes_again_after_the_withdrawal_brings_nothing_back(self, citizen, engine, channel):
        await citizen.says("bí mật")
        await citizen.does("withdrawn")
        await citizen.gateway.intakes["fake"].take(channel.body("an", 1, "bí mật"))
        assert {text for (text,) in every(engine, inbox.c.text)} == {""}

    @pytest.mark.conformance("G45")
    async def test_what_was_said_after_the_withdrawal_is_heard_and_a_dead_letter_is_not(self, engine, channel):
        async with GatewayLife(engine, channels=[channel], retry_attempts=1) as gateway:
            gateway.dialogue.will(AWAY)
            await gateway.intakes["fake"].take(channel.body("an", 1, "bí mật"))
            await until(lambda: channel.texts("an") == ["Xin lỗi anh/chị"])
            gate = gateway.dialogue.hold(channel.key("an").id)
            for number, kind in enumerate(["text", "withdrawn", "text"], start=2):
                await gateway.intakes["fake"].take(channel.body("an", number, f"câu {number}", kind=kind))
            gate.set()
            await until(lambda: "echo: câu 4" in channel.texts("an"))
            with reading(engine) as connection:
                assert dead_letters(connection, 10) == ()
        assert every(engine, inbox.c.text) == [("",), ("",), ("",), ("câu 4",)]

    async def test_others_keep_their_words(self, citizen, gateway, engine, channel):
        other = Citizen(gateway, channel, engine, "ba")
        await other.says("của tôi")
        await citizen.does("withdrawn")
        with reading(engine) as connection:
            kept = connection.execute(select(inbox.c.text).where(inbox.c.conversation_id == "fake:main:ba"))
            assert kept.scalar_one() == "của tôi"


class TestDeadLetters:
    @pytest.mark.conformance("G29")
    async def test_a_message_that_never_succeeds_is_given_up_with_an_apology_and_those_behind_it_go_on(
        self, engine, channel
    ):
        async with GatewayLife(engine, channels=[channel], retry_attempts=3) as gateway:
            gateway.dialogue.will(*[ZeroDivisionError("bug")] * 3)
            await gateway.intakes["fake"].take(channel.body("an", 1, "độc"))
            await gateway.intakes["fake"].take(channel.body("an", 2, "lành"))
            await until(lambda: len(channel.texts("an")) == 2)
        assert channel.texts("an") == ["Xin lỗi anh/chị", "echo: lành"]
        with reading(engine) as connection:
            (letter,) = dead_letters(connection, 10)
        assert (letter.channel, letter.conversation_id) == ("fake", "fake:main:an")
        assert (letter.attempts, letter.error_class) == (3, "ZeroDivisionError")

    @pytest.mark.conformance("G29")
    async def test_a_dead_letter_that_is_tried_again_is_answered_after_the_apology(self, engine, channel):
        async with GatewayLife(engine, channels=[channel], retry_attempts=1) as gateway:
            gateway.dialogue.will(AWAY)
            await gateway.intakes["fake"].take(channel.body("an", 1, "lương hưu?"))
            await until(lambda: channel.texts("an") == ["Xin lỗi anh/chị"])
            with writing(engine) as connection:
                (letter,) = dead_letters(connection, 10)
                assert retry_dead_letter(connection, letter.inbox_id, now())
                assert not retry_dead_letter(connection, letter.inbox_id, now())
                assert not retry_dead_letter(connection, 999, now())
            gateway.worker.wake()
            await until(lambda: len(channel.texts("an")) == 2)
            with reading(engine) as connection:
                assert dead_letters(connection, 10) == ()
        assert channel.texts("an") == ["Xin lỗi anh/chị", "echo: lương hưu?"]

    @pytest.mark.conformance("G29")
    async def test_a_dead_letter_may_die_and_be_tried_again_more_than_once(self, engine, channel):
        async with GatewayLife(engine, channels=[channel], retry_attempts=1) as gateway:
            gateway.dialogue.will(AWAY, AWAY)
            await gateway.intakes["fake"].take(channel.body("an", 1, "lương hưu?"))
            for apologies in (1, 2):
                await until(lambda count=apologies: len(channel.texts("an")) == count)
                with writing(engine) as connection:
                    assert retry_dead_letter(connection, only(engine, inbox.c.id), now())
                gateway.worker.wake()
            await until(lambda: len(channel.texts("an")) == 3)
        assert channel.texts("an")[2] == "echo: lương hưu?"


class TestPersons:
    @pytest.mark.conformance("G40")
    async def test_what_staff_wrote_cancels_what_the_assistant_was_about_to_say(self, engine, channel):
        channel.will("an", NotSent(SendFailure.TEMPORARY, "503", retry_after_seconds=60.0))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: every(engine, deliveries.c.error_code) == [("503",)])
            await gateway.intakes["fake"].take(channel.body("an", 2, "Để tôi trả lời", kind="staff_wrote"))
            await until(lambda: every(engine, deliveries.c.state) == [(DeliveryState.CANCELLED,)])

    @pytest.mark.conformance(("G40", "G82"))
    async def test_what_the_assistant_is_still_thinking_about_is_not_said_after_a_word_of_staff(
        self, gateway, engine, channel
    ):
        gate = gateway.dialogue.hold(channel.key("an").id)
        for number, kind in ((1, "text"), (2, "text"), (3, "staff_wrote")):
            await gateway.intakes["fake"].take(channel.body("an", number, kind=kind))
        gate.set()
        await until(lambda: every(engine, inbox.c.state) == [("done",)] * 3)
        assert every(engine, outbox.c.text) == []
        assert len(gateway.dialogue.heard) == 1

    @pytest.mark.conformance(("G79", "G80"))
    async def test_the_silence_after_a_word_of_staff_ends_by_itself(self, citizen, engine):
        await citizen.does("staff_wrote", "Để tôi trả lời")
        await citizen.says("còn đó không?")
        assert citizen.read() == []
        with writing(engine) as connection:
            connection.execute(update(conversations).values(owner_until=now() - timedelta(seconds=1)))
        await citizen.says("chào")
        assert citizen.read() == ["echo: chào"]

    async def test_a_wish_for_silence_is_heard_while_a_person_answers(self, citizen, engine):
        await citizen.does("staff_wrote", "Để tôi trả lời")
        await citizen.says("dừng nhận tin")
        assert citizen.read() == [TEXTS.stopped]

    @pytest.mark.conformance("G80")
    async def test_who_comes_back_while_a_person_has_the_conversation_is_not_welcomed_by_the_assistant(
        self, citizen, engine
    ):
        await citizen.does("staff_wrote", "Để tôi trả lời")
        for kind in ("left", "followed"):
            await citizen.does(kind)
        await citizen.says("/start")
        assert citizen.read() == []
        with writing(engine) as connection:
            give_back(connection, "fake:main:an")
        await citizen.does("followed")
        assert citizen.read() == ["echo: /greet"]
