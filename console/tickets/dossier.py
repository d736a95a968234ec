"""A late dossier: what the receipt says, the new day and its apology, the draft of the apology slip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from console.tickets.answering import check_told, told_of, words_to_citizen
from console.tickets.changing import Changing, Wanted
from console.tickets.page import PAGE, Showing, TicketPage
from console.tickets.reach import reach_of
from desk.accounts.permissions import Permission
from desk.calendar.holidays import Holidays, read_holidays
from desk.calendar.opening import day_in_words
from desk.calendar.working_days import next_working_day
from desk.calendar.zone import vietnam_date
from desk.tickets import changes
from desk.tickets.changes import By
from desk.tickets.late_dossier import LateDossier, put_dossier, read_day, read_dossier
from desk.tickets.new_date import NewDateFault, read_new_date
from desk.tickets.progress import ChangeRefusedError, TicketEventKind
from desk.tickets.ticket import Ticket, TicketKind
from desk.tickets.told import Told
from desk.tickets.wording import reappointed_in_words

REASON_CHARACTERS = 500


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    dossier, root = _Dossier(room, Changing(room)), PAGE + "/{ticket}"
    work = Permission.WORK_TICKETS
    return (
        Door("POST", root + "/dossier", work, dossier.put),
        Door("POST", root + "/reappoint", work, dossier.reappoint),
        Door("POST", root + "/reappoint/preview", work, dossier.preview),
    )


@dataclass(frozen=True)
class _Dossier:
    room: Room
    changing: Changing

    async def put(self, visit: Visit) -> Response:
        """Filled in after the ticket was made, or mended."""

        def wanted() -> Wanted:
            dossier = dossier_from(self.room, visit)
            text = self.room.tickets.texts.dossier_noted

            def change(connection: Connection, ticket: Ticket, by: By) -> Ticket:
                if ticket.kind is not TicketKind.LATE_DOSSIER:
                    raise ChangeRefusedError(TicketEventKind.NOTED, ticket.progress.state, f"kind {ticket.kind}")
                put_dossier(connection, ticket.id, dossier)
                return changes.note(connection, ticket, text, by)

            return Wanted("dossier", TicketEventKind.NOTED, change, "ticket_dossier", {"text": text})

        return await self.changing.do(visit, wanted)

    async def reappoint(self, visit: Visit) -> Response:
        """The new day is an answer too: it is told to the citizen, or was told already."""
        reached: list[tuple[str, str]] = []

        def wanted() -> Wanted:
            told, reason = told_of(visit), words_to_citizen(self.room, visit, REASON_CHARACTERS)

            def change(connection: Connection, ticket: Ticket, by: By) -> Ticket:
                day = self._new_day(visit, read_holidays(connection))
                reach = reach_of(connection, self.room.messages, ticket, visit.now)
                check_told(told, reach)
                words = reappointed_in_words(day, reason, self.room.tickets.wording(visit.now))
                ticket = changes.reappoint(connection, ticket, day, reason, by)
                reached.clear()
                if reach.can_write:
                    request_id = f"ticket-{ticket.id}-{ticket.progress.version}"
                    self.room.messages.inform(connection, ticket.conversation_id, words, request_id, visit.now)
                    reached.append((ticket.conversation_id, reach.channel))
                return changes.answer(connection, ticket, words, by, told)

            said = "ticket_reappointed" if told is Told.CONVERSATION else "ticket_reappointed_elsewhere"
            return Wanted("reappoint", TicketEventKind.REAPPOINTED, change, said, {"reason": reason}, engages=True)

        response = await self.changing.do(visit, wanted)
        for conversation in reached:
            self.room.signals.announce(*conversation)
        return response

    async def preview(self, visit: Visit) -> Response:
        """What the citizen would read; nothing is changed."""
        page = TicketPage(self.room)
        try:
            reason = words_to_citizen(self.room, visit, REASON_CHARACTERS)
            holidays = await self.room.transactions.read(read_holidays)
            words = reappointed_in_words(self._new_day(visit, holidays), reason, self.room.tickets.wording(visit.now))
        except RefusedError as refused:
            return await page.refused(visit, "reappoint", refused)
        return await page.render(visit, Showing(form="reappoint", typed=visit.form.fields, preview=words))

    def _new_day(self, visit: Visit, holidays: Holidays) -> date:
        written = visit.form.text("new_date")
        day = read_new_date(written, vietnam_date(visit.now), holidays)
        if not isinstance(day, NewDateFault):
            return day
        template: str = getattr(self.room.tickets.texts.new_date_faults, day.value)
        given = read_day(written)
        following = None if given is None else next_working_day(given, holidays)
        words = "" if following is None else day_in_words(following, self.room.tickets.calendar)
        raise RefusedError(Refusal.TICKET_FAULT, {"fault": template.format(next_day=words)})


def dossier_from(room: Room, visit: Visit) -> LateDossier:
    """Of the fields `dossier_code`, `place` and `promised_on`. Raises RefusedError, naming the field."""
    form = visit.form
    read = read_dossier(
        form.text("dossier_code"), form.text("place"), form.text("promised_on"), vietnam_date(visit.now)
    )
    if isinstance(read, LateDossier):
        return read
    raise RefusedError(Refusal.TICKET_FAULT, {"fault": getattr(room.tickets.texts.faults, read.value)})
