"""What citizens send besides words, and what each changes."""

import asyncio
import logging
from datetime import timedelta

import pytest
from sqlalchemy import update

from connectors.channel_texts import load_channel_texts
from connectors.deliveries import DeliveryState, deliveries
from connectors.inbox import inbox
from connectors.outgoing import NotSent, SendFailure
from desk.conversation import conversations
from desk.database import writing
from desk.ownership import take_over
from tests.fakes.channel import FakeChannel
from tests.fakes.eventful_citizen import Citizen, every, only
from tests.fakes.gateway import GatewayLife, now
from tests.fakes.waiting import until

TEXTS = load_channel_texts()

PICTURE = {"kind": "image", "name": "giay-to.jpg", "url": "https://img.invalid/1.jpg"}

CONTACT = {"name": "Nguyễn Văn Thử", "telephone": "0900000000", "address": "1 phố Thử Nghiệm"}


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


class TestWords:
    @pytest.mark.conformance(("G33", "H22"))
    @pytest.mark.parametrize(
        "text",
        ["/restart", "/session_start", '/greet{"a": 1}', "  /x", "//restart", "\u200b/restart", "／restart"],
    )
    async def test_nothing_that_is_typed_becomes_an_intent(self, citizen, text):
        await citizen.says(text)
        (heard,) = citizen.heard
        assert not heard.startswith("/")
        assert len(citizen.read()) == 1

    async def test_a_lone_slash_says_nothing_and_is_not_answered(self, citizen):
        await citizen.says("/")
        assert (citizen.heard, citizen.read()) == ([], [])

    @pytest.mark.conformance("H22")
    @pytest.mark.parametrize("text", ["/start", "/start deep_link", "/start@BotThu", "/START"])
    async def test_start_is_greeted(self, citizen, engine, text):
        await citizen.says(text)
        assert (citizen.heard, citizen.read()) == (["/greet"], ["echo: /greet"])
        assert only(engine, conversations.c.welcomed_at) is not None

    @pytest.mark.conformance("H22")
    @pytest.mark.parametrize("text", ["/help", "/help@BotThu", "help", "Trợ giúp", "huong dan"])
    async def test_help_says_what_can_be_asked(self, citizen, text):
        await citizen.says(text)
        assert citizen.heard == ["/ask_capabilities"]

    @pytest.mark.conformance("H23")
    async def test_a_command_in_the_middle_of_a_question_is_part_of_it(self, citizen):
        await citizen.says("gõ /bot hay /start thì được gì?")
        assert citizen.heard == ["gõ /bot hay /start thì được gì?"]

    @pytest.mark.parametrize("text", ["dừng", "Dừng.", "DỪNG", "dung nhan tin", "/stop", "stop"])
    async def test_who_wants_no_news_is_told_how_to_get_them_again(self, citizen, engine, text):
        await citizen.says(text)
        assert (citizen.heard, citizen.read()) == ([], [TEXTS.stopped])
        assert only(engine, conversations.c.quiet_since) is not None
        await citizen.says("lương hưu?")
        assert citizen.read()[1] == "echo: lương hưu?"  # answers are no news
        await citizen.says("nhận tin")
        assert citizen.read()[2] == TEXTS.resumed
        assert only(engine, conversations.c.quiet_since) is None

    @pytest.mark.parametrize("text", ["dung", "đúng", "dung roi", "dừng đóng BHXH thì sao?"])
    async def test_yes_without_its_accents_stops_nothing(self, citizen, engine, text):
        await citizen.says(text)
        assert citizen.heard == [text]
        assert only(engine, conversations.c.quiet_since) is None

    async def test_what_identifies_somebody_is_masked_before_the_dialogue_engine_hears_it(self, citizen, engine):
        await citizen.says("cccd 001099000001 của tôi")
        assert "001099000001" not in citizen.heard[0]
        assert only(engine, inbox.c.text) == "cccd 001099000001 của tôi"


class TestAttachments:
    @pytest.mark.conformance(("G34", "G35", "H19"))
    async def test_a_picture_alone_gets_a_polite_word_and_the_way_to_a_person(self, citizen, channel, engine):
        await citizen.does("attachment", attachments=[PICTURE])
        (_, message) = channel.arrived[0]
        assert (message.text, citizen.heard) == (TEXTS.attachment, [])
        assert [button.title for button in message.buttons] == ["Gặp cán bộ"]
        assert only(engine, inbox.c.extras)["attachments"][0]["url"] == PICTURE["url"]  # for the operator's view only
        await citizen.does("choice", choice=message.buttons[0].key)
        assert citizen.heard == ["/request_person"]

    @pytest.mark.conformance(("G34", "H19"))
    async def test_words_beside_a_picture_are_answered_and_the_picture_is_explained(self, citizen, channel):
        await citizen.says("giấy này là gì?", attachments=[PICTURE])
        assert citizen.read() == ["echo: giấy này là gì?", TEXTS.attachment]
        assert not channel.arrived[0][1].buttons
        assert channel.arrived[1][1].buttons

    async def test_a_picture_for_a_person_who_has_the_conversation_gets_no_word_of_ours(self, citizen, engine):
        await citizen.says("chào")
        with writing(engine) as connection:
            take_over(connection, "fake:main:an", None)
        await citizen.does("attachment", attachments=[PICTURE])
        assert citizen.read() == ["echo: chào"]


class TestComingAndGoing:
    @pytest.mark.conformance("G37")
    async def test_who_follows_is_welcomed_once_however_often_they_leave_and_come_back(self, citizen, engine):
        for kind in ("followed", "left", "followed", "left", "followed"):
            await citizen.does(kind)
        assert citizen.read() == ["echo: /greet"]
        assert only(engine, conversations.c.unreachable) is None
        with writing(engine) as connection:
            connection.execute(update(conversations).values(welcomed_at=now() - timedelta(hours=25)))
        await citizen.does("followed")
        assert len(citizen.read()) == 2

    async def test_who_opens_with_start_after_following_is_greeted_as_they_asked(self, citizen):
        await citizen.does("followed")
        await citizen.says("/start")
        assert citizen.heard == ["/greet", "/greet"]

    @pytest.mark.conformance(("G38", "H10"))
    async def test_who_leaves_is_marked_and_what_waits_for_them_is_cancelled(self, engine, channel):
        channel.will("an", NotSent(SendFailure.TEMPORARY, "503", retry_after_seconds=60.0))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: every(engine, deliveries.c.error_code) == [("503",)])
            await gateway.intakes["fake"].take(channel.body("an", 2, "", kind="left"))
            await until(lambda: every(engine, deliveries.c.state) == [(DeliveryState.CANCELLED,)])
            assert only(engine, conversations.c.unreachable) == "left"
            await gateway.intakes["fake"].take(channel.body("an", 3, "tôi trở lại"))
            await until(lambda: channel.texts("an") == ["echo: tôi trở lại"])
        assert only(engine, conversations.c.unreachable) is None

    @pytest.mark.conformance(("G37", "G38"))
    async def test_who_is_back_before_their_leaving_was_worked_off_is_welcomed(self, gateway, channel, engine):
        gate = gateway.dialogue.hold(channel.key("an").id)
        for number, kind in enumerate(["text", "left", "followed"]):
            await gateway.intakes["fake"].take(channel.body("an", number, "chào", kind=kind))
        gate.set()
        await until(lambda: "echo: /greet" in channel.texts("an"))
        assert only(engine, conversations.c.unreachable) is None

    async def test_nothing_is_shown_to_the_operator_as_words_where_nothing_was_said(self, citizen, gateway, channel):
        for kind in ("followed", "left"):
            await citizen.does(kind)
        transcript = await gateway.transcript_of(channel.key("an").id)
        assert [entry.role for entry in transcript] == ["assistant"]


class TestContacts:
    @pytest.mark.conformance("G43")
    async def test_a_form_of_the_channel_is_kept_thanked_for_and_never_logged(self, citizen, engine, caplog):
        caplog.set_level(logging.DEBUG)
        await citizen.does("contact", contact=CONTACT)
        assert citizen.read() == [TEXTS.contact_received]
        assert only(engine, inbox.c.extras)["contact"] == CONTACT
        assert not [value for value in CONTACT.values() if value in caplog.text]
        assert citizen.heard == []


class TestTyping:
    @pytest.mark.conformance(("H36", "I18"))
    async def test_a_sign_is_shown_again_and_again_while_an_answer_takes_long_and_not_after(self, gateway, channel):
        gate = gateway.dialogue.hold(channel.key("an").id)
        await gateway.intakes["fake"].take(channel.body("an", 1))
        await until(lambda: len(channel.typed) >= 2)
        gate.set()
        await until(lambda: channel.arrived)
        shown = len(channel.typed)
        await asyncio.sleep(0.08)  # longer than from one sign to the next
        assert len(channel.typed) == shown

    async def test_an_answer_that_is_quick_needs_no_sign(self, citizen, channel):
        await citizen.says("chào")
        assert channel.typed == []


class TestLate:
    @pytest.mark.conformance("H44")
    async def test_a_message_that_waited_for_a_day_gets_an_apology_and_no_stale_answer(self, engine, channel):
        down = GatewayLife(engine, channels=[channel])  # takes messages, but nothing works them off
        await down.intakes["fake"].take(channel.body("an", 1, "lương hưu"))
        down.transactions.close()
        with writing(engine) as connection:
            connection.execute(update(inbox).values(received_at=now() - timedelta(hours=25)))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await until(lambda: channel.arrived)
        assert (channel.texts("an"), gateway.dialogue.heard) == ([TEXTS.late_apology], [])

    async def test_a_repeated_update_of_one_who_left_does_not_make_them_reachable(self, citizen, engine, channel):
        await citizen.says("một")
        await citizen.does("left")
        await citizen.gateway.intakes["fake"].take(channel.body("an", 1, "một"))
        assert only(engine, conversations.c.unreachable) == "left"
