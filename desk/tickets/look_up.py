"""What a citizen may know of a case by its code alone: how far it is and until when; nothing personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.case_code import read_case_code
from desk.tickets.progress import Outcome, TicketState
from desk.tickets.ticket import TicketKind, ticket_by_code


@dataclass(frozen=True)
class CaseStatus:
    """No name, no contact, no question, no unit's or operator's name: who has the code need not be the citizen."""

    case_code: str
    kind: TicketKind
    state: TicketState
    filed_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    reappointed_on: date | None
    outcome: Outcome | None

    def is_late(self, now: datetime) -> bool:
        """Whether the answer came, or will come, after the day that was promised."""
        stopped = self.answered_at or self.closed_at or now
        return self.due_at is not None and stopped > self.due_at


def look_up(connection: Connection, case_code: str) -> CaseStatus | None:
    """`case_code` as people type it: any case, spaces, dashes or none. None when it is no code or unknown."""
    code = read_case_code(case_code)
    ticket = None if code is None else ticket_by_code(connection, code)
    if ticket is None:
        return None
    progress = ticket.progress
    return CaseStatus(
        ticket.case_code,
        ticket.kind,
        progress.state,
        ticket.created_at,
        progress.due_at,
        progress.answered_at,
        progress.closed_at,
        progress.reappointed_on,
        progress.outcome,
    )
