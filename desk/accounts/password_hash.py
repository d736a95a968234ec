"""Passwords at rest: argon2id, and the same work for an account that does not exist."""

from __future__ import annotations

import secrets
import unicodedata
from typing import Protocol

import argon2
from argon2.exceptions import VerifyMismatchError

from desk.accounts.settings import PasswordSettings

LONGEST_PASSWORD = 256
KIB_PER_MIB = 1024


class PasswordHashes(Protocol):
    """What accounts need of a password hash; tests count the calls of another one."""

    def make(self, password: str) -> str:
        """A salted hash to store."""
        ...

    def verify(self, stored: str | None, password: str) -> bool:
        """False also for None, after the same work."""
        ...

    def is_outdated(self, stored: str) -> bool:
        """Made with weaker numbers than those of today."""
        ...


class Argon2Hashes:
    """argon2id (RFC 9106) with the numbers of settings.yml."""

    def __init__(self, numbers: PasswordSettings) -> None:
        self._argon = argon2.PasswordHasher(numbers.passes, numbers.memory_mib * KIB_PER_MIB, numbers.lanes)
        self._decoy = self._argon.hash(secrets.token_bytes(16))

    def make(self, password: str) -> str:
        """See PasswordHashes. Raises ValueError for a password that no account may have."""
        if len(password) > LONGEST_PASSWORD:
            raise ValueError(f"a password has at most {LONGEST_PASSWORD} characters")
        return self._argon.hash(_bytes_of(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """See PasswordHashes. Raises argon2.exceptions.InvalidHashError when the stored hash is damaged."""
        possible = stored is not None and len(password) <= LONGEST_PASSWORD
        digest = stored if possible and stored is not None else self._decoy
        try:
            self._argon.verify(digest, _bytes_of(password[:LONGEST_PASSWORD]))
        except VerifyMismatchError:
            return False
        return possible

    def is_outdated(self, stored: str) -> bool:
        """See PasswordHashes."""
        return self._argon.check_needs_rehash(stored)


def _bytes_of(password: str) -> bytes:
    # One spelling whatever keyboard typed it (NIST SP 800-63B). A lone surrogate is a wrong password, not an error.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
