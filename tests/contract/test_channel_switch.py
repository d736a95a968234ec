"""The assistant switched off on one channel: it says nothing there, and nobody's words are lost, on both databases."""

import asyncio
from datetime import timedelta

import pytest
import yaml

from app.paths import ROOT
from connectors.deliveries import deliveries
from connectors.inbox import inbox
from connectors.message import Reply
from connectors.sending import cancel_assistants
from desk.channel_switch import ChannelSwitch, is_off, switches, turn
from desk.database import reading, writing
from desk.handoff.log import open_episode
from desk.handoff.sentences import load_handoff_texts
from desk.handoff.state import Reason, State
from tests.fakes.channel import FakeChannel
from tests.fakes.channel_worlds import TelegramWorld, ZaloOaWorld
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.gateway import PATIENCE_SECONDS, GatewayLife, now
from tests.fakes.waiting import until
from tests.fakes.web_gateway import WebGateway

CODE = "BHXH-2345-6789"
PAUSED = "Trợ lý tự động đang tạm dừng"


def switch(engine, off=True, channel="fake", reason="Kiểm tra câu trả lời"):
    with writing(engine) as connection:
        return turn(connection, ChannelSwitch(channel, off, reason, 1, now()))


def episode(engine, conversation="fake:main:an"):
    with reading(engine) as connection:
        return open_episode(connection, conversation).episode


@pytest.fixture
def channel():
    return FakeChannel()


@pytest.fixture
async def gateway(engine, channel):
    async with GatewayLife(engine, channels=[channel]) as life:
        yield life


async def says(gateway, number, text, who="an"):
    await gateway.intakes["fake"].take(gateway.channel.body(who, number, text))


@pytest.fixture
def fake(gateway, channel):
    gateway.channel = channel
    return gateway


class TestSwitch:
    def test_a_channel_is_on_until_somebody_switches_it_off(self, engine):
        with reading(engine) as connection:
            assert not is_off(connection, "web")
        assert not switch(engine, off=False)
        assert switch(engine, off=True)
        with reading(engine) as connection:
            assert (is_off(connection, "fake"), is_off(connection, "web")) == (True, False)
            assert switches(connection)["fake"].reason == "Kiểm tra câu trả lời"

    def test_the_second_who_switches_changes_nothing(self, engine):
        assert [switch(engine, reason="một"), switch(engine, reason="hai")] == [True, False]
        with reading(engine) as connection:
            assert switches(connection)["fake"].reason == "một"
        assert [switch(engine, off=False), switch(engine, off=False), switch(engine)] == [True, False, True]

    @pytest.mark.parametrize("reason", ["", "  \n ", "a" * 201])
    def test_it_needs_a_reason_of_one_line(self, engine, reason):
        with pytest.raises(ValueError, match="reason"):
            switch(engine, reason=reason)

    def test_danger_is_answered_in_the_assistants_own_words(self):
        labels = yaml.safe_load((ROOT / "knowledge" / "content" / "labels.yml").read_text(encoding="utf-8"))
        words = load_handoff_texts().while_off
        assert words.emergency.strip() == labels["answers"]["handed_off_emergency"].strip()
        assert words.self_harm.strip() == labels["answers"]["handed_off_emergency_self_harm"].strip()


class TestOnAPushChannel:
    async def test_the_assistant_is_silent_and_the_citizen_is_told_once_that_a_person_comes(
        self, engine, fake, channel
    ):
        switch(engine)
        for number, text in enumerate(("lương hưu", "còn đây không", "alo"), 1):
            await says(fake, number, text)
        await until(lambda: channel.texts("an"))
        await says(fake, 1, "kênh này", "ba")
        await until(lambda: channel.texts("ba"))
        assert fake.dialogue.heard == []
        assert (len(channel.texts("an")), PAUSED in channel.texts("an")[0]) == (1, True)
        assert "tiếp tục với trợ lý" not in channel.texts("an")[0]
        assert (episode(engine).state, episode(engine).reason) == (State.QUEUED, Reason.ASSISTANT_OFF)

    async def test_with_nobody_there_a_call_back_is_promised_once(self, engine, fake, channel):
        switch(engine)
        fake.office.is_now(operators_online=0)
        for number in range(1, 4):
            await says(fake, number, f"câu {number}")
        await until(lambda: _done(engine) == 3 and _states(engine) == ["sent"])
        assert [CODE in text for text in channel.texts("an")] == [True]
        assert "vẫn hỏi tôi được" not in channel.texts("an")[0]
        assert (episode(engine).state, fake.dialogue.heard) == (State.CALLBACK, [])

    async def test_who_had_a_promise_before_hears_that_the_assistant_is_off(self, engine, fake, channel):
        fake.office.is_now(operators_online=0)
        fake.dialogue.will(Reply("Vâng.", "handed_off_requested", handoff="requested"))
        await says(fake, 1, "gặp nhân viên")
        await until(lambda: len(channel.texts("an")) == 2)
        switch(engine)
        await says(fake, 2, "thêm câu nữa")
        await says(fake, 3, "và nữa")
        await until(lambda: _done(engine) == 3 and len(channel.texts("an")) == 3)
        assert [PAUSED in text for text in channel.texts("an")] == [False, False, True]

    @pytest.mark.parametrize(("words", "number"), [("cứu tôi với, gọi cấp cứu giúp", "115"), ("tôi muốn tự tử", "111")])
    async def test_danger_hears_its_number_without_the_dialogue_engine(self, engine, fake, channel, words, number):
        switch(engine)
        await says(fake, 1, words)
        await until(lambda: len(channel.texts("an")) == 2)
        assert number in channel.texts("an")[0]
        assert (episode(engine).reason, fake.dialogue.heard) == (Reason.EMERGENCY, [])

    async def test_danger_is_answered_while_waiting_too(self, engine, fake, channel):
        switch(engine)
        await says(fake, 1, "lương hưu")
        await says(fake, 2, "cứu tôi với, gọi cấp cứu giúp")
        await until(lambda: len(channel.texts("an")) == 2)
        assert "115" in channel.texts("an")[1]

    async def test_nobody_is_sent_back_to_an_assistant_that_is_off(self, engine, fake, channel):
        switch(engine)
        await says(fake, 1, "hỏi")
        await says(fake, 2, "tiếp tục với trợ lý")
        await until(lambda: _done(engine) == 2)
        assert episode(engine).state is State.QUEUED

    async def test_stop_words_and_case_codes_work_as_ever(self, engine, fake, channel):
        switch(engine)
        await says(fake, 1, "dừng")
        await says(fake, 2, "BHXH 2345 6789")
        await until(lambda: len(channel.texts("an")) == 2)
        assert channel.texts("an")[1] == f"status of {CODE}"

    async def test_switched_on_again_the_assistant_answers(self, engine, fake, channel):
        switch(engine)
        await says(fake, 1, "ba hỏi", "ba")
        await until(lambda: channel.texts("ba"))
        switch(engine, off=False)
        await says(fake, 1, "lương hưu")
        await until(lambda: channel.texts("an"))
        assert channel.texts("an") == ["echo: lương hưu"]

    async def test_what_is_being_made_when_the_switch_falls_is_never_said(self, engine, fake, channel):
        gate = fake.dialogue.hold("fake:main:an")
        await says(fake, 1, "lương hưu")
        await until(lambda: fake.dialogue.heard)
        switch(engine)
        gate.set()
        await until(lambda: channel.texts("an"))
        assert [PAUSED in text for text in channel.texts("an")] == [True]
        assert episode(engine).state is State.QUEUED

    async def test_what_waits_to_be_brought_when_the_switch_falls_is_cancelled(self, engine, fake, channel):
        channel.gate = asyncio.Event()
        fake.dialogue.will((Reply("một"), Reply("hai")))
        await says(fake, 1, "lương hưu")
        await until(lambda: channel.calls)
        switch(engine)
        channel.gate.set()
        await says(fake, 2, "còn đó không")
        await until(lambda: len(channel.texts("an")) == 2)
        assert (channel.texts("an")[0], PAUSED in channel.texts("an")[1]) == ("một", True)
        await until(lambda: _states(engine) == ["sent", "cancelled", "sent"])

    async def test_a_message_whose_dialogue_fails_goes_to_a_person_and_is_no_dead_letter(self, engine, fake, channel):
        fake.dialogue.will(*[RuntimeError("away")] * 100)
        await says(fake, 1, "lương hưu")
        await until(lambda: fake.dialogue.heard)
        switch(engine)
        await until(lambda: channel.texts("an"))
        assert (_done(engine), PAUSED in channel.texts("an")[0]) == (1, True)


@pytest.mark.parametrize("kind", [ZaloOaWorld, TelegramWorld], ids=lambda world: world.name)
async def test_on_a_platform_the_product_itself_falls_silent_and_speaks_again(engine, kind):
    async with kind(engine) as world:
        await world.says(1, "một")
        assert await world.hears(1, 1) == ["echo: một"]
        switch(engine, channel=kind.name)
        await world.says(1, "hai")
        await world.says(1, "ba")
        assert PAUSED in (await world.hears(1, 2))[1]
        switch(engine, off=False, channel=kind.name)
        await world.says(2, "bốn")
        assert await world.hears(2, 1) == ["echo: bốn"]
        assert (len(world.read(1)), [text for _, text in world.dialogue.heard]) == (2, ["một", "bốn"])


async def test_another_gateway_over_the_same_database_hears_of_it_at_once(engine, channel):
    async with GatewayLife(engine, channels=[channel]) as first:
        first.channel = channel
        await says(first, 1, "một", "ba")
        await until(lambda: channel.texts("ba"))
    second_channel = FakeChannel()
    async with GatewayLife(engine, channels=[second_channel], owner="second") as second:
        second.channel = second_channel
        switch(engine)
        await says(second, 1, "hai")
        await until(lambda: second_channel.texts("an"))
    assert PAUSED in second_channel.texts("an")[0]


async def test_on_the_web_page_the_system_says_it_and_offers_the_form(engine):
    switch(engine, channel="web")
    async with WebGateway(engine, FakeDialogue()) as gateway:
        gateway.life.office.is_now(operators_online=0)
        browser = await gateway.browser()
        await browser.say("lương hưu thế nào")
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(said := await browser.messages()) < 2:
                await asyncio.sleep(0.01)
        assert (said[1]["role"], said[1]["status"], said[1]["form"]) == (
            "system",
            "desk_assistant_off",
            "leave_message",
        )
        assert gateway.dialogue.heard == []
        with writing(engine) as connection:
            turn(connection, ChannelSwitch("web", False, "xong", 1, now() + timedelta(seconds=1)))
        await browser.say("còn câu này")
        assert (await browser.answers(1))[-1]["text"] == "echo: còn câu này"


def test_bulk_cancelling_leaves_what_people_said(engine):
    from connectors.outbox import ASSISTANT, OPERATOR
    from connectors.spoken import Spoken, speak
    from desk.conversation import ConversationKey, ensure_conversation

    render = FakeChannel().render
    for name, author in (("an", ASSISTANT), ("ba", OPERATOR)):
        key = ConversationKey(f"fake:main:{name}", "fake", "main", name)
        with writing(engine) as connection:
            ensure_conversation(connection, key, now())
            speak(connection, Spoken(key, author, Reply("xin chào")), render, now())
    with writing(engine) as connection:
        assert cancel_assistants(connection, "fake", now()) == 1
        assert cancel_assistants(connection, "web", now()) == 0
    assert _states(engine) == ["cancelled", "pending"]


def _done(engine):
    with reading(engine) as connection:
        return len(connection.execute(inbox.select().where(inbox.c.state == "done")).all())


def _states(engine):
    with reading(engine) as connection:
        return [row.state for row in connection.execute(deliveries.select().order_by(deliveries.c.id))]
