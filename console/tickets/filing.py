"""A ticket made out of a conversation: prefilled with the citizen's words; they are told its code."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.operator.talk import readable_item
from console.security.access import Door, Visit, is_from_script
from console.security.refusal import Refusal, RefusedError
from console.tickets.changing import Changing, take
from console.tickets.dossier import dossier_from
from console.tickets.handling import short_text, unit_of
from console.tickets.page import TEXT_CHARACTERS, subject_of
from console.tickets.reach import PAGE as WEB
from console.tickets.reach import reach_of
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from desk.calendar.holidays import read_holidays
from desk.conversation import conversation_key
from desk.tickets.changes import By, refer_to_unit
from desk.tickets.deadline import TicketKind
from desk.tickets.late_dossier import LateDossier, dossier_of
from desk.tickets.look_up import look_up
from desk.tickets.ticket import Ticket, TicketRequest, file_ticket, ticket_by_code
from desk.tickets.wording import basis_in_words, filed_in_words
from desk.worklist import WorkItem

KINDS = (
    TicketKind.UNIT_QUESTION,
    TicketKind.COMPLAINT,
    TicketKind.LATE_DOSSIER,
    TicketKind.CALLBACK,
    TicketKind.SCAM,
)
NAME_CHARACTERS, CONTACT_CHARACTERS = 100, 200
LAST_MESSAGES = 3
CITIZEN = "citizen"
DOSSIER_FIELDS = ("dossier_code", "place", "promised_on")
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,40}")


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    filing, path = _Filing(room), "/console/conversations/{episode}/ticket"
    return (
        Door("GET", path, Permission.WORK_TICKETS, filing.form),
        Door("POST", path, Permission.WORK_TICKETS, filing.file),
    )


@dataclass(frozen=True)
class KindChoice:
    """A kind with the deadline that it would have now, and why."""

    kind: TicketKind
    due: str
    basis: str


@dataclass(frozen=True)
class Filing:
    """The form, as it opens or after a refusal."""

    item: WorkItem
    choices: tuple[KindChoice, ...]
    question: str
    request_id: str
    error: str = ""
    typed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Filing:
    room: Room

    async def form(self, visit: Visit) -> Response:
        filing = await self.room.transactions.read(lambda connection: self._prepare(connection, visit))
        return self._page(visit, filing)

    async def file(self, visit: Visit) -> Response:
        try:
            request, unit = self._request(visit), self._unit(visit)

            def work(connection: Connection) -> tuple[Ticket, str, bool]:
                return self._file(connection, visit, request, unit)

            ticket, channel, is_told = await self.room.transactions.write(work)
        except RefusedError as refused:
            return await self._again(visit, refused)
        self.room.signals.announce(ticket.conversation_id, channel)
        return Changing(self.room).done(visit, ticket, "ticket_filed" if is_told else "ticket_filed_silently")

    async def _again(self, visit: Visit, refused: RefusedError) -> Response:
        if is_from_script(visit.request) or refused.refusal not in _OF_THE_FORM:
            raise refused
        filing = await self.room.transactions.read(lambda connection: self._prepare(connection, visit))
        error, typed = self.room.pages.texts.refused(refused), dict(visit.form.fields)
        return self._page(visit, replace(filing, error=error, typed=typed), int(refused.status))

    def _page(self, visit: Visit, filing: Filing, status_code: int = 200) -> Response:
        labels, limit = self.room.tickets.texts, TEXT_CHARACTERS
        return self.room.pages.page(visit, "ticket_new.html", status_code, filing=filing, labels=labels, limit=limit)

    def _prepare(self, connection: Connection, visit: Visit) -> Filing:
        item = readable_item(connection, visit.number("episode"), visit.operator)
        entries = self.room.messages.transcript(connection, item.stored.conversation_id, 0)
        said = [entry.text for entry in entries if entry.role == CITIZEN][-LAST_MESSAGES:]
        given = visit.form.text("request_id")
        request_id = given if _REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
        return Filing(item, self._choices(connection, visit), "\n".join(said)[:TEXT_CHARACTERS], request_id)

    def _choices(self, connection: Connection, visit: Visit) -> tuple[KindChoice, ...]:
        ground, holidays = self.room.tickets, read_holidays(connection)
        wording = ground.wording(visit.now)
        return tuple(
            KindChoice(
                kind,
                wording.moment(ground.rules.deadline(kind, visit.now, 0, holidays).due_at),
                basis_in_words(kind, 0, ground.rules, ground.texts),
            )
            for kind in KINDS
        )

    def _request(self, visit: Visit) -> TicketRequest:
        """Raises RefusedError."""
        form, me = visit.form, actor_of(visit.operator.id)
        kind = form.text("kind")
        if kind not in KINDS:
            raise RefusedError(Refusal.TICKET_KIND_MISSING)
        question = short_text(visit, TEXT_CHARACTERS, "question")
        if not question:
            raise RefusedError(Refusal.TICKET_TEXT_EMPTY)
        given = form.text("request_id")
        request_id = f"{me}-{given}" if _REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
        name, contact = short_text(visit, NAME_CHARACTERS, "name"), short_text(visit, CONTACT_CHARACTERS, "contact")
        dossier = self._dossier(visit, TicketKind(kind))
        return TicketRequest(request_id, name, contact, question, TicketKind(kind), dossier, me)

    def _dossier(self, visit: Visit, kind: TicketKind) -> LateDossier | None:
        """What the citizen does not know yet can be filled in on the ticket's own page."""
        is_empty = not any(visit.form.text(name).strip() for name in DOSSIER_FIELDS)
        return None if kind is not TicketKind.LATE_DOSSIER or is_empty else dossier_from(self.room, visit)

    @staticmethod
    def _unit(visit: Visit) -> str:
        """To be asked at once; empty to ask later."""
        asks = visit.form.text("kind") == TicketKind.UNIT_QUESTION and visit.form.text("unit").strip()
        return unit_of(visit) if asks else ""

    def _file(
        self, connection: Connection, visit: Visit, request: TicketRequest, unit: str
    ) -> tuple[Ticket, str, bool]:
        item = readable_item(connection, visit.number("episode"), visit.operator)
        if request.kind is TicketKind.CALLBACK and item.channel == WEB and not request.contact:
            raise RefusedError(Refusal.TICKET_CONTACT_MISSING)
        key = conversation_key(connection, item.stored.conversation_id)
        code = "" if key is None else file_ticket(connection, key, request, visit.now, self.room.tickets.rules)
        ticket = ticket_by_code(connection, code)
        if ticket is None:
            raise RefusedError(Refusal.NOT_FOUND)
        is_told = reach_of(connection, self.room.messages, ticket, visit.now).can_write
        if ticket.progress.version == 1:  # else the form came twice
            ticket = self._begin(connection, visit, ticket, unit, request.question)
            if is_told:
                self._tell(connection, visit, ticket)
        return ticket, item.channel, is_told

    def _begin(self, connection: Connection, visit: Visit, ticket: Ticket, unit: str, question: str) -> Ticket:
        by, detail = By(actor_of(visit.operator.id), visit.now), {"what": "filed", "code": ticket.case_code}
        record(connection, by.actor, AuditAction.TICKET_CHANGED, subject_of(ticket), detail, visit.now)
        if visit.form.is_on("mine") or unit:
            ticket = take(connection, ticket, visit, by)
        if unit:
            text = short_text(visit, TEXT_CHARACTERS, "unit_text") or question
            ticket = refer_to_unit(connection, ticket, unit, text, self.room.tickets.rules, by)
        return ticket

    def _tell(self, connection: Connection, visit: Visit, ticket: Ticket) -> None:
        status, wording = look_up(connection, ticket.case_code), self.room.tickets.wording(visit.now)
        if status is not None:
            words = filed_in_words(status, wording, dossier_of(connection, ticket.id))
            request_id = f"ticket-{ticket.id}-filed"
            self.room.messages.inform(connection, ticket.conversation_id, words, request_id, visit.now)


_OF_THE_FORM = frozenset(
    {
        Refusal.TICKET_KIND_MISSING,
        Refusal.TICKET_TEXT_EMPTY,
        Refusal.TICKET_TEXT_TOO_LONG,
        Refusal.TICKET_UNIT_MISSING,
        Refusal.TICKET_CONTACT_MISSING,
        Refusal.TICKET_FAULT,
    }
)
"""Mended on the same page; the others end it."""
