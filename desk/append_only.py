"""Tables that only grow: the database itself refuses to change or remove their rows, whoever asks.

Two kinds of exception, each as narrow as its reason: an erasure may empty what a citizen's words stand in, and what
is older than the time for which it has to be kept may go. See docs/adr/0009-what-is-erased-and-what-stays.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Table, event

EMPTIED = "data"
"""The column of an event log that an erasure may empty, key by key."""

_POSTGRES_REFUSAL = "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
_POSTGRES_FUNCTION = f"""CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {_POSTGRES_REFUSAL}"""
_POSTGRES_EMPTYING = f"""CREATE OR REPLACE FUNCTION refuse_all_but_emptying() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - '{EMPTIED}' = to_jsonb(OLD) - '{EMPTIED}' AND NOT EXISTS (
  SELECT 1 FROM jsonb_each(NEW.{EMPTIED}::jsonb) AS kept
  WHERE kept.value <> '""'::jsonb AND kept.value IS DISTINCT FROM OLD.{EMPTIED}::jsonb -> kept.key
) THEN RETURN NEW; END IF;
{_POSTGRES_REFUSAL}"""
_SQLITE_FILLED = f"""EXISTS (
  SELECT 1 FROM json_each(NEW.{EMPTIED}) AS kept LEFT JOIN json_each(OLD.{EMPTIED}) AS old ON old.key = kept.key
  WHERE NOT (kept.type = 'text' AND kept.value = '') AND (old.type IS NOT kept.type OR old.value IS NOT kept.value)
)"""


def append_only_sql(table: str, dialect_name: str) -> tuple[str, ...]:
    """Statements, to run one by one, that make `table` append-only on "sqlite" or "postgresql"; also for migrations."""
    if dialect_name == "postgresql":
        change = _postgres_change(table, "refuse_change")
        return (_POSTGRES_FUNCTION, change, _postgres_truncate(table))
    return (_sqlite_update(table), _sqlite_delete(table), _sqlite_replace(table))


def event_log_sql(table: str, columns: Sequence[str], dialect_name: str) -> tuple[str, ...]:
    """The same, but values in the JSON object `data` may become empty strings or go. `columns` are all others."""
    if dialect_name == "postgresql":
        change = _postgres_change(table, "refuse_all_but_emptying")
        return (_POSTGRES_FUNCTION, _POSTGRES_EMPTYING, change, _postgres_truncate(table))
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
    update = _sqlite_update(table, f"WHEN {changed} OR {_SQLITE_FILLED} ")
    return (update, _sqlite_delete(table), _sqlite_replace(table))


def kept_for_sql(table: str, days: int, dialect_name: str) -> tuple[str, ...]:
    """The same, but a row may go that is `days` older (column `at`) than the newest one.

    Not older than today: a machine whose clock is wrong must not be able to empty the table.
    """
    if dialect_name != "postgresql":
        newest = f"SELECT julianday(max(at)) FROM {table}"
        young = _sqlite_delete(table, f"WHEN julianday(OLD.at) >= ({newest}) - {days} ")
        return (_sqlite_update(table), young, _sqlite_replace(table))
    function = f"refuse_change_of_{table}"
    body = f"""CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF TG_OP = 'DELETE' AND OLD.at < (SELECT max(at) FROM {table}) - interval '{days} days' THEN RETURN OLD; END IF;
{_POSTGRES_REFUSAL}"""
    return (_POSTGRES_FUNCTION, body, _postgres_change(table, function), _postgres_truncate(table))


def drop_guards_sql(table: str, dialect_name: str) -> tuple[str, ...]:
    """Takes all of the above off again, for a migration that puts others on."""
    if dialect_name == "postgresql":
        return tuple(f"DROP TRIGGER IF EXISTS {table}_{what} ON {table}" for what in ("no_change", "no_truncate"))
    return tuple(f"DROP TRIGGER IF EXISTS {table}_{what}" for what in ("no_update", "no_delete", "no_replace"))


def keep_event_log(table: Table) -> None:
    """`metadata.create_all` makes the guards of an event log together with the table."""
    columns = [column.name for column in table.columns if column.name != EMPTIED]
    _guard(table, lambda dialect_name: event_log_sql(table.name, columns, dialect_name))


def keep_for(table: Table, days: int) -> None:
    """`metadata.create_all` makes the guards of `kept_for_sql` together with the table."""
    _guard(table, lambda dialect_name: kept_for_sql(table.name, days, dialect_name))


def _guard(table: Table, statements: Callable[[str], tuple[str, ...]]) -> None:
    def put_on(_table: Table, connection: Connection, **_: object) -> None:
        for statement in statements(connection.dialect.name):
            connection.exec_driver_sql(statement)

    event.listen(table, "after_create", put_on)


def _postgres_change(table: str, function: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()"
    )


def _postgres_truncate(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _sqlite_update(table: str, when: str = "") -> str:
    return f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {when}{_sqlite_refusal(table)}"


def _sqlite_delete(table: str, when: str = "") -> str:
    return f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {when}{_sqlite_refusal(table)}"


def _sqlite_replace(table: str) -> str:
    # INSERT OR REPLACE removes the old row without asking the trigger above.
    taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
    return f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} {taken}{_sqlite_refusal(table)}"


def _sqlite_refusal(table: str) -> str:
    return f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
