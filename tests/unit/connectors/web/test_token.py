from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.web.token import ExpiredTokenError, InvalidTokenError, TokenSigner

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
