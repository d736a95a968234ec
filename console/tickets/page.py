"""The page of one ticket: opening it, and asking to see what is hidden, each with a line in the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.security.access import Door, Visit, is_from_script
from console.security.refusal import Refusal, RefusedError
from console.tickets.acts import CHOSEN_OUTCOMES
from console.tickets.view import Looking, TicketView, read_view
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from desk.tickets.ticket import Ticket, ticket_by_id
from desk.tickets.told import Told

PAGE = "/console/tickets"
TEXT_CHARACTERS = 6_000
NOTHING_TYPED: Mapping[str, str] = MappingProxyType({})


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    page = TicketPage(room)
    return (
        Door("GET", PAGE + "/{ticket}", Permission.WORK_TICKETS, page.show),
        Door("POST", PAGE + "/{ticket}/reveal", Permission.REVEAL_IDENTIFIERS, page.reveal),
    )


@dataclass(frozen=True)
class Showing:
    """What stands on the page besides the ticket: a refusal, what was typed into which form, a preview."""

    error: str = ""
    form: str = ""
    typed: Mapping[str, str] = field(default_factory=lambda: NOTHING_TYPED)
    preview: str = ""
    reveals: bool = False
    status_code: int = 200


PLAIN = Showing()


@dataclass(frozen=True)
class TicketPage:
    """Shows it, also again after a form that was refused: what was typed stays."""

    room: Room

    async def show(self, visit: Visit) -> Response:
        """A GET."""
        return await self.render(visit, PLAIN)

    async def reveal(self, visit: Visit) -> Response:
        """The same page with nothing hidden, once; the audit log says who asked, never what they saw."""
        return await self.render(visit, Showing(reveals=True))

    async def refused(self, visit: Visit, form: str, refused: RefusedError) -> Response:
        """Scripts hear the sentence alone. Raises RefusedError where there is no page to show."""
        if is_from_script(visit.request) or refused.refusal is Refusal.NOT_FOUND:
            raise refused
        error = self.room.pages.texts.refused(refused)
        return await self.render(
            visit, Showing(error, form, visit.form.fields, status_code=int(refused.status), reveals=False)
        )

    async def render(self, visit: Visit, showing: Showing) -> Response:
        """Raises RefusedError when there is no such ticket."""
        view = await self.room.transactions.write(lambda connection: self._open(connection, visit, showing.reveals))
        said = self.room.pages.texts.said.get(visit.query("said", 40), "")
        return self.room.pages.page(
            visit,
            "ticket.html",
            showing.status_code,
            view=view,
            labels=self.room.tickets.texts,
            showing=showing,
            said=said.replace("{code}", view.ticket.case_code),
            outcomes=CHOSEN_OUTCOMES,
            told_ways=tuple(Told),
            attempts_needed=self.room.tickets.rules.settings.callback_attempts,
            limit=TEXT_CHARACTERS,
        )

    def _open(self, connection: Connection, visit: Visit, reveals: bool) -> TicketView:
        ticket = ticket_or_refuse(connection, visit)
        me, subject = actor_of(visit.operator.id), subject_of(ticket)
        record(connection, me, AuditAction.TICKET_READ, subject, {"code": ticket.case_code}, visit.now)
        if reveals:
            detail = {"what": "ticket"}
            record(connection, me, AuditAction.IDENTIFIERS_REVEALED, subject, detail, visit.now)
        looking = Looking(self.room.messages, self.room.tickets, visit.operator, visit.now, reveals)
        return read_view(connection, ticket, looking)


def ticket_or_refuse(connection: Connection, visit: Visit) -> Ticket:
    """Of the address. Raises RefusedError."""
    ticket = ticket_by_id(connection, visit.number("ticket"))
    if ticket is None:
        raise RefusedError(Refusal.NOT_FOUND)
    return ticket


def subject_of(ticket: Ticket) -> str:
    """In the audit log."""
    return f"ticket:{ticket.id}"


def page_of(ticket_id: int, said: str = "") -> str:
    """Its address; `said` names what was done, for the page to say."""
    return f"{PAGE}/{ticket_id}" + (f"?said={said}" if said else "")
