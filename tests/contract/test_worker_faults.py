"""Nothing lost, nothing said twice, nothing out of order: whatever fails, on both databases."""

import asyncio

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from connectors.dead_letters import dead_letters
from connectors.dialogue import DialogueError, DialogueFailure
from connectors.inbox import queue_state
from connectors.message import Reply
from connectors.metrics import Count
from desk.database import reading
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.gateway import APOLOGY, GatewayLife, expire_leases
from tests.fakes.transactions import BrokenTransactions, Killed, MortalTransactions

DOWN = DialogueError(DialogueFailure.UNAVAILABLE, "ConnectError")


def close_all_connections(engine):
    """What a restart of PostgreSQL does to those that are open."""
    killer = create_engine(engine.url, poolclass=NullPool)
    ours = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = current_setting('application_name') AND pid <> pg_backend_pid()"
    )
    with killer.connect() as connection:
        connection.execute(ours)


class TestWork:
    async def test_a_message_is_answered(self, engine):
        async with GatewayLife(engine) as gateway:
            assert await gateway.receive("an", 1, "Lương hưu?")
            assert await gateway.answers("an", 1) == ["echo: Lương hưu?"]

    async def test_a_repeated_delivery_is_acknowledged_and_answered_once(self, engine):
        async with GatewayLife(engine) as gateway:
            first = await gateway.receive("an", 1)
            await gateway.answers("an", 1)
            again = await gateway.receive("an", 1)
            await gateway.receive("an", 2)
            answers = await gateway.answers("an", 2)
        assert (first, again, answers) == (True, False, ["echo: câu 1", "echo: câu 2"])

    async def test_fifty_deliveries_at_once_are_answered_once(self, engine):
        async with GatewayLife(engine) as gateway:
            taken = await asyncio.gather(*(gateway.receive("an", 1) for _ in range(50)))
            await gateway.receive("an", 2)
            answers = await gateway.answers("an", 2)
        assert sum(taken) == 1
        assert answers == ["echo: câu 1", "echo: câu 2"]

    async def test_one_conversation_is_answered_in_order_and_never_twice_at_once(self, engine):
        async with GatewayLife(engine) as gateway:
            for number in range(20):
                await gateway.receive("an", number)
            answers = await gateway.answers("an", 20)
        assert answers == [f"echo: câu {number}" for number in range(20)]
        assert not gateway.dialogue.overlapped

    async def test_a_slow_conversation_does_not_delay_another(self, engine):
        async with GatewayLife(engine) as gateway:
            gate = gateway.dialogue.hold("web-slow")
            await gateway.receive("slow", 1)
            await gateway.receive("slow", 2)
            await gateway.receive("an", 1)
            assert await gateway.answers("an", 1) == ["echo: câu 1"]
            gate.set()
            assert len(await gateway.answers("slow", 2)) == 2

    async def test_many_conversations_are_answered_side_by_side(self, engine):
        async with GatewayLife(engine) as gateway:
            gates = [gateway.dialogue.hold(f"web-citizen{who}") for who in range(6)]
            for who in range(6):
                await gateway.receive(f"citizen{who}", 1)
            await asyncio.sleep(0.2)
            at_once = gateway.dialogue.running
            for gate in gates:
                gate.set()
            for who in range(6):
                await gateway.answers(f"citizen{who}", 1)
        assert at_once == 4

    async def test_the_dialogue_engine_hears_no_identifier_and_no_command(self, engine):
        async with GatewayLife(engine) as gateway:
            await gateway.receive("an", 1, " /restart CCCD của tôi là 001099012345")
            await gateway.answers("an", 1)
            ((_, heard),) = gateway.dialogue.heard
            original = (await gateway.transcript("an"))[0].reply.text
        assert heard.startswith("restart")
        assert "001099012345" not in heard
        assert "001099012345" in original

    async def test_an_offered_payload_is_passed_on_as_it_is(self, engine):
        async with GatewayLife(engine) as gateway:
            await gateway.receive("an", 1, "Ốm đau", payload='/choose_option{"option": "faq/F01"}')
            await gateway.answers("an", 1)
        assert gateway.dialogue.heard == [("web-an", '/choose_option{"option": "faq/F01"}')]


class TestDialogueFailures:
    async def test_a_failed_turn_is_tried_again_until_it_is_answered(self, engine):
        async with GatewayLife(engine, retry_total_seconds=60.0) as gateway:
            gateway.dialogue.will(DOWN, DialogueError(DialogueFailure.EMPTY, "no reply"), "Đây ạ")
            await gateway.receive("an", 1)
            assert await gateway.answers("an", 1) == ["Đây ạ"]
        assert len(gateway.dialogue.heard) == 3

    async def test_messages_behind_a_failing_one_keep_their_order(self, engine):
        async with GatewayLife(engine, retry_total_seconds=60.0) as gateway:
            gateway.dialogue.will(DOWN, DOWN)
            for number in range(3):
                await gateway.receive("an", number)
            assert await gateway.answers("an", 3) == ["echo: câu 0", "echo: câu 1", "echo: câu 2"]

    @pytest.mark.parametrize("error", [DOWN, ValueError("a bug of ours that quotes câu 1")], ids=["down", "bug"])
    async def test_after_all_attempts_the_citizen_is_told_and_the_rest_goes_on(self, engine, error):
        async with GatewayLife(engine) as gateway:
            gateway.dialogue.will(*[error] * 50)
            await gateway.receive("an", 1)
            assert await gateway.answers("an", 1) == [APOLOGY.text]
            gateway.dialogue.recover()
            await gateway.receive("an", 2)
            assert await gateway.answers("an", 2) == [APOLOGY.text, "echo: câu 2"]
        with reading(engine) as connection:
            (letter,) = dead_letters(connection, 10)
        assert letter.error_class == getattr(error, "failure", "ValueError")
        assert letter.attempts > 1

    async def test_no_text_of_a_citizen_reaches_the_log(self, engine, caplog):
        caplog.set_level("DEBUG")
        async with GatewayLife(engine) as gateway:
            gateway.dialogue.will(ValueError("bí mật"), "bí mật")
            await gateway.receive("an", 1, "bí mật")
            await gateway.answers("an", 1)
        assert "bí mật" not in caplog.text
        assert "ValueError" in caplog.text


class TestDeaths:
    """A process dies at each seam; its next life, or another gateway, answers: once."""

    async def die_then_restart(self, engine, prepare, owner="gateway"):
        mortal = MortalTransactions(engine)
        async with GatewayLife(engine, transactions=mortal) as first:
            prepare(mortal, first)
            try:
                await first.receive("an", 1)
            except Killed:
                await asyncio.sleep(0)
            for _ in range(100):
                if mortal.dead:
                    break
                await asyncio.sleep(0.01)
            mortal.die_now()
        if owner != "gateway":
            expire_leases(engine)
        async with GatewayLife(engine, owner=owner) as second:
            await second.receive("an", 1)  # the sender was not told and sends again, or was and does not: both are fine
            await second.answers("an", 1)
            await second.receive("an", 2)
            return await second.answers("an", 2)

    @pytest.mark.conformance(("G27", "G28"))
    @pytest.mark.parametrize("owner", ["gateway", "another"])
    @pytest.mark.parametrize("write", [1, 2], ids=["accepting", "answering"])
    @pytest.mark.parametrize("moment", ["die_before_write", "die_after_write"])
    async def test_a_death_around_a_commit_loses_and_doubles_nothing(self, engine, moment, write, owner):
        def prepare(mortal, _first):
            getattr(mortal, moment)(write)

        answers = await self.die_then_restart(engine, prepare, owner)
        assert answers == ["echo: câu 1", "echo: câu 2"]

    @pytest.mark.conformance(("G27", "G28"))
    async def test_a_death_while_the_dialogue_engine_thinks_loses_nothing(self, engine):
        def prepare(mortal, first):
            first.dialogue.hold("web-an")
            mortal.die_after_write(1)

        assert await self.die_then_restart(engine, prepare) == ["echo: câu 1", "echo: câu 2"]

    async def test_a_death_while_postponing_loses_nothing(self, engine):
        def prepare(mortal, first):
            first.dialogue.will(DOWN)
            mortal.die_before_write(2)

        assert await self.die_then_restart(engine, prepare) == ["echo: câu 1", "echo: câu 2"]

    async def test_an_ordered_stop_frees_what_is_in_work_for_others(self, engine):
        async with GatewayLife(engine) as first:
            first.dialogue.hold("web-an")
            await first.receive("an", 1)
        async with GatewayLife(engine, owner="another") as second:
            assert await second.answers("an", 1) == ["echo: câu 1"]

    async def test_a_process_that_lost_its_lease_while_thinking_says_nothing(self, engine):
        async with GatewayLife(engine, owner="slow", poll_seconds=60.0) as slow:
            gate = slow.dialogue.hold("web-an")
            slow.dialogue.will("quá muộn")
            await slow.receive("an", 1)
            expire_leases(engine)
            async with GatewayLife(engine, owner="quick") as quick:
                await quick.answers("an", 1)
                gate.set()
                await quick.receive("an", 2)
                answers = await quick.answers("an", 2)
        assert answers == ["echo: câu 1", "echo: câu 2"]
        assert f"{Count.LEASES_LOST} 1" in slow.metrics.render({})

    async def test_a_turn_that_takes_longer_than_its_lease_stays_with_its_gateway(self, engine):
        shared = FakeDialogue()
        one = GatewayLife(engine, shared, owner="one", lease_seconds=0.6)
        two = GatewayLife(engine, shared, owner="two", lease_seconds=0.6)
        async with one, two:
            gate = shared.hold("web-an")
            await one.receive("an", 1)
            await asyncio.sleep(1.5)
            gate.set()
            assert await two.answers("an", 1) == ["echo: câu 1"]
        assert len(shared.heard) == 1

    async def test_two_gateways_share_the_work(self, engine):
        shared = FakeDialogue()
        async with GatewayLife(engine, shared, owner="one") as one, GatewayLife(engine, shared, owner="two") as two:
            for number in range(5):
                for who in range(6):
                    await (one if (number + who) % 2 else two).receive(f"citizen{who}", number)
            for who in range(6):
                answers = await one.answers(f"citizen{who}", 5)
                assert answers == [f"echo: câu {number}" for number in range(5)]
        assert not shared.overlapped


class TestDatabaseFailures:
    def error(self):
        return OperationalError("UPDATE", {}, Exception("database is away"))

    async def test_an_answer_waits_for_a_database_that_is_away(self, engine):
        broken = BrokenTransactions(engine, [])
        async with GatewayLife(engine, transactions=broken, poll_seconds=60.0) as gateway:
            await asyncio.sleep(0.1)
            broken.fail_next(None, self.error())
            await gateway.receive("an", 1)
            assert await gateway.answers("an", 1) == ["echo: câu 1"]
        assert len(gateway.dialogue.heard) == 1

    async def test_a_message_that_could_not_be_stored_is_not_acknowledged(self, engine):
        broken = BrokenTransactions(engine, [])
        async with GatewayLife(engine, transactions=broken, poll_seconds=60.0) as gateway:
            await asyncio.sleep(0.1)
            broken.fail_next(self.error())
            with pytest.raises(OperationalError):
                await gateway.receive("an", 1)
        with reading(engine) as connection:
            assert queue_state(connection).waiting == 0

    async def test_a_worker_that_starts_without_its_database_waits_for_it(self, engine):
        async with GatewayLife(engine) as before:
            before.dialogue.hold("web-an")
            await before.receive("an", 1)
        async with GatewayLife(engine, transactions=BrokenTransactions(engine, [self.error()] * 3)) as gateway:
            assert await gateway.answers("an", 1) == ["echo: câu 1"]

    @pytest.mark.services
    async def test_connections_that_a_restarted_database_closed_are_replaced(self, tmp_path, migrated_databases):
        with migrated_databases.fresh("postgresql", tmp_path) as engine:
            async with GatewayLife(engine) as gateway:
                gate = gateway.dialogue.hold("web-an")
                await gateway.receive("an", 1)
                close_all_connections(engine)
                gate.set()
                assert await gateway.answers("an", 1) == ["echo: câu 1"]
                close_all_connections(engine)
                await gateway.receive("an", 2)
                assert await gateway.answers("an", 2) == ["echo: câu 1", "echo: câu 2"]

    async def test_several_replies_are_stored_together(self, engine):
        async with GatewayLife(engine) as gateway:
            gateway.dialogue.will((Reply("một"), Reply("hai")))
            await gateway.receive("an", 1)
            assert await gateway.answers("an", 1) == ["một", "hai"]
