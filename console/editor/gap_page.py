"""One gap: what people asked, what is near to it in the base, and what is done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import Response
from sqlalchemy import Connection

from console.editor.gap_texts import GapTexts, load_gap_texts
from console.editor.gaps import GAPS, NamedEntry, named_entry
from console.editor.listing import editors
from console.editor.ports import Alike, WorkshopAwayError
from console.operator.room import Room, names_of_operators
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.operator import Operator
from desk.accounts.permissions import Permission
from editing.documents import topics
from editing.gaps.asking_again import is_answered_now
from editing.gaps.cluster import UNSETTLED, GapState
from editing.gaps.history import GapHappening, happenings_of
from editing.gaps.listing import GapCounts, ListedGap, gap_by_id, gap_counts, questions_of
from editing.gaps.question import GapQuestion

QUESTIONS_SHOWN = 40
"""As many check boxes as a form may have fields, and room for its own."""
WEEKS_SHOWN = 12
NEAREST_SHOWN, WORDINGS_COMPARED = 5, 8


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    pages = GapPages(room)
    return (
        Door("GET", GAPS + "/{gap}", Permission.READ_UNANSWERED, pages.show),
        Door("GET", GAPS + "/{gap}/near", Permission.READ_UNANSWERED, pages.near, is_by_itself=True),
    )


@dataclass(frozen=True)
class ShownQuestion:
    """`is_answered` says how it is answered now; None where it was not asked again."""

    question: GapQuestion
    is_answered: bool | None


@dataclass(frozen=True)
class GapDetail:
    """`entry` answers it, or is being written for it; None while there is none."""

    gap: ListedGap
    questions: tuple[ShownQuestion, ...]
    counts: GapCounts
    history: tuple[GapHappening, ...]
    entry: NamedEntry | None
    people: Mapping[int, str]
    editors: tuple[Operator, ...]
    topics: tuple[str, ...]

    @property
    def most_in_a_week(self) -> int:
        """For the bars; at least 1."""
        return max((count for _, count in self.counts.weeks), default=0) or 1


@dataclass(frozen=True)
class GapPages:
    """Reads and shows; also for what was refused."""

    room: Room
    texts: GapTexts = field(default_factory=load_gap_texts)

    async def show(self, visit: Visit) -> Response:
        """The page; `said` of its address names what was done before."""
        return await self.page(visit, said=self.texts.said.get(visit.query("said", 16), ""))

    async def page(
        self, visit: Visit, said: str = "", error: str = "", status: int = 200, typed: Mapping[str, str] | None = None
    ) -> Response:
        """`typed` is what a refused form held: it is shown again. Raises RefusedError where there is no such gap."""
        gap_id = visit.number("gap")
        detail = await self.room.transactions.read(lambda connection: self._read(connection, gap_id, visit))
        return self.room.pages.page(
            visit,
            "gap.html",
            status,
            detail=detail,
            said=said,
            error=error,
            typed=typed or {},
            is_open=detail.gap.cluster.state in UNSETTLED,
            states=GapState,
            labels=self.texts,
            shown=QUESTIONS_SHOWN,
            actor=lambda name: self.room.editor.texts.actor(name, detail.people),
        )

    async def near(self, visit: Visit) -> Response:
        """A part that the page fetches: the model needs a moment, and may be away."""
        gap_id = visit.number("gap")

        def work(connection: Connection) -> tuple[str, ...]:
            _gap_or_refuse(connection, gap_id)
            return tuple(one.question for one in questions_of(connection, gap_id, WORDINGS_COMPARED) if one.question)

        wordings = await self.room.transactions.read(work)
        found: tuple[Alike, ...] | None
        try:
            found = await self.room.editor.workshop.alike(wordings, "", NEAREST_SHOWN) if wordings else ()
        except WorkshopAwayError:
            found = None
        return self.room.pages.part(visit, "gap_near.html", found=found, gap=gap_id)

    def _read(self, connection: Connection, gap_id: int, visit: Visit) -> GapDetail:
        gap = _gap_or_refuse(connection, gap_id)
        name = gap.cluster.document
        questions = questions_of(connection, gap_id, QUESTIONS_SHOWN)
        return GapDetail(
            gap=gap,
            questions=tuple(ShownQuestion(one, _answered(one, name)) for one in questions),
            counts=gap_counts(connection, gap_id, WEEKS_SHOWN, visit.now),
            history=happenings_of(connection, gap_id),
            entry=named_entry(connection, name, visit) if name else None,
            people=names_of_operators(connection),
            editors=editors(connection),
            topics=topics(connection),
        )


def _answered(question: GapQuestion, document: str) -> bool | None:
    return is_answered_now(question, document) if question.status_now else None


def _gap_or_refuse(connection: Connection, gap_id: int) -> ListedGap:
    gap = gap_by_id(connection, gap_id)
    if gap is None:
        raise RefusedError(Refusal.NOT_FOUND)
    return gap
