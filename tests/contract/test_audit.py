"""What the audit log promises, on SQLite and on PostgreSQL alike."""

import csv
import io

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from desk.append_only import append_only_sql
from desk.audit import AuditAction, AuditEntry, AuditFilter, actor_of, audit_entries, entries, record
from desk.audit_export import all_entries, as_csv, load_audit_texts
from desk.calendar.zone import VIETNAM
from desk.database import build_engine, reading, writing
from desk.migrate import upgrade
from tests.fakes.accounts import rows_of
from tests.fakes.stored import at

EVERYTHING = AuditFilter()


@pytest.fixture
def engine_of_its_own(database_address):
    """For tests that make tables and take them away."""
    engine = build_engine(database_address)
    upgrade(engine)
    yield engine
    engine.dispose()


def put(
    engine, count=1, actor="operator:1", action=AuditAction.CONVERSATION_READ, subject="conversation:web-an", **detail
):
    with writing(engine) as connection:
        for number in range(count):
            record(connection, actor, action, subject, detail, at(number))


def found(engine, wanted=EVERYTHING, limit=100, before_id=None):
    with reading(engine) as connection:
        return entries(connection, wanted, limit, before_id)


class TestReading:
    def test_a_line_comes_back_as_it_was_written(self, engine):
        put(engine, channel="zalo_oa", pages=3, forced=True, previous=None)
        assert found(engine) == (
            AuditEntry(
                1,
                at(0),
                "operator:1",
                AuditAction.CONVERSATION_READ,
                "conversation:web-an",
                {"channel": "zalo_oa", "pages": 3, "forced": True, "previous": None},
            ),
        )

    def test_the_newest_come_first_page_by_page(self, engine):
        put(engine, 5)
        first = found(engine, limit=2)
        second = found(engine, limit=2, before_id=first[-1].id)
        assert [one.id for one in (*first, *second)] == [5, 4, 3, 2]

    @pytest.mark.parametrize(
        ("wanted", "count"),
        [
            (EVERYTHING, 5),
            (AuditFilter(actor=actor_of(2)), 1),
            (AuditFilter(action=AuditAction.BOT_SWITCHED), 1),
            (AuditFilter(subject="conversation:web-an"), 3),
            (AuditFilter(since=at(1)), 2),
            (AuditFilter(until=at(1)), 3),
            (AuditFilter(since=at(1), until=at(2), actor="operator:1"), 1),
            (AuditFilter(actor="' OR 1=1 --"), 0),
        ],
    )
    def test_it_is_searched_by_who_what_whom_and_when(self, engine, wanted, count):
        put(engine, 3)
        put(engine, actor=actor_of(2), subject="conversation:web-ba")
        put(engine, actor="terminal:root", action=AuditAction.BOT_SWITCHED, subject="channel:zalo_oa")
        assert len(found(engine, wanted)) == count

    def test_all_are_read_however_many(self, engine):
        put(engine, 1203)
        with reading(engine) as connection:
            assert [one.id for one in all_entries(connection, EVERYTHING)] == list(range(1203, 0, -1))


class TestWriting:
    def test_it_stands_or_falls_with_what_it_is_about(self, engine):
        def act():
            with writing(engine) as connection:
                record(connection, "operator:1", AuditAction.CITIZEN_ERASED, "conversation:web-an", {}, at(0))
                raise RuntimeError

        with pytest.raises(RuntimeError):
            act()
        assert found(engine) == ()

    @pytest.mark.parametrize("words", ["x" * 201, "Chào cán bộ,\ncho tôi hỏi"])
    def test_a_text_as_long_as_a_message_is_refused_without_repeating_it(self, engine, words):
        with pytest.raises(ValueError, match="'reason'") as refusal:
            put(engine, reason=words)
        assert words not in str(refusal.value)
        assert found(engine) == ()

    def test_a_subject_too_long_for_its_column_is_refused_on_both(self, engine):
        with pytest.raises(ValueError, match="subject"):
            put(engine, subject="x" * 193)


class TestAppendOnly:
    @pytest.fixture(autouse=True)
    def _one_line(self, engine):
        put(engine)

    def refuse(self, engine, statement):
        with pytest.raises(DBAPIError, match="append-only"), writing(engine) as connection:
            connection.execute(text(statement))
        (row,) = rows_of(engine, audit_entries)
        assert (row.actor, row.subject) == ("operator:1", "conversation:web-an")

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_entries SET actor = 'operator:2'",
            "UPDATE audit_entries SET actor = actor WHERE id = 1",
            "DELETE FROM audit_entries",
            "DELETE FROM audit_entries WHERE id = 1",
            "INSERT INTO audit_entries (id, at, actor, action, subject, detail) "
            "VALUES (1, '2026-01-01', 'x', 'y', 'z', '{}') ON CONFLICT (id) DO UPDATE SET actor = 'operator:2'",
        ],
    )
    def test_the_database_refuses_to_change_or_remove_a_line(self, engine, statement):
        self.refuse(engine, statement)

    def test_it_refuses_the_way_around_that_each_database_has(self, engine):
        is_sqlite = engine.dialect.name == "sqlite"
        columns = "(id, at, actor, action, subject, detail) VALUES (1, '2026-01-01', 'x', 'y', 'z', '{}')"
        around = f"INSERT OR REPLACE INTO audit_entries {columns}" if is_sqlite else "TRUNCATE audit_entries CASCADE"
        self.refuse(engine, around)

    def test_new_lines_still_come(self, engine):
        put(engine, 2)
        assert len(found(engine)) == 3

    def test_the_statements_do_the_same_for_any_table(self, engine_of_its_own):
        engine = engine_of_its_own
        with writing(engine) as connection:
            connection.execute(text("CREATE TABLE growing (id INTEGER PRIMARY KEY, word TEXT)"))
            for statement in append_only_sql("growing", engine.dialect.name):
                connection.execute(text(statement))
            connection.execute(text("INSERT INTO growing VALUES (1, 'a')"))
        with pytest.raises(DBAPIError, match="growing is append-only"), writing(engine) as connection:
            connection.execute(text("DELETE FROM growing"))

    def test_the_table_itself_can_be_dropped_by_a_migration(self, engine_of_its_own):
        with writing(engine_of_its_own) as connection:
            connection.execute(text("DROP TABLE audit_entries"))


class TestExport:
    def exported(self, engine):
        with reading(engine) as connection:
            return "".join(as_csv(all_entries(connection, EVERYTHING), load_audit_texts(), VIETNAM))

    def test_excel_reads_vietnamese_letters_and_vietnamese_time(self, engine):
        put(engine, channel="zalo_oa", pages=3)
        written = self.exported(engine)
        assert written.startswith("\ufeff")
        head, row = csv.reader(io.StringIO(written[1:]))
        assert head == ["Thời điểm", "Người thực hiện", "Việc", "Đối tượng", "Chi tiết"]
        assert row == [
            "20/11/2026 15:00:00",
            "operator:1",
            "Đọc cuộc trò chuyện",
            "conversation:web-an",
            "channel: zalo_oa; pages: 3",
        ]

    def test_nothing_in_it_is_a_formula(self, engine):
        put(engine, actor="=HYPERLINK(1)", subject="@SUM(1)")
        put(engine, actor="+1", subject="-1")
        put(engine, subject=" =1+1", note='";=cmd|x')
        rows = list(csv.reader(io.StringIO(self.exported(engine))))
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell.strip().startswith(("=", "+", "-", "@"))]
        assert all(len(row) == 5 for row in rows)

    def test_every_action_has_words(self):
        assert set(load_audit_texts().actions) == {action.value for action in AuditAction}
