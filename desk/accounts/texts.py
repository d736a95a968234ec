"""What people read of accounts, from texts.yml."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desk.accounts.administration import Objection
from desk.accounts.password import NotChanged
from desk.accounts.password_hash import LONGEST_PASSWORD
from desk.accounts.password_rules import Breach
from desk.accounts.permissions import Permission
from desk.accounts.role import Role
from desk.accounts.settings import PasswordSettings
from desk.accounts.sign_in import Refused
from desk.presence import Presence
from settings.yaml_text import load_yaml

TEXTS = Path(__file__).with_name("texts.yml")
SECONDS_SHOWN_UP_TO = 90


@dataclass(frozen=True)
class AccountTexts:
    """Keys are the values of the enumerations; a test says that none is missing."""

    roles: Mapping[str, str]
    permissions: Mapping[str, str]
    presences: Mapping[str, str]
    refusals: Mapping[str, str]
    change_refusals: Mapping[str, str]
    breaches: Mapping[str, str]
    objections: Mapping[str, str]
    then_wait: str
    wait_seconds: str
    wait_minutes: str

    def role(self, role: Role) -> str:
        """Its name."""
        return self.roles[role]

    def permission(self, permission: Permission) -> str:
        """What it allows, in a few words."""
        return self.permissions[permission]

    def presence(self, presence: Presence) -> str:
        """Its name."""
        return self.presences[presence]

    def refusal(self, refused: Refused) -> str:
        """Why nobody was signed in, and how long to wait where that is needed."""
        return self._with_wait(self.refusals[refused.reason], refused.wait_seconds)

    def not_changed(self, outcome: NotChanged, numbers: PasswordSettings) -> tuple[str, ...]:
        """Why the password stays as it was: one sentence for each reason."""
        if outcome.refusal is not None:
            return (self._with_wait(self.change_refusals[outcome.refusal], outcome.wait_seconds),)
        return self.reasons(outcome.broken, numbers)

    def reasons(self, reasons: tuple[Objection | Breach, ...], numbers: PasswordSettings) -> tuple[str, ...]:
        """One sentence for each."""
        return tuple(self._reason(reason, numbers) for reason in reasons)

    def _reason(self, reason: Objection | Breach, numbers: PasswordSettings) -> str:
        if isinstance(reason, Objection):
            return self.objections[reason]
        return self.breaches[reason].format(
            shortest=numbers.shortest,
            longest=LONGEST_PASSWORD,
            kinds=numbers.kinds,
            passphrase=numbers.passphrase,
            remembered=numbers.remembered,
        )

    def _with_wait(self, sentence: str, wait_seconds: float) -> str:
        wait = self._wait(wait_seconds)
        if "{wait}" in sentence:
            return sentence.format(wait=wait)
        return f"{sentence} {self.then_wait.format(wait=wait)}" if wait_seconds else sentence

    def _wait(self, seconds: float) -> str:
        # Rounded up: whoever comes back at the moment that was named gets in.
        if seconds <= SECONDS_SHOWN_UP_TO:
            return self.wait_seconds.format(count=math.ceil(seconds))
        return self.wait_minutes.format(count=math.ceil(seconds / 60))


def load_account_texts(path: Path = TEXTS) -> AccountTexts:
    """Raises TypeError, which names a key that is missing or too much."""
    return AccountTexts(**load_yaml(path.read_text(encoding="utf-8")))
