"""People who work at the desk or on the knowledge base, as their accounts say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, BigInteger, Boolean, Column, Connection, Row, String, Table, Text, select

from desk.accounts.login import LOGIN_CHARACTERS, folded_login
from desk.accounts.role import Role
from desk.database import RowId, UtcDateTime, metadata

NAME_CHARACTERS = 120
TEAM_CHARACTERS = 64

operators = Table(
    "operators",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("login", String(LOGIN_CHARACTERS), nullable=False, unique=True),
    Column("display_name", String(NAME_CHARACTERS), nullable=False),
    Column("team", String(TEAM_CHARACTERS), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("password_changed_at", UtcDateTime, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    # Until when a password that somebody else chose opens the account.
    Column("temporary_until", UtcDateTime),
    # Sealed. The candidate becomes the secret when a first code has proved that the authenticator has it.
    Column("totp_secret", Text),
    Column("totp_candidate", Text),
    # The step of the last code that was taken: no code opens twice.
    Column("totp_last_step", BigInteger),
    Column("must_enrol_totp", Boolean, nullable=False),
    Column("disabled_at", UtcDateTime),
    Column("last_signed_in_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True)
class Operator:
    """`team` is the key of a team with its own hours and roster."""

    id: int
    login: str
    display_name: str
    roles: frozenset[Role]
    team: str
    is_disabled: bool
    must_change_password: bool
    has_totp: bool
    must_enrol_totp: bool
    created_at: datetime
    password_changed_at: datetime
    last_signed_in_at: datetime | None

    @property
    def is_ready(self) -> bool:
        """Owes nothing: while a password or an authenticator is due, only those two pages are open."""
        return not (self.is_disabled or self.must_change_password or self.must_enrol_totp)


def find(connection: Connection, operator_id: int) -> Operator | None:
    """None when there is no such account; a disabled one is found."""
    row = connection.execute(select(operators).where(operators.c.id == operator_id)).one_or_none()
    return None if row is None else operator_from(row)


def find_by_login(connection: Connection, login: str) -> Operator | None:
    """As typed; see `folded_login` for what is the same login."""
    folded = folded_login(login)
    if folded is None:
        return None
    row = connection.execute(select(operators).where(operators.c.login == folded)).one_or_none()
    return None if row is None else operator_from(row)


def list_operators(connection: Connection) -> tuple[Operator, ...]:
    """All of them, the disabled ones too, by login: also for the regular review of rights (771/BHXH-TTKT, mục 3)."""
    return tuple(operator_from(row) for row in connection.execute(select(operators).order_by(operators.c.login)))


def operator_from(row: Row[tuple[object, ...]]) -> Operator:
    """From a row that holds all columns of `operators`, alone or joined."""
    fields = row._mapping
    return Operator(
        id=fields[operators.c.id],
        login=fields[operators.c.login],
        display_name=fields[operators.c.display_name],
        roles=frozenset(Role(name) for name in fields[operators.c.roles]),
        team=fields[operators.c.team],
        is_disabled=fields[operators.c.disabled_at] is not None,
        must_change_password=fields[operators.c.must_change_password],
        has_totp=fields[operators.c.totp_secret] is not None,
        must_enrol_totp=fields[operators.c.must_enrol_totp],
        created_at=fields[operators.c.created_at],
        password_changed_at=fields[operators.c.password_changed_at],
        last_signed_in_at=fields[operators.c.last_signed_in_at],
    )
