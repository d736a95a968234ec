"""Who is on duty on a day, so that the hotlines are answered on Tết too.

Directive 288/BHXH-VP, section 3: staff of the call centre, the hotlines and the support applications is on duty, from
the centre to the provinces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import Column, Connection, Date, Index, Integer, Row, String, Table, Text, Time, delete, select

from desk.calendar.holidays import Holidays
from desk.calendar.office_hours import MIDNIGHT, Shift
from desk.database import RowId, UtcDateTime, insert_if_absent, metadata

ONE_DAY = timedelta(days=1)

duty_roster = Table(
    "duty_roster",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("day", Date, nullable=False),
    Column("team", String(32), nullable=False),
    Column("opens", Time, nullable=False),
    Column("closes", Time, nullable=False),
    # Null for somebody on duty who has no account of the desk, as at a province's hotline.
    Column("operator_id", Integer),
    Column("name", Text, nullable=False),
    Column("telephone", String(20), nullable=False),
    Column("entered_by", Integer),
    Column("entered_at", UtcDateTime, nullable=False),
    Index("ix_duty_roster_day", "day", "team"),
    # A form that is sent twice enters nobody twice.
    Index("uq_duty_roster_turn", "day", "team", "opens", "name", unique=True),
)


@dataclass(frozen=True)
class Duty:
    """One person's turn. `team` is a key of the settings; `telephone` the line of duty that is told to people."""

    day: date
    team: str
    shift: Shift
    name: str
    telephone: str
    operator_id: int | None = None


@dataclass(frozen=True)
class StoredDuty:
    """`id` is what a supervisor's page changes it by."""

    id: int
    duty: Duty


class DutyClashError(RuntimeError):
    """The person of `duty` is on duty in some of its hours already."""

    def __init__(self, duty: Duty) -> None:
        super().__init__(f"a duty on {duty.day} overlaps another of the same person")
        self.duty = duty


@dataclass(frozen=True)
class UncoveredDay:
    """A day off on which nobody of the team is on duty."""

    day: date
    team: str
    holiday: str | None


def duties_between(connection: Connection, first: date, last: date, team: str | None = None) -> tuple[StoredDuty, ...]:
    """In order of day and hour, both ends included; of one team or of all."""
    table = duty_roster.c
    statement = select(duty_roster).where(table.day.between(first, last)).order_by(table.day, table.opens, table.id)
    if team is not None:
        statement = statement.where(table.team == team)
    return tuple(_stored(row) for row in connection.execute(statement))


def enter_duty(connection: Connection, duty: Duty, operator_id: int | None, now: datetime) -> int | None:
    """The id of the new row; None when this person's turn stands there already. `operator_id` is who entered it."""
    values = {
        "day": duty.day,
        "team": duty.team,
        "opens": duty.shift.opens,
        "closes": duty.shift.closes,
        "operator_id": duty.operator_id,
        "name": duty.name,
        "telephone": duty.telephone,
    }
    entered = {**values, "entered_by": operator_id, "entered_at": now}
    found = insert_if_absent(connection, duty_roster, entered)
    return None if found is None else int(found)


def copy_day(
    connection: Connection, source: date, targets: Sequence[date], operator_id: int | None, now: datetime
) -> int:
    """How many turns were entered; those that stand on a target already are not entered again.

    Raises DutyClashError for somebody who is on duty at other, overlapping hours there: the caller keeps nothing.
    """
    duties = [stored.duty for stored in duties_between(connection, source, source)]
    known = [stored.duty for stored in duties_between(connection, min(targets) - ONE_DAY, max(targets) + ONE_DAY)]
    copied = 0
    for copy in (replace(duty, day=day) for day in targets if day != source for duty in duties):
        if any(_is_same_turn(copy, other) for other in known):
            continue
        if clashes(copy, known):
            raise DutyClashError(copy)
        copied += enter_duty(connection, copy, operator_id, now) is not None
        known.append(copy)
    return copied


def take_duty(connection: Connection, duty_id: int) -> StoredDuty | None:
    """Removed, and returned; None when there is none any more, also for the second of two who remove it together."""
    statement = delete(duty_roster).where(duty_roster.c.id == duty_id).returning(*duty_roster.c)
    row = connection.execute(statement).one_or_none()
    return None if row is None else _stored(row)


def turns(duty: Duty, opens: time, closes: time) -> tuple[Duty, ...]:
    """`duty` from `opens` to `closes`: over midnight it becomes two, the same hour twice is a day and a night. Pure."""
    if closes == MIDNIGHT or opens < closes:
        return (replace(duty, shift=Shift(opens, closes)),)
    evening = replace(duty, shift=Shift(opens, MIDNIGHT))
    morning = replace(duty, day=duty.day + timedelta(days=1), shift=Shift(MIDNIGHT, closes))
    return evening, morning


def clashes(duty: Duty, others: Iterable[Duty]) -> bool:
    """Whether the same person is on duty in the same hours already, in any team. Pure."""
    return any(_is_same_person(duty, other) and _overlap(duty, other) for other in others)


def duty_shifts(duties: Iterable[Duty]) -> Mapping[date, tuple[Shift, ...]]:
    """For `OfficeHours.duty`: when somebody is there. Pure."""
    shifts: dict[date, tuple[Shift, ...]] = {}
    for duty in duties:
        shifts[duty.day] = (*shifts.get(duty.day, ()), duty.shift)
    return shifts


def uncovered_days(
    holidays: Holidays, duties: Iterable[Duty], teams: Sequence[str], first: date, last: date
) -> tuple[UncoveredDay, ...]:
    """Days off in the stretch for which a team has nobody: what a supervisor fills before Tết. Pure."""
    covered = {(duty.day, duty.team) for duty in duties}
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    off = [day for day in days if not holidays.is_working_day(day)]
    every = [(day, team) for day in off for team in teams]
    return tuple(UncoveredDay(day, team, holidays.name_of(day)) for day, team in every if (day, team) not in covered)


def _is_same_person(one: Duty, other: Duty) -> bool:
    if one.operator_id is not None and other.operator_id is not None:
        return one.operator_id == other.operator_id
    return one.name.casefold() == other.name.casefold()


def _is_same_turn(one: Duty, other: Duty) -> bool:
    is_same_place = (one.day, one.team, one.shift) == (other.day, other.team, other.shift)
    return is_same_place and _is_same_person(one, other)


def _overlap(one: Duty, other: Duty) -> bool:
    ours, theirs = one.shift.on(one.day), other.shift.on(other.day)
    return ours.opens < theirs.closes and theirs.opens < ours.closes


def _stored(row: Row[tuple[object, ...]]) -> StoredDuty:
    fields = row._mapping
    shift = Shift(fields["opens"], fields["closes"])
    duty = Duty(fields["day"], fields["team"], shift, fields["name"], fields["telephone"], fields["operator_id"])
    return StoredDuty(fields["id"], duty)
