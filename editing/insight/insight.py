"""Everything that the insight page shows of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from desk.calendar.zone import vietnam_date
from editing.gaps.listing import GapFilter, ListedGap, gaps
from editing.insight.answers import Answers, Outcomes, read_answers
from editing.insight.entries import (
    Review,
    Unused,
    Uses,
    published_versions,
    read_uses,
    reviews,
    unused_entries,
)
from editing.insight.period import Period

GAPS = 10


@dataclass(frozen=True)
class Insight:
    """`before` is of the period of the same length right before; `gaps` are the most asked that nobody answered yet."""

    period: Period
    made_at: datetime
    answers: Answers
    before: Answers
    uses: Uses
    unused: Sequence[Unused]
    reviews: Sequence[Review]
    gaps: Sequence[ListedGap]
    published: int
    published_before: int

    @property
    def today(self) -> date:
        """On Vietnam's calendar."""
        return vietnam_date(self.made_at)

    @property
    def overdue(self) -> tuple[Review, ...]:
        """Should have been looked at already."""
        return tuple(review for review in self.reviews if review.review_by < self.today)

    @property
    def is_empty(self) -> bool:
        """Nobody asked anything."""
        return not self.answers.whole.total

    def topic_before(self, topic: str) -> Outcomes:
        """All zero for a topic of which nobody asked then."""
        return self.before.topics.get(topic, Outcomes())


def read_insight(connection: Connection, period: Period, now: datetime) -> Insight:
    """A few aggregates; nothing of what citizens wrote but the titles of gaps, which are masked."""
    return Insight(
        period=period,
        made_at=now,
        answers=read_answers(connection, period),
        before=read_answers(connection, period.before),
        uses=read_uses(connection, period),
        unused=unused_entries(connection, now),
        reviews=reviews(connection, now),
        gaps=gaps(connection, GapFilter(), GAPS),
        published=published_versions(connection, period),
        published_before=published_versions(connection, period.before),
    )
