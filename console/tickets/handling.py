"""Who has a ticket, notes, units asked in writing, calls: everything that sends nothing to the citizen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room, names_of_operators
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from console.tickets.acts import may_release, may_take
from console.tickets.changing import Changing, Wanted, take
from console.tickets.page import PAGE, TEXT_CHARACTERS, subject_of
from console.tickets.view import ticket_workers
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, record
from desk.notes import NOTE_CHARACTERS
from desk.tickets import changes
from desk.tickets.changes import By
from desk.tickets.progress import TicketEventKind
from desk.tickets.ticket import Ticket

UNIT_CHARACTERS = 200


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    handling, root = _Handling(room, Changing(room)), PAGE + "/{ticket}"
    work = Permission.WORK_TICKETS
    return (
        Door("POST", root + "/take", work, handling.take),
        Door("POST", root + "/release", work, handling.release),
        Door("POST", root + "/assign", Permission.ASSIGN_TICKETS, handling.assign),
        Door("POST", root + "/note", work, handling.note),
        Door("POST", root + "/refer", work, handling.refer),
        Door("POST", root + "/unit_reply", work, handling.unit_reply),
        Door("POST", root + "/reach", work, handling.reach),
        Door("POST", root + "/not_reached", work, handling.not_reached),
        Door("POST", root + "/reopen", work, handling.reopen),
    )


@dataclass(frozen=True)
class _Handling:
    room: Room
    changing: Changing

    async def take(self, visit: Visit) -> Response:
        """By oneself; from a colleague only by who assigns tickets."""

        def change(connection: Connection, ticket: Ticket, by: By) -> Ticket:
            if not may_take(ticket, visit.operator):
                raise self._not_yours(connection, ticket)
            return take(connection, ticket, visit, by)

        data = {"operator_id": visit.operator.id}
        wanted = Wanted("take", TicketEventKind.ASSIGNED, change, "ticket_taken", data)
        return await self.changing.do(visit, lambda: wanted)

    async def release(self, visit: Visit) -> Response:
        def change(connection: Connection, ticket: Ticket, by: By) -> Ticket:
            if not may_release(ticket, visit.operator):
                raise self._not_yours(connection, ticket)
            detail = {"to": "", "code": ticket.case_code}
            record(connection, by.actor, AuditAction.TICKET_ASSIGNED, subject_of(ticket), detail, visit.now)
            return changes.assign(connection, ticket, None, by)

        data = {"operator_id": None}
        wanted = Wanted("release", TicketEventKind.ASSIGNED, change, "ticket_released", data)
        return await self.changing.do(visit, lambda: wanted)

    async def assign(self, visit: Visit) -> Response:
        to = visit.form.number("to")

        def change(connection: Connection, ticket: Ticket, by: By) -> Ticket:
            if to not in {each.id for each in ticket_workers(connection)}:
                raise RefusedError(Refusal.TICKET_ASSIGNEE_UNKNOWN)
            return take(connection, ticket, visit, by, to)

        wanted = Wanted("assign", TicketEventKind.ASSIGNED, change, "ticket_assigned", {"operator_id": to})
        return await self.changing.do(visit, lambda: wanted)

    async def note(self, visit: Visit) -> Response:
        def wanted() -> Wanted:
            text = needed_text(visit, NOTE_CHARACTERS)
            change = partial(_with_text, changes.note, text)
            return Wanted("note", TicketEventKind.NOTED, change, "ticket_noted", {"text": text})

        return await self.changing.do(visit, wanted)

    async def refer(self, visit: Visit) -> Response:
        """In writing; the deadline becomes that of so many units."""

        def wanted() -> Wanted:
            unit, text = unit_of(visit), needed_text(visit, TEXT_CHARACTERS)

            def change(connection: Connection, ticket: Ticket, by: By) -> Ticket:
                return changes.refer_to_unit(connection, ticket, unit, text, self.room.tickets.rules, by)

            data = {"unit": unit, "text": text}
            return Wanted("refer", TicketEventKind.REFERRED, change, "ticket_referred", data, engages=True)

        return await self.changing.do(visit, wanted)

    async def unit_reply(self, visit: Visit) -> Response:
        def wanted() -> Wanted:
            text = needed_text(visit, TEXT_CHARACTERS)
            change = partial(_with_text, changes.take_unit_reply, text)
            return Wanted("unit_reply", TicketEventKind.UNIT_REPLIED, change, "ticket_unit_replied", {"text": text})

        return await self.changing.do(visit, wanted)

    async def reach(self, visit: Visit) -> Response:
        def wanted() -> Wanted:
            text = needed_text(visit, NOTE_CHARACTERS)
            change, kind = partial(_with_text, changes.reach, text), TicketEventKind.REACHED
            return Wanted("reach", kind, change, "ticket_reached", {"text": text}, engages=True)

        return await self.changing.do(visit, wanted)

    async def not_reached(self, visit: Visit) -> Response:
        """What was tried may stay empty: that nobody answered says enough."""

        def wanted() -> Wanted:
            text = short_text(visit, NOTE_CHARACTERS)
            change, kind = partial(_with_text, changes.fail_to_reach, text), TicketEventKind.NOT_REACHED
            return Wanted("not_reached", kind, change, "ticket_not_reached", {"text": text}, engages=True)

        return await self.changing.do(visit, wanted)

    async def reopen(self, visit: Visit) -> Response:
        def wanted() -> Wanted:
            text = needed_text(visit, NOTE_CHARACTERS)

            def change(connection: Connection, ticket: Ticket, by: By) -> Ticket:
                return changes.reopen(connection, ticket, text, self.room.tickets.rules, by)

            return Wanted("reopen", TicketEventKind.REOPENED, change, "ticket_reopened", {"text": text})

        return await self.changing.do(visit, wanted)

    @staticmethod
    def _not_yours(connection: Connection, ticket: Ticket) -> RefusedError:
        name = names_of_operators(connection).get(ticket.progress.assignee_id or 0, "")
        return RefusedError(Refusal.TICKET_NOT_YOURS, {"name": name})


def unit_of(visit: Visit) -> str:
    """The unit asked. Raises RefusedError."""
    unit = " ".join(visit.form.text("unit").split())
    if not unit or len(unit) > UNIT_CHARACTERS:
        raise RefusedError(Refusal.TICKET_UNIT_MISSING, {"limit": UNIT_CHARACTERS})
    return unit


def needed_text(visit: Visit, limit: int) -> str:
    """The field `text`. Raises RefusedError."""
    text = short_text(visit, limit)
    if not text:
        raise RefusedError(Refusal.TICKET_TEXT_EMPTY)
    return text


def short_text(visit: Visit, limit: int, name: str = "text") -> str:
    """A field that may stay empty. Raises RefusedError."""
    text = visit.form.text(name).strip()
    if len(text) > limit:
        raise RefusedError(Refusal.TICKET_TEXT_TOO_LONG, {"limit": limit})
    return text


def _with_text(change: changes.TextChange, text: str, connection: Connection, ticket: Ticket, by: By) -> Ticket:
    return change(connection, ticket, text, by)
