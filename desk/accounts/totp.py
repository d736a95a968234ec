"""The second factor: six digits from an authenticator (RFC 6238), each taken once."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field
from datetime import datetime

import pyotp
from sqlalchemy import Connection, or_, select, update

from desk.accounts.operator import operators
from desk.accounts.rules import AccountRules
from desk.accounts.session import close_all_sessions
from desk.audit import AuditAction, actor_of, record

STEP_SECONDS = 30
_CODE = re.compile(r"[0-9]{6}", re.ASCII)


@dataclass(frozen=True)
class Enrolment:
    """What the page of enrolment shows: `uri` as a QR code, `secret` to type where no camera is."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


def matching_step(secret: str, code: str, now: datetime, window_steps: int) -> int | None:
    """Number of the 30 seconds that the code belongs to, at most `window_steps` from now; None: wrong. Pure."""
    typed = "".join(code.split())
    if _CODE.fullmatch(typed) is None:
        return None
    current = int(now.timestamp()) // STEP_SECONDS
    codes = pyotp.HOTP(secret)
    matching = None
    for step in range(current - window_steps, current + window_steps + 1):
        if hmac.compare_digest(codes.at(step), typed):
            matching = step
    return matching


def use_code(connection: Connection, operator_id: int, code: str, now: datetime, rules: AccountRules) -> bool:
    """True for a right code that was not used before; of two requests with the same code one gets True.

    Raises ValueError when the stored secret was sealed with another key.
    """
    secret = connection.execute(select(operators.c.totp_secret).where(operators.c.id == operator_id)).scalar_one()
    if secret is None:
        return False
    step = matching_step(rules.seal.open(secret), code, now, rules.settings.totp.window_steps)
    return step is not None and _take_step(connection, operator_id, step)


def start_enrolment(connection: Connection, operator_id: int, rules: AccountRules) -> Enrolment | None:
    """A new secret that counts once a code has proved it; None when there is an authenticator already.

    Replacing one is an administrator's act: whoever finds an open session could else lock the owner out.
    """
    mine = (operators.c.id == operator_id, operators.c.totp_secret.is_(None))
    secret = pyotp.random_base32()
    changed = connection.execute(
        update(operators).where(*mine).values(totp_candidate=rules.seal.close(secret)).returning(operators.c.login)
    )
    login = changed.scalar_one_or_none()
    if login is None:
        return None
    issuer = rules.settings.totp.issuer
    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer))


def confirm_enrolment(connection: Connection, operator_id: int, code: str, now: datetime, rules: AccountRules) -> bool:
    """Whether the code is right; then the authenticator counts from the next sign-in on."""
    mine = (operators.c.id == operator_id, operators.c.totp_secret.is_(None))
    candidate = connection.execute(
        select(operators.c.totp_candidate).where(*mine).with_for_update()
    ).scalar_one_or_none()
    if candidate is None:
        return False
    step = matching_step(rules.seal.open(candidate), code, now, rules.settings.totp.window_steps)
    if step is None:
        return False
    values = {"totp_secret": candidate, "totp_candidate": None, "totp_last_step": step, "must_enrol_totp": False}
    connection.execute(update(operators).where(*mine).values(values))
    record(connection, actor_of(operator_id), AuditAction.TOTP_ENROLLED, actor_of(operator_id), {}, now)
    return True


def remove_totp(connection: Connection, operator_id: int, actor: str, now: datetime) -> bool:
    """For a lost authenticator; sessions end, the next sign-in asks for a new one where the roles need it."""
    had = (operators.c.id == operator_id, operators.c.totp_secret.is_not(None))
    values = {"totp_secret": None, "totp_candidate": None, "totp_last_step": None}
    removed = connection.execute(update(operators).where(*had).values(values)).rowcount == 1
    if removed:
        close_all_sessions(connection, operator_id)
        record(connection, actor, AuditAction.TOTP_REMOVED, actor_of(operator_id), {}, now)
    return removed


def _take_step(connection: Connection, operator_id: int, step: int) -> bool:
    last = operators.c.totp_last_step
    taking = update(operators).where(operators.c.id == operator_id, or_(last.is_(None), last < step))
    return connection.execute(taking.values(totp_last_step=step)).rowcount == 1
