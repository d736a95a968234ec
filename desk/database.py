"""One database for the whole product: a SQLite file by default, PostgreSQL in production."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    URL,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Executable,
    Integer,
    MetaData,
    Table,
    create_engine,
    event,
    literal_column,
    make_url,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

RowId = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the key is declared INTEGER."""

SQLITE_BUSY_SECONDS = 10
SQLITE_ASKS_AGAIN_SECONDS = 0.01
POSTGRES_POOL = 8
POSTGRES_PATIENCE = {
    "connect_timeout": 5,  # seconds
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,  # milliseconds
}
"""A network that falls silent must become an error: a webhook that hangs is worse than one that answers 500."""
_READ_ONLY = "bhxh_read_only"


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in UTC on both databases; SQLite itself would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Raises ValueError for a naive datetime: nobody knows which hour that is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}; give it a zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def build_engine(url: str) -> Engine:
    """Opens nothing yet. `url` is `sqlite:///var/bhxh.db` or `postgresql+psycopg://user@host/name`.

    Values never show in logs or errors: they are what citizens wrote.
    """
    parsed = make_url(url)
    return _sqlite_engine(parsed) if parsed.get_backend_name() == "sqlite" else _postgres_engine(parsed)


def _postgres_engine(url: URL) -> Engine:
    # READ COMMITTED is relied on: a statement after a row lock must see what the former holder committed.
    return create_engine(
        url,
        pool_size=POSTGRES_POOL,
        max_overflow=POSTGRES_POOL,
        isolation_level="READ COMMITTED",
        hide_parameters=True,
        connect_args=POSTGRES_PATIENCE,
    )


def _sqlite_engine(url: URL) -> Engine:
    waiting = {"timeout": SQLITE_BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=waiting, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late for the claims of the inbox
    cursor = connection.cursor()
    _switch_to_wal(cursor)
    # FULL, not NORMAL: an acknowledged message must survive a power cut; measured 0.24 ms against 0.02 ms a commit.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _switch_to_wal(cursor: sqlite3.Cursor) -> None:
    """The first to open a new file changes its journal; SQLite lets nobody wait for that, so whoever is second asks."""
    deadline = time.monotonic() + SQLITE_BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(SQLITE_ASKS_AGAIN_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at once: a transaction that reads first and writes later cannot fail half-way.
    read_only = connection.get_execution_options().get(_READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads; on SQLite it waits for no writer."""
    with engine.connect().execution_options(**{_READ_ONLY: True}) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that commits at the end of the block, or leaves nothing behind when the block raises."""
    with engine.begin() as connection:
        yield connection


def insert_if_absent(connection: Connection, table: Table, values: Mapping[str, Any]) -> int | str | None:
    """Primary key of the new row, or None when a unique key is already taken. Atomic on both databases."""
    statement = _insert_or_nothing(table, connection.dialect.name)
    found: int | str | None = connection.execute(statement, dict(values)).scalar_one_or_none()
    return found


def sorted_by(column: Column[int]) -> ColumnElement[int]:
    """For ORDER BY where few rows are left to sort.

    Of the key itself SQLite would rather walk the whole table in its order than use a partial index.
    """
    return column + literal_column("0")


@cache
def _insert_or_nothing(table: Table, dialect_name: str) -> Executable:
    # Made once: putting a statement together costs SQLAlchemy more than running it.
    key = next(iter(table.primary_key.columns))
    if dialect_name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing().returning(key)
    return sqlite.insert(table).on_conflict_do_nothing().returning(key)
