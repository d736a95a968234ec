"""The calendar that deadlines and doors follow: a year's holidays, its corrections, and what holds now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room, names_of_operators
from console.security.access import Door, Visit
from console.security.form import EMPTY_FORM, Form
from console.security.refusal import Refusal, RefusedError
from console.supervisor.fields import fields_of
from console.supervisor.month import Month, months_of
from console.supervisor.team_week import TeamWeek, read_team_weeks
from desk.accounts.permissions import Permission
from desk.audit import DETAIL_CHARACTERS, AuditAction, actor_of, record
from desk.calendar.confirmation import YearConfirmation, confirm_year, confirmation_of_year
from desk.calendar.holidays import CalendarDay, correct_day, drop_correction, read_holidays
from desk.calendar.year import YearDay, days_of_year
from desk.calendar.zone import vietnam_date

PAGE = "/console/calendar"
NAME_CHARACTERS, SOURCE_CHARACTERS = 120, 300
YEARS_BACK, YEARS_AHEAD = 3, 3
KINDS = {"off": True, "worked": False}


def doors(room: Room) -> Sequence[Door]:
    """See console/supervisor/doors.py."""
    calendar = _Calendar(room)
    return (
        Door("GET", PAGE, Permission.EDIT_HOLIDAYS, calendar.page),
        Door("POST", PAGE + "/days", Permission.EDIT_HOLIDAYS, calendar.correct),
        Door("POST", PAGE + "/days/drop", Permission.EDIT_HOLIDAYS, calendar.drop),
        Door("POST", PAGE + "/years", Permission.EDIT_HOLIDAYS, calendar.confirm),
    )


@dataclass(frozen=True)
class CalendarView:
    """`confirmation` is None while the year is an estimate; `confirmed_by` the name of who compared it."""

    year: int
    years: tuple[int, ...]
    today: date
    days: tuple[YearDay, ...]
    months: tuple[Month, ...]
    confirmation: YearConfirmation | None
    confirmed_by: str
    teams: tuple[TeamWeek, ...]


@dataclass(frozen=True)
class _Calendar:
    room: Room

    async def page(self, visit: Visit) -> Response:
        return await calendar_page(self.room, visit)

    async def correct(self, visit: Visit) -> Response:
        fields = fields_of(visit, self.room.pages.texts.names["fields"])
        try:
            day = fields.day("day")
            is_off = KINDS.get(visit.form.text("kind"), True)
            name, source = fields.line("name", NAME_CHARACTERS), fields.line("source", SOURCE_CHARACTERS)
        except RefusedError as refused:
            return await calendar_page(self.room, visit, refused, visit.form)

        def work(connection: Connection) -> None:
            correct_day(connection, CalendarDay(day, is_off, name, source), visit.operator.id, visit.now)
            _note(connection, visit, day.isoformat(), {"what": "off" if is_off else "worked"}, source)

        await self.room.transactions.write(work)
        return self._done(visit, day.year, "day_kept")

    async def drop(self, visit: Visit) -> Response:
        fields = fields_of(visit, self.room.pages.texts.names["fields"])
        day = fields.day("day")

        def work(connection: Connection) -> bool:
            dropped = drop_correction(connection, day)
            if dropped:
                _note(connection, visit, day.isoformat(), {"what": "dropped"}, "")
            return dropped

        if not await self.room.transactions.write(work):
            raise RefusedError(Refusal.NOT_FOUND)
        return self._done(visit, day.year, "day_dropped")

    async def confirm(self, visit: Visit) -> Response:
        fields = fields_of(visit, self.room.pages.texts.names["fields"])
        year = visit.form.number("year")
        if year not in _years(visit):
            raise RefusedError(Refusal.NOT_FOUND)
        try:
            source = fields.line("source", SOURCE_CHARACTERS)
        except RefusedError as refused:
            return await calendar_page(self.room, visit, refused, visit.form)

        def work(connection: Connection) -> None:
            confirm_year(connection, year, source, visit.operator.id, visit.now)
            _note(connection, visit, str(year), {"what": "confirmed"}, source)

        await self.room.transactions.write(work)
        return self._done(visit, year, "year_confirmed")

    def _done(self, visit: Visit, year: int, kept: str) -> Response:
        said = self.room.pages.texts.names["kept"][kept]
        return self.room.pages.done(visit, f"{PAGE}?year={year}&said={kept}", said)


async def calendar_page(
    room: Room, visit: Visit, refused: RefusedError | None = None, typed: Form = EMPTY_FORM
) -> Response:
    """The page; after a refusal with what was typed, so that nobody types it twice."""
    view = await room.transactions.read(lambda connection: _read(connection, room, visit))
    texts = room.pages.texts
    error = "" if refused is None else texts.refused(refused)
    said = texts.names["kept"].get(visit.query("said"), "")
    limits = {"name": NAME_CHARACTERS, "source": SOURCE_CHARACTERS}
    status = 200 if refused is None else refused.status
    return room.pages.page(
        visit,
        "calendar.html",
        status,
        view=view,
        error=error,
        said=said,
        typed=typed,
        limits=limits,
        words=room.calendar_texts,
    )


def _read(connection: Connection, room: Room, visit: Visit) -> CalendarView:
    year, today, holidays = _year(visit), vietnam_date(visit.now), read_holidays(connection)
    confirmation = confirmation_of_year(connection, year)
    by = None if confirmation is None else confirmation.operator_id
    return CalendarView(
        year=year,
        years=_years(visit),
        today=today,
        days=days_of_year(holidays, year),
        months=months_of(holidays, year, today),
        confirmation=confirmation,
        confirmed_by=names_of_operators(connection).get(by or 0, ""),
        teams=read_team_weeks(connection, room, holidays, visit.now),
    )


def _years(visit: Visit) -> tuple[int, ...]:
    this = vietnam_date(visit.now).year
    return tuple(range(this - YEARS_BACK, this + YEARS_AHEAD + 1))


def _year(visit: Visit) -> int:
    """As asked for, in the address or by the form that came back; else this year."""
    asked = visit.form.text("year") or visit.form.text("day")[:4] or visit.query("year", 4)
    known = {str(year): year for year in _years(visit)}
    return known.get(asked, vietnam_date(visit.now).year)


def _note(connection: Connection, visit: Visit, subject: str, detail: dict[str, str], source: str) -> None:
    me = actor_of(visit.operator.id)
    full = {**detail, "source": source[:DETAIL_CHARACTERS]} if source else detail
    record(connection, me, AuditAction.HOLIDAYS_CHANGED, f"calendar:{subject}", full, visit.now)
