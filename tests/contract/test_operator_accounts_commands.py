"""`bhxh operator` as it is typed, over a real database."""

import json
import os
import sys

import pyotp
import pytest

from app.accounts import build_account_rules
from app.cli import main
from app.paths import SETTINGS
from desk.accounts.operator import find_by_login, operators
from desk.accounts.password_rules import generate_password
from desk.accounts.sign_in import SignedIn, sign_in
from desk.accounts.totp import confirm_enrolment, start_enrolment
from desk.database import build_engine, reading, writing
from desk.migrate import upgrade
from desk.settings import read_settings
from tests.fakes.accounts import rows_of
from tests.fakes.gateway import now

CREATE = ("operator", "create", "nguyen.thu", "--name", "Nguyễn Văn Thử", "--role", "admin")
GOOD = "Hoa-sen-no-2026-ben-ho"


@pytest.fixture
def engine(monkeypatch, database_address):
    monkeypatch.setenv("BHXH_DATABASE_URL", database_address)
    monkeypatch.setenv("BHXH_SECRET_KEY", "a key of the tests, long enough for one")
    engine = build_engine(database_address)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def bhxh(monkeypatch, capsys, engine):
    """Types a command and what it asks for; gives exit status, stdout and stderr."""

    def typed(*arguments, asked=None):
        answers = iter(asked or ())
        monkeypatch.setattr(sys, "argv", ["bhxh", *arguments])
        monkeypatch.setattr("sys.stdin.isatty", lambda: asked is not None, raising=False)
        monkeypatch.setattr("getpass.getpass", lambda _: next(answers))
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return end.value.code or 0, said.out, said.err

    return typed


def shown_password(out):
    return next(line.split(": ", 1)[1] for line in out.splitlines() if "shown only now" in line)


def enters(engine, password, login="nguyen.thu"):
    rules = build_account_rules(read_settings(SETTINGS).accounts, os.environ)
    with writing(engine) as connection:
        return sign_in(connection, login, password, None, now(), rules)


def test_the_first_administrator_gets_a_password_that_is_shown_once_and_has_to_be_changed(bhxh, engine):
    status, out, err = bhxh(*CREATE, "--generate")
    assert (status, err) == (0, "")
    password = shown_password(out)
    assert password not in str(rows_of(engine, operators))
    outcome = enters(engine, password)
    assert isinstance(outcome, SignedIn)
    assert (outcome.operator.must_change_password, outcome.operator.must_enrol_totp) == (True, True)


def test_a_typed_password_is_asked_for_twice_and_never_shown(bhxh, engine):
    status, out, err = bhxh(*CREATE, asked=(GOOD, GOOD))
    assert (status, GOOD in out + err) == (0, False)
    assert isinstance(enters(engine, GOOD), SignedIn)


def test_two_different_ones_are_asked_for_again(bhxh, engine):
    assert bhxh(*CREATE, asked=(GOOD, "other", GOOD, GOOD))[0] == 0
    assert isinstance(enters(engine, GOOD), SignedIn)


def test_without_a_terminal_nothing_is_assumed(bhxh, engine):
    status, out, err = bhxh(*CREATE)
    assert (status, out) == (1, "")
    assert "--generate" in err
    assert rows_of(engine, operators) == []


@pytest.mark.parametrize("weak", ["admin", "Matkhau@2026", "nguyen.thu-A1"])
def test_a_weak_password_is_refused_in_words(bhxh, engine, weak):
    status, _, err = bhxh(*CREATE, asked=(weak, weak))
    assert (status, err.startswith("✗ Mật khẩu"), weak in err) == (1, True, False)
    assert rows_of(engine, operators) == []


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("operator", "create", "Nguyễn", "--name", "x", "--role", "admin"), 1, "Tên đăng nhập gồm"),
        (("operator", "create", "an.thu", "--name", " ", "--role", "admin"), 1, "họ tên"),
        (("operator", "create", "an.thu", "--name", "x", "--role", "boss"), 2, "boss"),
        (("operator", "create", "an.thu", "--name", "x"), 2, "--role"),
        (("operator", "create", "an.thu", "--name", "x", "--role", "admin", "--team", "khong-co"), 1, "hotline"),
    ],
)
def test_what_is_wrong_is_said(bhxh, engine, arguments, status, words):
    found, _, err = bhxh(*arguments, "--generate")
    assert (found, words in err) == (status, True)
    assert rows_of(engine, operators) == []


def test_a_login_in_use_is_said(bhxh):
    bhxh(*CREATE, "--generate")
    status, out, err = bhxh(*CREATE, "--generate")
    assert (status, out, err) == (1, "", "✗ Tên đăng nhập này đã có người dùng.\n")


def test_accounts_are_listed_for_a_review_of_rights(bhxh):
    assert "operator create" in bhxh("operator", "list")[1]
    bhxh(*CREATE, "--generate")
    bhxh("operator", "create", "le.mau", "--name", "Lê Thị Mẫu", "--role", "editor", "--role", "operator", "--generate")
    rows = json.loads(bhxh("operator", "list", "--json")[1])
    assert [(row["login"], row["roles"], row["state"]) for row in rows] == [
        ("le.mau", "editor, operator", "open"),
        ("nguyen.thu", "admin", "open"),
    ]
    out = bhxh("operator", "list")[1]
    assert "Lê Thị Mẫu" in out
    assert "never" in out
    assert "argon2" not in out


def test_roles_are_set_and_accounts_disabled_and_enabled(bhxh, engine):
    bhxh(*CREATE, "--generate")
    bhxh("operator", "create", "le.mau", "--name", "Lê Thị Mẫu", "--role", "editor", "--generate")
    assert bhxh("operator", "set-roles", "le.mau", "--role", "approver")[:2] == (0, "✓ le.mau: approver\n")
    assert bhxh("operator", "disable", "LE.MAU")[:2] == (0, "✓ le.mau: disabled\n")
    with reading(engine) as connection:
        assert find_by_login(connection, "le.mau").is_disabled
    assert bhxh("operator", "enable", "le.mau")[:2] == (0, "✓ le.mau: enabled\n")


def test_the_last_administrator_cannot_be_disabled(bhxh):
    bhxh(*CREATE, "--generate")
    status, _, err = bhxh("operator", "disable", "nguyen.thu")
    assert (status, "cuối cùng" in err) == (1, True)


def test_a_reset_password_opens_the_account_and_can_forget_the_authenticator(bhxh, engine):
    bhxh(*CREATE, "--generate")
    rules = build_account_rules(read_settings(SETTINGS).accounts, os.environ)
    with writing(engine) as connection:
        made = find_by_login(connection, "nguyen.thu")
        secret = start_enrolment(connection, made.id, rules).secret
        assert confirm_enrolment(connection, made.id, pyotp.TOTP(secret).at(now()), now(), rules)
    password = shown_password(bhxh("operator", "reset-password", "nguyen.thu", "--generate")[1])
    assert enters(engine, password).reason == "totp_needed"
    forgetting = bhxh("operator", "reset-password", "nguyen.thu", "--generate", "--forget-authenticator")
    assert isinstance(enters(engine, shown_password(forgetting[1])), SignedIn)


@pytest.mark.parametrize(
    "arguments",
    [("disable",), ("enable",), ("set-roles", "--role", "admin"), ("reset-password", "--generate")],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.parametrize("login", ["khong.co", "không\x00có"])
def test_an_unknown_login_is_named(bhxh, arguments, login):
    verb, *rest = arguments
    status, out, err = bhxh("operator", verb, login, *rest)
    assert (status, out, "Không tìm thấy" in err) == (1, "", True)


def test_every_generated_password_is_another():
    assert generate_password() != generate_password()
