"""One ticket as an operator sees it: personal data hidden until asked for, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from console.operator.room import names_of_operators
from console.operator.talk import readable_item
from console.ports import Messages
from console.security.refusal import RefusedError
from console.tickets.acts import TicketAct, acts_of
from console.tickets.ground import TicketGround
from console.tickets.reach import Reach, reach_of
from desk.accounts.operator import Operator, list_operators
from desk.accounts.permissions import Permission, may
from desk.calendar.holidays import Holidays, read_holidays
from desk.calendar.opening import day_in_words
from desk.calendar.working_days import working_days_between
from desk.calendar.zone import vietnam_date
from desk.masking import masked, masked_code, masked_contact, masked_name
from desk.tickets.late_dossier import LateDossier, dossier_of
from desk.tickets.log import events_of
from desk.tickets.progress import TicketEvent, TicketEventKind
from desk.tickets.remaining import Pressure, pressure_of, remaining_in_words
from desk.tickets.ticket import Ticket
from desk.tickets.wording import apology_in_words, basis_in_words
from desk.worklist import episodes_of

EPISODES_LOOKED_AT = 5


@dataclass(frozen=True)
class Citizen:
    """As shown: hidden, or as they left it. Empty fields were left empty."""

    name: str
    contact: str
    question: str
    has_hidden: bool


@dataclass(frozen=True)
class ShownDossier:
    """`days_late` are working days since the promised day; `apology` is what the desk says of it."""

    code: str
    place: str
    promised_on: date
    promised: str
    days_late: int
    apology: str


@dataclass(frozen=True)
class TicketLine:
    """An event. `who` is a name, or "citizen" or "system"; `about` is what it names besides its text."""

    event: TicketEvent
    who: str
    about: str
    text: str


@dataclass(frozen=True)
class TicketView:
    """`episode` is the newest part of its conversation that this operator may read; None without one."""

    ticket: Ticket
    citizen: Citizen
    dossier: ShownDossier | None
    acts: frozenset[TicketAct]
    assignee: str
    lines: tuple[TicketLine, ...]
    reach: Reach
    pressure: Pressure
    remaining: str
    due: str
    basis: str
    reappointed: str
    episode: int | None
    colleagues: tuple[Operator, ...]

    @property
    def late_reason(self) -> str:
        """What was told last about why the dossier is late; empty before."""
        return next((line.text for line in self.lines if line.event.kind is TicketEventKind.REAPPOINTED), "")


@dataclass(frozen=True)
class Looking:
    """Who looks, when, and whether they asked to see what is hidden."""

    messages: Messages
    ground: TicketGround
    operator: Operator
    now: datetime
    reveals: bool = False


def read_view(connection: Connection, ticket: Ticket, looking: Looking) -> TicketView:
    """As it stands."""
    ground, now, progress = looking.ground, looking.now, ticket.progress
    holidays, dossier = read_holidays(connection), dossier_of(connection, ticket.id)
    names = names_of_operators(connection)
    wording = ground.wording(now)
    acts = acts_of(ticket, looking.operator, dossier is not None)
    return TicketView(
        ticket=ticket,
        citizen=_citizen(ticket, dossier, looking.reveals),
        dossier=None if dossier is None else _dossier(dossier, looking, holidays),
        acts=acts,
        assignee=names.get(progress.assignee_id or 0, ""),
        lines=tuple(_line(event, names, looking) for event in reversed(events_of(connection, ticket.id))),
        reach=reach_of(connection, looking.messages, ticket, now),
        pressure=pressure_of(progress, now),
        remaining=remaining_in_words(progress, now, holidays, ground.texts.remaining),
        due="" if progress.due_at is None else wording.moment(progress.due_at),
        basis=basis_in_words(ticket.kind, len(progress.units), ground.rules, ground.texts),
        reappointed="" if progress.reappointed_on is None else day_in_words(progress.reappointed_on, ground.calendar),
        episode=readable_episode(connection, ticket.conversation_id, looking.operator),
        colleagues=ticket_workers(connection) if TicketAct.ASSIGN in acts else (),
    )


def readable_episode(connection: Connection, conversation_id: str, operator: Operator) -> int | None:
    """Of a conversation; None when this operator may read none of its last few."""
    for stored in episodes_of(connection, conversation_id, EPISODES_LOOKED_AT):
        try:
            return readable_item(connection, stored.id, operator).stored.id
        except RefusedError:
            continue
    return None


def ticket_workers(connection: Connection) -> tuple[Operator, ...]:
    """Everybody a ticket can be given to, by name."""
    ready = [each for each in list_operators(connection) if may(each, Permission.WORK_TICKETS)]
    return tuple(sorted(ready, key=lambda each: each.display_name))


def excerpt(ticket: Ticket, characters: int) -> str:
    """The question without identifiers, in one line, cut at a word."""
    line = " ".join(masked(ticket.question)[0].split())
    if len(line) <= characters:
        return line
    return line[:characters].rsplit(" ", 1)[0] + "…"


def _citizen(ticket: Ticket, dossier: LateDossier | None, reveals: bool) -> Citizen:
    if reveals:
        return Citizen(ticket.name, ticket.contact, ticket.question, has_hidden=False)
    question, hidden = masked(ticket.question)
    has_hidden = bool(ticket.name or ticket.contact or hidden or (dossier and dossier.dossier_code))
    return Citizen(masked_name(ticket.name), masked_contact(ticket.contact), question, has_hidden)


def _dossier(dossier: LateDossier, looking: Looking, holidays: Holidays) -> ShownDossier:
    wording, today = looking.ground.wording(looking.now), vietnam_date(looking.now)
    return ShownDossier(
        dossier.dossier_code if looking.reveals or not dossier.dossier_code else masked_code(dossier.dossier_code),
        dossier.place,
        dossier.promised_on,
        day_in_words(dossier.promised_on, looking.ground.calendar),
        working_days_between(dossier.promised_on, today, holidays),
        apology_in_words(dossier, wording),
    )


def _line(event: TicketEvent, names: Mapping[int, str], looking: Looking) -> TicketLine:
    text = str(event.data.get("text") or event.data.get("reason") or "")
    shown = text if looking.reveals else masked(text)[0]
    return TicketLine(event, who_did(event, names), _about(event, names, looking.ground), shown)


def who_did(event: TicketEvent, names: Mapping[int, str]) -> str:
    """A name; "citizen" or "system" for what no operator did."""
    kind, _, number = event.actor.partition(":")
    return names.get(int(number), "") if number.isdecimal() else kind


def _about(event: TicketEvent, names: Mapping[int, str], ground: TicketGround) -> str:
    data = event.data
    match event.kind:
        case TicketEventKind.ASSIGNED:
            return names.get(data["operator_id"] or 0, "")
        case TicketEventKind.REFERRED:
            return str(data["unit"])
        case TicketEventKind.ANSWERED:
            return str(getattr(ground.texts.told, data.get("told", ""), ""))
        case TicketEventKind.REAPPOINTED:
            return day_in_words(date.fromisoformat(data["new_date"]), ground.calendar)
        case TicketEventKind.CLOSED:
            return str(getattr(ground.texts.outcomes, data["outcome"]))
    return ""
