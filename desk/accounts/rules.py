"""What every act on accounts needs beside the database: the numbers, the hash, the seal of secrets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desk.accounts.password_hash import PasswordHashes
from desk.accounts.settings import AccountSettings


class Seal(Protocol):
    """Encrypts what must be readable again: the secret of an authenticator. The gateway's own seal fits."""

    def close(self, text: str) -> str:
        """The sealed text."""
        ...

    def open(self, sealed: str) -> str:
        """Raises ValueError when it was sealed with another key."""
        ...


@dataclass(frozen=True)
class AccountRules:
    """Made once for a process."""

    settings: AccountSettings
    hashes: PasswordHashes
    seal: Seal
