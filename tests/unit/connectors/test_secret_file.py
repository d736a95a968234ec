"""Where a secret comes from."""

import pytest

from connectors.secret_file import WeakSecretError, read_or_make_secret

VARIABLE = "BHXH_TEST_SECRET"


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    path = tmp_path / "var" / "secret"
    first = read_or_make_secret(path, {}, VARIABLE)
    assert read_or_make_secret(path, {}, VARIABLE) == first
    assert len(first) >= 40
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret"]


def test_a_secret_of_the_environment_wins(tmp_path):
    given = "g" * 32
    assert read_or_make_secret(tmp_path / "secret", {VARIABLE: given}, VARIABLE) == given
    assert not (tmp_path / "secret").exists()


def test_a_secret_that_can_be_guessed_is_refused(tmp_path):
    with pytest.raises(WeakSecretError, match=VARIABLE):
        read_or_make_secret(tmp_path / "secret", {VARIABLE: "x"}, VARIABLE)


def test_an_empty_secret_file_is_refused(tmp_path):
    (tmp_path / "secret").write_text("")
    with pytest.raises(WeakSecretError):
        read_or_make_secret(tmp_path / "secret", {}, VARIABLE)
