"""Which published documents rest on a legal text, or are that text themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, literal, select

from editing.bodies.faq import FaqBasis, faq_from_json
from editing.bodies.parameter import parameter_from_json
from editing.document import DocumentKind, knowledge_documents, name_of
from editing.version import VersionState, knowledge_versions
from vietnamese.legal_places import document_key, touch


class Tie(StrEnum):
    """How a document hangs on the text."""

    IS_IT = "is_it"
    CITES = "cites"
    BY_PARAMETER = "by_parameter"  # cites a parameter whose value the text sets


@dataclass(frozen=True)
class Target:
    """The text, its places (empty: all of it), and the day from which it is changed."""

    key: str
    articles: str
    day: date


@dataclass(frozen=True)
class Dependent:
    """`places` is what it cites of the text, as it stands there; empty for the text itself."""

    document_id: int
    kind: DocumentKind
    key: str
    title: str
    tie: Tie
    places: str = ""

    @property
    def name(self) -> str:
        """As editing.document.Document.name."""
        return name_of(self.kind, self.key)


@dataclass(frozen=True)
class Published:
    """What is served, or will be, of a document. `body` is that of a parameter; of others nothing of it is read."""

    id: int
    kind: DocumentKind
    key: str
    title: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class PublishedBase:
    """All that is published; the newest version where one is scheduled. Entries by what they rest on."""

    others: tuple[Published, ...]
    by_text: Mapping[str, Sequence[tuple[Published, FaqBasis]]]
    by_parameter: Mapping[str, Sequence[Published]]


def dependents_of(connection: Connection, target: Target) -> tuple[Dependent, ...]:
    """Directives, then parameters, then FAQ entries. For several targets see `dependents_among`."""
    return dependents_among(published_base(connection), target)


def dependents_among(base: PublishedBase, target: Target) -> tuple[Dependent, ...]:
    """The same, out of what `published_base` read."""
    directives = [one for each in base.others if (one := _directive(each, target))]
    parameters = [one for each in base.others if (one := _parameter(each, target))]
    return (*directives, *parameters, *_faqs(base, target, [each.key for each in parameters]))


def published_base(connection: Connection) -> PublishedBase:
    """Some tenths of a second for 10,000 entries."""
    versions = knowledge_versions.c
    others = (
        *_read(connection, DocumentKind.DIRECTIVE, literal(None)),
        *_read(connection, DocumentKind.PARAMETER, versions.body),
    )
    by_text: dict[str, list[tuple[Published, FaqBasis]]] = defaultdict(list)
    by_parameter: dict[str, list[Published]] = defaultdict(list)
    for each, read in _read(connection, DocumentKind.FAQ, versions.body["legal_basis"]):
        for basis in faq_from_json({"legal_basis": read or ()}).legal_basis:
            if basis.document:
                by_text[_key_of(basis.document)].append((each, basis))
            if basis.parameter:
                by_parameter[basis.parameter].append(each)
    return PublishedBase(tuple(replace(each, body=read or {}) for each, read in others), by_text, by_parameter)


def _read(connection: Connection, kind: DocumentKind, body: ColumnElement[Any]) -> Iterator[tuple[Published, Any]]:
    documents, versions = knowledge_documents.c, knowledge_versions.c
    statement = (
        select(documents.id, documents.key, versions.title, body.label("read"))
        .join(knowledge_versions, versions.document_id == documents.id)
        .where(versions.state == VersionState.PUBLISHED, documents.kind == kind)
        .order_by(documents.id, versions.number.desc())
    )
    last = None
    for row in connection.execute(statement):
        if row.id != last:
            last = row.id
            yield Published(row.id, kind, row.key, row.title, {}), row.read


def _directive(each: Published, target: Target) -> Dependent | None:
    if each.kind is not DocumentKind.DIRECTIVE or document_key(each.title.partition(":")[0]) != target.key:
        return None
    return Dependent(each.id, each.kind, each.key, each.title, Tie.IS_IT)


def _parameter(each: Published, target: Target) -> Dependent | None:
    if each.kind is not DocumentKind.PARAMETER:
        return None
    for value in parameter_from_json(each.body).values:
        is_over = value.effective_to is not None and value.effective_to < target.day
        if not is_over and _rests_on(value.document, value.article, target):
            return Dependent(each.id, each.kind, each.key, each.title, Tie.CITES, value.article)
    return None


def _faqs(base: PublishedBase, target: Target, parameters: Sequence[str]) -> Iterator[Dependent]:
    cited: dict[int, tuple[Published, list[str]]] = {}
    for each, basis in base.by_text.get(target.key, ()):
        if _is_basis(basis, target):
            cited.setdefault(each.id, (each, []))[1].append(basis.article)
    by_parameter = {each.id: each for name in parameters for each in base.by_parameter.get(name, ())}
    for document_id in sorted({*cited, *by_parameter}):
        if document_id in cited:
            each, places = cited[document_id]
            shown = "; ".join(dict.fromkeys(place for place in places if place))
            yield Dependent(each.id, each.kind, each.key, each.title, Tie.CITES, shown)
        else:
            each = by_parameter[document_id]
            yield Dependent(each.id, each.kind, each.key, each.title, Tie.BY_PARAMETER)


def _is_basis(basis: FaqBasis, target: Target) -> bool:
    is_over = basis.effective_to is not None and basis.effective_to < target.day
    return not is_over and _touches(basis.article, target.articles)


def _rests_on(document: str, article: str, target: Target) -> bool:
    return bool(document) and _key_of(document) == target.key and _touches(article, target.articles)


@lru_cache(maxsize=4_096)
def _key_of(document: str) -> str:
    """Entries cite few texts, each many times."""
    return document_key(document)


@lru_cache(maxsize=16_384)
def _touches(article: str, articles: str) -> bool:
    return touch(article, articles)
