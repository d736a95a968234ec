"""What the pages of tickets stand on: the agency's promises, its words, its letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.calendar.opening import CalendarTexts, load_calendar_texts
from desk.settings import DeskSettings
from desk.tickets.deadline import TicketRules, build_rules
from desk.tickets.slip_text import SlipTexts, load_slip_texts
from desk.tickets.texts import TicketTexts, load_ticket_texts
from desk.tickets.wording import Wording


@dataclass(frozen=True)
class TicketGround:
    """Made once for a process."""

    rules: TicketRules
    texts: TicketTexts
    calendar: CalendarTexts
    slips: SlipTexts

    def wording(self, now: datetime) -> Wording:
        """For sentences said now."""
        return Wording(self.texts, self.calendar, now)


def build_ticket_ground(settings: DeskSettings) -> TicketGround:
    """Raises settings.reader.SettingsError."""
    return TicketGround(build_rules(settings), load_ticket_texts(), load_calendar_texts(), load_slip_texts())
