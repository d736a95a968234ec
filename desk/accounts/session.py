"""Sessions of the console: the browser holds a random token, the database only its digest."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Float, ForeignKey, Index, String, Table, delete, insert, select, update

from desk.accounts.operator import Operator, operator_from, operators
from desk.accounts.settings import SessionSettings
from desk.audit import AuditAction, actor_of, record
from desk.database import RowId, UtcDateTime, metadata

TOKEN_BYTES = 32
TOKEN_CHARACTERS = 43
ENDED_AT_ONCE = 200
TOUCH_EVERY = timedelta(seconds=60)

operator_sessions = Table(
    "operator_sessions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("token_digest", String(64), nullable=False, unique=True),
    Column("operator_id", ForeignKey(operators.c.id), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("idle_seconds", Float, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)
Index("ix_operator_sessions_operator_id", operator_sessions.c.operator_id)


@dataclass(frozen=True)
class Session:
    """`expires_at` is when it ends for whoever does nothing more. `is_due_for_touch` asks for `touch_session`."""

    id: int
    operator: Operator
    csrf_token: str
    opened_at: datetime
    expires_at: datetime
    is_due_for_touch: bool


def open_session(
    connection: Connection, operator: Operator, now: datetime, rules: SessionSettings
) -> tuple[str, Session]:
    """The token for the cookie, which is stored nowhere, and the session.

    What the operator has open beyond `per_operator` ends, the oldest first: an account is not lent.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    idle, absolute = timedelta(minutes=rules.idle_minutes), timedelta(hours=rules.absolute_hours)
    _end_expired(connection, now)
    _keep_newest(connection, operator.id, rules.per_operator - 1)
    values = {
        "token_digest": _digest(token),
        "operator_id": operator.id,
        "opened_at": now,
        "seen_at": now,
        "idle_seconds": idle.total_seconds(),
        "expires_at": now + absolute,
    }
    making = insert(operator_sessions).values(values).returning(operator_sessions.c.id)
    session_id = connection.execute(making).scalar_one()
    return token, Session(session_id, operator, csrf_token_of(token), now, now + min(idle, absolute), False)


def session_of(connection: Connection, token: str, now: datetime) -> Session | None:
    """None for a token that is unknown, ended, or of an account that is disabled. Reads only."""
    if len(token) != TOKEN_CHARACTERS or not token.isascii():
        return None
    statement = (
        select(operator_sessions, operators)
        .join(operators, operators.c.id == operator_sessions.c.operator_id)
        .where(operator_sessions.c.token_digest == _digest(token), operators.c.disabled_at.is_(None))
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    fields = row._mapping
    seen_at: datetime = fields[operator_sessions.c.seen_at]
    idle = timedelta(seconds=fields[operator_sessions.c.idle_seconds])
    expires_at = min(fields[operator_sessions.c.expires_at], seen_at + idle)
    if now >= expires_at:
        return None
    return Session(
        id=fields[operator_sessions.c.id],
        operator=operator_from(row),
        csrf_token=csrf_token_of(token),
        opened_at=fields[operator_sessions.c.opened_at],
        expires_at=expires_at,
        is_due_for_touch=now - seen_at >= TOUCH_EVERY,
    )


def touch_session(connection: Connection, session_id: int, now: datetime) -> None:
    """Somebody did something: the idle time starts anew. Not for what the page does by itself, such as a stream."""
    is_later = operator_sessions.c.seen_at < now
    connection.execute(
        update(operator_sessions).where(operator_sessions.c.id == session_id, is_later).values(seen_at=now)
    )


def close_session(connection: Connection, token: str, now: datetime) -> None:
    """Signs out. Does nothing when it has ended already."""
    mine = operator_sessions.c.token_digest == _digest(token)
    ending = delete(operator_sessions).where(mine).returning(operator_sessions.c.operator_id)
    operator_id = connection.execute(ending).scalar_one_or_none()
    if operator_id is not None:
        record(connection, actor_of(operator_id), AuditAction.SIGNED_OUT, actor_of(operator_id), {}, now)


def close_all_sessions(connection: Connection, operator_id: int) -> int:
    """How many ended; on every device."""
    return connection.execute(delete(operator_sessions).where(operator_sessions.c.operator_id == operator_id)).rowcount


def count_sessions(connection: Connection, now: datetime) -> Mapping[int, int]:
    """How many each operator has open; operators without one are not in it."""
    statement = select(operator_sessions.c.operator_id, operator_sessions.c.seen_at, operator_sessions.c.idle_seconds)
    rows = connection.execute(statement.where(operator_sessions.c.expires_at > now))
    return Counter(row.operator_id for row in rows if row.seen_at + timedelta(seconds=row.idle_seconds) > now)


def csrf_token_of(token: str) -> str:
    """What forms of this session carry: made from the token, so a copy of the database does not hold it."""
    return base64.urlsafe_b64encode(hmac.digest(token.encode(), b"bhxh csrf", "sha256")).decode().rstrip("=")


def is_csrf_token(session: Session, given: str) -> bool:
    """Whether a form that came back is from a page of this session."""
    return hmac.compare_digest(session.csrf_token.encode(), given.encode("utf-8", "surrogatepass"))


def _digest(token: str) -> str:
    # A token of 256 random bits needs no salt and no slow hash.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _end_expired(connection: Connection, now: datetime) -> None:
    ended = select(operator_sessions.c.id).where(operator_sessions.c.expires_at <= now).limit(ENDED_AT_ONCE)
    # Those that another is removing just now are left to it.
    ids = connection.execute(ended.with_for_update(skip_locked=True)).scalars().all()
    connection.execute(delete(operator_sessions).where(operator_sessions.c.id.in_(ids)))


def _keep_newest(connection: Connection, operator_id: int, count: int) -> None:
    mine = operator_sessions.c.operator_id == operator_id
    newest_first = select(operator_sessions.c.id).where(mine).order_by(operator_sessions.c.id.desc())
    surplus = connection.execute(newest_first.offset(count)).scalars().all()
    connection.execute(delete(operator_sessions).where(operator_sessions.c.id.in_(surplus)))
