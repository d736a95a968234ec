"""Databases for tests: empty ones, and migrated ones that are made once and emptied for each test."""

import os
import shutil
import uuid
from contextlib import contextmanager

import pytest
from sqlalchemy import make_url, text

from desk.database import build_engine, metadata
from desk.migrate import upgrade

POSTGRES = os.environ.get("BHXH_TEST_POSTGRES", "postgresql+psycopg://root@127.0.0.1:5432/test")
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)]


@contextmanager
def empty_database(kind, folder):
    """The address of a database without tables: a SQLite file, or a schema of its own on PostgreSQL."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'test.db'}"
        return
    schema = f"test_{uuid.uuid4().hex}"
    owner = build_engine(POSTGRES)
    with owner.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    address = make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema}", "application_name": schema})
    yield address.render_as_string(hide_password=False)
    with owner.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    owner.dispose()


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
            tables = ", ".join(table.name for table in metadata.sorted_tables)
            with engine.begin() as connection:
                connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
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
