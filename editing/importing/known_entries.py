"""What the base already says, so that a row can be held against it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sqlalchemy import Connection, Text, cast, or_, select

from editing.bodies.faq import FaqBody, faq_from_json
from editing.conflicts import Stated
from editing.document import DocumentKind, knowledge_documents, name_of
from editing.version import OPEN, VersionState, knowledge_versions
from vietnamese.accents import strip_accents

_OPEN = frozenset(state.value for state in OPEN)


@dataclass(frozen=True, eq=False)
class KnownEntry:
    """An entry as it is published, or as its open draft has it; `written` is its body as the database holds it."""

    key: str
    title: str
    is_open: bool
    written: str

    @property
    def document(self) -> str:
        """As editing.document.Document.name."""
        return name_of(DocumentKind.FAQ, self.key)

    @cached_property
    def body(self) -> FaqBody:
        """Read when somebody asks for it: a sheet is like a few of 10,000 entries."""
        return faq_from_json(json.loads(self.written))

    @property
    def stated(self) -> Stated:
        """For comparing figures."""
        bases = tuple((basis.document, basis.article) for basis in self.body.legal_basis if basis.document)
        return Stated(self.document, self.title, self.body.answer, bases)


@dataclass(frozen=True)
class KnownEntries:
    """All entries that are published or worked on, by what rows are compared in.

    Wordings are everything that an entry says, folded as the search of editors folds it; its questions are among them.
    """

    by_key: Mapping[str, Sequence[KnownEntry]]
    by_wording: Mapping[str, Sequence[KnownEntry]]
    by_place: Mapping[str, Sequence[KnownEntry]]
    topics: frozenset[str]

    def at(self, bases: tuple[tuple[str, str], ...]) -> tuple[KnownEntry, ...]:
        """Entries that rest on one of the same documents and articles."""
        found = (entry for basis in bases for entry in self.by_place.get(place_key(*basis), ()))
        return tuple(dict.fromkeys(found))


@lru_cache(maxsize=16_384)
def place_key(document: str, article: str) -> str:
    """Two spellings of one place of the law have the same, mostly."""
    return " ".join(strip_accents(f"{document}|{article}").casefold().replace(",", " ").split())


def load_known_entries(connection: Connection) -> KnownEntries:
    """Reads what rows are compared in of every published and open version; bodies only of those that are alike."""
    versions, documents = knowledge_versions.c, knowledge_documents.c
    wanted = or_(versions.state == VersionState.PUBLISHED.value, versions.state.in_(_OPEN))
    columns = (documents.key, documents.topic, versions.state, versions.title, versions.search_text)
    of_body = (cast(versions.body, Text).label("written"), versions.body["legal_basis"].label("bases"))
    joined = knowledge_versions.join(knowledge_documents, versions.document_id == documents.id)
    statement = select(*columns, *of_body).select_from(joined).where(documents.kind == DocumentKind.FAQ.value, wanted)
    by_key: dict[str, list[KnownEntry]] = defaultdict(list)
    by_wording: dict[str, list[KnownEntry]] = defaultdict(list)
    by_place: dict[str, list[KnownEntry]] = defaultdict(list)
    topics = set()
    for row in connection.execute(statement.order_by(versions.id)).mappings():
        entry = KnownEntry(row["key"], row["title"], row["state"] in _OPEN, row["written"])
        topics.add(row["topic"])
        by_key[entry.key].append(entry)
        for wording in set(filter(None, row["search_text"].split("\n"))):
            by_wording[wording].append(entry)
        for basis in row["bases"] or ():
            if basis.get("document"):
                by_place[place_key(basis["document"], basis.get("article") or "")].append(entry)
    return KnownEntries(by_key, by_wording, by_place, frozenset(topics))
