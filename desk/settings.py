"""Numbers of the desk, read once from the section `desk` of settings.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desk.accounts.settings import AccountSettings, checked
from desk.retention_settings import RetentionSettings, checked_retention
from settings.reader import read_section


@dataclass(frozen=True)
class ShiftSettings:
    """`weekdays` as ISO counts them, Monday 1 to Sunday 7; hours like `"08:00"`, `"24:00"` at the end of a day."""

    weekdays: tuple[int, ...]
    opens: str
    closes: str


@dataclass(frozen=True)
class TeamSettings:
    """`key` stands in the database; `name` is what people read."""

    key: str
    name: str
    hours: tuple[ShiftSettings, ...]


@dataclass(frozen=True)
class CalendarSettings:
    """The first team is the one that chats."""

    teams: tuple[TeamSettings, ...]


@dataclass(frozen=True)
class TicketSettings:
    """Deadlines in working days after the day of filing; 0 is that day itself."""

    message_working_days: int
    one_unit_working_days: int
    several_units_working_days: int
    complaint_working_days: int
    late_dossier_working_days: int
    callback_working_days: int
    scam_working_days: int
    warning_working_hours: float
    callback_attempts: int


@dataclass(frozen=True)
class PresenceSettings:
    """After how long without a key or a click somebody is away, and without a sign of the page gone."""

    away_minutes: float
    gone_seconds: float


@dataclass(frozen=True)
class HandoffSettings:
    """When citizens may be put in the queue, how long waiting and silence may last, and how long waiting should."""

    is_on: bool
    offer_again_minutes: float
    longest_queue: int
    longest_wait_minutes: float
    wait_goal_minutes: float
    operator_silence_minutes: float
    forward_minutes: float
    idle_close_hours: float


@dataclass(frozen=True)
class SatisfactionSettings:
    """How long a bare number still answers the question, and which waiting is worth asking about."""

    fresh_hours: float
    shortest_wait_minutes: float


@dataclass(frozen=True)
class LinkSettings:
    """Domains that operators may name to citizens; what lies under them counts too."""

    allowed: tuple[str, ...]


@dataclass(frozen=True)
class ReportSettings:
    """Whose monthly report it is, and the share of satisfied citizens to be exceeded."""

    agency: str
    unit: str
    satisfied_percent: float


@dataclass(frozen=True)
class DeskSettings:
    """All of the section."""

    handoff: HandoffSettings
    accounts: AccountSettings
    presence: PresenceSettings
    calendar: CalendarSettings
    tickets: TicketSettings
    links: LinkSettings
    report: ReportSettings
    satisfaction: SatisfactionSettings
    retention: RetentionSettings


def read_settings(path: Path) -> DeskSettings:
    """Raises settings.reader.SettingsError, which names the key."""
    settings = read_section(path, "desk", DeskSettings)
    checked(settings.accounts, f"{path}: desk.accounts")
    checked_retention(settings.retention, f"{path}: desk.retention")
    return settings
