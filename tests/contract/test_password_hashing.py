"""The password that an administrator gives is hashed before the transaction: that takes long, and others wait."""

import pytest

from desk.accounts.operator import find, operators
from desk.accounts.role import Role
from desk.database import reading, writing
from tests.contract.test_board import at_desk
from tests.contract.test_operator_pages import PAGE, seen
from tests.fakes.accounts import CountingHashes, account_rules, rows_of
from tests.fakes.console import ConsoleSite, add_colleague


class WritingMeanwhile(CountingHashes):
    """On SQLite this would wait for ten seconds, and fail, inside another's transaction."""

    def __init__(self, engine):
        super().__init__()
        self._engine = engine

    def make(self, password):
        with writing(self._engine) as connection:
            connection.execute(operators.update().values(team="ban"))
        return super().make(password)


@pytest.fixture
def hashes(engine):
    return WritingMeanwhile(engine)


@pytest.fixture
def site(engine, hashes):
    made = ConsoleSite(engine, account_rules(hashes))
    yield made
    made.close()


async def test_no_transaction_is_open_while_a_new_accounts_password_is_hashed(site, hashes):
    admin = at_desk(site, "quan.tri", "Quản Trị", Role.ADMIN)
    form = {"login": "lan", "name": "Trần Thị Lan", "team": "hotline", "role-operator": "1"}
    assert (await admin.post(PAGE, **form)).status_code == 200
    assert hashes.calls == ["make"]
    assert [row.password_hash.split(":")[0] for row in rows_of(site.engine, operators)] == ["plain"] * 2


async def test_no_transaction_is_open_while_a_reset_password_is_hashed(site, hashes):
    admin = at_desk(site, "quan.tri", "Quản Trị", Role.ADMIN)
    lan = add_colleague(site.engine, "lan", "Trần Thị Lan")
    with reading(site.engine) as connection:
        before = find(connection, lan)
    answer = await admin.post(f"{PAGE}/{lan}/password", seen=seen(site, lan))
    assert (answer.status_code, hashes.calls) == (200, ["make"])
    with reading(site.engine) as connection:
        assert find(connection, lan).must_change_password is not before.must_change_password
