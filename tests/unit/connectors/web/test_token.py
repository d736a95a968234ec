from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.web.token import ExpiredTokenError, InvalidTokenError, TokenSigner, WeakSecretError, read_or_make_secret

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
SIGNER = TokenSigner("a secret of this test", timedelta(days=1))


def test_a_token_opens_the_conversation_it_was_issued_for():
    issued = SIGNER.issue(NOW)
    assert SIGNER.conversation_of(issued.token, NOW).id == issued.conversation_id


def test_every_conversation_has_another_id():
    assert SIGNER.issue(NOW).conversation_id != SIGNER.issue(NOW).conversation_id


def test_a_token_is_good_until_the_moment_that_was_told():
    issued = SIGNER.issue(NOW)
    SIGNER.conversation_of(issued.token, issued.expires_at - timedelta(seconds=1))
    with pytest.raises(ExpiredTokenError):
        SIGNER.conversation_of(issued.token, issued.expires_at)


def test_a_token_signed_with_another_secret_is_forged():
    forged = TokenSigner("another secret", timedelta(days=1)).issue(NOW)
    with pytest.raises(InvalidTokenError):
        SIGNER.conversation_of(forged.token, NOW)


@given(position=st.integers(0, 200), letter=st.sampled_from("Ab9_"))
def test_a_changed_token_is_forged(position, letter):
    token = SIGNER.issue(NOW).token
    position %= len(token) - 1  # the last character of base64 has bits that carry nothing
    changed = token[:position] + letter + token[position + 1 :]
    if changed != token:
        with pytest.raises(InvalidTokenError):
            SIGNER.conversation_of(changed, NOW)


@pytest.mark.parametrize("token", ["", ".", "web-1", "ệ" * 50, "a" * 100_000])
def test_what_is_no_token_is_refused(token):
    with pytest.raises(InvalidTokenError):
        SIGNER.conversation_of(token, NOW)


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    path = tmp_path / "var" / "secret"
    first = read_or_make_secret(path, {})
    assert read_or_make_secret(path, {}) == first
    assert len(first) >= 40
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret"]


def test_a_secret_of_the_environment_wins(tmp_path):
    given = "g" * 32
    assert read_or_make_secret(tmp_path / "secret", {"BHXH_WEB_SECRET": given}) == given
    assert not (tmp_path / "secret").exists()


def test_a_secret_that_can_be_guessed_is_refused(tmp_path):
    with pytest.raises(WeakSecretError, match="BHXH_WEB_SECRET"):
        read_or_make_secret(tmp_path / "secret", {"BHXH_WEB_SECRET": "x"})


def test_an_empty_secret_file_is_refused(tmp_path):
    (tmp_path / "secret").write_text("")
    with pytest.raises(WeakSecretError):
        read_or_make_secret(tmp_path / "secret", {})
