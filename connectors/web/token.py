"""The signed ticket that makes a browser the owner of one conversation. The server issues it; nobody can guess one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from itsdangerous import BadData, URLSafeSerializer

from connectors.secret_file import read_or_make_secret
from desk.conversation import ConversationKey

CHANNEL = "web"
ACCOUNT = "web"
SECRET_VARIABLE = "BHXH_WEB_SECRET"
_SALT = "bhxh-web-conversation"
_ID_BYTES = 16


@dataclass(frozen=True)
class IssuedToken:
    """What a new conversation's page gets."""

    conversation_id: str
    token: str
    expires_at: datetime


class InvalidTokenError(ValueError):
    """Forged, damaged or not a token at all."""


class ExpiredTokenError(ValueError):
    """Was ours once."""


class TokenSigner:
    """HMAC over conversation id and expiry; nothing about the citizen is inside."""

    def __init__(self, secret: str, valid_for: timedelta) -> None:
        self._serializer = URLSafeSerializer(secret, salt=_SALT)
        self._valid_for = valid_for

    def issue(self, now: datetime) -> IssuedToken:
        """A new conversation with its token."""
        conversation_id = f"web-{secrets.token_urlsafe(_ID_BYTES)}"
        expires_at = now.replace(microsecond=0) + self._valid_for
        token = self._serializer.dumps([conversation_id, int(expires_at.timestamp())])
        return IssuedToken(conversation_id, str(token), expires_at)

    def conversation_of(self, token: str, now: datetime) -> ConversationKey:
        """Raises InvalidTokenError or ExpiredTokenError."""
        try:
            conversation_id, expires_at = self._serializer.loads(token)
            expiry = datetime.fromtimestamp(expires_at, UTC)
        except (BadData, ValueError, TypeError, OverflowError) as error:
            raise InvalidTokenError("the signature does not fit") from error
        if expiry <= now:
            raise ExpiredTokenError(f"expired at {expiry.isoformat()}")
        return ConversationKey(str(conversation_id), CHANNEL, ACCOUNT, str(conversation_id))


def read_or_make_web_secret(path: Path, environment: Mapping[str, str]) -> str:
    """Several gateways that share the citizens need the same one. Raises connectors.secret_file.WeakSecretError."""
    return read_or_make_secret(path, environment, SECRET_VARIABLE)
