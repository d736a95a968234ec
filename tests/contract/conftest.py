"""Every test that asks for a database runs on SQLite and on PostgreSQL."""

import pytest

from tests.databases import BOTH, empty_database, migrated_engine


@pytest.fixture(params=BOTH)
def database_address(request, tmp_path):
    yield from empty_database(request.param, tmp_path)


@pytest.fixture
def engine(database_address):
    yield from migrated_engine(database_address)
