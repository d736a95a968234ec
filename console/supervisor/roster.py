"""The roster of duty, as directive 288/BHXH-VP, section 3, asks: read by all who may stand on it, kept by supervisors.

A turn over midnight is entered as two; the same people may be copied from one day of a break to the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.form import EMPTY_FORM, Form
from console.security.refusal import Refusal, RefusedError
from console.supervisor.fields import DAYS_AHEAD, day_of, fields_of, time_of
from console.supervisor.roster_view import RosterView, hours_in_words, read_roster
from desk.accounts.operator import NAME_CHARACTERS, Operator, list_operators
from desk.accounts.permissions import ALLOWED, Permission, may
from desk.audit import AuditAction, Detail, actor_of, record
from desk.calendar.office_hours import MIDNIGHT, Shift
from desk.calendar.roster import (
    ONE_DAY,
    Duty,
    DutyClashError,
    clashes,
    copy_day,
    duties_between,
    enter_duty,
    take_duty,
    turns,
)
from desk.calendar.zone import vietnam_date

PAGE = "/console/roster"
TELEPHONE_CHARACTERS = 20
DAYS_AT_ONCE = 31
WEEK = timedelta(days=7)
WHOLE_DAY = Shift(MIDNIGHT, MIDNIGHT)
_TELEPHONE = re.compile(r"[0-9+. ]*", re.ASCII)
_VIEW = re.compile(r"(?:from|break)=\d{4}-\d{2}-\d{2}", re.ASCII)


def doors(room: Room) -> Sequence[Door]:
    """See console/supervisor/doors.py."""
    roster = _Roster(room)
    return (
        Door("GET", PAGE, Permission.SEE_ROSTER, roster.page),
        Door("POST", PAGE, Permission.EDIT_ROSTER, roster.add),
        Door("POST", PAGE + "/remove", Permission.EDIT_ROSTER, roster.remove),
        Door("POST", PAGE + "/copy", Permission.EDIT_ROSTER, roster.copy),
    )


@dataclass(frozen=True)
class _Roster:
    room: Room

    async def page(self, visit: Visit) -> Response:
        return await self._page(visit)

    async def add(self, visit: Visit) -> Response:
        """One person on each day of a stretch: all of it, or nothing."""
        try:
            await self.room.transactions.write(lambda connection: self._enter(connection, visit))
        except RefusedError as refused:
            return await self._page(visit, refused, visit.form)
        return self._done(visit, "duty_added")

    async def remove(self, visit: Visit) -> Response:
        number = visit.form.number("id") or 0

        def work(connection: Connection) -> bool:
            removed = take_duty(connection, number)
            if removed is not None:
                hours = hours_in_words(removed.duty.shift)
                detail = {"what": "removed", "person": _person(removed.duty), "hours": hours}
                _note(connection, visit, removed.duty.day, detail)
            return removed is not None

        if not await self.room.transactions.write(work):
            return await self._page(visit, RefusedError(Refusal.DUTY_GONE))
        return self._done(visit, "duty_removed")

    async def copy(self, visit: Visit) -> Response:
        fields = fields_of(visit, self.room.pages.texts.names["fields"])

        def work(connection: Connection) -> int:
            source, targets = fields.day("source"), fields.days("first", "last", DAYS_AT_ONCE)
            try:
                copied = copy_day(connection, source, targets, visit.operator.id, visit.now)
            except DutyClashError as clash:
                raise _twice(clash.duty) from clash
            if not copied:
                raise RefusedError(Refusal.COPY_NOTHING)
            detail: Detail = {
                "what": "copied",
                "count": copied,
                "from": targets[0].isoformat(),
                "to": targets[-1].isoformat(),
            }
            _note(connection, visit, source, detail)
            return copied

        try:
            await self.room.transactions.write(work)
        except RefusedError as refused:
            return await self._page(visit, refused, visit.form)
        return self._done(visit, "duty_copied")

    def _enter(self, connection: Connection, visit: Visit) -> None:
        fields = fields_of(visit, self.room.pages.texts.names["fields"])
        days = fields.days("day", "until", DAYS_AT_ONCE)
        wanted, (opens, closes) = self._duty(connection, visit, days[0]), _hours(visit.form)
        known = [stored.duty for stored in duties_between(connection, days[0] - ONE_DAY, days[-1] + ONE_DAY)]
        for day in days:
            for turn in turns(replace(wanted, day=day), opens, closes):
                if clashes(turn, known) or enter_duty(connection, turn, visit.operator.id, visit.now) is None:
                    raise _twice(turn)
                known.append(turn)
                hours = hours_in_words(turn.shift)
                detail = {"what": "added", "person": _person(turn), "team": turn.team, "hours": hours}
                _note(connection, visit, turn.day, detail)

    def _duty(self, connection: Connection, visit: Visit, day: date) -> Duty:
        """For the whole of the first day; the hours are cut later."""
        form, teams = visit.form, {team.key for team in self.room.calendar.teams}
        team, telephone = form.text("team"), form.text("telephone").strip()
        if team not in teams:
            raise RefusedError(Refusal.TEAM_UNKNOWN)
        if len(telephone) > TELEPHONE_CHARACTERS or not _TELEPHONE.fullmatch(telephone):
            raise RefusedError(Refusal.TELEPHONE_INVALID, {"limit": TELEPHONE_CHARACTERS})
        colleague = next((one for one in _colleagues(connection) if one.id == form.number("operator")), None)
        if colleague is not None:
            return Duty(day, team, WHOLE_DAY, colleague.display_name, telephone, colleague.id)
        name = fields_of(visit, self.room.pages.texts.names["fields"]).line("person", NAME_CHARACTERS)
        return Duty(day, team, WHOLE_DAY, name, telephone)

    async def _page(self, visit: Visit, refused: RefusedError | None = None, typed: Form = EMPTY_FORM) -> Response:
        may_edit, today = may(visit.operator, Permission.EDIT_ROSTER), vietnam_date(visit.now)
        asked, is_break = _asked(visit, today)

        def work(connection: Connection) -> tuple[RosterView, tuple[Operator, ...]]:
            teams = self.room.calendar.teams
            view = read_roster(connection, teams, asked, is_break, today, visit.operator.id)
            return view, _colleagues(connection) if may_edit else ()

        view, colleagues = await self.room.transactions.read(work)
        texts = self.room.pages.texts
        return self.room.pages.page(
            visit,
            "roster.html",
            200 if refused is None else refused.status,
            view=view,
            colleagues=colleagues,
            teams=self.room.calendar.teams,
            typed=typed,
            words=self.room.calendar_texts,
            hours=hours_in_words,
            earlier=view.stretch.first - WEEK,
            later=view.stretch.first + WEEK,
            said=texts.names["kept"].get(visit.query("said"), ""),
            error="" if refused is None else texts.refused(refused),
        )

    def _done(self, visit: Visit, kept: str) -> Response:
        given = visit.form.text("view")
        view = f"{given}&" if _VIEW.fullmatch(given) else ""
        return self.room.pages.done(visit, f"{PAGE}?{view}said={kept}", self.room.pages.texts.names["kept"][kept])


def _asked(visit: Visit, today: date) -> tuple[date, bool]:
    """The day whose week, or whose break, is shown; in the address, or in the form that came back."""
    given = visit.form.text("view")
    kind, _, day = given.partition("=") if _VIEW.fullmatch(given) else ("", "", "")
    around, week = (day, "") if kind == "break" else ("", day)
    asked = day_of(around or visit.query("break", 10)) or day_of(week or visit.query("from", 10))
    if asked is None or abs((asked - today).days) > DAYS_AHEAD:
        return today, False
    return asked, bool(around or (not week and visit.query("break", 10)))


def _hours(form: Form) -> tuple[time, time]:
    opens, closes = time_of(form.text("opens")), time_of(form.text("closes"))
    if opens is None or closes is None:
        raise RefusedError(Refusal.DUTY_HOURS_INVALID)
    return opens, closes


def _colleagues(connection: Connection) -> tuple[Operator, ...]:
    """Who may stand on the roster with their account."""
    every = (one for one in list_operators(connection) if not one.is_disabled)
    found = [one for one in every if any(Permission.SEE_ROSTER in ALLOWED[role] for role in one.roles)]
    return tuple(sorted(found, key=lambda one: one.display_name.split()[-1:]))


def _twice(duty: Duty) -> RefusedError:
    return RefusedError(Refusal.DUTY_TWICE, {"person": duty.name, "day": f"{duty.day:%d/%m/%Y}"})


def _person(duty: Duty) -> str:
    return duty.name if duty.operator_id is None else actor_of(duty.operator_id)


def _note(connection: Connection, visit: Visit, day: date, detail: Detail) -> None:
    me = actor_of(visit.operator.id)
    record(connection, me, AuditAction.ROSTER_CHANGED, f"roster:{day.isoformat()}", detail, visit.now)
