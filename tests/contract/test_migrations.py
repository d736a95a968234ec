"""The tables in the code and the migrations agree, on both databases, from an empty one upwards."""

import threading

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from desk.database import build_engine, metadata
from desk.migrate import migration_config, upgrade


@pytest.fixture
def engine(database_address):
    """A database of its own: these tests take tables away again."""
    engine = build_engine(database_address)
    upgrade(engine)
    yield engine
    engine.dispose()


def test_an_upgraded_empty_database_has_exactly_the_tables_of_the_code(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_indexes_for_waiting_rows_are_partial_on_both_databases(engine):
    partial = {
        index["name"]
        for table in ("inbox", "deliveries")
        for index in inspect(engine).get_indexes(table)
        if any(option.endswith("_where") for option in index.get("dialect_options", {}))
    }
    assert {"ix_inbox_waiting", "ix_inbox_dead", "ix_deliveries_unfinished", "uq_deliveries_sending"} <= partial


def test_upgrading_twice_changes_nothing(engine):
    before = sorted(inspect(engine).get_table_names())
    upgrade(engine)
    assert sorted(inspect(engine).get_table_names()) == before


def test_the_way_back_leaves_an_empty_database(engine):
    with engine.begin() as connection:
        command.downgrade(migration_config(connection), "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}


def test_two_gateways_that_start_together_both_find_the_tables(database_address):
    engines = [build_engine(database_address) for _ in range(2)]
    failures = []

    def start(engine):
        try:
            upgrade(engine)
        except Exception as error:  # noqa: BLE001 - a thread would swallow it
            failures.append(error)

    threads = [threading.Thread(target=start, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert "inbox" in inspect(engines[0]).get_table_names()
    for engine in engines:
        engine.dispose()
