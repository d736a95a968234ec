"""The logs of episodes and tickets only grow, but that an erasure may empty words in them: kept by the database."""

import json

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from desk.database import reading, writing
from desk.handoff.erasure import CODES, without_words
from desk.handoff.log import desk_events
from desk.handoff.state import EventKind
from desk.tickets.erasure import KEPT
from desk.tickets.log import ticket_events
from tests.databases import GUARDED_TABLES
from tests.fakes.accounts import add_operator
from tests.fakes.traces import Traces

LOGS = [desk_events, ticket_events]


@pytest.fixture(autouse=True)
def _life(engine):
    Traces(engine, add_operator(engine).id).leave()


def rows(engine, log):
    with reading(engine) as connection:
        return connection.execute(select(log).order_by(log.c.id)).all()


def refused(engine, log, statement):
    before = rows(engine, log)
    with pytest.raises(DBAPIError, match="append-only"), writing(engine) as connection:
        connection.execute(statement)
    assert rows(engine, log) == before


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.name)
class TestBoth:
    @pytest.mark.parametrize(
        "change",
        [
            "kind = 'closed'",
            "at = '2020-01-01 00:00:00'",
            "actor = 'operator:9'",
            "number = number + 100",
            "data = '{\"operator_id\": 9}'",
            'data = \'{"new": "words"}\'',
            'data = \'{"text": "", "reason": "scam", "why": null}\'',
            "data = '{\"x\": []}'",
        ],
    )
    def test_nothing_is_rewritten(self, engine, log, change):
        refused(engine, log, text(f"UPDATE {log.name} SET {change}"))

    def test_nothing_is_removed(self, engine, log):
        refused(engine, log, text(f"DELETE FROM {log.name} WHERE number = 1"))
        is_sqlite = engine.dialect.name == "sqlite"
        replacing = f"INSERT OR REPLACE INTO {log.name} SELECT * FROM {log.name}"
        refused(engine, log, text(replacing if is_sqlite else f"TRUNCATE {log.name} CASCADE"))

    def test_words_may_be_emptied_and_go_and_only_so(self, engine, log):
        event = next(row for row in rows(engine, log) if any("chuyện riêng" in str(v) for v in row.data.values()))
        bare = without_words(event.data, CODES | KEPT)
        assert "chuyện riêng" not in json.dumps(bare, ensure_ascii=False)
        mine = update(log).where(log.c.id == event.id)
        with writing(engine) as connection:
            connection.execute(mine.values(data=bare))
        refused(engine, log, mine.values(data=event.data))
        with writing(engine) as connection:
            connection.execute(mine.values(data={}))

    def test_an_emptying_that_changes_something_else_as_well_is_refused(self, engine, log):
        event = rows(engine, log)[-1]
        refused(engine, log, update(log).where(log.c.id == event.id).values(data={}, actor="operator:9"))


def test_what_replay_needs_of_each_kind_of_event_is_kept_by_an_erasure(engine):
    for event in rows(engine, desk_events):
        bare = without_words(event.data, CODES)
        changed = {key for key in event.data if bare[key] != event.data[key]}
        assert changed == ({"note"} if event.kind == EventKind.FORWARD_ASKED else set())


def test_the_guarded_tables_are_these(engine):
    if engine.dialect.name == "sqlite":
        statement = text("SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY tbl_name")
    else:
        statement = GUARDED_TABLES
    with reading(engine) as connection:
        guarded = ["audit_entries", "desk_events", "knowledge_events", "ticket_events"]
        assert connection.execute(statement).scalars().all() == guarded
