"""Polling a platform: order, positions and who polls."""

import asyncio
from datetime import timedelta

import pytest

from connectors.dead_letters import unreadable
from connectors.poll_position import store_position
from desk.database import reading, writing
from desk.transactions import ThreadedTransactions
from tests.fakes.gateway import GatewayLife, now
from tests.fakes.polled_channel import PolledChannel
from tests.fakes.polling import Polling, stored_position
from tests.fakes.waiting import until


@pytest.fixture
def transactions(engine):
    opened = ThreadedTransactions(engine)
    yield opened
    opened.close()


@pytest.fixture
def channel():
    return PolledChannel()


@pytest.fixture
async def gateway(engine, channel):
    async with GatewayLife(engine, channels=[channel]) as life:
        yield life


@pytest.fixture
def intake(gateway):
    return gateway.intakes["polled"]


class TestOrder:
    async def test_updates_are_answered_and_the_position_moves_behind_them(self, engine, channel, intake, transactions):
        for number in (7, 8, 9):
            channel.says(number, "an", f"câu {number}")
        async with Polling(channel, intake, transactions):
            await until(lambda: len(channel.arrived) == 3)
            channel.says(12, "an", "câu 12")
            await until(lambda: len(channel.arrived) == 4)
            await until(lambda: stored_position(engine) == 13)
        assert channel.texts("an") == ["echo: câu 7", "echo: câu 8", "echo: câu 9", "echo: câu 12"]
        assert [position for position in dict.fromkeys(channel.asked) if position != 13] == [None, 10]

    @pytest.mark.conformance("H40")
    async def test_the_webhook_is_taken_away_once_before_the_first_question(self, channel, intake, transactions):
        channel.long_poll_seconds = 0.01
        async with Polling(channel, intake, transactions):
            await until(lambda: len(channel.asked) > 3)
        assert channel.prepared == 1

    @pytest.mark.conformance("H42")
    async def test_updates_are_taken_in_the_order_in_which_they_came(self, channel, intake, transactions):
        for number in (21, 19, 20):
            channel.says(number, "an", f"câu {number}")
        async with Polling(channel, intake, transactions):
            await until(lambda: len(channel.arrived) == 3)
        assert channel.texts("an") == ["echo: câu 21", "echo: câu 19", "echo: câu 20"]

    async def test_an_update_that_nobody_can_read_is_kept_and_those_behind_it_go_on(
        self, engine, channel, intake, transactions
    ):
        channel.comes(1, b"\xff no update")
        channel.says(2, "an")
        async with Polling(channel, intake, transactions):
            await until(lambda: channel.arrived)
            await until(lambda: stored_position(engine) == 3)
        with reading(engine) as connection:
            (kept,) = unreadable(connection, 10)
        assert kept.reason == "from: missing"

    async def test_an_update_that_breaks_our_own_code_is_kept_and_those_behind_it_go_on(
        self, engine, channel, intake, transactions, caplog
    ):
        channel.comes(1, channel.body("an", 1, "bí mật", kind="a kind that our parser does not know"))
        channel.says(2, "an")
        async with Polling(channel, intake, transactions):
            await until(lambda: channel.arrived)
            await until(lambda: stored_position(engine) == 3)
        with reading(engine) as connection:
            (kept,) = unreadable(connection, 10)
        assert kept.reason == "ValueError"
        assert "bí mật" not in caplog.text


class TestPositions:
    @pytest.mark.conformance("H43")
    async def test_after_a_quiet_week_numbers_may_start_lower(self, engine, channel, intake, transactions):
        with writing(engine) as connection:
            store_position(connection, "polled", "main", 900_000, now() - timedelta(days=6, minutes=1))
        channel.says(17, "an", "câu 17")
        async with Polling(channel, intake, transactions):
            await until(lambda: channel.arrived)
            await until(lambda: stored_position(engine) == 18)
        assert channel.asked[0] is None

    @pytest.mark.conformance("H43")
    async def test_a_position_that_grows_old_while_the_gateway_runs_is_forgotten_too(
        self, channel, intake, transactions
    ):
        passed = timedelta()
        channel.long_poll_seconds = 0.01
        async with Polling(channel, intake, transactions, clock=lambda: now() + passed):
            channel.says(500, "an")
            await until(lambda: channel.asked[-1:] == [501])
            passed = timedelta(days=7)
            await until(lambda: channel.asked[-1] is None)
            channel.says(3, "an", "câu 3")
            await until(lambda: len(channel.arrived) == 2)

    async def test_a_fresh_position_is_gone_on_from(self, engine, channel, intake, transactions):
        with writing(engine) as connection:
            store_position(connection, "polled", "main", 42, now() - timedelta(days=5))
        async with Polling(channel, intake, transactions):
            await until(lambda: channel.asked)
        assert channel.asked[0] == 42

    @pytest.mark.conformance("H44")
    async def test_what_waited_through_an_outage_of_a_day_is_handed_in(self, engine, channel, intake, transactions):
        """Whether it is still answered is the channel's rule; the poller drops nothing for its age."""
        with writing(engine) as connection:
            store_position(connection, "polled", "main", 5, now() - timedelta(hours=23))
        channel.says(5, "an", "câu 5")
        async with Polling(channel, intake, transactions):
            await until(lambda: channel.arrived)
        assert channel.texts("an") == ["echo: câu 5"]


class TestLeadership:
    @pytest.mark.conformance("H39")
    async def test_two_gateways_ask_one_after_the_other(self, channel, intake, transactions):
        channel.long_poll_seconds = 0.02
        async with Polling(channel, intake, transactions, "one") as one:
            await until(lambda: channel.asked)
            async with Polling(channel, intake, transactions, "two"):
                await until(lambda: len(channel.asked) > 20)
                prepared_by_one = channel.prepared
                one.poller.stop()
                await asyncio.wait([one.task])
                channel.says(1, "an")
                await until(lambda: channel.arrived)
        assert (prepared_by_one, channel.prepared) == (1, 2)
        assert channel.most_asking == 1

    @pytest.mark.conformance("H39")
    async def test_when_the_leader_dies_another_takes_over(self, channel, intake, transactions):
        channel.long_poll_seconds = 60.0
        async with Polling(channel, intake, transactions, "one") as one, Polling(channel, intake, transactions, "two"):
            await until(lambda: channel.asking == 1)
            await one.die()
            channel.says(1, "an")
            await until(lambda: channel.arrived)

    async def test_who_loses_the_leadership_stops_asking(self, engine, channel, intake, transactions):
        channel.long_poll_seconds = 60.0
        behind = timedelta(seconds=-3600)  # what this gateway holds is over in the eyes of the other
        async with Polling(channel, intake, transactions, "late", clock=lambda: now() + behind):
            await until(lambda: channel.asking == 1)
            async with Polling(channel, intake, transactions, "punctual"):
                await until(lambda: channel.prepared == 2)
                await until(lambda: channel.asking == 1)
                channel.says(1, "an")
                await until(lambda: channel.arrived)
                assert channel.prepared == 2


class TestStop:
    async def test_a_stop_ends_a_long_question_at_once(self, channel, intake, transactions):
        channel.long_poll_seconds = 3600.0
        async with Polling(channel, intake, transactions):
            await until(lambda: channel.asking == 1)
        assert channel.asking == 0

    async def test_what_has_come_is_stored_before_the_end(self, engine, channel, intake, transactions):
        class SlowIntake:
            entered, may_go = asyncio.Event(), asyncio.Event()

            async def take(self, body):
                self.entered.set()
                await self.may_go.wait()
                await intake.take(body)

        slow = SlowIntake()
        channel.says(1, "an")
        async with Polling(channel, slow, transactions) as polling:
            await slow.entered.wait()
            polling.poller.stop()
            slow.may_go.set()
        assert stored_position(engine) == 2
        await until(lambda: channel.arrived)
