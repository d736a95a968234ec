"""What every form of a ticket has in common: seen version, who was quicker, the audit line, the page again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import Response
from sqlalchemy import Connection

from console.operator.pages import clock
from console.operator.room import Room, names_of_operators
from console.security.access import Visit, is_from_script
from console.security.refusal import Refusal, RefusedError
from console.tickets.page import TicketPage, page_of, subject_of, ticket_or_refuse
from console.tickets.view import who_did
from desk.audit import AuditAction, actor_of, record
from desk.tickets.changes import SYSTEM, By, TicketOvertakenError, assign
from desk.tickets.log import events_of
from desk.tickets.progress import ChangeRefusedError, TicketEvent, TicketEventKind
from desk.tickets.ticket import Ticket

Change = Callable[[Connection, Ticket, By], Ticket]


@dataclass(frozen=True)
class Wanted:
    """One form. `kind` and `data` tell a form that was sent twice from one that comes too late.

    `engages`: whoever does it on a ticket that nobody has takes it with that.
    """

    form: str
    kind: TicketEventKind
    change: Change
    said: str
    data: Mapping[str, Any] = field(default_factory=dict)
    engages: bool = False


@dataclass(frozen=True)
class Changing:
    """Runs the change in one transaction with all that belongs to it."""

    room: Room

    async def do(self, visit: Visit, wanted: Callable[[], Wanted]) -> Response:
        """`wanted` reads the form and may raise RefusedError: the page comes again, with what was typed."""
        form = visit.request.url.path.rsplit("/", 1)[-1]
        try:
            asked = wanted()
            ticket = await self.room.transactions.write(lambda connection: self._work(connection, visit, asked))
        except RefusedError as refused:
            return await TicketPage(self.room).refused(visit, form, refused)
        return self.done(visit, ticket, asked.said)

    def done(self, visit: Visit, ticket: Ticket, said: str) -> Response:
        """Scripts hear the words, pages find them by their name in the address."""
        words = self.room.pages.texts.said[said].replace("{code}", ticket.case_code)
        path = page_of(ticket.id, "" if is_from_script(visit.request) else said)
        return self.room.pages.done(visit, path, words)

    def _work(self, connection: Connection, visit: Visit, wanted: Wanted) -> Ticket:
        ticket, by = ticket_or_refuse(connection, visit), By(actor_of(visit.operator.id), visit.now)
        newer = self._since(connection, visit, ticket)
        if _is_repeated(newer, wanted, by):
            return ticket
        if any(event.actor != SYSTEM for event in newer):
            raise self._overtaken(connection, ticket)
        try:
            if wanted.engages and ticket.progress.assignee_id is None:
                ticket = take(connection, ticket, visit, by)
            changed = wanted.change(connection, ticket, by)
        except TicketOvertakenError as error:
            raise self._overtaken(connection, error.current) from error
        except ChangeRefusedError as error:
            raise self.impossible(ticket) from error
        detail = {"what": wanted.kind.value, "code": ticket.case_code}
        record(connection, by.actor, AuditAction.TICKET_CHANGED, subject_of(ticket), detail, visit.now)
        return changed

    @staticmethod
    def _since(connection: Connection, visit: Visit, ticket: Ticket) -> tuple[TicketEvent, ...]:
        """What happened after the page was made. Raises RefusedError for a form without its version."""
        seen = visit.form.number("version")
        if seen is None or seen > ticket.progress.version:
            raise RefusedError(Refusal.BAD_FORM)
        newer = ticket.progress.version - seen
        return events_of(connection, ticket.id)[-newer:] if newer else ()

    def impossible(self, ticket: Ticket) -> RefusedError:
        """Not in this state."""
        state = getattr(self.room.tickets.texts.states, ticket.progress.state.value)
        return RefusedError(Refusal.TICKET_STATE, {"state": state})

    def _overtaken(self, connection: Connection, ticket: Ticket) -> RefusedError:
        last = next(event for event in reversed(events_of(connection, ticket.id)) if event.actor != SYSTEM)
        who = who_did(last, names_of_operators(connection))
        what = getattr(self.room.tickets.texts.events, last.kind.value)
        values = {"name": self.room.pages.texts.names["actors"].get(who, who), "what": what, "at": clock(last.at)}
        return RefusedError(Refusal.TICKET_OVERTAKEN, values)


def take(connection: Connection, ticket: Ticket, visit: Visit, by: By, operator_id: int | None = None) -> Ticket:
    """For oneself, or for `operator_id`; with a line in the audit log."""
    whom = operator_id or visit.operator.id
    detail = {"to": actor_of(whom), "code": ticket.case_code}
    record(connection, by.actor, AuditAction.TICKET_ASSIGNED, subject_of(ticket), detail, visit.now)
    return assign(connection, ticket, whom, by)


def _is_repeated(newer: tuple[TicketEvent, ...], wanted: Wanted, by: By) -> bool:
    """The same form came before, over a bad line or by a second click."""
    theirs = all(event.actor in {by.actor, SYSTEM} for event in newer)
    return theirs and any(
        event.kind is wanted.kind and all(event.data.get(key) == value for key, value in wanted.data.items())
        for event in newer
        if event.actor == by.actor
    )
