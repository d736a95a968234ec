"""What the editors' pages need of the process with the embedding model: trying a question, finding what is alike."""

from __future__ import annotations

from typing import Protocol

from editing.alike import Alike
from editing.trial import Tried, TriedCitation, TriedHit, TrySubject

__all__ = ["Alike", "Tried", "TriedCitation", "TriedHit", "TrySubject", "Workshop", "WorkshopAwayError"]


class WorkshopAwayError(Exception):
    """The process with the model does not answer; the page says so and how to go on."""


class Workshop(Protocol):
    """`app.workshop_client.WorkshopClient` is the real one. The first two raise WorkshopAwayError."""

    async def try_question(self, question: str, subject: TrySubject) -> Tried:
        """Within seconds, even for a version that was saved a moment ago."""
        ...

    async def alike(self, wordings: tuple[str, ...], but_not: str, limit: int) -> tuple[Alike, ...]:
        """Live documents and open drafts whose wordings are near to one of these; the nearest first."""
        ...

    async def wake(self) -> None:
        """There is something to build. Never raises: the workshop looks by itself every second."""
        ...
