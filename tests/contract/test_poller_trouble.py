"""Polling while gateways die and the platform or the database fails."""

import asyncio
import re

import pytest
from sqlalchemy.exc import OperationalError

from connectors.channel import PollError
from connectors.metrics import Count
from connectors.poll_trouble import FAILURES_UNTIL_ALERT
from desk.alert import open_alerts
from desk.database import reading
from desk.transactions import ThreadedTransactions
from tests.fakes.gateway import GatewayLife
from tests.fakes.polled_channel import PolledChannel
from tests.fakes.polling import Polling, stored_position
from tests.fakes.transactions import BrokenTransactions, Killed, MortalTransactions
from tests.fakes.waiting import until

DATABASE_AWAY = OperationalError("UPDATE", {}, Exception("database is away"))


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


def duplicates(gateway):
    counted = re.search(rf'^{Count.DUPLICATE}{{channel="polled"}} (\d+)$', gateway.metrics.render({}), re.MULTILINE)
    return int(counted[1]) if counted else 0


class DyingIntake:
    """The process dies around the nth commit."""

    def __init__(self, intake, nth, commits):
        self._intake, self._left, self._commits = intake, nth, commits

    async def take(self, body):
        self._left -= 1
        if self._left:
            return await self._intake.take(body)
        if self._commits:
            await self._intake.take(body)
        raise Killed


class TestDeaths:
    @pytest.mark.conformance("H38")
    @pytest.mark.parametrize("commits", [False, True], ids=["before the commit", "after the commit"])
    @pytest.mark.parametrize("nth", [1, 3])
    async def test_what_was_not_confirmed_comes_again_and_is_answered_once(
        self, engine, channel, gateway, intake, transactions, nth, commits
    ):
        for number in (1, 2, 3):
            channel.says(number, "an", f"câu {number}")
        async with Polling(channel, DyingIntake(intake, nth, commits), transactions) as first:
            await asyncio.wait([first.task])
        assert stored_position(engine) is None
        assert list(channel.waiting) == [1, 2, 3]
        async with Polling(channel, intake, transactions):
            await until(lambda: stored_position(engine) == 4)
            await until(lambda: len(channel.arrived) == 3)
            channel.says(4, "an", "câu 4")
            await until(lambda: len(channel.arrived) == 4)
        assert channel.texts("an") == [f"echo: câu {number}" for number in (1, 2, 3, 4)]
        assert duplicates(gateway) == nth - 1 + commits

    @pytest.mark.conformance("H38")
    @pytest.mark.parametrize("moment", ["die_before_write", "die_after_write"])
    async def test_a_death_around_the_storing_of_the_position_loses_and_doubles_nothing(
        self, engine, channel, intake, transactions, moment
    ):
        mortal = MortalTransactions(engine)

        class IntakeThenDeath:
            async def take(self, body):
                await intake.take(body)
                getattr(mortal, moment)(1)

        channel.says(1, "an", "câu 1")
        async with Polling(channel, IntakeThenDeath(), mortal) as first:
            await asyncio.wait([first.task])
        mortal.close()
        assert list(channel.waiting) == [1]
        assert stored_position(engine) == (2 if moment == "die_after_write" else None)
        async with Polling(channel, intake, transactions):
            channel.says(2, "an", "câu 2")
            await until(lambda: len(channel.arrived) == 2)
        assert channel.texts("an") == ["echo: câu 1", "echo: câu 2"]

    @pytest.mark.conformance("H38")
    async def test_what_is_committed_is_answered_after_a_restart(self, engine, channel, transactions):
        async with GatewayLife(engine, channels=[channel]) as first:
            first.dialogue.hold("polled:main:an")
            channel.says(1, "an", "câu 1")
            async with Polling(channel, first.intakes["polled"], transactions):
                await until(lambda: stored_position(engine) == 2)
        assert channel.arrived == []
        async with GatewayLife(engine, channels=[channel]):
            await until(lambda: channel.arrived)
        assert channel.texts("an") == ["echo: câu 1"]

    @pytest.mark.conformance("I13")
    async def test_a_channel_without_positions_may_deliver_twice(self, engine, gateway, intake, transactions, channel):
        channel.has_positions = False
        async with Polling(channel, intake, transactions):
            for _ in range(3):
                channel.says(1, "an", "câu 1")
                await until(lambda: not channel.waiting)
            channel.says(2, "an", "câu 2")
            await until(lambda: len(channel.arrived) == 2)
        assert channel.texts("an") == ["echo: câu 1", "echo: câu 2"]
        assert duplicates(gateway) == 2
        assert stored_position(engine) is None


class TestTrouble:
    def alerts(self, engine):
        with reading(engine) as connection:
            return [(found.alert.kind, found.alert.code) for found in open_alerts(connection, 10)]

    @pytest.mark.conformance("H39")
    async def test_a_conflict_is_waited_out(self, channel, intake, transactions):
        channel.fails(*[PollError("Conflict")] * 4)
        channel.says(1, "an")
        async with Polling(channel, intake, transactions) as polling:
            await until(lambda: channel.arrived)
        assert f'{Count.POLL_FAILURES}{{channel="polled",failure="failed"}} 4' in polling.metrics.render({})

    async def test_a_pause_that_the_channel_asks_for_is_obeyed(self, channel, intake, transactions):
        channel.says(1, "an")
        channel.fails(PollError("prepared"), PollError("429", retry_after_seconds=0.3))
        started = asyncio.get_running_loop().time()
        async with Polling(channel, intake, transactions):
            await until(lambda: channel.arrived)
        assert asyncio.get_running_loop().time() - started >= 0.3

    @pytest.mark.conformance(("I14", "I15"))
    async def test_where_a_person_is_needed_somebody_hears_of_it_until_it_is_over(
        self, engine, channel, intake, transactions
    ):
        channel.fails(PollError("401", human_needed=True))
        async with Polling(channel, intake, transactions, human_seconds=60.0) as polling:
            await until(lambda: self.alerts(engine))
        assert self.alerts(engine) == [("polling_fails", "401")]
        assert f'{Count.POLL_FAILURES}{{channel="polled",failure="human_needed"}} 1' in polling.metrics.render({})
        async with Polling(channel, intake, transactions):
            await until(lambda: not self.alerts(engine))

    async def test_failures_without_end_are_told_too(self, engine, channel, intake, transactions):
        channel.fails(*[PollError("502")] * FAILURES_UNTIL_ALERT)
        async with Polling(channel, intake, transactions):
            await until(lambda: channel.asking == 1)
            assert self.alerts(engine) == [("polling_fails", "502")]
            channel.says(1, "an")
            await until(lambda: not self.alerts(engine))

    async def test_a_bug_in_the_channel_ends_nothing(self, channel, intake, transactions, caplog):
        channel.fails(ZeroDivisionError("bí mật"))
        channel.says(1, "an")
        async with Polling(channel, intake, transactions):
            await until(lambda: channel.arrived)
        assert "ZeroDivisionError" in caplog.text
        assert "bí mật" not in caplog.text

    async def test_a_database_that_is_away_is_waited_for(self, engine, channel, gateway):
        broken = BrokenTransactions(engine, [DATABASE_AWAY] * 2)
        channel.says(1, "an")
        async with Polling(channel, gateway.intakes["polled"], broken):
            await until(lambda: channel.arrived)
        broken.close()

    @pytest.mark.conformance("I13")
    async def test_an_update_that_comes_once_only_is_kept_in_hand_until_it_can_be_stored(
        self, channel, intake, transactions
    ):
        class AwayForAWhile:
            left = 2

            async def take(self, body):
                if self.left:
                    self.left -= 1
                    raise DATABASE_AWAY
                await intake.take(body)

        channel.has_positions = False
        channel.says(1, "an", "câu 1")
        async with Polling(channel, AwayForAWhile(), transactions):
            await until(lambda: channel.arrived)
        assert channel.texts("an") == ["echo: câu 1"]

    async def test_a_stop_while_the_database_is_away_leaves_the_position_where_it_was(
        self, engine, channel, transactions
    ):
        class Away:
            tried = asyncio.Event()

            async def take(self, body):
                self.tried.set()
                raise DATABASE_AWAY

        channel.says(1, "an")
        away = Away()
        async with Polling(channel, away, transactions):
            await away.tried.wait()
        assert stored_position(engine) is None

    @pytest.mark.conformance("I11")
    async def test_empty_answers_do_not_spin_the_loop(self, channel, intake, transactions):
        channel.long_poll_seconds = 0.0
        async with Polling(channel, intake, transactions, idle_seconds=0.1):
            await until(lambda: channel.asked)
            await asyncio.sleep(0.25)
        assert len(channel.asked) <= 4
