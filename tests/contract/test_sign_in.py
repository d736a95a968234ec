"""Signing in with a password and a second factor, on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from desk.accounts.administration import disable, reset_password, set_roles
from desk.accounts.operator import find, operators
from desk.accounts.role import Role
from desk.accounts.sign_in import RefusalReason, Refused, SignedIn, judge, open_attempt, settle
from desk.accounts.totp import confirm_enrolment, remove_totp, start_enrolment
from desk.audit import AuditAction, audit_entries
from desk.database import writing
from tests.fakes.accounts import (
    OTHER_PASSWORD,
    PASSWORD,
    SETTINGS,
    CountingHashes,
    account_rules,
    add_operator,
    enrol,
    rows_of,
    try_to_sign_in,
)
from tests.fakes.stored import START, at

WRONG = Refused(RefusalReason.WRONG)

DAY = 86_400


def fail(engine, times, seconds=0, **options):
    return [try_to_sign_in(engine, password="wrong", seconds=seconds, **options) for _ in range(times)][-1]


def code_at(secret, seconds):
    return pyotp.TOTP(secret).at(at(seconds))


def actions(engine):
    return [row.action for row in rows_of(engine, audit_entries)]


class TestPassword:
    def test_the_right_one_signs_in(self, engine):
        made = add_operator(engine)
        outcome = try_to_sign_in(engine, seconds=60)
        assert isinstance(outcome, SignedIn)
        assert (outcome.operator.id, outcome.operator.last_signed_in_at) == (made.id, at(60))
        assert outcome.operator.is_ready
        assert actions(engine) == ["operator_created", "signed_in"]

    @pytest.mark.parametrize("login", ["NGUYEN.THU", " nguyen.thu\t"])
    def test_case_and_spaces_of_the_login_do_not_matter(self, engine, login):
        add_operator(engine)
        assert isinstance(try_to_sign_in(engine, login), SignedIn)

    @pytest.mark.parametrize(
        "login",
        ["nguy\u0435n.thu", "\uff4eguyen.thu", "nguyen.thu\u200b", "nguyen.thu\x00", "\ud800", "", "n" * 100_000],
    )
    def test_a_look_alike_of_a_login_is_nobody(self, engine, login):
        add_operator(engine)
        assert try_to_sign_in(engine, login) == WRONG

    def test_the_kelvin_sign_is_no_k(self, engine):
        add_operator(engine, "kim.anh")
        assert try_to_sign_in(engine, "\u212aim.anh") == WRONG

    @pytest.mark.parametrize(
        "password", ["", "\x00", PASSWORD + "\x00", "\ud800", "x" * 10_000, PASSWORD.upper(), "' OR 1=1"]
    )
    def test_a_hostile_password_is_only_wrong(self, engine, password):
        add_operator(engine)
        assert try_to_sign_in(engine, password=password) == WRONG

    def test_unknown_disabled_and_wrong_cost_the_same_and_say_the_same(self, engine):
        add_operator(engine, "co.that")
        gone = add_operator(engine, "da.khoa")
        with writing(engine) as connection:
            disable(connection, gone.id, "terminal:test", START)
        efforts = []
        for login, password in [("co.that", "wrong"), ("da.khoa", PASSWORD), ("khong.co", PASSWORD), ("а", PASSWORD)]:
            hashes = CountingHashes(generation=2)
            assert try_to_sign_in(engine, login, password, rules=account_rules(hashes)) == WRONG
            efforts.append(hashes.calls)
        assert efforts == [["verify"]] * 4

    def test_a_stronger_hash_replaces_the_old_one_at_the_next_sign_in(self, engine):
        add_operator(engine)
        stronger = account_rules(CountingHashes(generation=2))
        assert isinstance(try_to_sign_in(engine, rules=stronger), SignedIn)
        assert rows_of(engine, operators)[0].password_hash == f"plain:2:{PASSWORD}"
        assert isinstance(try_to_sign_in(engine, rules=stronger), SignedIn)

    def test_a_wrong_password_never_replaces_a_hash(self, engine):
        add_operator(engine)
        try_to_sign_in(engine, password="wrong", rules=account_rules(CountingHashes(generation=2)))
        assert rows_of(engine, operators)[0].password_hash == f"plain:1:{PASSWORD}"

    def test_a_password_grows_old(self, engine):
        add_operator(engine)
        assert try_to_sign_in(engine, seconds=90 * DAY - 1).operator.is_ready
        old = try_to_sign_in(engine, seconds=90 * DAY).operator
        assert (old.must_change_password, old.is_ready) == (True, False)

    def test_a_temporary_password_opens_only_the_way_to_another(self, engine):
        add_operator(engine, ready=False)
        operator = try_to_sign_in(engine, seconds=60).operator
        assert (operator.must_change_password, operator.is_ready) == (True, False)

    def test_a_temporary_password_ends(self, engine):
        add_operator(engine, ready=False)
        assert isinstance(try_to_sign_in(engine, seconds=3 * DAY - 1), SignedIn)
        assert try_to_sign_in(engine, seconds=3 * DAY) == Refused(RefusalReason.TEMPORARY_EXPIRED)
        assert try_to_sign_in(engine, password="wrong", seconds=3 * DAY) == WRONG

    def test_what_was_judged_before_the_account_was_disabled_does_not_count(self, engine):
        made, rules = add_operator(engine), account_rules()
        with writing(engine) as connection:
            attempt = open_attempt(connection, "nguyen.thu", "", START, rules)
        judgement = judge(attempt, PASSWORD, rules)
        with writing(engine) as connection:
            disable(connection, made.id, "terminal:test", START)
        with writing(engine) as connection:
            assert settle(connection, attempt, judgement, None, START, rules) == WRONG

    def test_what_was_judged_before_the_password_was_reset_does_not_count(self, engine):
        made, rules = add_operator(engine), account_rules()
        with writing(engine) as connection:
            attempt = open_attempt(connection, "nguyen.thu", "", START, rules)
        judgement = judge(attempt, PASSWORD, rules)
        with writing(engine) as connection:
            reset_password(connection, made.id, OTHER_PASSWORD, "terminal:test", START, rules)
        with writing(engine) as connection:
            assert settle(connection, attempt, judgement, None, START, rules) == WRONG

    def test_no_hash_shows_in_logs(self, engine):
        add_operator(engine)
        with writing(engine) as connection:
            attempt = open_attempt(connection, "nguyen.thu", "", START, account_rules())
        assert PASSWORD not in repr(attempt)
        assert PASSWORD not in repr(judge(attempt, PASSWORD, account_rules(CountingHashes(generation=2))))


class TestSecondFactor:
    def test_the_password_alone_asks_for_the_code(self, engine):
        rules = account_rules()
        enrol(engine, add_operator(engine), rules)
        assert try_to_sign_in(engine) == Refused(RefusalReason.TOTP_NEEDED)
        assert try_to_sign_in(engine, code="") == Refused(RefusalReason.TOTP_NEEDED)

    def test_password_and_code_sign_in(self, engine):
        secret = enrol(engine, add_operator(engine), account_rules())
        assert isinstance(try_to_sign_in(engine, code=code_at(secret, 60), seconds=60), SignedIn)

    def test_the_code_that_enrolled_does_not_sign_in(self, engine):
        secret = enrol(engine, add_operator(engine), account_rules())
        assert try_to_sign_in(engine, code=code_at(secret, 0)).reason is RefusalReason.WRONG_CODE

    def test_a_code_works_once(self, engine):
        secret = enrol(engine, add_operator(engine), account_rules())
        code = code_at(secret, 60)
        assert isinstance(try_to_sign_in(engine, code=code, seconds=60), SignedIn)
        assert try_to_sign_in(engine, code=code, seconds=61).reason is RefusalReason.WRONG_CODE

    def test_of_two_that_bring_the_same_code_together_one_gets_in(self, engine):
        secret = enrol(engine, add_operator(engine), account_rules())
        start = threading.Barrier(2)

        def bring(_):
            start.wait()
            return try_to_sign_in(engine, code=code_at(secret, 60), seconds=60)

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(bring, range(2)))
        assert sum(isinstance(outcome, SignedIn) for outcome in outcomes) == 1

    def test_the_code_of_another_does_not_help(self, engine):
        add = account_rules()
        enrol(engine, add_operator(engine), add)
        other = enrol(engine, add_operator(engine, "le.mau"), add)
        assert try_to_sign_in(engine, code=code_at(other, 60), seconds=60).reason is RefusalReason.WRONG_CODE

    def test_a_right_code_does_not_help_a_wrong_password(self, engine):
        secret = enrol(engine, add_operator(engine), account_rules())
        assert try_to_sign_in(engine, password="wrong", code=code_at(secret, 60), seconds=60) == WRONG
        assert isinstance(try_to_sign_in(engine, code=code_at(secret, 60), seconds=60), SignedIn)

    def test_guessing_codes_is_slowed_and_asking_for_the_code_between_forgives_nothing(self, engine):
        enrol(engine, add_operator(engine), account_rules())
        outcomes = []
        for _ in range(3):
            assert try_to_sign_in(engine).reason is RefusalReason.TOTP_NEEDED
            outcomes.append(try_to_sign_in(engine, code="000000"))
        assert outcomes[-1] == Refused(RefusalReason.WRONG_CODE, 30)
        assert try_to_sign_in(engine) == Refused(RefusalReason.LOCKED, 30)

    def test_asking_for_the_code_costs_no_try(self, engine):
        secret = enrol(engine, add_operator(engine), account_rules())
        fail(engine, 2)
        for _ in range(10):
            assert try_to_sign_in(engine) == Refused(RefusalReason.TOTP_NEEDED)
        assert isinstance(try_to_sign_in(engine, code=code_at(secret, 60), seconds=60), SignedIn)

    @pytest.mark.parametrize("code", ["٠٠٥٩٢٤", "0" * 10_000, "\x00", "\ud800", "12345", "abcdef"])
    def test_what_is_no_code_is_wrong(self, engine, code):
        enrol(engine, add_operator(engine), account_rules())
        assert try_to_sign_in(engine, code=code).reason is RefusalReason.WRONG_CODE

    def test_a_role_that_needs_one_owes_it_until_it_is_enrolled(self, engine):
        made, rules = add_operator(engine, roles=(Role.ADMIN,)), account_rules()
        owing = try_to_sign_in(engine).operator
        assert (owing.must_enrol_totp, owing.is_ready) == (True, False)
        secret = enrol(engine, made, rules)
        operator = try_to_sign_in(engine, code=code_at(secret, 60), seconds=60).operator
        assert (operator.has_totp, operator.is_ready) == (True, True)

    def test_a_new_role_asks_for_it_at_the_next_sign_in(self, engine):
        made = add_operator(engine)
        with writing(engine) as connection:
            set_roles(connection, made.id, frozenset({Role.OPERATOR, Role.ADMIN}), "terminal:test", START)
        assert try_to_sign_in(engine).operator.must_enrol_totp

    def test_an_enrolment_that_was_not_confirmed_counts_for_nothing(self, engine):
        made, rules = add_operator(engine), account_rules()
        with writing(engine) as connection:
            first = start_enrolment(connection, made.id, rules)
            second = start_enrolment(connection, made.id, rules)
            assert not confirm_enrolment(connection, made.id, pyotp.TOTP(first.secret).at(START), START, rules)
        assert isinstance(try_to_sign_in(engine), SignedIn)
        with writing(engine) as connection:
            assert confirm_enrolment(connection, made.id, pyotp.TOTP(second.secret).at(START), START, rules)

    def test_whoever_has_one_cannot_replace_it_alone(self, engine):
        made, rules = add_operator(engine), account_rules()
        enrol(engine, made, rules)
        with writing(engine) as connection:
            assert start_enrolment(connection, made.id, rules) is None
            assert not confirm_enrolment(connection, made.id, "000000", START, rules)

    def test_an_administrator_takes_a_lost_one_away(self, engine):
        made, rules = add_operator(engine), account_rules()
        enrol(engine, made, rules)
        with writing(engine) as connection:
            assert remove_totp(connection, made.id, "operator:99", at(60))
            assert not remove_totp(connection, made.id, "operator:99", at(60))
            assert not find(connection, made.id).has_totp
        assert isinstance(try_to_sign_in(engine, seconds=60), SignedIn)
        assert actions(engine).count(AuditAction.TOTP_REMOVED) == 1

    def test_the_secret_lies_sealed_in_the_database(self, engine):
        secret = enrol(engine, add_operator(engine), account_rules())
        with engine.connect() as connection:
            stored = connection.execute(select(operators.c.totp_secret)).scalar_one()
        assert secret not in stored

    def test_a_secret_sealed_with_a_lost_key_is_an_error_and_lets_nobody_in(self, engine):
        enrol(engine, add_operator(engine), account_rules())
        other_key = replace(account_rules(), seal=type(account_rules().seal)("another key"))
        with pytest.raises(ValueError, match="another key"):
            try_to_sign_in(engine, code="000000", seconds=60, rules=other_key)

    def test_the_uri_is_what_authenticators_read(self, engine):
        made, rules = add_operator(engine), account_rules()
        with writing(engine) as connection:
            enrolment = start_enrolment(connection, made.id, rules)
        read = pyotp.parse_uri(enrolment.uri)
        assert (read.secret, read.name, read.issuer) == (enrolment.secret, "nguyen.thu", SETTINGS.totp.issuer)
        assert read.at(START + timedelta(seconds=30)) == code_at(enrolment.secret, 30)
