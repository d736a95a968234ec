import pytest

from tests.unit.connectors.zalo_oa.office import Office


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path)
    yield office
    office.close()
