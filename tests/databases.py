"""Databases for tests: empty ones, and migrated ones that are made once and emptied for each test."""

import os
import shutil
import uuid
from contextlib import contextmanager

import pytest
from sqlalchemy import make_url, text

from desk.append_only import drop_guards_sql
from desk.database import build_engine, metadata
from desk.migrate import upgrade

POSTGRES = os.environ.get("BHXH_TEST_POSTGRES", "postgresql+psycopg://root@127.0.0.1:5432/test")
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)]

GUARDED_TABLES = text(
    "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace ORDER BY relname"
)

USED_SEQUENCES = text(
    "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL"
)


@contextmanager
def empty_database(kind, folder, is_durable=False):
    """The address of a database without tables: a SQLite file, or a schema of its own on PostgreSQL.

    What a test commits there need not survive a power cut; what is measured must be `is_durable`, as in production.
    """
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'test.db'}"
        return
    schema = f"test_{uuid.uuid4().hex}"
    owner = build_engine(POSTGRES)
    with owner.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    options = f"-csearch_path={schema}" + ("" if is_durable else " -csynchronous_commit=off")
    address = make_url(POSTGRES).update_query_dict({"options": options, "application_name": schema})
    yield address.render_as_string(hide_password=False)
    with owner.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    owner.dispose()


@contextmanager
def unguarded(connection, *tables):
    """For rows that a table which only grows does not allow; on SQLite, a copy for this test alone, for good."""
    is_sqlite = connection.dialect.name == "sqlite"
    for table in tables:
        off = drop_guards_sql(table, "sqlite") if is_sqlite else (f"ALTER TABLE {table} DISABLE TRIGGER USER",)
        for statement in off:
            connection.execute(text(statement))
    yield
    for table in () if is_sqlite else tables:
        connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))


def make_empty(connection):
    """Removes what the last test left in PostgreSQL: to TRUNCATE all tables takes longer than most tests."""
    looks = (f"SELECT '{table.name}' WHERE EXISTS (SELECT FROM {table.name})" for table in metadata.tables.values())
    filled = set(connection.execute(text(" UNION ALL ".join(looks))).scalars())
    guarded = filled.intersection(connection.execute(GUARDED_TABLES).scalars())
    # Nobody empties a log that only grows but the owner of its table, who takes its guards off first.
    with unguarded(connection, *sorted(guarded)):
        for table in reversed(metadata.sorted_tables):
            if table.name in filled:
                connection.execute(text(f"DELETE FROM {table.name}"))
    for sequence in connection.execute(USED_SEQUENCES).scalars().all():
        connection.execute(text(f"ALTER SEQUENCE {sequence} RESTART"))


class MigratedDatabases:
    """Migrates each kind once in a test run: that takes longer than most tests."""

    def __init__(self, folder):
        self._folder = folder
        self._closing = []
        self._addresses = {}

    @contextmanager
    def fresh(self, kind, folder):
        """An engine on the newest schema, without rows."""
        if kind not in self._addresses:
            self._addresses[kind] = self._migrate(kind)
        address = self._addresses[kind]
        if kind == "sqlite":
            copy = folder / "copy.db"
            shutil.copy(make_url(address).database, copy)
            address = f"sqlite:///{copy}"
        engine = build_engine(address)
        if kind == "postgresql":
            with engine.begin() as connection:
                make_empty(connection)
        yield engine
        engine.dispose()

    def close(self):
        """Removes what was made."""
        for closing in self._closing:
            closing.__exit__(None, None, None)

    def _migrate(self, kind):
        opened = empty_database(kind, self._folder)
        address = opened.__enter__()
        self._closing.append(opened)
        engine = build_engine(address)
        upgrade(engine)
        engine.dispose()
        return address
