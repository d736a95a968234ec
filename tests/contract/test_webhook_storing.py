"""What channels bring is stored before it is acknowledged, answered once whatever comes twice, and counted."""

import asyncio
import time

import pytest
from sqlalchemy import update

from connectors.dead_letters import unreadable_updates
from connectors.inbox import inbox
from connectors.outbox import outbox
from connectors.outgoing import NotSent, SendFailure
from desk.conversation import conversations
from tests.fakes.channel import FakeChannel
from tests.fakes.gateway import PATIENCE_SECONDS
from tests.fakes.interrupted import InterruptedTransactions
from tests.fakes.transactions import Killed, MortalTransactions
from tests.fakes.waiting import until
from tests.fakes.webhook_gateway import RIGHT, WebhookGateway, rows

SECRET_WORDS = "số thẻ của tôi là bí mật"


@pytest.fixture
def channel():
    return FakeChannel()


@pytest.fixture
async def gateway(engine, channel):
    async with WebhookGateway(engine, channel) as gateway:
        yield gateway


class TestAcknowledging:
    @pytest.mark.conformance(("G15", "H7"))
    async def test_the_call_is_answered_while_the_dialogue_engine_hangs(self, channel, gateway):
        gate = gateway.life.dialogue.hold(channel.key("an").id)
        took = []
        for number in range(50):
            started = time.monotonic()
            assert await gateway.says("an", number, f"câu {number}") == 200
            took.append(time.monotonic() - started)
        assert sorted(took)[48] < 1.0
        assert channel.arrived == []
        gate.set()
        await until(lambda: len(channel.arrived) == 50)

    @pytest.mark.conformance(("G16", "H7"))
    async def test_without_a_database_the_channel_is_asked_to_call_again(self, engine, channel, caplog):
        interrupted = InterruptedTransactions(engine)
        async with WebhookGateway(engine, channel, transactions=interrupted) as gateway:
            interrupted.away = True
            assert await gateway.says("an", 1, SECRET_WORDS) == 500
            interrupted.away = False
            assert [rows(engine, table) for table in (inbox, outbox, conversations)] == [0, 0, 0]
            assert await gateway.says("an", 1, SECRET_WORDS) == 200
            await until(lambda: channel.arrived)
        assert rows(engine) == 1
        assert SECRET_WORDS not in caplog.text

    @pytest.mark.conformance(("G16", "H4"))
    async def test_an_unreadable_update_that_cannot_be_kept_is_asked_for_again(self, engine, channel):
        interrupted = InterruptedTransactions(engine)
        async with WebhookGateway(engine, channel, transactions=interrupted) as gateway:
            interrupted.away = True
            assert (await gateway.call(b"{}")).status_code == 500
            interrupted.away = False
            assert (await gateway.call(b"{}")).status_code == 200
        assert rows(engine, unreadable_updates) == 1

    @pytest.mark.conformance("G16")
    async def test_a_process_that_dies_before_the_commit_has_stored_nothing(self, engine, channel):
        mortal = MortalTransactions(engine)
        first = WebhookGateway(engine, channel, transactions=mortal)
        mortal.die_before_write(1)
        with pytest.raises(Killed):
            await first.life.intakes["fake"].take(channel.body("an", 1))
        mortal.close()
        assert [rows(engine, table) for table in (inbox, conversations)] == [0, 0]

    @pytest.mark.conformance("G86")
    async def test_a_stopping_gateway_takes_nothing_and_says_so(self, engine, channel, gateway):
        gateway.is_stopping = True
        assert await gateway.says("an", 1) == 503
        assert rows(engine) == 0
        assert 'code="fake_stopping"} 1' in gateway.numbers()

    @pytest.mark.conformance("G86")
    async def test_what_is_in_work_at_a_stop_is_finished_or_left_for_the_next_start(self, engine, channel):
        async with WebhookGateway(engine, channel) as gateway:
            gateway.life.dialogue.hold(channel.key("slow").id)
            assert await gateway.says("slow", 1) == 200
            assert await gateway.says("an", 1) == 200
            await until(lambda: channel.texts("an"))
        assert channel.texts("slow") == []
        async with WebhookGateway(engine, channel):
            await until(lambda: channel.texts("slow"))
        assert (channel.texts("slow"), channel.texts("an")) == (["echo: xin chào"], ["echo: xin chào"])

    async def test_the_channel_hears_that_its_update_arrived_new_or_not(self, channel, gateway):
        for _ in range(2):
            await gateway.says("an", 1)
        await until(lambda: channel.acknowledged == [("an-1", True), ("an-1", False)])


class TestDuplicates:
    @pytest.mark.conformance(("G17", "H6", "I3"))
    async def test_the_same_update_twice_is_answered_once(self, engine, channel, gateway):
        for _ in range(2):
            assert await gateway.says("an", 1) == 200
        assert await gateway.says("an", 2, "hai") == 200
        await until(lambda: len(channel.texts("an")) == 2)
        assert (channel.texts("an"), rows(engine)) == (["echo: xin chào", "echo: hai"], 2)
        assert 'bhxh_messages_duplicate_total{channel="fake"} 1' in gateway.numbers()

    @pytest.mark.conformance(("G18", "H6"))
    async def test_the_same_update_twenty_times_at_once_at_two_gateways_is_answered_once(self, engine, channel):
        async with (
            WebhookGateway(engine, channel, owner="one") as one,
            WebhookGateway(engine, channel, owner="two") as two,
        ):
            both = [one.says("an", 1), two.says("an", 1)]
            more = [(one, two)[number % 2].says("an", 1) for number in range(18)]
            assert set(await asyncio.gather(*both, *more)) == {200}
            await until(lambda: channel.texts("an"))
            assert await two.says("an", 2, "hai") == 200
            await until(lambda: len(channel.arrived) == 2)
        assert (rows(engine), rows(engine, outbox)) == (2, 2)
        assert channel.texts("an") == ["echo: xin chào", "echo: hai"]

    @pytest.mark.conformance(("G19", "G20", "H6"))
    async def test_the_same_update_after_a_restart_is_answered_once(self, engine, channel):
        for repetition in range(3):
            async with WebhookGateway(engine, channel) as gateway:
                answer = await gateway.call(channel.body("an", 1), RIGHT | {"num_retry": str(repetition)})
                assert answer.status_code == 200
                await until(lambda: channel.arrived)
        assert (rows(engine), channel.texts("an")) == (1, ["echo: xin chào"])

    @pytest.mark.conformance("G22")
    async def test_messages_are_answered_in_the_order_in_which_they_arrive(self, channel, gateway):
        for number in (3, 1, 2):  # whatever time the channel says they are of
            await gateway.says("an", number, f"câu {number}")
        await until(lambda: len(channel.arrived) == 3)
        assert channel.texts("an") == ["echo: câu 3", "echo: câu 1", "echo: câu 2"]

    @pytest.mark.conformance("G25")
    async def test_the_same_id_from_two_accounts_is_two_messages(self, engine):
        accounts = [FakeChannel(account="one"), FakeChannel(account="two")]
        for channel in accounts:
            async with WebhookGateway(engine, channel) as gateway:
                assert await gateway.says("an", 1) == 200
                await until(lambda at=channel: at.arrived)
        assert rows(engine) == 2

    @pytest.mark.conformance("G26")
    async def test_an_event_that_came_twice_under_one_digest_is_one(self, engine, channel, gateway):
        for _ in range(2):
            await gateway.says("an", "sha256:5f1d", "", kind="followed")
        await until(lambda: channel.arrived)
        assert (rows(engine), len(channel.arrived)) == (1, 1)


class TestMonitoring:
    @pytest.mark.conformance("G85")
    async def test_what_waits_what_failed_and_what_nobody_knows_is_counted(self, engine):
        channel = FakeChannel()
        channel.will("an", NotSent(SendFailure.TEMPORARY, "503", retry_after_seconds=60.0))
        channel.will("ba", NotSent(SendFailure.UNKNOWN, "ReadTimeout"))
        channel.will("chi", NotSent(SendFailure.PERMANENT, "-201", needs_attention=True))
        async with WebhookGateway(engine, channel) as gateway:
            for name in ("an", "ba", "chi"):
                await gateway.says(name, 1)
            await until(lambda: channel.calls == 3)
            gateway.life.dialogue.hold(channel.key("dung").id)
            await gateway.says("dung", 1)
            await gateway.call(b"{}")
            async with asyncio.timeout(PATIENCE_SECONDS):
                while "bhxh_outbox_failed 1" not in (shown := (await gateway.client.get("/metrics")).text):
                    await asyncio.sleep(0.01)
        numbers = dict(line.split() for line in shown.splitlines() if line.startswith("bhxh_") and "{" not in line)
        waiting = {name: float(numbers[f"bhxh_{name}"]) for name in ("inbox_waiting", "outbox_waiting")}
        assert waiting == {"inbox_waiting": 1, "outbox_waiting": 1}
        assert [numbers[f"bhxh_outbox_{end}"] for end in ("unknown", "failed")] == ["1", "1"]
        assert numbers["bhxh_alerts_open"] == "1"
        assert 0 < float(numbers["bhxh_outbox_oldest_seconds"]) < PATIENCE_SECONDS
        assert 0 < float(numbers["bhxh_inbox_oldest_seconds"]) < PATIENCE_SECONDS
        assert 'bhxh_deliveries_total{channel="fake",outcome="permanent"} 1' in shown
        assert 'bhxh_updates_unreadable_total{channel="fake"} 1' in shown


async def test_a_conversation_marked_unreachable_is_reachable_again_when_its_citizen_calls(engine, channel):
    async with WebhookGateway(engine, channel) as gateway:
        await gateway.says("an", 1)
        await until(lambda: channel.arrived)
        await gateway.life.transactions.write(lambda c: c.execute(update(conversations).values(unreachable="left")))
        await gateway.says("an", 2, "hai")
        await until(lambda: len(channel.arrived) == 2)
