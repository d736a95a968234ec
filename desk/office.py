"""The office as a citizen's wish for a person meets it: hours, who is there, how many wait, what is promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import Connection, exists, func, select

from desk.calendar.holidays import read_holidays
from desk.calendar.opening import CalendarTexts, Closed, opening_at
from desk.calendar.team import read_hours
from desk.conversation import ConversationKey
from desk.handoff.availability import Availability
from desk.handoff.log import StoredEpisode, desk_events, episodes
from desk.handoff.sentences import Promise
from desk.handoff.state import EventKind, State
from desk.presence import Presence, all_presences
from desk.settings import DeskSettings
from desk.tickets.deadline import TicketRules
from desk.tickets.look_up import look_up
from desk.tickets.texts import TicketTexts
from desk.tickets.ticket import TicketKind, TicketRequest, file_ticket
from desk.tickets.wording import Wording, status_in_words

WAITS_LOOKED_AT = 50
WAITS_NEEDED = 3
"""Fewer say nothing about the next citizen's wait."""
RECENT = timedelta(hours=4)


@dataclass(frozen=True)
class AgencyOffice:
    """See desk.handoff.office.Office. `fetching_channels` have citizens who may not come back to read an answer."""

    settings: DeskSettings
    rules: TicketRules
    calendar_texts: CalendarTexts
    ticket_texts: TicketTexts
    fetching_channels: frozenset[str]

    def availability(self, connection: Connection, channel: str, now: datetime) -> Availability:
        """See Office."""
        team = self.settings.calendar.teams[0]
        opening = opening_at(read_hours(connection, team), read_holidays(connection), now)
        present = all_presences(connection, now, self.settings.presence)
        return Availability(
            is_switched_on=self.settings.handoff.is_on,
            is_holiday=opening.closed is Closed.HOLIDAY,
            is_open=opening.closed is None,
            operators_online=sum(one.presence is Presence.ONLINE for one in present),
            queue_length=_queue_length(connection),
            longest_queue=self.settings.handoff.longest_queue,
            median_wait_seconds=median_wait(connection, now),
            next_opening=None if opening.closed is None else opening.opens_at,
        )

    def promise(
        self, connection: Connection, key: ConversationKey, stored: StoredEpisode, question: str, now: datetime
    ) -> Promise:
        """See Office."""
        request = TicketRequest(f"episode-{stored.id}", "", "", question, TicketKind.CALLBACK)
        code = file_ticket(connection, key, request, now, self.rules)
        opening = self.availability(connection, key.channel, now).next_opening
        return Promise(code, key.channel not in self.fetching_channels, opening)

    def case_status(self, connection: Connection, case_code: str, now: datetime) -> str:
        """See Office."""
        return status_in_words(look_up(connection, case_code), Wording(self.ticket_texts, self.calendar_texts, now))


def _queue_length(connection: Connection) -> int:
    waiting = select(func.count()).where(episodes.c.state == State.QUEUED, episodes.c.closed_at.is_(None))
    return int(connection.execute(waiting).scalar_one())


def median_wait(connection: Connection, now: datetime) -> float | None:
    """In seconds, of those whom an operator came to lately; None when too few were."""
    # Whoever was promised a call-back did not wait in the queue, however late the promise is kept.
    was_promised = exists().where(
        desk_events.c.episode_id == episodes.c.id,
        desk_events.c.kind == EventKind.CALLBACK_PROMISED,
        desk_events.c.at >= episodes.c.waiting_since,
    )
    statement = (
        select(episodes.c.waiting_since, episodes.c.claimed_at)
        .where(episodes.c.claimed_at > now - RECENT, episodes.c.waiting_since.is_not(None), ~was_promised)
        .order_by(episodes.c.claimed_at.desc())
        .limit(WAITS_LOOKED_AT)
    )
    waits = [(row.claimed_at - row.waiting_since).total_seconds() for row in connection.execute(statement)]
    return median(waits) if len(waits) >= WAITS_NEEDED else None
