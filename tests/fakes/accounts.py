"""Operators in a database, with numbers that are easy to count with and a hash that counts its calls."""

from dataclasses import replace

import pyotp

from connectors.zalo_oa.sealing import Seal
from desk.accounts.administration import NewOperator, create_operator
from desk.accounts.operator import Operator, operators
from desk.accounts.role import Role
from desk.accounts.rules import AccountRules
from desk.accounts.settings import (
    AccountSettings,
    LockoutSettings,
    PasswordSettings,
    SessionSettings,
    TotpSettings,
)
from desk.accounts.sign_in import sign_in
from desk.accounts.totp import confirm_enrolment, start_enrolment
from desk.database import reading, writing
from tests.fakes.stored import START, at

PASSWORD = "Hoa-sen-no-2026-ben-ho"
OTHER_PASSWORD = "Con-trau-di-truoc-cai-cay"
SETTINGS = AccountSettings(
    PasswordSettings(12, 3, 20, 90.0, 2, 3.0, 19, 2, 1),
    LockoutSettings(attempts=3, address_attempts=6, first_seconds=30.0, ceiling_seconds=900.0, forget_hours=24.0),
    SessionSettings(idle_minutes=30.0, absolute_hours=12.0, per_operator=2),
    TotpSettings("Trợ lý BHXH", ("admin",), 1),
)


class CountingHashes:
    """Hides nothing, computes nothing: for tests of what happens around a hash. `calls` are the names of its calls."""

    def __init__(self, generation=1):
        self.generation = generation
        self.calls = []

    def make(self, password):
        self.calls.append("make")
        return f"plain:{self.generation}:{password}"

    def verify(self, stored, password):
        self.calls.append("verify")
        return stored is not None and stored.split(":", 2)[2] == password

    def is_outdated(self, stored):
        return not stored.startswith(f"plain:{self.generation}:")


def account_rules(hashes=None, **changes):
    """`changes` replace whole groups of numbers."""
    return AccountRules(replace(SETTINGS, **changes), hashes or CountingHashes(), Seal("a key of the tests"))


def add_operator(engine, login="nguyen.thu", roles=(Role.OPERATOR,), rules=None, ready=True):
    """One who has already changed the first password, unless `ready` is False."""
    rules = rules or account_rules()
    new = NewOperator(login, "Nguyễn Văn Thử", frozenset(roles))
    with writing(engine) as connection:
        made = create_operator(connection, new, PASSWORD, "terminal:test", START, rules)
        assert isinstance(made, Operator), made
        if ready:
            values = {"must_change_password": False, "temporary_until": None}
            connection.execute(operators.update().where(operators.c.id == made.id).values(values))
    return made


def try_to_sign_in(engine, login="nguyen.thu", password=PASSWORD, code=None, seconds=0, rules=None, address=""):
    with writing(engine) as connection:
        return sign_in(connection, login, password, code, at(seconds), rules or account_rules(), address)


def rows_of(engine, table):
    with reading(engine) as connection:
        return connection.execute(table.select().order_by(*table.primary_key.columns)).all()


def enrol(engine, operator, rules, seconds=0):
    """A second factor for an account; its secret."""
    with writing(engine) as connection:
        secret = start_enrolment(connection, operator.id, rules).secret
        code = pyotp.TOTP(secret).at(at(seconds))
        assert confirm_enrolment(connection, operator.id, code, at(seconds), rules)
    return secret
