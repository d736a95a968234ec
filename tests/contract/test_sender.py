"""What the sender brings to a channel: in order, once, and what happens when it cannot."""

import asyncio

import pytest
from sqlalchemy import select

from connectors.deliveries import DeliveryState, deliveries, troubled_deliveries
from connectors.outgoing import NotSent, Scope, SendFailure, Sent
from connectors.verdict import ALERT_HUMAN_NEEDED, ALERT_QUOTA, ALERT_REJECTED
from desk.alert import open_alerts
from desk.conversation import conversations
from desk.database import reading
from tests.fakes.channel import FakeChannel
from tests.fakes.gateway import GatewayLife
from tests.fakes.transactions import BrokenTransactions
from tests.fakes.waiting import until

TEMPORARY = NotSent(SendFailure.TEMPORARY, "503")


def states(engine):
    with reading(engine) as connection:
        rows = connection.execute(select(deliveries.c.text, deliveries.c.state).order_by(deliveries.c.id))
        return [tuple(row) for row in rows]


def alerts(engine):
    with reading(engine) as connection:
        return {(one.alert.kind, one.alert.conversation_id): one for one in open_alerts(connection, 10)}


async def settled(engine):
    """Nothing waits and nothing is on its way."""
    ended = (DeliveryState.PENDING, DeliveryState.SENDING)
    await until(lambda: states(engine) and not any(state in ended for _, state in states(engine)))


@pytest.fixture
def channel():
    return FakeChannel()


class TestOrder:
    @pytest.mark.conformance(("G23", "H45", "I13"))
    async def test_five_rapid_messages_are_answered_in_order_without_interleaving(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            for number in range(5):
                await gateway.intakes["fake"].take(channel.body("an", number, f"câu {number}"))
            await until(lambda: len(channel.texts("an")) == 5)
        assert channel.texts("an") == [f"echo: câu {number}" for number in range(5)]
        assert not channel.overlapped

    @pytest.mark.conformance(("G24", "H45"))
    async def test_fifty_citizens_get_their_own_answers_and_a_slow_one_delays_nobody(self, engine, channel):
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gate = gateway.dialogue.hold("fake:main:slow")
            await gateway.intakes["fake"].take(channel.body("slow", 1))
            for name in range(50):
                await gateway.intakes["fake"].take(channel.body(f"c{name}", 1, f"tôi là {name}"))
            await until(lambda: len(channel.arrived) == 50)
            assert all(channel.texts(f"c{name}") == [f"echo: tôi là {name}"] for name in range(50))
            gate.set()
            await until(lambda: channel.texts("slow"))

    @pytest.mark.conformance("G55")
    async def test_a_chunk_that_fails_for_a_while_holds_up_those_behind_it(self, engine):
        channel = FakeChannel(limit=3)
        channel.will("an", Sent(), TEMPORARY, TEMPORARY)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will("aaabbbccc")
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: len(channel.arrived) == 3)
        assert channel.texts("an") == ["aaa", "bbb", "ccc"]

    @pytest.mark.conformance("G55")
    async def test_a_chunk_refused_for_good_takes_the_rest_of_its_reply_with_it(self, engine):
        channel = FakeChannel(limit=3)
        channel.will("an", Sent(), NotSent(SendFailure.PERMANENT, "-201"))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will("aaabbbccc", "ddd")
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await gateway.intakes["fake"].take(channel.body("an", 2))
            await settled(engine)
            await until(lambda: "ddd" in channel.texts("an"))
        assert states(engine)[:3] == [("aaa", "sent"), ("bbb", "failed"), ("ccc", "cancelled")]
        assert channel.texts("an") == ["aaa", "ddd"]

    @pytest.mark.conformance("H37")
    async def test_one_citizen_is_written_to_at_the_pace_of_the_channel(self, engine):
        channel = FakeChannel(interval=0.2, limit=3)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            gateway.dialogue.will("aaabbbccc")
            started = asyncio.get_running_loop().time()
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: len(channel.arrived) == 3)
            assert asyncio.get_running_loop().time() - started >= 0.4


class TestFailures:
    @pytest.mark.conformance(("G76", "H35"))
    async def test_what_certainly_did_not_arrive_is_tried_again(self, engine, channel):
        channel.will("an", TEMPORARY, TEMPORARY)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: channel.arrived)
        assert (channel.calls, len(channel.arrived)) == (3, 1)

    async def test_it_is_given_up_after_its_attempts_and_listed(self, engine, channel):
        channel.will("an", *[TEMPORARY] * 9)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await settled(engine)
        with reading(engine) as connection:
            (trouble,) = troubled_deliveries(connection, 10)
        assert (trouble.state, trouble.error_code, trouble.attempts) == ("failed", "503", 5)

    @pytest.mark.conformance(("G75", "H33"))
    async def test_a_send_that_may_have_arrived_is_counted_and_never_repeated(self, engine, channel):
        channel.will("an", NotSent(SendFailure.UNKNOWN, "ReadTimeout"))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1, "một"))
            await gateway.intakes["fake"].take(channel.body("an", 2, "hai"))
            await settled(engine)
            await until(lambda: channel.arrived)
            assert 'outcome="unknown"} 1' in gateway.metrics.render({})
        assert channel.texts("an") == ["echo: hai"]
        assert states(engine)[0] == ("echo: một", "unknown")

    @pytest.mark.conformance("G75")
    async def test_the_channels_echo_tells_that_it_did_arrive(self, engine, channel):
        channel.will("an", NotSent(SendFailure.UNKNOWN, "ReadTimeout"))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1, "một"))
            await settled(engine)
            await gateway.intakes["fake"].take(channel.body("an", 2, "echo: một", echo="z1"))
        assert states(engine) == [("echo: một", "sent")]

    async def test_the_echo_of_a_repeated_answer_does_not_hide_that_the_first_was_lost(self, engine, channel):
        channel.will("an", NotSent(SendFailure.UNKNOWN, "ReadTimeout"))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1, "một"))
            await settled(engine)
            channel.gate = asyncio.Event()
            await gateway.intakes["fake"].take(channel.body("an", 2, "một"))
            await until(lambda: channel.calls == 2)
            await gateway.intakes["fake"].take(channel.body("an", 3, "echo: một", echo="z2"))
            channel.gate.set()
            await settled(engine)
        assert [state for _, state in states(engine)] == ["unknown", "sent"]

    async def test_an_echo_of_something_else_settles_nothing(self, engine, channel):
        channel.will("an", NotSent(SendFailure.UNKNOWN, "ReadTimeout"))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1, "một"))
            await settled(engine)
            await gateway.intakes["fake"].take(channel.body("an", 2, "khác", echo="z1"))
        assert states(engine) == [("echo: một", "unknown")]

    async def test_a_channel_that_raises_has_an_unknown_end(self, engine, channel):
        channel.will("an", ValueError("bug"))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await settled(engine)
        assert [state for _, state in states(engine)] == ["unknown"]

    @pytest.mark.conformance(("G67", "H30"))
    async def test_the_channels_own_waiting_time_is_kept_and_others_are_served(self, engine, channel):
        channel.will("an", NotSent(SendFailure.RATE_LIMITED, "429", retry_after_seconds=0.4))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            started = asyncio.get_running_loop().time()
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: channel.calls == 1)
            await gateway.intakes["fake"].take(channel.body("ba", 1))
            await until(lambda: channel.texts("ba"))
            assert channel.texts("an") == []
            await until(lambda: channel.texts("an"))
            assert asyncio.get_running_loop().time() - started >= 0.4

    @pytest.mark.conformance("G67")
    async def test_a_rate_limit_of_the_whole_channel_holds_up_everybody(self, engine, channel):
        limited = NotSent(SendFailure.RATE_LIMITED, "-32", retry_after_seconds=0.3, scope=Scope.CHANNEL)
        channel.will("an", limited)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: channel.calls == 1)
            await asyncio.sleep(0.02)  # the pause is written down
            started = asyncio.get_running_loop().time()
            await gateway.intakes["fake"].take(channel.body("ba", 1))
            await until(lambda: len(channel.arrived) == 2)
            assert asyncio.get_running_loop().time() - started >= 0.2

    @pytest.mark.conformance("G68")
    async def test_without_quota_nothing_is_tried_again_and_one_alert_stands_beside_the_conversations(
        self, engine, channel
    ):
        for name in ("an", "ba"):
            channel.will(name, NotSent(SendFailure.QUOTA, "-211", scope=Scope.CHANNEL))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await gateway.intakes["fake"].take(channel.body("ba", 1))
            await settled(engine)
            await until(lambda: len(alerts(engine)) == 3)
        found = alerts(engine)
        assert set(found) == {(ALERT_QUOTA, ""), (ALERT_QUOTA, "fake:main:an"), (ALERT_QUOTA, "fake:main:ba")}
        assert (found[ALERT_QUOTA, ""].occurrences, channel.calls) == (2, 2)

    @pytest.mark.conformance("G68")
    async def test_the_quota_of_one_citizen_is_no_alert_of_the_whole_channel(self, engine, channel):
        channel.will("an", NotSent(SendFailure.QUOTA, "-218"))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await settled(engine)
        assert set(alerts(engine)) == {(ALERT_QUOTA, "fake:main:an")}

    @pytest.mark.parametrize(
        ("outcome", "state"),
        [
            (Sent("m" * 1000), "sent"),
            (NotSent(SendFailure.PERMANENT, "-201", "bad \x00 words \ud83d"), "failed"),
            (NotSent(SendFailure.PERMANENT, "-" * 1000), "failed"),
        ],
        ids=["id", "words", "code"],
    )
    async def test_whatever_the_channel_says_can_be_written_down(self, engine, channel, outcome, state):
        channel.will("an", outcome)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1, "một"))
            await settled(engine)
        assert states(engine) == [("echo: một", state)]

    @pytest.mark.conformance("G75")
    async def test_a_call_that_never_ends_is_unknown_before_its_lease_is_over(self, engine, channel):
        channel.gate = asyncio.Event()
        async with GatewayLife(engine, channels=[channel], sending={"lease_seconds": 1.5}) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1, "một"))
            await settled(engine)
            channel.gate.set()
            await gateway.intakes["fake"].take(channel.body("an", 2, "hai"))
            await until(lambda: channel.texts("an") == ["echo: hai"])
        with reading(engine) as connection:
            (lost,) = troubled_deliveries(connection, 10)
        assert (lost.state, lost.error_code) == (DeliveryState.UNKNOWN, "TimeoutError")

    @pytest.mark.conformance(("G69", "G70", "H31", "H32"))
    async def test_who_cannot_be_reached_is_marked_until_they_write_again(self, engine, channel):
        channel.will("an", NotSent(SendFailure.UNREACHABLE, "-213"))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1, "một"))
            await settled(engine)
            with reading(engine) as connection:
                assert connection.execute(select(conversations.c.unreachable)).scalar_one() == "-213"
            await gateway.intakes["fake"].take(channel.body("an", 2, "hai"))
            await until(lambda: channel.arrived)
        assert (channel.texts("an"), alerts(engine)) == (["echo: hai"], {})

    @pytest.mark.conformance(("G73", "H34"))
    async def test_a_channel_that_needs_a_person_waits_with_everything_and_says_so_once(self, engine, channel):
        needs = NotSent(SendFailure.HUMAN_NEEDED, "-221", scope=Scope.CHANNEL)
        channel.will("an", needs, needs)
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: alerts(engine))
            assert set(alerts(engine)) == {(ALERT_HUMAN_NEEDED, "")}
            await until(lambda: channel.arrived)
            await until(lambda: not alerts(engine))  # the first success settles it

    @pytest.mark.conformance("G71")
    async def test_a_code_that_nobody_knows_raises_an_alert(self, engine, channel):
        channel.will("an", NotSent(SendFailure.PERMANENT, "-9999", needs_attention=True))
        async with GatewayLife(engine, channels=[channel]) as gateway:
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await settled(engine)
        assert set(alerts(engine)) == {(ALERT_REJECTED, "")}

    async def test_a_database_that_is_away_does_not_make_a_sent_message_unknown(self, engine, channel):
        from sqlalchemy.exc import OperationalError

        broken = BrokenTransactions(engine, [])
        async with GatewayLife(engine, transactions=broken, channels=[channel]) as gateway:
            channel.gate = asyncio.Event()
            await gateway.intakes["fake"].take(channel.body("an", 1))
            await until(lambda: channel.calls == 1)
            broken.fail_next(*[OperationalError("", {}, Exception())] * 2)
            channel.gate.set()
            await settled(engine)
        assert states(engine) == [("echo: xin chào", "sent")]
