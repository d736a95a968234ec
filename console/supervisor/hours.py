"""A team's weekly hours, entered in place of those of the settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.form import Form
from console.security.refusal import Refusal, RefusedError
from console.supervisor.calendar import PAGE, calendar_page
from console.supervisor.fields import time_of
from console.supervisor.team_week import WEEKDAYS
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from desk.calendar.kept_hours import UNTOUCHED, Week, is_in_order, keep_hours
from desk.calendar.office_hours import Shift
from desk.settings import TeamSettings

MOST_SHIFTS = 4
"""In a day; the page shows two, and more where the settings have more."""


def doors(room: Room) -> Sequence[Door]:
    """See console/supervisor/doors.py."""
    hours = _Hours(room)
    return (
        Door("POST", PAGE + "/hours", Permission.EDIT_HOURS, hours.keep),
        Door("POST", PAGE + "/hours/reset", Permission.EDIT_HOURS, hours.reset),
    )


@dataclass(frozen=True)
class _Hours:
    room: Room

    async def keep(self, visit: Visit) -> Response:
        try:
            team, week = self._team(visit), self._week(visit.form)
            await self._change(visit, team, week)
        except RefusedError as refused:
            return await calendar_page(self.room, visit, refused, visit.form)
        return self._done(visit, "hours_kept")

    async def reset(self, visit: Visit) -> Response:
        """The settings decide again."""
        try:
            await self._change(visit, self._team(visit), None)
        except RefusedError as refused:
            return await calendar_page(self.room, visit, refused)
        return self._done(visit, "hours_reset")

    async def _change(self, visit: Visit, team: TeamSettings, week: Week | None) -> None:
        seen = visit.form.number("version") or UNTOUCHED

        def work(connection: Connection) -> bool:
            is_kept = keep_hours(connection, team.key, week, seen, visit.operator.id, visit.now)
            if is_kept:
                me, detail = actor_of(visit.operator.id), {"hours": "settings" if week is None else written(week)}
                record(connection, me, AuditAction.HOURS_CHANGED, f"team:{team.key}", detail, visit.now)
            return is_kept

        if not await self.room.transactions.write(work):
            raise RefusedError(Refusal.HOURS_OVERTAKEN)

    def _team(self, visit: Visit) -> TeamSettings:
        found = next((team for team in self.room.calendar.teams if team.key == visit.form.text("team")), None)
        if found is None:
            raise RefusedError(Refusal.TEAM_UNKNOWN)
        return found

    def _week(self, form: Form) -> Week:
        week = {}
        for weekday in WEEKDAYS:
            shifts = self._shifts(form, weekday)
            if shifts:
                week[weekday] = shifts
        if not week:
            raise RefusedError(Refusal.HOURS_MISSING)
        return week

    def _shifts(self, form: Form, weekday: int) -> tuple[Shift, ...]:
        refused = RefusedError(Refusal.HOURS_INVALID, {"weekday": self.room.calendar_texts.weekdays[weekday]})
        found = []
        for number in range(MOST_SHIFTS):
            typed = [form.text(f"{name}-{weekday}-{number}").strip() for name in ("opens", "closes")]
            if not any(typed):
                continue
            opens, closes = map(time_of, typed)
            if opens is None or closes is None:
                raise refused
            try:
                found.append(Shift(opens, closes))
            except ValueError as error:
                raise refused from error
        if not is_in_order(tuple(found)):
            raise refused
        return tuple(found)

    def _done(self, visit: Visit, kept: str) -> Response:
        return self.room.pages.done(visit, f"{PAGE}?said={kept}", self.room.pages.texts.names["kept"][kept])


def written(week: Week) -> str:
    """The week in one line, days with the same hours together: "1-5 08:00-12:00 13:00-17:00"."""
    groups: list[tuple[list[int], str]] = []
    for weekday, shifts in sorted(week.items()):
        hours = " ".join(f"{shift.opens:%H:%M}-{shift.closes:%H:%M}" for shift in shifts)
        if groups and groups[-1][1] == hours and groups[-1][0][-1] == weekday:
            groups[-1][0].append(weekday + 1)
        else:
            groups.append(([weekday + 1], hours))
    return "; ".join(f"{_days(days)} {hours}" for days, hours in groups)


def _days(days: list[int]) -> str:
    return str(days[0]) if len(days) == 1 else f"{days[0]}-{days[-1]}"
