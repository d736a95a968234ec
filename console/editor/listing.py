"""All documents of the knowledge base: what is live, what is being written, what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from console.editor.list_filters import (
    DUE,
    EXPIRING,
    FLAGGED,
    OVERDUE,
    PAGE,
    REVIEW_AHEAD,
    TO_REVIEW,
    ListFilters,
    read_filters,
)
from console.operator.pages import SEE_OTHER
from console.operator.room import Room, names_of_operators
from console.security.access import Door, Visit
from desk.accounts.operator import Operator, list_operators
from desk.accounts.permissions import Permission, may
from desk.calendar.zone import vietnam_date
from editing.document import DocumentKind
from editing.documents import DocumentOrder, Listed, count_each, documents, documents_by_id, topics
from editing.relations.flag import Flag, flagged_document_ids, open_flags
from editing.version import Standing

PER_PAGE = 50
COUNTED = (
    ListFilters(),
    ListFilters(standing=Standing.DRAFT),
    ListFilters(standing=Standing.SUBMITTED),
    ListFilters(due=TO_REVIEW),
    ListFilters(standing=Standing.REJECTED),
    ListFilters(standing=Standing.APPROVED),
    ListFilters(standing=Standing.SCHEDULED),
    ListFilters(due=FLAGGED),
    ListFilters(due=OVERDUE),
    ListFilters(due=EXPIRING),
)


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py. What is looked for is posted: it would else stand in addresses and in logs."""
    listing = _List(room)
    return (
        Door("GET", PAGE, Permission.READ_KNOWLEDGE, listing.page),
        Door("POST", PAGE, Permission.READ_KNOWLEDGE, listing.search),
    )


@dataclass(frozen=True)
class KnowledgeRow:
    """`standing` is that of what is served, `work` that of the open version; either may be empty."""

    listed: Listed
    standing: str
    work: str
    author: str
    owner: str
    flags: tuple[Flag, ...]
    is_overdue: bool
    is_due_soon: bool


@dataclass(frozen=True)
class Counted:
    """One of the numbers above the list."""

    filters: ListFilters
    number: int


@dataclass(frozen=True)
class KnowledgeList:
    """One page of it."""

    rows: tuple[KnowledgeRow, ...]
    counts: tuple[Counted, ...]
    total: int
    filters: ListFilters
    topics: tuple[str, ...]
    owners: tuple[Operator, ...]

    @property
    def has_more(self) -> bool:
        """Whether a page follows."""
        return self.filters.page * PER_PAGE < self.total


@dataclass(frozen=True)
class _List:
    room: Room

    async def page(self, visit: Visit) -> Response:
        return await self._shown(visit, read_filters(visit))

    async def search(self, visit: Visit) -> Response:
        """Leads to an address that can be kept where no words were looked for."""
        filters = read_filters(visit)
        if filters.is_public:
            return RedirectResponse(filters.at(filters.page), SEE_OTHER)
        return await self._shown(visit, filters)

    async def _shown(self, visit: Visit, filters: ListFilters) -> Response:
        found = await self.room.transactions.read(lambda connection: read_list(connection, visit, filters))
        return self.room.pages.page(
            visit,
            "knowledge.html",
            list=found,
            labels=self.room.editor.texts,
            kinds=tuple(DocumentKind),
            standings=tuple(Standing),
            dues=DUE,
            orders=tuple(DocumentOrder),
        )


def read_list(connection: Connection, visit: Visit, filters: ListFilters) -> KnowledgeList:
    """With the numbers above it."""
    today, me = vietnam_date(visit.now), visit.operator
    flagged = _flagged(connection)
    wanted = filters.wanted(today, me.id, flagged)
    found = documents(connection, wanted, PER_PAGE, (filters.page - 1) * PER_PAGE)
    names = names_of_operators(connection)
    flags = open_flags(connection, [each.document.id for each in found])
    counted = [one for one in COUNTED if one.due != TO_REVIEW or may(me, Permission.APPROVE_KNOWLEDGE)]
    total, *numbers = count_each(connection, [wanted, *(one.wanted(today, me.id, flagged) for one in counted)])
    return KnowledgeList(
        rows=tuple(_row(each, today, names, flags) for each in found),
        counts=tuple(Counted(one, number) for one, number in zip(counted, numbers, strict=True)),
        total=total,
        filters=filters,
        topics=topics(connection),
        owners=editors(connection),
    )


def editors(connection: Connection) -> tuple[Operator, ...]:
    """Who may answer for a document: everybody that edits or approves, and still works here."""
    wanted = (Permission.EDIT_KNOWLEDGE, Permission.APPROVE_KNOWLEDGE)
    found = (each for each in list_operators(connection) if any(may(each, one) for one in wanted))
    return tuple(sorted(found, key=lambda each: each.display_name))


def _flagged(connection: Connection) -> tuple[str, ...]:
    found = documents_by_id(connection, flagged_document_ids(connection))
    return tuple(document.name for document in found.values())


def _row(listed: Listed, today: date, names: Mapping[int, str], flags: Mapping[int, tuple[Flag, ...]]) -> KnowledgeRow:
    shown, document = listed.shown, listed.document
    due = shown.review_by
    return KnowledgeRow(
        listed=listed,
        standing="" if shown is listed.open else shown.standing(today).value,
        work=listed.open.state.value if listed.open else "",
        author=names.get(listed.open.author_id or 0, "") if listed.open else "",
        owner=names.get(document.owner_id or 0, ""),
        flags=flags.get(document.id, ()),
        is_overdue=due is not None and due < today,
        is_due_soon=due is not None and today <= due <= today + REVIEW_AHEAD,
    )
