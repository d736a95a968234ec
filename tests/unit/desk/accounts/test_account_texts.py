from string import Formatter

import pytest

from desk.accounts.administration import Objection
from desk.accounts.password import ChangeRefusal, NotChanged
from desk.accounts.password_rules import Breach
from desk.accounts.permissions import Permission
from desk.accounts.role import Role
from desk.accounts.sign_in import RefusalReason, Refused
from desk.accounts.texts import load_account_texts
from desk.presence import Presence
from tests.fakes.accounts import SETTINGS

TEXTS = load_account_texts()


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("roles", Role),
        ("permissions", Permission),
        ("presences", Presence),
        ("refusals", RefusalReason),
        ("change_refusals", ChangeRefusal),
        ("breaches", Breach),
        ("objections", Objection),
    ],
)
def test_everything_has_words_and_nothing_too_much(group, names):
    assert set(getattr(TEXTS, group)) == {name.value for name in names}


@pytest.mark.parametrize(
    ("seconds", "wait"), [(0.2, "1 giây"), (30, "30 giây"), (90, "90 giây"), (91, "2 phút"), (900, "15 phút")]
)
def test_the_wait_is_never_said_shorter_than_it_is(seconds, wait):
    assert wait in TEXTS.refusal(Refused(RefusalReason.LOCKED, seconds))
    assert wait in TEXTS.not_changed(NotChanged(ChangeRefusal.LOCKED, seconds), SETTINGS.password)[0]


def test_a_refusal_that_starts_a_wait_says_so():
    assert "30 giây" in TEXTS.refusal(Refused(RefusalReason.WRONG, 30))
    assert "giây" not in TEXTS.refusal(Refused(RefusalReason.WRONG))


def test_reasons_name_the_numbers_of_the_settings():
    sentences = TEXTS.reasons((*Breach, *Objection), SETTINGS.password)
    assert len(sentences) == len(Breach) + len(Objection)
    assert not [sentence for sentence in sentences for _, field, *_ in Formatter().parse(sentence) if field]
    assert "ít nhất 12 ký tự" in sentences[0]


def test_a_weak_new_password_is_explained():
    (sentence,) = TEXTS.not_changed(NotChanged(broken=(Breach.REUSED,)), SETTINGS.password)
    assert "2 mật khẩu gần nhất" in sentence


def test_names_can_be_looked_up():
    assert TEXTS.role(Role.ADMIN) == "Quản trị tài khoản"
    assert TEXTS.permission(Permission.REPLY) == "Trả lời công dân"
    assert TEXTS.presence(Presence.AWAY) == "Tạm vắng"
