"""Until when a ticket has to be answered, and when to warn before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from desk.calendar.holidays import Holidays
from desk.calendar.office_hours import OfficeHours
from desk.calendar.team import read_usual_hours, teams_by_key, usual_hours
from desk.calendar.working_days import add_working_days, working_moment_before
from desk.settings import DeskSettings, TeamSettings, TicketSettings

SECONDS_OF_AN_HOUR = 3600


class TicketKind(StrEnum):
    """Why somebody has to look at it."""

    MESSAGE = "message"  # left in the web form
    UNIT_QUESTION = "unit_question"  # only a unit of the agency can answer
    COMPLAINT = "complaint"
    LATE_DOSSIER = "late_dossier"
    CALLBACK = "callback"
    SCAM = "scam"


@dataclass(frozen=True)
class Deadline:
    """Both in Vietnam's time."""

    due_at: datetime
    warn_at: datetime


@dataclass(frozen=True)
class TicketRules:
    """What this agency promises, and the hours of the team that keeps it."""

    settings: TicketSettings
    team: TeamSettings
    hours: OfficeHours

    def as_kept(self, connection: Connection) -> TicketRules:
        """With the hours that a supervisor entered, where there are any."""
        return replace(self, hours=read_usual_hours(connection, self.team))

    def deadline(self, kind: TicketKind, filed_at: datetime, units: int, holidays: Holidays) -> Deadline:
        """Of a ticket for which so many units were asked in writing."""
        due = due_at(kind, filed_at, units, self.settings, holidays)
        ahead = self.settings.warning_working_hours * SECONDS_OF_AN_HOUR
        warn = working_moment_before(due, ahead, self.hours, holidays)
        return Deadline(due, max(warn, filed_at))

    def working_days(self, kind: TicketKind, units: int) -> int:
        """How many a ticket has for which so many units were asked; 0 is the day of filing itself."""
        return _working_days(kind, units, self.settings)


def build_rules(settings: DeskSettings) -> TicketRules:
    """With the hours of the first team, without its duty on days off. Raises settings.reader.SettingsError."""
    team = next(iter(teams_by_key(settings.calendar).values()))
    return TicketRules(settings.tickets, team, usual_hours(team))


def due_at(kind: TicketKind, filed_at: datetime, units: int, settings: TicketSettings, holidays: Holidays) -> datetime:
    """End of the last working day. Counted from filing, never from the referral: the citizen's waiting counts.

    Questions for a unit: Decision 1642/QĐ-BHXH, art. 13; the other kinds are the desk's own promises.
    """
    return add_working_days(filed_at, _working_days(kind, units, settings), holidays)


def _working_days(kind: TicketKind, units: int, settings: TicketSettings) -> int:
    match kind:
        case TicketKind.MESSAGE | TicketKind.UNIT_QUESTION if units > 1:
            return settings.several_units_working_days
        case TicketKind.UNIT_QUESTION:
            return settings.one_unit_working_days
        case TicketKind.MESSAGE:
            return settings.one_unit_working_days if units else settings.message_working_days
        case TicketKind.COMPLAINT:
            return settings.complaint_working_days
        case TicketKind.LATE_DOSSIER:
            return settings.late_dossier_working_days
        case TicketKind.CALLBACK:
            return settings.callback_working_days
        case TicketKind.SCAM:
            return settings.scam_working_days
