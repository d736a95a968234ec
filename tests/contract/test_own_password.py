"""An operator's own password: changed, aged, never one of the last."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

from desk.accounts.administration import (
    disable,
)
from desk.accounts.operator import Operator
from desk.accounts.password import (
    ChangeRefusal,
    NotChanged,
    change_password,
    earlier_passwords,
    judge_change,
    open_change,
    settle_change,
)
from desk.accounts.password_rules import Breach
from desk.accounts.session import (
    open_session,
    session_of,
)
from desk.accounts.sign_in import RefusalReason, SignedIn
from desk.audit import AuditAction, audit_entries
from desk.database import reading, writing
from tests.fakes.accounts import (
    OTHER_PASSWORD,
    PASSWORD,
    SETTINGS,
    CountingHashes,
    account_rules,
    add_operator,
    rows_of,
    try_to_sign_in,
)
from tests.fakes.stored import START, at

THIRD_PASSWORD = "Cau-thang-co-bay-bac"

FOURTH_PASSWORD = "Gio-bac-ve-lanh-qua"

ROOT = "terminal:test"


def lines(engine, action):
    return [row for row in rows_of(engine, audit_entries) if row.action == action]


class TestOwnPassword:
    def change(self, engine, made, old=PASSWORD, new=OTHER_PASSWORD, seconds=0, rules=None):
        with writing(engine) as connection:
            return change_password(connection, made.id, old, new, at(seconds), rules or account_rules())

    def test_the_new_one_counts_and_the_debt_is_paid(self, engine):
        made = add_operator(engine, ready=False)
        changed = self.change(engine, made, seconds=60)
        assert (changed.is_ready, changed.password_changed_at) == (True, at(60))
        assert try_to_sign_in(engine, seconds=60).reason is RefusalReason.WRONG
        assert isinstance(try_to_sign_in(engine, password=OTHER_PASSWORD, seconds=30 * 86_400), SignedIn)
        assert len(lines(engine, AuditAction.PASSWORD_CHANGED)) == 1

    def test_all_sessions_end(self, engine):
        made = add_operator(engine)
        token = signed_in(engine, made)
        self.change(engine, made)
        with reading(engine) as connection:
            assert session_of(connection, token, START) is None

    def test_the_current_one_cannot_be_chosen_again(self, engine):
        made = add_operator(engine)
        assert self.change(engine, made, new=PASSWORD) == NotChanged(broken=(Breach.REUSED,))

    def test_the_last_ones_do_not_come_back_and_older_ones_may(self, engine):
        made = add_operator(engine)
        chain = [PASSWORD, OTHER_PASSWORD, THIRD_PASSWORD, FOURTH_PASSWORD]
        for old, new in pairwise(chain):
            assert isinstance(self.change(engine, made, old, new), Operator)
        for again in (OTHER_PASSWORD, THIRD_PASSWORD):
            assert self.change(engine, made, FOURTH_PASSWORD, again) == NotChanged(broken=(Breach.REUSED,))
        assert isinstance(self.change(engine, made, FOURTH_PASSWORD, PASSWORD), Operator)
        assert len(rows_of(engine, earlier_passwords)) == SETTINGS.password.remembered

    def test_a_weak_one_is_refused_before_anything_is_computed_for_it(self, engine):
        made, hashes = add_operator(engine), CountingHashes()
        outcome = self.change(engine, made, new="ngan", rules=account_rules(hashes))
        assert Breach.TOO_SHORT in outcome.broken
        assert hashes.calls == ["verify"]

    def test_guessing_the_old_one_in_an_open_session_is_slowed_like_a_sign_in(self, engine):
        made = add_operator(engine)
        outcomes = [self.change(engine, made, old="wrong") for _ in range(4)]
        assert [outcome.refusal for outcome in outcomes] == [ChangeRefusal.WRONG] * 3 + [ChangeRefusal.LOCKED]
        assert [outcome.wait_seconds for outcome in outcomes] == [0, 0, 30, 30]
        assert try_to_sign_in(engine).reason is RefusalReason.LOCKED

    def test_a_weak_new_one_costs_no_try(self, engine):
        made = add_operator(engine)
        for _ in range(10):
            assert self.change(engine, made, new="ngan").refusal is None

    def test_whoever_is_disabled_or_unknown_changes_nothing(self, engine):
        made = add_operator(engine)
        with writing(engine) as connection:
            disable(connection, made.id, ROOT, START)
        assert self.change(engine, made) == NotChanged(ChangeRefusal.WRONG)
        assert self.change(engine, replace(made, id=404)) == NotChanged(ChangeRefusal.WRONG)

    def test_what_was_judged_before_another_change_does_not_count(self, engine):
        made, rules = add_operator(engine), account_rules()
        with writing(engine) as connection:
            change = open_change(connection, made.id, START, rules)
        judged = judge_change(change, PASSWORD, OTHER_PASSWORD, rules)
        assert isinstance(self.change(engine, made, new=THIRD_PASSWORD), Operator)
        with writing(engine) as connection:
            outcome = settle_change(connection, change, judged, START, rules)
        assert outcome == NotChanged(ChangeRefusal.WRONG)
        assert isinstance(try_to_sign_in(engine, password=THIRD_PASSWORD), SignedIn)

    def test_of_two_changes_together_one_counts(self, engine):
        made, start = add_operator(engine), threading.Barrier(2)

        def change(new):
            start.wait()
            return self.change(engine, made, new=new)

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(change, (OTHER_PASSWORD, THIRD_PASSWORD)))
        assert sorted(isinstance(outcome, Operator) for outcome in outcomes) == [False, True]


def signed_in(engine, operator, seconds=0):
    with writing(engine) as connection:
        return open_session(connection, operator, at(seconds), SETTINGS.session)[0]
