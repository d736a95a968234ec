"""Tokens at rest: what lies in the database is worth nothing without the key of this installation."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken

KEY_VARIABLE = "BHXH_SECRET_KEY"


class UnsealableError(ValueError):
    """Sealed with another key, or damaged."""


class Seal:
    """Fernet (AES-128-CBC with HMAC-SHA256); the key is made from a secret of any form, long enough to be strong."""

    def __init__(self, secret: str) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest()))

    def close(self, text: str) -> str:
        """Another sealed text each time."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises UnsealableError."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise UnsealableError("the stored tokens were sealed with another key") from None
