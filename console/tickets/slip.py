"""The draft of the "Phiếu xin lỗi và hẹn lại ngày trả kết quả", for somebody to check, sign and stamp."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from console.tickets.handling import short_text
from console.tickets.page import PAGE, TicketPage, subject_of, ticket_or_refuse
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from desk.calendar.zone import vietnam_date
from desk.tickets.apology_slip import render_docx
from desk.tickets.late_dossier import LateDossier, dossier_of, read_day
from desk.tickets.slip_text import Addressee, ApologySlip, compose
from desk.tickets.ticket import Ticket

FIELD_CHARACTERS = 300
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py. The letter names the citizen, hence the permission."""
    return (Door("POST", PAGE + "/{ticket}/slip", Permission.REVEAL_IDENTIFIERS, _Slips(room).download),)


@dataclass(frozen=True)
class _Slips:
    room: Room

    async def download(self, visit: Visit) -> Response:
        try:
            ticket, slip = await self.room.transactions.write(lambda connection: self._fill(connection, visit))
        except RefusedError as refused:
            return await TicketPage(self.room).refused(visit, "slip", refused)
        content = await asyncio.to_thread(render_docx, compose(slip, self.room.tickets.slips))
        disposition = f'attachment; filename="phieu-xin-loi-{ticket.case_code}.docx"'
        return Response(content, media_type=MEDIA_TYPE, headers={"Content-Disposition": disposition})

    def _fill(self, connection: Connection, visit: Visit) -> tuple[Ticket, ApologySlip]:
        ticket = ticket_or_refuse(connection, visit)
        dossier = dossier_of(connection, ticket.id)
        if dossier is None or not dossier.dossier_code:  # never filled in, or erased
            raise RefusedError(Refusal.NOT_FOUND)
        slip = _slip(visit, ticket, dossier)
        me, detail = actor_of(visit.operator.id), {"what": "apology_slip"}
        record(connection, me, AuditAction.IDENTIFIERS_REVEALED, subject_of(ticket), detail, visit.now)
        return ticket, slip


def _slip(visit: Visit, ticket: Ticket, dossier: LateDossier) -> ApologySlip:
    """What the form leaves empty comes from the ticket. Raises RefusedError."""
    new_date = _day(visit, "new_date") or ticket.progress.reappointed_on
    if new_date is None:
        raise RefusedError(Refusal.TICKET_DAY_INVALID, {"given": ""})
    is_organisation = visit.form.text("addressee") == Addressee.ORGANISATION
    return ApologySlip(
        office=_field(visit, "office") or dossier.place,
        superior_office=_field(visit, "superior_office"),
        place=_field(visit, "place"),
        citizen=_field(visit, "citizen") or ticket.name,
        addressee=Addressee.ORGANISATION if is_organisation else Addressee.PERSON,
        dossier_code=dossier.dossier_code,
        procedure=_field(visit, "procedure"),
        received_on=_day(visit, "received_on"),
        promised_on=dossier.promised_on,
        reason=_field(visit, "reason"),
        new_date=new_date,
        issued_on=vietnam_date(visit.now),
        number=_field(visit, "number"),
    )


def _field(visit: Visit, name: str) -> str:
    return short_text(visit, FIELD_CHARACTERS, name)


def _day(visit: Visit, name: str) -> date | None:
    """None for an empty field. Raises RefusedError."""
    given = visit.form.text(name).strip()
    day = read_day(given) if given else None
    if given and day is None:
        raise RefusedError(Refusal.TICKET_DAY_INVALID, {"given": given[:40]})
    return day
