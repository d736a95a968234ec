"""A run of retention: what it leaves in the audit log, when it is due, and that one gateway does it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from app.retention import count_due, is_due
from app.retention_clock import LEADER, RetentionClock
from app.sweeps import Kind
from connectors.dialogue_memory import DialogueMemory
from connectors.leadership import Leadership
from connectors.metrics import Metrics
from desk.audit import AuditAction, AuditFilter, audit_entries, entries, record
from desk.database import reading, writing
from desk.retention_run import RetentionRun, last_finished, retention_runs
from desk.retention_settings import RetentionSettings, checked_retention
from desk.transactions import ThreadedTransactions
from settings.reader import SettingsError
from tests.fakes.accounts import add_operator
from tests.fakes.retention import KEPT, removed, run, shortened
from tests.fakes.stored import START, count
from tests.fakes.traces import Traces, every_cell, found_in


@pytest.fixture
def lan(engine):
    return add_operator(engine)


class TestAudit:
    def put(self, engine, days):
        with writing(engine) as connection:
            record(connection, "system", AuditAction.BOT_SWITCHED, "x", {}, START + timedelta(days=days))

    async def test_old_lines_go_once_there_is_a_line_that_is_new_enough(self, engine):
        self.put(engine, 0)
        self.put(engine, 731)
        assert removed(await run(engine, KEPT, days=740)) == {"audit": 1}
        with reading(engine) as connection:
            left = [entry.action for entry in entries(connection, AuditFilter(), 9)]
        assert left == [AuditAction.RETENTION_RUN, AuditAction.BOT_SWITCHED]

    async def test_lines_that_the_database_keeps_do_not_stop_a_run(self, engine):
        self.put(engine, 0)
        assert removed(await run(engine, KEPT, days=9_000)) == {}

    async def test_the_database_itself_refuses_to_give_up_young_lines(self, engine):
        self.put(engine, 0)
        self.put(engine, 729)
        with pytest.raises(DBAPIError, match="append-only"), writing(engine) as connection:
            connection.execute(delete(audit_entries).where(audit_entries.c.id == 1))

    async def test_a_run_is_one_line_of_numbers(self, engine, lan):
        Traces(engine, lan.id).leave(is_open=False)
        await run(engine, shortened(notes=9))
        with reading(engine) as connection:
            (line,) = entries(connection, AuditFilter(action=AuditAction.RETENTION_RUN), 9)
            last = last_finished(connection)
        assert (line.actor, line.subject, line.detail["notes"], line.detail["messages"]) == (
            "system",
            "retention",
            2,
            0,
        )
        assert last.removed == line.detail


class TestRun:
    async def test_a_dry_run_counts_what_a_run_then_removes(self, engine, lan):
        Traces(engine, lan.id).leave(is_open=False)
        short = shortened(messages=9, tickets=9, notes=9, unreadable=9)
        before = sorted(every_cell(engine))
        with reading(engine) as connection:
            due = count_due(connection, short, START + timedelta(days=10))
        assert sorted(every_cell(engine)) == before
        assert due == await run(engine, short)

    async def test_broken_off_in_the_middle_the_next_one_does_the_rest(self, engine, lan):
        citizen = Traces(engine, lan.id).leave(is_open=False)
        steps = iter([True, True, False])

        async def twice():
            return next(steps)

        short = shortened(messages=9, notes=9)
        assert await run(engine, short, may_go_on=twice) is None
        with reading(engine) as connection:
            assert last_finished(connection) is None
        assert (await run(engine, short))[Kind.NOTES] == 2
        assert "outbox" not in {table for table, _ in found_in(engine, (citizen.words,))}
        assert count(engine, retention_runs) == 2

    @pytest.mark.parametrize(
        ("last", "now", "due"),
        [
            (None, "2026-11-20 01:59", False),
            (None, "2026-11-20 02:00", True),
            ("2026-11-20 02:00", "2026-11-20 23:59", False),
            ("2026-11-20 23:00", "2026-11-21 01:59", False),
            ("2026-11-20 23:00", "2026-11-21 02:00", True),
            ("2026-11-01 02:00", "2026-11-20 14:00", True),
        ],
    )
    def test_it_runs_once_a_day_from_its_hour_on(self, last, now, due):
        def hanoi(written):
            return datetime.fromisoformat(written).replace(tzinfo=UTC) - timedelta(hours=7)

        ran = None if last is None else RetentionRun(1, hanoi(last), hanoi(last), {})
        assert is_due(ran, KEPT, hanoi(now)) is due

    async def test_one_gateway_at_a_time_runs_it_and_counts_it(self, engine, lan, tmp_path):
        Traces(engine, lan.id).leave(is_open=False)
        transactions, metrics = ThreadedTransactions(engine), Metrics()

        def clock():
            return START + timedelta(days=10)

        def of(owner):
            leadership = Leadership(transactions, owner, 60.0, clock)
            memory = DialogueMemory(tmp_path / "none.db")
            return RetentionClock(transactions, leadership, memory, shortened(notes=9), metrics, clock)

        assert await of("one").leadership.hold(LEADER)
        await of("two").tick()
        with reading(engine) as connection:
            assert last_finished(connection) is None
        for _ in range(2):
            await of("one").tick()
        transactions.close()
        assert count(engine, retention_runs) == 2  # the one that was not let go on, and the one that was
        assert 'bhxh_retention_removed_total{kind="notes"} 2' in metrics.render({})


@pytest.mark.parametrize(
    "wrong",
    [
        {"audit_days": 729},
        {"messages_days": 0},
        {"hour": 24},
        {"hour": -1},
        {"batch": 0},
        {"identities_days": 364, "messages_days": 365},
        {"unreadable_days": 99_999},
    ],
)
def test_periods_that_must_not_be_stop_the_start_and_are_named(wrong):
    with pytest.raises(SettingsError, match=f"desk.retention.{next(iter(wrong))}"):
        checked_retention(RetentionSettings(**{**KEPT.__dict__, **wrong}), "desk.retention")
