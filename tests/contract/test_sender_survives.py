"""Deaths of gateways, long absences and take-overs while something is to be sent."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from connectors.deliveries import DeliveryState, deliveries, troubled_deliveries
from connectors.inbox import accept
from connectors.leadership import Leadership
from connectors.message import Button, Reply
from connectors.metrics import Count
from connectors.outgoing import NotSent, SendFailure
from connectors.sending import end_abandoned
from desk.database import reading, writing
from desk.ownership import give_back, take_over
from tests.fakes.channel import FakeChannel
from tests.fakes.gateway import GatewayLife, now
from tests.fakes.waiting import until

TEMPORARY = NotSent(SendFailure.TEMPORARY, "503")


def states(engine):
    with reading(engine) as connection:
        rows = connection.execute(select(deliveries.c.text, deliveries.c.state).order_by(deliveries.c.id))
        return [tuple(row) for row in rows]


async def settled(engine):
    """Nothing waits and nothing is on its way."""
    ended = (DeliveryState.PENDING, DeliveryState.SENDING)
    await until(lambda: states(engine) and not any(state in ended for _, state in states(engine)))


@pytest.fixture
def channel():
    return FakeChannel()


class TestDyingGateways:
    @pytest.mark.conformance(("G27", "H38"))
    async def test_what_was_accepted_by_a_gateway_that_died_is_answered_by_the_next(self, engine, channel):
        first = GatewayLife(engine, channels=[channel])  # its worker never runs
        await first.intakes["fake"].take(channel.body("an", 1))
        first.transactions.close()
        async with GatewayLife(engine, channels=[channel]):
            await until(lambda: channel.arrived)
        assert channel.texts("an") == ["echo: xin chào"]

    @pytest.mark.conformance(("G28", "G75"))
    async def test_a_send_in_the_middle_of_a_death_is_unknown_and_what_follows_goes_on(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            channel.gate = asyncio.Event()
            await gateway.intakes["fake"].take(channel.body("an", 1, "một"))
            await until(lambda: channel.calls == 1)
            await gateway.intakes["fake"].take(channel.body("an", 2, "hai"))
            for sender in gateway.senders.values():
                sender._running.clear()
        channel.gate = None
        async with GatewayLife(engine, channels=[channel]):
            await until(lambda: "echo: hai" in channel.texts("an"))
        assert states(engine)[0] == ("echo: một", "unknown")

    async def test_a_former_sender_that_knows_better_may_still_say_so(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            channel.gate = asyncio.Event()
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: channel.calls == 1)
            with writing(engine) as connection:
                assert end_abandoned(connection, "fake", "main", now() + timedelta(hours=1)) == 1
            assert states(engine)[0][1] == "unknown"
            channel.gate.set()
            await until(lambda: states(engine)[0][1] == "sent")

    async def test_two_gateways_never_write_to_one_citizen_at_once_or_twice(self, engine, channel):
        async with (
            GatewayLife(engine, channels=[channel], owner="one") as one,
            GatewayLife(engine, channels=[channel], owner="two") as two,
        ):
            for number in range(10):
                for name in ("an", "ba", "chi"):
                    intake = (one, two)[number % 2].intakes["fake"]
                    await intake.take(channel.body(name, number, f"câu {number}"))
            await until(lambda: len(channel.arrived) == 30)
        for name in ("an", "ba", "chi"):
            assert channel.texts(name) == [f"echo: câu {number}" for number in range(10)]
        assert not channel.overlapped

    async def test_another_gateway_takes_over_when_the_sending_one_is_gone(self, engine, channel):
        async with GatewayLife(engine, channels=[channel], owner="one") as one:
            await one.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: channel.arrived)
        async with GatewayLife(engine, channels=[channel], owner="two") as two:
            await two.intakes["fake"].take(channel.body("an", 2))
            await until(lambda: len(channel.arrived) == 2)

    async def test_a_channel_that_is_led_later_leaves_the_sends_of_the_others_alone(self, engine):
        early, late = FakeChannel("early"), FakeChannel("late")
        early.gate = asyncio.Event()
        gateway = GatewayLife(engine, channels=[early, late])
        assert await Leadership(gateway.transactions, "elsewhere", 0.3, now).hold("send late:main")
        async with gateway:
            await gateway.intakes["early"].take(early.body("an", 1))
            await until(lambda: early.calls == 1)
            await gateway.intakes["late"].take(late.body("an", 1))
            await until(lambda: late.arrived)
            assert states(engine)[0][1] == "sending"
            early.gate.set()
            await settled(engine)


class TestLongAbsence:
    async def test_replies_that_waited_while_the_channel_was_off_for_long_are_given_up_and_listed(
        self, engine, channel
    ):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            channel.will("an", NotSent(SendFailure.RATE_LIMITED, "429", retry_after_seconds=60.0))
            await gateway.intakes["fake"].take(channel.body("an", 1, "một"))
            await until(lambda: channel.calls == 1 and states(engine)[0][1] == "pending")
        with writing(engine) as connection:
            connection.execute(update(deliveries).values(created_at=now() - timedelta(hours=7), next_attempt_at=now()))
        async with GatewayLife(engine, channels=[channel], sending={"retry_total_seconds": 21_600.0}) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 2, "hai"))
            await until(lambda: channel.arrived)
        assert (channel.texts("an"), states(engine)[0]) == (["echo: hai"], ("echo: một", "failed"))
        with reading(engine) as connection:
            assert [trouble.error_code for trouble in troubled_deliveries(connection, 10)] == ["too_old"]

    async def test_what_was_written_waits_for_a_gateway_that_has_the_channel(self, engine, channel):
        with writing(engine) as connection:
            accept(connection, *channel.parse(channel.body("an", 1, "một"), now()))
        async with GatewayLife(engine) as without:
            await without.receive("ba", 1)
            await without.answers("ba", 1)
        async with GatewayLife(engine, channels=[channel]):
            await until(lambda: channel.texts("an") == ["echo: một"])


class TestTakeOver:
    @pytest.mark.conformance(("G82", "H46"))
    async def test_replies_computed_before_a_person_took_over_are_never_sent(self, engine, channel):
        channel.will("an", *[TEMPORARY] * 3)
        async with GatewayLife(engine, channels=[channel], sending={"retry_first_seconds": 5.0}) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: channel.calls == 1)
            await until(lambda: states(engine)[0][1] == "pending")
            with writing(engine) as connection:
                take_over(connection, "fake:main:an", None)
                give_back(connection, "fake:main:an")
                connection.execute(update(deliveries).values(next_attempt_at=now()))
            await settled(engine)
        assert (states(engine)[0][1], channel.arrived) == ("cancelled", [])

    @pytest.mark.conformance("G82")
    async def test_a_reply_that_is_being_computed_meanwhile_is_dropped(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gate = gateway.dialogue.hold("fake:main:an")
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: gateway.dialogue.running)
            with writing(engine) as connection:
                take_over(connection, "fake:main:an", None)
            gate.set()
            await until(lambda: not gateway.dialogue.running and not gateway.hub.is_working("fake:main:an"))
            assert Count.REPLIES_DROPPED in gateway.metrics.render({})
        assert (states(engine), channel.arrived) == ([], [])

    @pytest.mark.conformance(("G79", "H46"))
    async def test_a_person_has_the_conversation_until_it_is_given_back(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1, "một"))
            await until(lambda: channel.arrived)
            with writing(engine) as connection:
                take_over(connection, "fake:main:an", None)
            await gateway.intakes["fake"].take(channel.body("an", 2, "hai"))
            await gateway.intakes["fake"].take(channel.body("ba", 1, "ba"))
            await until(lambda: channel.texts("ba"))
            with writing(engine) as connection:
                give_back(connection, "fake:main:an")
            await gateway.intakes["fake"].take(channel.body("an", 3, "ba"))
            await until(lambda: len(channel.texts("an")) == 2)
        assert channel.texts("an") == ["echo: một", "echo: ba"]

    @pytest.mark.conformance(("G40", "G80"))
    async def test_staff_who_answer_in_the_channels_own_tool_silence_the_assistant(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1, "Để tôi trả lời", kind="staff_wrote"))
            await gateway.intakes["fake"].take(channel.body("an", 2, "/restart"))
            await gateway.intakes["fake"].take(channel.body("ba", 1, "ba"))
            await until(lambda: channel.texts("ba"))
        async with GatewayLife(engine, channels=[channel]) as gateway:  # after a restart too
            await gateway.intakes["fake"].take(channel.body("an", 3, "còn đó không"))
            await gateway.intakes["fake"].take(channel.body("ba", 2, "bốn"))
            await until(lambda: len(channel.texts("ba")) == 2)
            transcript = await gateway.transcript_of(channel.key("an").id)
        assert channel.texts("an") == []
        assert [(entry.role, entry.reply.text) for entry in transcript][:2] == [
            ("operator", "Để tôi trả lời"),
            ("citizen", "/restart"),
        ]


class TestButtons:
    @pytest.mark.conformance(("G50", "H11", "H15", "H16", "I10"))
    async def test_a_button_means_its_payload_to_whom_it_was_offered_and_to_nobody_else(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(Reply("Chọn", buttons=(Button("Gặp nhân viên", "/request_person"),)))
            await gateway.intakes["fake"].take(channel.body("an", 1, "một"))
            await until(lambda: channel.arrived)
            key = channel.arrived[0][1].buttons[0].key
            await gateway.intakes["fake"].take(channel.body("an", 2, "", kind="choice", choice=key))
            await gateway.intakes["fake"].take(channel.body("kẻ lạ", 1, "", kind="choice", choice=key))
            await gateway.intakes["fake"].take(channel.body("kẻ lạ", 2, "", kind="choice", choice="/restart"))
            await until(lambda: len(channel.texts("an")) == 2 and len(channel.texts("kẻ lạ")) == 2)
        assert channel.texts("an")[1] == "echo: /request_person"
        assert all("không còn dùng được" in text for text in channel.texts("kẻ lạ"))

    @pytest.mark.conformance(("G50", "G51", "I10"))
    async def test_number_and_title_mean_the_button_too_but_only_of_the_last_turn(self, engine, channel):
        buttons = (Button("Lương hưu", "Điều kiện hưởng lương hưu là gì?"), Button("Gặp nhân viên", "/request_person"))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will(Reply("Chọn", buttons=buttons))
            said = ["chào", "số 1", "2", "gặp nhân viên"]
            for number, text in enumerate(said):
                await gateway.intakes["fake"].take(channel.body("an", number, text))
                await until(lambda count=number + 1: len(channel.texts("an")) == count)
            await gateway.intakes["fake"].take(channel.body("kẻ lạ", 1, "Gặp nhân viên"))
            await until(lambda: channel.texts("kẻ lạ"))
        assert channel.texts("an")[1:] == [
            "echo: Điều kiện hưởng lương hưu là gì?",
            "echo: 2",
            "echo: /request_person",
        ]
        assert channel.texts("kẻ lạ") == ["echo: Gặp nhân viên"]
