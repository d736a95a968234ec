"""Who guesses waits longer and longer, by account and by address."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from desk.accounts.administration import reset_password
from desk.accounts.lockout import sign_in_attempts
from desk.accounts.sign_in import RefusalReason, Refused, SignedIn, judge, open_attempt, settle
from desk.audit import audit_entries
from desk.database import writing
from tests.fakes.accounts import (
    OTHER_PASSWORD,
    PASSWORD,
    CountingHashes,
    account_rules,
    add_operator,
    enrol,
    rows_of,
    try_to_sign_in,
)
from tests.fakes.stored import START

WRONG = Refused(RefusalReason.WRONG)

DAY = 86_400


class SlowHashes(CountingHashes):
    """Long enough for tries that come together to overlap."""

    def verify(self, stored, password):
        time.sleep(0.02)
        return super().verify(stored, password)


def fail(engine, times, seconds=0, **options):
    return [try_to_sign_in(engine, password="wrong", seconds=seconds, **options) for _ in range(times)][-1]


class TestLockout:
    def test_the_last_free_failure_starts_the_wait(self, engine):
        add_operator(engine)
        assert [fail(engine, 1) for _ in range(3)] == [WRONG, WRONG, Refused(RefusalReason.WRONG, 30)]

    def test_while_it_lasts_even_the_right_password_waits_and_nothing_is_computed(self, engine):
        add_operator(engine)
        fail(engine, 3)
        hashes = CountingHashes()
        outcome = try_to_sign_in(engine, seconds=10, rules=account_rules(hashes))
        assert outcome == Refused(RefusalReason.LOCKED, 20)
        assert hashes.calls == []

    def test_asking_again_meanwhile_does_not_lengthen_it(self, engine):
        add_operator(engine)
        fail(engine, 3)
        fail(engine, 20, seconds=29)
        assert isinstance(try_to_sign_in(engine, seconds=30), SignedIn)

    def test_each_further_failure_doubles_it_up_to_the_ceiling(self, engine):
        add_operator(engine)
        fail(engine, 2)
        moment, waits = 0, []
        for _ in range(8):
            outcome = fail(engine, 1, seconds=moment)
            waits.append(outcome.wait_seconds)
            moment += outcome.wait_seconds
        assert waits == [30, 60, 120, 240, 480, 900, 900, 900]

    def test_signing_in_forgives(self, engine):
        add_operator(engine)
        fail(engine, 2)
        assert isinstance(try_to_sign_in(engine), SignedIn)
        assert fail(engine, 2) == WRONG

    def test_yesterdays_failures_are_forgotten(self, engine):
        add_operator(engine)
        fail(engine, 2)
        assert fail(engine, 2, seconds=DAY + 1) == WRONG
        assert len(rows_of(engine, sign_in_attempts)) == 1

    def test_a_login_that_nobody_has_waits_the_same(self, engine):
        assert fail(engine, 3, login="khong.co") == Refused(RefusalReason.WRONG, 30)
        assert fail(engine, 1, login="khong.co") == Refused(RefusalReason.LOCKED, 30)
        assert rows_of(engine, audit_entries) == []

    def test_one_login_does_not_lock_another(self, engine):
        add_operator(engine, "nguyen.thu")
        fail(engine, 3, login="khong.co")
        assert isinstance(try_to_sign_in(engine), SignedIn)

    def test_an_administrators_reset_ends_the_wait(self, engine):
        made = add_operator(engine)
        fail(engine, 3)
        with writing(engine) as connection:
            reset_password(connection, made.id, OTHER_PASSWORD, "terminal:test", START, account_rules())
        assert isinstance(try_to_sign_in(engine, password=OTHER_PASSWORD), SignedIn)

    def test_failures_and_locks_leave_lines_without_the_password(self, engine):
        made = add_operator(engine)
        fail(engine, 5, address="10.0.0.7")
        rows = rows_of(engine, audit_entries)[1:]
        assert [row.action for row in rows] == ["sign_in_refused", "sign_in_refused", "sign_in_locked"]
        assert {row.subject for row in rows} == {f"operator:{made.id}"}
        assert rows[0].detail == {"address": "10.0.0.7", "reason": "wrong"}

    def test_one_address_is_slowed_over_all_logins(self, engine):
        add_operator(engine)
        for number in range(6):
            outcome = fail(engine, 1, login=f"guess{number}", address="10.0.0.7")
        assert outcome == Refused(RefusalReason.WRONG, 30)
        assert try_to_sign_in(engine, address="10.0.0.7") == Refused(RefusalReason.LOCKED, 30)
        assert isinstance(try_to_sign_in(engine, address="10.0.0.8"), SignedIn)
        assert [row.subject for row in rows_of(engine, audit_entries) if row.action == "sign_in_locked"] == [
            "address:10.0.0.7"
        ]

    def test_an_attackers_own_account_does_not_clear_the_address(self, engine):
        add_operator(engine)
        for number in range(5):
            fail(engine, 1, login=f"guess{number}", address="10.0.0.7")
            assert isinstance(try_to_sign_in(engine, address="10.0.0.7"), SignedIn)
        assert fail(engine, 1, login="guess9", address="10.0.0.7").wait_seconds == 30

    def test_a_locked_address_uses_up_no_tries_of_a_login(self, engine):
        add_operator(engine)
        for number in range(6):
            fail(engine, 1, login=f"guess{number}", address="10.0.0.7")
        fail(engine, 20, address="10.0.0.7")
        assert fail(engine, 2) == WRONG

    @pytest.mark.parametrize("together", [2, 12])
    def test_of_tries_that_come_together_at_the_border_one_is_judged(self, engine, together):
        add_operator(engine)
        fail(engine, 2)
        hashes, start = SlowHashes(), threading.Barrier(together)

        def guess(number):
            start.wait()
            return try_to_sign_in(engine, password=f"guess {number}", rules=account_rules(hashes))

        with ThreadPoolExecutor(together) as pool:
            outcomes = list(pool.map(guess, range(together)))
        reasons = sorted(outcome.reason for outcome in outcomes)
        assert reasons == ["locked"] * (together - 1) + ["wrong"]
        assert hashes.calls == ["verify"]

    def test_the_border_holds_when_the_hash_is_computed_outside_the_transaction(self, engine):
        add_operator(engine)
        fail(engine, 2)
        rules = account_rules()
        with writing(engine) as connection:
            first = open_attempt(connection, "nguyen.thu", "", START, rules)
        with writing(engine) as connection:
            second = open_attempt(connection, "nguyen.thu", "", START, rules)
        assert second == Refused(RefusalReason.LOCKED, 30)
        with writing(engine) as connection:
            assert isinstance(settle(connection, first, judge(first, PASSWORD, rules), None, START, rules), SignedIn)

    def test_a_try_that_was_no_failure_does_not_lift_the_wait_that_others_started(self, engine):
        rules = account_rules()
        enrol(engine, add_operator(engine), rules)
        with writing(engine) as connection:
            first = open_attempt(connection, "nguyen.thu", "", START, rules)
        fail(engine, 2)
        with writing(engine) as connection:
            outcome = settle(connection, first, judge(first, PASSWORD, rules), None, START, rules)
        assert outcome == Refused(RefusalReason.TOTP_NEEDED)
        assert try_to_sign_in(engine) == Refused(RefusalReason.LOCKED, 30)

    def test_a_first_try_of_many_at_once_counts_each(self, engine):
        start = threading.Barrier(6)

        def guess(_):
            start.wait()
            return try_to_sign_in(engine, "khong.co")

        with ThreadPoolExecutor(6) as pool:
            outcomes = list(pool.map(guess, range(6)))
        assert sum(outcome.reason is RefusalReason.WRONG for outcome in outcomes) == 3
