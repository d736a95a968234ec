"""A fresh, migrated database for one test: a SQLite file, or a schema of its own on PostgreSQL."""

import os
import uuid

import pytest
from sqlalchemy import make_url, text

from desk.database import build_engine
from desk.migrate import upgrade

POSTGRES = os.environ.get("BHXH_TEST_POSTGRES", "postgresql+psycopg://root@127.0.0.1:5432/test")
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.services)]


def empty_database(kind, folder):
    """Yields the address of a database without tables, and removes it afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'test.db'}"
        return
    schema = f"test_{uuid.uuid4().hex}"
    owner = build_engine(POSTGRES)
    with owner.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    address = make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema}"})
    yield address.render_as_string(hide_password=False)
    with owner.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    owner.dispose()


def migrated_engine(address):
    """Yields an engine on the newest schema."""
    engine = build_engine(address)
    upgrade(engine)
    yield engine
    engine.dispose()
