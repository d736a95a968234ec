"""Asking for what is due costs what waits, not what was ever said: no statement of it walks a table of years."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from connectors.claim import Lease, claim_due
from connectors.deliveries import delivery_counts
from connectors.inbox import queue_state
from connectors.sending import due_deliveries, end_abandoned, end_stale
from desk.audit import AuditAction, AuditFilter, entries
from desk.database import writing
from desk.office import median_wait
from tests.fakes.stored import at

ASKING = {
    "messages": lambda connection: claim_due(connection, Lease("one", at(30)), at(0), 10, ("web", "fake")),
    "deliveries": lambda connection: due_deliveries(connection, "fake", "main", at(0), 10),
    "sends of a gateway that died": lambda connection: end_abandoned(connection, "fake", "main", at(0)),
    "replies too old": lambda connection: end_stale(connection, "fake", "main", at(0), at(0)),
    "how many messages wait": queue_state,
    "how many deliveries wait": delivery_counts,
    "how long citizens waited lately": lambda connection: median_wait(connection, at(0)),
    "one kind of audit lines": lambda connection: entries(connection, AuditFilter(action=AuditAction.BOT_SWITCHED), 20),
}


@contextmanager
def explained(engine):
    """SQLite's plans of all that is executed in the block."""
    plans = []

    def explain(connection, _cursor, statement, parameters, _context, _many):
        if statement.startswith(("SELECT", "UPDATE")):
            asking = connection.connection.cursor()
            plans.extend(row[3] for row in asking.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(engine, "before_cursor_execute", explain)
    yield plans
    event.remove(engine, "before_cursor_execute", explain)


@pytest.mark.parametrize("what", ASKING)
def test_asking_for_work_reads_an_index_of_what_waits(migrated_databases, tmp_path, what):
    with migrated_databases.fresh("sqlite", tmp_path) as engine, explained(engine) as plans:
        with writing(engine) as connection:
            ASKING[what](connection)
        assert plans
        assert [plan for plan in plans if plan.startswith("SCAN") and "INDEX" not in plan] == []


def test_the_latest_audit_lines_of_a_kind_are_found_without_sorting(migrated_databases, tmp_path):
    with migrated_databases.fresh("sqlite", tmp_path) as engine, explained(engine) as plans:
        with writing(engine) as connection:
            ASKING["one kind of audit lines"](connection)
        assert [plan for plan in plans if "ix_audit_entries_action" in plan]
        assert [plan for plan in plans if "TEMP B-TREE" in plan] == []
