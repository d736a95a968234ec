"""What can be done with a ticket in its state, by whom. Pure; the doors and the desk check again."""

from __future__ import annotations

from enum import StrEnum

from desk.accounts.operator import Operator
from desk.accounts.permissions import Permission, may
from desk.tickets.progress import OPEN, RUNNING, Outcome, TicketState
from desk.tickets.ticket import Ticket, TicketKind


class TicketAct(StrEnum):
    """Forms of the page."""

    TAKE = "take"
    RELEASE = "release"
    ASSIGN = "assign"
    NOTE = "note"
    REFER = "refer"
    UNIT_REPLY = "unit_reply"
    ANSWER = "answer"
    REACH = "reach"
    NOT_REACHED = "not_reached"
    DOSSIER = "dossier"
    REAPPOINT = "reappoint"
    SLIP = "slip"
    REOPEN = "reopen"
    CLOSE = "close"
    REVEAL = "reveal"


CHOSEN_OUTCOMES = tuple(outcome for outcome in Outcome if outcome is not Outcome.WITHDRAWN)


def acts_of(ticket: Ticket, operator: Operator, has_dossier: bool) -> frozenset[TicketAct]:
    """Nothing but notes for a ticket whose citizen had their data erased."""
    state, mine = ticket.progress.state, ticket.progress.assignee_id
    is_open, is_running = state in OPEN, state in RUNNING
    is_erased = ticket.progress.outcome is Outcome.WITHDRAWN
    is_late_dossier = ticket.kind is TicketKind.LATE_DOSSIER
    possible = {
        TicketAct.TAKE: (is_open and mine != operator.id and may_take(ticket, operator), Permission.WORK_TICKETS),
        TicketAct.RELEASE: (is_open and mine is not None and may_release(ticket, operator), Permission.WORK_TICKETS),
        TicketAct.ASSIGN: (is_open, Permission.ASSIGN_TICKETS),
        TicketAct.NOTE: (True, Permission.WORK_TICKETS),
        TicketAct.REFER: (is_running, Permission.WORK_TICKETS),
        TicketAct.UNIT_REPLY: (state is TicketState.WITH_UNIT, Permission.WORK_TICKETS),
        TicketAct.ANSWER: (is_open, Permission.WORK_TICKETS),
        TicketAct.REACH: (is_running, Permission.WORK_TICKETS),
        TicketAct.NOT_REACHED: (is_running, Permission.WORK_TICKETS),
        TicketAct.DOSSIER: (is_open and is_late_dossier, Permission.WORK_TICKETS),
        TicketAct.REAPPOINT: (is_open and is_late_dossier, Permission.WORK_TICKETS),
        TicketAct.SLIP: (has_dossier and not is_erased, Permission.REVEAL_IDENTIFIERS),
        TicketAct.REOPEN: (not is_running and not is_erased, Permission.WORK_TICKETS),
        TicketAct.CLOSE: (is_open, Permission.WORK_TICKETS),
        TicketAct.REVEAL: (not is_erased, Permission.REVEAL_IDENTIFIERS),
    }
    return frozenset(act for act, (can, permission) in possible.items() if can and may(operator, permission))


def may_release(ticket: Ticket, operator: Operator) -> bool:
    """One's own, or anybody's for who assigns tickets."""
    return ticket.progress.assignee_id == operator.id or may(operator, Permission.ASSIGN_TICKETS)


def may_take(ticket: Ticket, operator: Operator) -> bool:
    """What nobody has; a colleague's only for who assigns tickets."""
    return ticket.progress.assignee_id is None or may(operator, Permission.ASSIGN_TICKETS)
