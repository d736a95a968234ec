"""Which documents an editor wants to see, as the address or a form says. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from console.security.access import Visit
from editing.document import DocumentKind
from editing.documents import DocumentFilter, DocumentOrder
from editing.version import Standing

PAGE = "/console/knowledge"
LAST_PAGE = 1_000
WORDS_CHARACTERS = 120
TOPIC_CHARACTERS = 200
ID_CHARACTERS = 9
MINE, FLAGGED = "mine", "flagged"
OVERDUE, SOON, EXPIRING, TO_REVIEW = "overdue", "soon", "expiring", "to_review"
DUE = (OVERDUE, SOON, EXPIRING, TO_REVIEW, FLAGGED)
REVIEW_AHEAD, EXPIRY_AHEAD = timedelta(days=30), timedelta(days=60)
SHOWN_STANDINGS = tuple(Standing)


@dataclass(frozen=True)
class ListFilters:
    """Empty leaves everything open; `due` is one of DUE."""

    words: str = ""
    kind: str = ""
    standing: str = ""
    topic: str = ""
    owner: str = ""
    due: str = ""
    sort: str = ""
    page: int = 1

    @property
    def is_empty(self) -> bool:
        """All documents."""
        return not (self.words or self.kind or self.standing or self.topic or self.owner or self.due)

    @property
    def is_public(self) -> bool:
        """What is typed may hold a citizen's words, so it stands in no address."""
        return not self.words

    @property
    def fields(self) -> Mapping[str, str]:
        """Of a form, or behind a question mark; what is left open is missing."""
        names = ("words", "kind", "standing", "topic", "owner", "due", "sort")
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    def at(self, page: int) -> str:
        """Address of a page of the same list; only for filters that are public."""
        return f"{PAGE}?{urlencode({**self.fields, 'page': str(page)})}"

    def wanted(self, today: date, operator_id: int, flagged: tuple[str, ...]) -> DocumentFilter:
        """For the store; `flagged` are the names of documents that must be looked at again."""
        owner = operator_id if self.owner == MINE else int(self.owner or 0)
        reviewing = self.due == TO_REVIEW
        until = {OVERDUE: today - timedelta(days=1), SOON: today + REVIEW_AHEAD}
        return DocumentFilter(
            day=today,
            text=self.words,
            kind=DocumentKind(self.kind) if self.kind else None,
            standing=Standing.SUBMITTED if reviewing else Standing(self.standing) if self.standing else None,
            topic=self.topic or None,
            owner_id=owner or None,
            review_until=until.get(self.due),
            expires_until=today + EXPIRY_AHEAD if self.due == EXPIRING else None,
            not_written_by=operator_id if reviewing else None,
            names=flagged if self.due == FLAGGED else None,
            order=DocumentOrder(self.sort) if self.sort else self._usual_order,
        )

    @property
    def _usual_order(self) -> DocumentOrder:
        if self.due in {OVERDUE, SOON}:
            return DocumentOrder.REVIEW_BY
        return DocumentOrder.CHANGED if self.standing and self.standing != Standing.LIVE else DocumentOrder.TOPIC


def read_filters(visit: Visit) -> ListFilters:
    """What makes no sense is left out, of an address the words too."""
    page, owner = visit.given("page", 4), visit.given("owner", ID_CHARACTERS)
    number = int(page) if page.isascii() and page.isdecimal() else 1
    read = ListFilters(
        words=visit.given("words", WORDS_CHARACTERS),
        kind=_one_of(visit.given("kind", 20), tuple(DocumentKind)),
        standing=_one_of(visit.given("standing", 20), SHOWN_STANDINGS),
        topic=visit.given("topic", TOPIC_CHARACTERS),
        owner=owner if owner == MINE or (owner.isascii() and owner.isdecimal()) else "",
        due=_one_of(visit.given("due", 20), DUE),
        sort=_one_of(visit.given("sort", 20), tuple(DocumentOrder)),
        page=min(max(number, 1), LAST_PAGE),
    )
    return read if visit.request.method == "POST" else replace(read, words="")


def _one_of(typed: str, allowed: tuple[str, ...]) -> str:
    return typed if typed in allowed else ""
