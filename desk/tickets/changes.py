"""What operators do with a ticket. Every change is an event; two who change at once cannot overwrite each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, update

from desk.calendar.holidays import read_holidays
from desk.tickets.alarms import settle_alarms
from desk.tickets.deadline import TicketKind, TicketRules
from desk.tickets.log import append_event
from desk.tickets.progress import (
    RUNNING,
    ChangeRefusedError,
    Outcome,
    TicketEvent,
    TicketEventKind,
    apply,
)
from desk.tickets.ticket import Ticket, columns_of, deadline_data, is_breached, ticket_by_id, tickets
from desk.tickets.told import Told

SYSTEM = "system"


class TicketOvertakenError(RuntimeError):
    """Somebody else changed the ticket first; `current` is how it is now."""

    def __init__(self, current: Ticket) -> None:
        super().__init__(f"ticket {current.id} is at version {current.progress.version}")
        self.current = current


@dataclass(frozen=True)
class By:
    """Who does it and when; `actor` is "citizen", "system" or "operator:<id>"."""

    actor: str
    now: datetime


TextChange = Callable[[Connection, Ticket, str, By], Ticket]
"""Of all below that need nothing but a text."""


def record(
    connection: Connection, ticket: Ticket, kind: TicketEventKind, by: By, data: Mapping[str, Any] | None = None
) -> Ticket:
    """The ticket after the event. Raises ChangeRefusedError and TicketOvertakenError, as do all below."""
    event = TicketEvent(kind, by.now, by.actor, data or {})
    after = apply(ticket.progress, event)
    changed = connection.execute(
        update(tickets)
        .where(tickets.c.id == ticket.id, tickets.c.version == ticket.progress.version)
        .values(columns_of(after))
    )
    if not changed.rowcount:
        current = ticket_by_id(connection, ticket.id)
        raise TicketOvertakenError(current if current is not None else ticket)
    append_event(connection, ticket.id, after.version, event)
    if after.state not in RUNNING or after.due_at != ticket.progress.due_at:
        settle_alarms(connection, ticket.case_code, by.now)
    return replace(ticket, progress=after)


def assign(connection: Connection, ticket: Ticket, operator_id: int | None, by: By) -> Ticket:
    """To an operator, or with None back to all."""
    return record(connection, ticket, TicketEventKind.ASSIGNED, by, {"operator_id": operator_id})


def note(connection: Connection, ticket: Ticket, text: str, by: By) -> Ticket:
    """For colleagues only."""
    return record(connection, ticket, TicketEventKind.NOTED, by, {"text": text})


def refer_to_unit(connection: Connection, ticket: Ticket, unit: str, text: str, rules: TicketRules, by: By) -> Ticket:
    """Asks a unit in writing (Decision 1642/QĐ-BHXH, art. 13); the deadline becomes that of so many units.

    Only a question's deadline moves, and not once it has passed: what was promised for the other kinds stays.
    """
    data: Mapping[str, Any] = {"unit": unit, "text": text}
    if ticket.kind in {TicketKind.MESSAGE, TicketKind.UNIT_QUESTION} and not is_breached(ticket.progress, by.now):
        units = len({*ticket.progress.units, unit})
        start = ticket.progress.clock_from or ticket.created_at
        deadline = rules.as_kept(connection).deadline(ticket.kind, start, units, read_holidays(connection))
        data = {**data, **deadline_data(deadline)}
    return record(connection, ticket, TicketEventKind.REFERRED, by, data)


def take_unit_reply(connection: Connection, ticket: Ticket, text: str, by: By) -> Ticket:
    """What the unit wrote back; the citizen has no answer yet."""
    return record(connection, ticket, TicketEventKind.UNIT_REPLIED, by, {"text": text})


def answer(connection: Connection, ticket: Ticket, text: str, by: By, told: Told = Told.CONVERSATION) -> Ticket:
    """What goes to the citizen: the clock stands. Sending it is the caller's; `told` is how the citizen has it."""
    return record(connection, ticket, TicketEventKind.ANSWERED, by, {"text": text, "told": told.value})


def reach(connection: Connection, ticket: Ticket, text: str, by: By) -> Ticket:
    """Somebody talked to the citizen; `text` is what was said, for colleagues."""
    return record(connection, ticket, TicketEventKind.REACHED, by, {"text": text})


def fail_to_reach(connection: Connection, ticket: Ticket, text: str, by: By) -> Ticket:
    """A call that nobody answered; the clock runs on."""
    return record(connection, ticket, TicketEventKind.NOT_REACHED, by, {"text": text})


def reappoint(connection: Connection, ticket: Ticket, new_date: date, reason: str, by: By) -> Ticket:
    """A new day for a late dossier, as the apology slip tells it."""
    if ticket.kind is not TicketKind.LATE_DOSSIER:
        raise ChangeRefusedError(TicketEventKind.REAPPOINTED, ticket.progress.state, f"kind {ticket.kind}")
    data = {"new_date": new_date.isoformat(), "reason": reason}
    return record(connection, ticket, TicketEventKind.REAPPOINTED, by, data)


def reopen(connection: Connection, ticket: Ticket, text: str, rules: TicketRules, by: By) -> Ticket:
    """The citizen is not content, or a mistake was found: a new clock from now on. Not after an erasure."""
    if ticket.progress.outcome is Outcome.WITHDRAWN:
        raise ChangeRefusedError(TicketEventKind.REOPENED, ticket.progress.state, "the citizen's data were erased")
    units, holidays = len(ticket.progress.units), read_holidays(connection)
    deadline = rules.as_kept(connection).deadline(ticket.kind, by.now, units, holidays)
    return record(connection, ticket, TicketEventKind.REOPENED, by, {"text": text, **deadline_data(deadline)})


def close(connection: Connection, ticket: Ticket, outcome: Outcome, text: str, rules: TicketRules, by: By) -> Ticket:
    """`answered` needs an answer, `not_reached` as many calls that nobody answered as the settings ask."""
    if outcome is Outcome.NOT_REACHED and ticket.progress.attempts < rules.settings.callback_attempts:
        why = f"{ticket.progress.attempts} of {rules.settings.callback_attempts} attempts"
        raise ChangeRefusedError(TicketEventKind.CLOSED, ticket.progress.state, why)
    return record(connection, ticket, TicketEventKind.CLOSED, by, {"outcome": outcome.value, "text": text})
