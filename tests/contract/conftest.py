"""Every test that asks for a database runs on SQLite and on PostgreSQL."""

import pytest

from tests.databases import BOTH, MigratedDatabases, empty_database


@pytest.fixture(scope="session")
def migrated_databases(tmp_path_factory):
    databases = MigratedDatabases(tmp_path_factory.mktemp("databases"))
    yield databases
    databases.close()


@pytest.fixture(params=BOTH)
def database_address(request, tmp_path):
    with empty_database(request.param, tmp_path) as address:
        yield address


@pytest.fixture(params=BOTH)
def engine(request, tmp_path, migrated_databases):
    with migrated_databases.fresh(request.param, tmp_path) as engine:
        yield engine
