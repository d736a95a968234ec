"""Numbers of accounts: the key `accounts` in the section `desk` of settings.yml. Reasons stand in docs/settings.md."""

from __future__ import annotations

from dataclasses import dataclass

from desk.accounts.role import Role
from settings.reader import SettingsError

LEAST_MEMORY_MIB = 19  # OWASP Password Storage Cheat Sheet: argon2id with 19 MiB and two passes is the least
LEAST_PASSES = 2
LEAST_CHARACTERS = 12


@dataclass(frozen=True)
class PasswordSettings:
    """`shortest` characters of at least `kinds` kinds, or `passphrase` characters of any kind."""

    shortest: int
    kinds: int
    passphrase: int
    days: float
    remembered: int
    temporary_days: float
    memory_mib: int
    passes: int
    lanes: int


@dataclass(frozen=True)
class LockoutSettings:
    """After `attempts` failures each next one has to wait, doubling from `first_seconds` to `ceiling_seconds`."""

    attempts: int
    address_attempts: int
    first_seconds: float
    ceiling_seconds: float
    forget_hours: float


@dataclass(frozen=True)
class SessionSettings:
    """When a session ends by itself, and how many one person may have at once."""

    idle_minutes: float
    absolute_hours: float
    per_operator: int


@dataclass(frozen=True)
class TotpSettings:
    """`required_roles` are names of roles that cannot work without a second factor; a step has 30 seconds."""

    issuer: str
    required_roles: tuple[str, ...]
    window_steps: int


@dataclass(frozen=True)
class AccountSettings:
    """All of the key."""

    password: PasswordSettings
    lockout: LockoutSettings
    session: SessionSettings
    totp: TotpSettings


def checked(settings: AccountSettings, where: str) -> AccountSettings:
    """The same settings. Raises SettingsError, naming the key below `where`, for a value that makes accounts unsafe."""
    for key, value, least, most in _bounds(settings):
        if not least <= value <= most:
            raise SettingsError(f"{where}.{key}: {value} is not between {least} and {most}")
    for name in settings.totp.required_roles:
        if name not in set(Role):
            raise SettingsError(f"{where}.totp.required_roles: unknown role {name!r}; known: {', '.join(Role)}")
    return settings


def _bounds(settings: AccountSettings) -> tuple[tuple[str, float, float, float], ...]:
    password, lockout, session = settings.password, settings.lockout, settings.session
    return (
        ("password.shortest", password.shortest, LEAST_CHARACTERS, 64),
        ("password.days", password.days, 1, 366),
        ("password.remembered", password.remembered, 0, 24),
        ("password.temporary_days", password.temporary_days, 0.01, 30),
        ("password.memory_mib", password.memory_mib, LEAST_MEMORY_MIB, 1024),
        ("password.passes", password.passes, LEAST_PASSES, 100),
        ("password.lanes", password.lanes, 1, 64),
        ("lockout.attempts", lockout.attempts, 1, 100),
        ("lockout.address_attempts", lockout.address_attempts, 1, 10_000),
        ("lockout.first_seconds", lockout.first_seconds, 1, 3600),
        ("lockout.ceiling_seconds", lockout.ceiling_seconds, lockout.first_seconds, 86_400),
        ("lockout.forget_hours", lockout.forget_hours, 1, 720),
        ("session.idle_minutes", session.idle_minutes, 1, 480),
        ("session.absolute_hours", session.absolute_hours, 0.1, 24),
        ("session.per_operator", session.per_operator, 1, 20),
        ("totp.window_steps", settings.totp.window_steps, 0, 2),
    )
