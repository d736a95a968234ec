"""The list of questions that the base does not answer, grouped by meaning; and of answers that were wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import Response
from sqlalchemy import Connection

from console.editor.gap_texts import GapTexts, load_gap_texts
from console.editor.list_filters import PAGE
from console.operator.room import Room, names_of_operators
from console.security.access import Door, Visit
from desk.accounts.permissions import Permission
from desk.calendar.zone import vietnam_date
from desk.wrong_answers import WrongAnswer, WrongEntry, wrong_answers, wrong_entries
from editing.documents import find_named
from editing.gaps.cluster import GapState
from editing.gaps.listing import GapFilter, ListedGap, gap_totals, gaps
from editing.versions import live_version, versions_of

GAPS = PAGE + "/gaps"
PER_PAGE = 40
WRONG_SHOWN, ENTRIES_SHOWN = 60, 15
WRONG_DAYS = 90
VIEWS: Mapping[str, tuple[GapState, ...]] = {
    "todo": (),
    "mine": (),
    "answered": (GapState.ANSWERED,),
    "out_of_scope": (GapState.OUT_OF_SCOPE,),
    "duplicate": (GapState.DUPLICATE,),
}
LEAST = (1, 2, 5, 10)
MOST_PAGES = 500


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    lists, need = _Gaps(room), Permission.READ_UNANSWERED
    return (Door("GET", GAPS, need, lists.show), Door("GET", GAPS + "/wrong", need, lists.wrong))


@dataclass(frozen=True)
class GapView:
    """What the address asks for. `least` is how many questions a gap must have."""

    view: str
    least: int
    page: int


@dataclass(frozen=True)
class NamedEntry:
    """An entry as a link; `title` is its name where it is gone."""

    name: str
    title: str
    document_id: int | None


@dataclass(frozen=True)
class _Gaps:
    room: Room
    texts: GapTexts = field(default_factory=load_gap_texts)

    async def show(self, visit: Visit) -> Response:
        wanted = _view(visit)

        def work(connection: Connection) -> tuple[tuple[ListedGap, ...], Mapping[GapState, int], Mapping[int, str]]:
            mine = visit.operator.id if wanted.view == "mine" else None
            filters = GapFilter(VIEWS[wanted.view], wanted.least, mine)
            found = gaps(connection, filters, PER_PAGE + 1, (wanted.page - 1) * PER_PAGE)
            return found, gap_totals(connection), names_of_operators(connection)

        found, totals, names = await self.room.transactions.read(work)
        return self.room.pages.page(
            visit,
            "gaps.html",
            gaps=found[:PER_PAGE],
            has_more=len(found) > PER_PAGE,
            wanted=wanted,
            totals=totals,
            people=names,
            views=VIEWS,
            least=LEAST,
            labels=self.texts,
        )

    async def wrong(self, visit: Visit) -> Response:
        """By entry first: the one that many say is wrong is mended first."""

        def work(
            connection: Connection,
        ) -> tuple[tuple[WrongEntry, ...], tuple[WrongAnswer, ...], Mapping[str, NamedEntry]]:
            entries = wrong_entries(connection, visit.now, WRONG_DAYS, ENTRIES_SHOWN)
            answers = wrong_answers(connection, visit.now, WRONG_DAYS, WRONG_SHOWN)
            names = {one.document for one in entries} | {one.document for one in answers}
            return entries, answers, {name: named_entry(connection, name, visit) for name in names}

        entries, answers, named = await self.room.transactions.read(work)
        return self.room.pages.page(
            visit, "gaps_wrong.html", entries=entries, answers=answers, named=named, labels=self.texts, days=WRONG_DAYS
        )


def named_entry(connection: Connection, name: str, visit: Visit) -> NamedEntry:
    """By the name that the answer log keeps."""
    document = find_named(connection, name) if name else None
    if document is None:
        return NamedEntry(name, name, None)
    newest = next(iter(versions_of(connection, document.id)), None)
    shown = live_version(connection, document.id, vietnam_date(visit.now)) or newest
    return NamedEntry(name, name if shown is None else shown.title, document.id)


def _view(visit: Visit) -> GapView:
    """Whatever the address says, something that can be shown."""
    view, least, page = visit.query("view", 16), visit.query("least", 4), visit.query("page", 4)
    number = int(page) if page.isascii() and page.isdecimal() else 1
    return GapView(
        view if view in VIEWS else "todo",
        int(least) if least in {str(one) for one in LEAST} else 1,
        min(max(number, 1), MOST_PAGES),
    )
