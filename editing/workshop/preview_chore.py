"""Comparisons that reviewers will look for: made anew by themselves when what is live, or the day, is another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Engine

from desk.database import reading, writing
from editing.previews import refresh_previews, without_preview

EVERY = timedelta(seconds=3)
AT_ONCE = 1
"""A release that somebody waits for comes in between."""


@dataclass
class PreviewChore:
    """See editing/workshop/loop.py's Chore."""

    engine: Engine
    _due: datetime | None = field(default=None, init=False)

    def __call__(self, now: datetime) -> None:
        """Does nothing until it is due again."""
        if self._due is not None and now < self._due:
            return
        self._due = now + EVERY
        with reading(self.engine) as connection:
            missing = without_preview(connection, now, AT_ONCE)
        if missing:
            with writing(self.engine) as connection:
                refresh_previews(connection, missing, now)
