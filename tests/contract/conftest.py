"""Every test that asks for a database runs on SQLite and on PostgreSQL, but those marked `page`.

What a page says, whom it refuses and what it asks for is the same on both; that the rows below it are, the tests of the
stores show.
"""

import pytest

from tests.databases import BOTH, MigratedDatabases, empty_database
from tests.fakes.log_watch import LogWatch


@pytest.fixture(scope="session")
def migrated_databases(tmp_path_factory):
    databases = MigratedDatabases(tmp_path_factory.mktemp("databases"))
    yield databases
    databases.close()


@pytest.fixture(params=BOTH)
def database_address(request, tmp_path):
    with empty_database(request.param, tmp_path) as address:
        yield address


def pytest_generate_tests(metafunc):
    if "database_kind" in metafunc.fixturenames:
        kinds = ["sqlite"] if metafunc.definition.get_closest_marker("page") else BOTH
        metafunc.parametrize("database_kind", kinds, indirect=True)


@pytest.fixture
def database_kind(request):
    return request.param


@pytest.fixture
def engine(database_kind, tmp_path, migrated_databases):
    with migrated_databases.fresh(database_kind, tmp_path) as engine:
        yield engine


@pytest.fixture(scope="session")
def log_watch():
    with LogWatch() as watch:
        yield watch


@pytest.fixture(autouse=True)
def _nothing_private_is_logged(log_watch):
    """By any test of this folder, at any level: conformance cases G83, H47 and I19."""
    log_watch.found.clear()
    yield
    assert log_watch.found == []
