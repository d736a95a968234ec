"""Accounts on both databases: created and administered."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from desk.accounts.administration import (
    Declined,
    NewOperator,
    Objection,
    create_operator,
    disable,
    edit_operator,
    enable,
    reset_password,
    set_roles,
)
from desk.accounts.operator import Operator, find, find_by_login, list_operators, operators
from desk.accounts.password_rules import Breach
from desk.accounts.role import Role
from desk.accounts.session import (
    open_session,
    operator_sessions,
    session_of,
)
from desk.accounts.sign_in import RefusalReason, SignedIn
from desk.audit import AuditAction, actor_of, audit_entries
from desk.database import reading, writing
from tests.fakes.accounts import (
    OTHER_PASSWORD,
    PASSWORD,
    SETTINGS,
    account_rules,
    add_operator,
    rows_of,
    try_to_sign_in,
)
from tests.fakes.stored import START, at

ROOT = "terminal:test"


def lines(engine, action):
    return [row for row in rows_of(engine, audit_entries) if row.action == action]


class TestCreating:
    def create(self, engine, login="nguyen.thu", name="Nguyễn Văn Thử", roles=(Role.OPERATOR,), password=PASSWORD):
        with writing(engine) as connection:
            new = NewOperator(login, name, frozenset(roles))
            return create_operator(connection, new, password, ROOT, START, account_rules())

    def test_it_is_found_by_id_and_by_login(self, engine):
        made = self.create(engine, " Nguyen.Thu ", "Nguyễn  Văn Thử\u200b")
        with reading(engine) as connection:
            assert find(connection, made.id) == find_by_login(connection, "NGUYEN.THU") == made
        assert (made.login, made.display_name, made.team) == ("nguyen.thu", "Nguyễn Văn Thử", "hotline")
        assert (made.must_change_password, made.is_ready, made.has_totp) == (True, False, False)

    def test_nobody_is_found_where_nobody_is(self, engine):
        with reading(engine) as connection:
            assert find(connection, 1) is None
            assert find_by_login(connection, "khong.co") is None
            assert find_by_login(connection, "không\x00") is None

    @pytest.mark.parametrize(
        ("changed", "reason"),
        [
            ({"login": "nguyễn"}, Objection.LOGIN_INVALID),
            ({"login": "nguy\u0435n.thu"}, Objection.LOGIN_INVALID),
            ({"name": " \u200b"}, Objection.NAME_MISSING),
            ({"roles": ()}, Objection.ROLE_MISSING),
            ({"password": "ngan"}, Breach.TOO_SHORT),
            ({"password": "x" * 10_000}, Breach.TOO_LONG),
            ({"password": "Toi-la-nguyen.thu-1"}, Breach.NAMES_OWNER),
        ],
    )
    def test_what_is_wrong_is_named_and_nothing_is_made(self, engine, changed, reason):
        outcome = self.create(engine, **changed)
        assert isinstance(outcome, Declined)
        assert reason in outcome.reasons
        assert rows_of(engine, operators) == rows_of(engine, audit_entries) == []

    def test_a_login_in_use_is_not_taken_twice(self, engine):
        self.create(engine)
        assert self.create(engine, "NGUYEN.THU") == Declined((Objection.LOGIN_TAKEN,))

    def test_of_two_who_make_the_same_login_together_one_does(self, engine):
        start = threading.Barrier(4)

        def make(_):
            start.wait()
            return self.create(engine)

        with ThreadPoolExecutor(4) as pool:
            outcomes = list(pool.map(make, range(4)))
        assert sum(isinstance(outcome, Operator) for outcome in outcomes) == 1
        assert len(lines(engine, "operator_created")) == 1

    def test_all_are_listed_by_login(self, engine):
        for login in ("le.mau", "an.thu", "tran.thu"):
            self.create(engine, login)
        with reading(engine) as connection:
            assert [one.login for one in list_operators(connection)] == ["an.thu", "le.mau", "tran.thu"]

    def test_a_line_says_who_made_it_with_which_roles(self, engine):
        made = self.create(engine, roles=(Role.SUPERVISOR, Role.EDITOR))
        (row,) = lines(engine, AuditAction.OPERATOR_CREATED)
        assert (row.actor, row.subject) == (ROOT, actor_of(made.id))
        assert row.detail == {"login": "nguyen.thu", "roles": "editor, supervisor"}


class TestAdministration:
    @pytest.fixture
    def admin(self, engine):
        return add_operator(engine, "quan.tri", roles=(Role.ADMIN,))

    def test_a_disabled_account_ends_its_sessions_and_stays_on_record(self, engine, admin):
        made = add_operator(engine)
        token = signed_in(engine, made)
        with writing(engine) as connection:
            outcome = disable(connection, made.id, actor_of(admin.id), at(1))
            assert outcome.is_disabled
            assert session_of(connection, token, at(1)) is None
            assert find(connection, made.id).is_disabled
        assert rows_of(engine, operator_sessions) == []

    def test_an_enabled_account_has_its_password_but_no_session_from_before(self, engine, admin):
        made = add_operator(engine)
        token = signed_in(engine, made)
        with writing(engine) as connection:
            disable(connection, made.id, actor_of(admin.id), at(1))
            assert not enable(connection, made.id, actor_of(admin.id), at(2)).is_disabled
            assert session_of(connection, token, at(2)) is None
        assert isinstance(try_to_sign_in(engine), SignedIn)

    def test_doing_it_twice_leaves_one_line(self, engine, admin):
        made = add_operator(engine)
        with writing(engine) as connection:
            for act in (disable, disable, enable, enable):
                act(connection, made.id, actor_of(admin.id), at(1))
        assert len(lines(engine, AuditAction.OPERATOR_DISABLED)) == 1
        assert len(lines(engine, AuditAction.OPERATOR_ENABLED)) == 1

    def test_roles_change_with_a_line_that_says_from_what_to_what(self, engine, admin):
        made = add_operator(engine)
        token = signed_in(engine, made)
        with writing(engine) as connection:
            roles = frozenset({Role.SUPERVISOR, Role.OPERATOR})
            assert set_roles(connection, made.id, roles, actor_of(admin.id), at(1)).roles == roles
            assert session_of(connection, token, at(1)) is None
        (row,) = lines(engine, AuditAction.ROLES_CHANGED)
        assert (row.actor, row.detail) == (
            actor_of(admin.id),
            {"before": "operator", "after": "operator, supervisor"},
        )

    def test_a_name_or_a_team_can_be_mended(self, engine, admin):
        made = add_operator(engine)
        with writing(engine) as connection:
            mine = actor_of(admin.id)
            edited = edit_operator(connection, made.id, "Nguyễn Thị Thử" + "x" * 500, "tinh", mine, at(1))
            assert edit_operator(connection, made.id, "\u200b", "tinh", mine, at(1)).reasons == (
                Objection.NAME_MISSING,
            )
            assert edit_operator(connection, 404, "x", "tinh", mine, at(1)).reasons == (Objection.UNKNOWN_OPERATOR,)
        assert (edited.login, edited.team, len(edited.display_name)) == ("nguyen.thu", "tinh", 120)
        assert len(lines(engine, AuditAction.OPERATOR_EDITED)) == 1

    def test_an_account_without_any_role_is_disabled_not_emptied(self, engine, admin):
        made = add_operator(engine)
        with writing(engine) as connection:
            outcome = set_roles(connection, made.id, frozenset(), actor_of(admin.id), at(1))
        assert outcome == Declined((Objection.ROLE_MISSING,))

    def test_nobody_changes_their_own_rights(self, engine, admin):
        add_operator(engine, "thu.hai", roles=(Role.ADMIN,))
        with writing(engine) as connection:
            mine = actor_of(admin.id)
            own = Declined((Objection.OWN_ACCOUNT,))
            assert set_roles(connection, admin.id, frozenset(Role), mine, at(1)) == own
            assert disable(connection, admin.id, mine, at(1)) == own

    def test_the_last_administrator_stays(self, engine, admin):
        gone = add_operator(engine, "thu.hai", roles=(Role.ADMIN,))
        with writing(engine) as connection:
            disable(connection, gone.id, ROOT, at(1))
            last = Declined((Objection.LAST_ADMIN,))
            assert disable(connection, admin.id, ROOT, at(2)) == last
            assert set_roles(connection, admin.id, frozenset({Role.EDITOR}), ROOT, at(2)) == last
            assert isinstance(set_roles(connection, admin.id, frozenset({Role.ADMIN}), ROOT, at(2)), Operator)

    def test_two_administrators_who_disable_each_other_together_leave_one(self, engine):
        first, second = (add_operator(engine, login, roles=(Role.ADMIN,)) for login in ("quan.a", "quan.b"))
        start = threading.Barrier(2)

        def strike(pair):
            start.wait()
            with writing(engine) as connection:
                return disable(connection, pair[1].id, actor_of(pair[0].id), at(1))

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(strike, [(first, second), (second, first)]))
        assert sorted(isinstance(outcome, Operator) for outcome in outcomes) == [False, True]

    @pytest.mark.parametrize("act", [disable, enable], ids=["disable", "enable"])
    def test_an_account_that_does_not_exist_is_named(self, engine, act):
        unknown = Declined((Objection.UNKNOWN_OPERATOR,))
        with writing(engine) as connection:
            assert act(connection, 404, ROOT, START) == unknown
            assert set_roles(connection, 404, frozenset(Role), ROOT, START) == unknown
            assert reset_password(connection, 404, OTHER_PASSWORD, ROOT, START, account_rules()) == unknown

    def test_a_reset_password_is_temporary_and_ends_the_sessions(self, engine, admin):
        made = add_operator(engine)
        token = signed_in(engine, made)
        with writing(engine) as connection:
            outcome = reset_password(connection, made.id, OTHER_PASSWORD, actor_of(admin.id), at(1), account_rules())
            assert outcome.must_change_password
            assert session_of(connection, token, at(1)) is None
        assert len(lines(engine, AuditAction.PASSWORD_RESET)) == 1
        assert try_to_sign_in(engine).reason is RefusalReason.WRONG

    def test_a_weak_reset_password_is_refused(self, engine):
        made = add_operator(engine)
        with writing(engine) as connection:
            outcome = reset_password(connection, made.id, "ngan", ROOT, at(1), account_rules())
        assert Breach.TOO_SHORT in outcome.reasons
        assert isinstance(try_to_sign_in(engine), SignedIn)


def signed_in(engine, operator, seconds=0):
    with writing(engine) as connection:
        return open_session(connection, operator, at(seconds), SETTINGS.session)[0]
