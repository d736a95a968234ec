"""From draft to done: each step is one conditional update, so that of two people who click at once one succeeds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, update

from desk.audit import AuditAction, actor_of, record
from desk.notices.mailing import (
    Mailing,
    MailingKind,
    MailingState,
    OwnMailingError,
    PausedByOtherError,
    WrongMailingStateError,
    mailing_by_id,
    mailings,
)
from desk.notices.recipient import Skip, add_subscribers, leave_out_other_channels, skip_waiting

Detail = dict[str, str | int | bool | None]
UNDER_WAY = frozenset({MailingState.SENDING, MailingState.PAUSED})
NOT_BEGUN = frozenset({MailingState.DRAFT, MailingState.SUBMITTED, MailingState.APPROVED})


def submit_mailing(connection: Connection, mailing_id: int, operator_id: int, now: datetime) -> None:
    """A draft now waits for another person. Raises WrongMailingStateError."""
    _move(connection, mailing_id, {MailingState.DRAFT}, state=MailingState.SUBMITTED, submitted_at=now, rejection="")
    _audit(connection, AuditAction.NEWS_SUBMITTED, mailing_id, operator_id, {}, now)


def take_back_mailing(connection: Connection, mailing_id: int, operator_id: int, now: datetime) -> None:
    """Before it begins: a draft again, which needs a new approval. Raises WrongMailingStateError."""
    before = {MailingState.SUBMITTED, MailingState.APPROVED}
    _move(connection, mailing_id, before, state=MailingState.DRAFT, decided_by=None, decided_at=None)
    _audit(connection, AuditAction.NEWS_STEERED, mailing_id, operator_id, {"step": "taken back"}, now)


def approve_mailing(connection: Connection, mailing_id: int, revision: int, operator_id: int, now: datetime) -> None:
    """What was read is what is sent: of another revision nothing is approved.

    Raises OwnMailingError for whoever wrote on it, and WrongMailingStateError.
    """
    mailing = mailing_by_id(connection, mailing_id)
    if mailing is None or mailing.revision != revision:
        raise WrongMailingStateError(mailing_id)
    if operator_id in mailing.written_by:
        raise OwnMailingError(mailing_id)
    decided = {"decided_by": operator_id, "decided_at": now}
    submitted = (mailings.c.id == mailing_id, mailings.c.state == MailingState.SUBMITTED)
    # Asked again: somebody may have taken it back, written on it and handed it in since it was read above.
    this = update(mailings).where(*submitted, mailings.c.revision == revision)
    if not connection.execute(this.values(state=MailingState.APPROVED, **decided)).rowcount:
        raise WrongMailingStateError(mailing_id)
    _audit(connection, AuditAction.NEWS_APPROVED, mailing_id, operator_id, {}, now)


def reject_mailing(connection: Connection, mailing_id: int, operator_id: int, reason: str, now: datetime) -> None:
    """A draft again, with what is to be mended. Raises WrongMailingStateError."""
    decided = {"decided_by": operator_id, "decided_at": now, "rejection": reason}
    _move(connection, mailing_id, {MailingState.SUBMITTED}, state=MailingState.DRAFT, **decided)
    _audit(connection, AuditAction.NEWS_REJECTED, mailing_id, operator_id, {}, now)


def begin_mailing(connection: Connection, mailing: Mailing, now: datetime) -> bool:
    """Approved, and its time has come: its recipients are fixed. False when somebody took it back meanwhile."""
    try:
        _move(connection, mailing.id, {MailingState.APPROVED}, state=MailingState.SENDING, started_at=now)
    except WrongMailingStateError:
        return False
    if mailing.kind is MailingKind.NEWS:
        add_subscribers(connection, mailing)
    else:
        leave_out_other_channels(connection, mailing, now)
    return True


def pause_mailing(connection: Connection, mailing_id: int, operator_id: int, reason: str, now: datetime) -> None:
    """Nobody else is put into the outbox from now on. Raises WrongMailingStateError."""
    halted = {"halt_reason": reason, "halted_by": operator_id}
    _move(connection, mailing_id, {MailingState.SENDING}, state=MailingState.PAUSED, **halted)
    _audit(connection, AuditAction.NEWS_STEERED, mailing_id, operator_id, {"step": "paused"}, now)


def resume_mailing(
    connection: Connection, mailing_id: int, operator_id: int, now: datetime, *, overrules: bool = False
) -> None:
    """Goes on with whoever has not got it. `overrules`: what somebody else paused goes on too.

    Raises WrongMailingStateError; PausedByOtherError.
    """
    found = mailing_by_id(connection, mailing_id)
    if found is not None and found.halted_by not in {None, operator_id} and not overrules:
        raise PausedByOtherError
    _move(connection, mailing_id, {MailingState.PAUSED}, state=MailingState.SENDING, halt_reason="", halted_by=None)
    _audit(connection, AuditAction.NEWS_STEERED, mailing_id, operator_id, {"step": "resumed"}, now)


def stop_mailing(connection: Connection, mailing_id: int, operator_id: int, reason: str, now: datetime) -> int:
    """For good; how many had not got it and never will. Raises WrongMailingStateError."""
    before = UNDER_WAY | NOT_BEGUN
    halted = {"halt_reason": reason, "halted_by": operator_id, "finished_at": now}
    _move(connection, mailing_id, before, state=MailingState.STOPPED, **halted)
    left = skip_waiting(connection, mailing_id, Skip.STOPPED, now)
    _audit(connection, AuditAction.NEWS_STEERED, mailing_id, operator_id, {"step": "stopped", "left": left}, now)
    return left


def end_mailing(connection: Connection, mailing_id: int, now: datetime) -> bool:
    """Everybody has it or was left out. False when it was paused or stopped meanwhile."""
    try:
        _move(connection, mailing_id, {MailingState.SENDING}, state=MailingState.DONE, finished_at=now)
    except WrongMailingStateError:
        return False
    return True


def _move(connection: Connection, mailing_id: int, before: Collection[MailingState], **values: object) -> None:
    allowed = (mailings.c.id == mailing_id, mailings.c.state.in_([state.value for state in before]))
    if not connection.execute(update(mailings).where(*allowed).values(values)).rowcount:
        raise WrongMailingStateError(mailing_id)


def _audit(
    connection: Connection, action: AuditAction, mailing_id: int, operator_id: int, detail: Detail, now: datetime
) -> None:
    record(connection, actor_of(operator_id), action, f"mailing:{mailing_id}", detail, now)
