import argon2
import pytest

from desk.accounts.password_hash import Argon2Hashes
from desk.accounts.settings import PasswordSettings

NUMBERS = PasswordSettings(12, 3, 20, 90.0, 2, 3.0, 19, 2, 1)
PASSWORD = "Hoa-sen-no-2026"


class Counted(argon2.PasswordHasher):
    verified = 0

    def verify(self, stored, password):
        self.verified += 1
        return super().verify(stored, password)


@pytest.fixture(scope="module")
def hashes():
    return Argon2Hashes(NUMBERS)


@pytest.fixture(scope="module")
def stored(hashes):
    return hashes.make(PASSWORD)


def test_it_is_argon2id_with_the_numbers_of_the_settings(stored):
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_two_hashes_of_one_password_differ(hashes, stored):
    assert hashes.make(PASSWORD) != stored


def test_the_right_password_is_recognised_and_others_are_not(hashes, stored):
    assert hashes.verify(stored, PASSWORD)
    assert not hashes.verify(stored, PASSWORD + " ")


def test_keyboards_that_compose_letters_differently_type_the_same_password(hashes):
    assert hashes.verify(hashes.make("mật khẩu của tôi"), "mật khẩu của tôi".replace("ậ", "a\u0323\u0302"))


@pytest.mark.parametrize(
    "password", ["", "\x00", f"{PASSWORD}\x00", "\ud800", "\ud800" * 9, "x" * 10_000, PASSWORD * 700, "\u0301" * 10_000]
)
def test_hostile_passwords_are_only_wrong(hashes, stored, password):
    assert hashes.verify(stored, password) is False


def test_a_nul_does_not_end_a_password(hashes):
    assert not hashes.verify(hashes.make("Hoa-sen\x00no"), "Hoa-sen")


def test_a_password_is_not_cut_at_72_bytes_as_bcrypt_would(hashes):
    assert not hashes.verify(hashes.make("a" * 200), "a" * 199 + "b")


def test_a_password_too_long_to_be_anybodys_is_not_stored(hashes):
    with pytest.raises(ValueError, match="256"):
        hashes.make("x" * 257)


@pytest.mark.parametrize("password", [PASSWORD, "wrong", "x" * 10_000])
@pytest.mark.parametrize("is_known", [True, False])
def test_the_work_is_the_same_for_any_password_and_any_account(hashes, stored, monkeypatch, password, is_known):
    counted = Counted(2, 19 * 1024, 1)
    monkeypatch.setattr(hashes, "_argon", counted)
    found = hashes.verify(stored if is_known else None, password)
    assert (counted.verified, found) == (1, is_known and password == PASSWORD)


def test_a_hash_with_weaker_numbers_is_outdated(hashes, stored):
    stronger = Argon2Hashes(PasswordSettings(12, 3, 20, 90.0, 2, 3.0, 20, 2, 1))
    assert stronger.is_outdated(stored)
    assert stronger.verify(stored, PASSWORD)
    assert not hashes.is_outdated(stored)


def test_a_damaged_hash_is_an_error_not_a_wrong_password(hashes):
    with pytest.raises(argon2.exceptions.InvalidHashError):
        hashes.verify("not a hash", PASSWORD)
