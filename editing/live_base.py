"""What other documents say on a day, as far as one document depends on it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Text, cast, or_, select

from editing.bodies.body import body_from_json
from editing.bodies.faq import FaqBody, faq_from_json
from editing.bodies.nodes import parameter_node
from editing.bodies.parameter import ParameterBody
from editing.document import Document, DocumentKind, knowledge_documents
from editing.documents import document_from
from editing.files.heads import load_heads
from editing.version import knowledge_versions
from editing.versions import is_open, is_served
from knowledge.faqs.parameters import Parameters, read_parameter
from knowledge.faqs.problem import Finding

_JOINED = knowledge_documents.join(knowledge_versions, knowledge_versions.c.document_id == knowledge_documents.c.id)


def parameters_on(connection: Connection, day: date) -> Parameters:
    """Those that are served on that day, with all their values; for filling in placeholders."""
    return parameters_from(parameter_bodies(connection, day))


def parameter_bodies(connection: Connection, day: date) -> dict[str, ParameterBody]:
    """By name, of those that are served on that day."""
    columns, kind = knowledge_documents.c, DocumentKind.PARAMETER
    statement = select(columns.key, knowledge_versions.c.body).select_from(_JOINED)
    statement = statement.where(columns.kind == kind.value, is_served(knowledge_versions.c, day))
    found = {row.key: body_from_json(kind, row.body) for row in connection.execute(statement)}
    return {name: body for name, body in found.items() if isinstance(body, ParameterBody)}


def parameters_from(bodies: Mapping[str, ParameterBody]) -> Parameters:
    """As knowledge.faqs.parameters reads them from their file."""
    findings: list[Finding] = []
    read = [read_parameter(parameter_node(body, name), name, findings) for name, body in bodies.items()]
    return Parameters(tuple(read), load_heads().money_word)


def entry_keys(connection: Connection, keys: Iterable[str], day: date) -> frozenset[str]:
    """Which of these entries are served that day, or drafted."""
    columns = knowledge_documents.c
    there = or_(is_served(knowledge_versions.c, day), is_open(knowledge_versions.c))
    named = (columns.kind == DocumentKind.FAQ.value, columns.key.in_(list(keys)))
    statement = select(columns.key).select_from(_JOINED).where(*named, there)
    return frozenset(connection.execute(statement).scalars())


def same_wordings(
    connection: Connection, wordings: Mapping[str, str], but_not: int, day: date
) -> tuple[tuple[str, str], ...]:
    """Which of these wordings another entry has too, with that entry's key; `but_not` is a document's id.

    `wordings` are folded (editing/folding.py), by field; only what is served that day, or drafted, is looked at.
    """
    columns, text = knowledge_documents.c, knowledge_versions.c.search_text
    lines = {field: f"\n{key}\n" for field, key in wordings.items() if key}
    if not lines:
        return ()
    there = or_(is_served(knowledge_versions.c, day), is_open(knowledge_versions.c))
    alike = or_(*(text.contains(line, autoescape=True) for line in set(lines.values())))
    statement = select(columns.key, text).select_from(_JOINED)
    statement = statement.where(columns.kind == DocumentKind.FAQ.value, columns.id != but_not, there, alike)
    rows = connection.execute(statement).all()
    return tuple((field, row.key) for field, line in lines.items() for row in rows if line in row.search_text)


@dataclass(frozen=True)
class LiveEntry:
    """What is served of an entry."""

    document: Document
    title: str
    body: FaqBody


def live_entries_with(connection: Connection, texts: Iterable[str], day: date) -> Iterator[LiveEntry]:
    """Those in whose body one of these texts stands somewhere; the caller looks where.

    The database looks first: of 10,000 entries only some have to be read.
    """
    body = cast(knowledge_versions.c.body, Text)
    # As it stands in JSON, without its quotes.
    held = [body.contains(json.dumps(text)[1:-1], autoescape=True) for text in texts if text]
    if not held:
        return
    columns, versions = knowledge_documents.c, knowledge_versions.c
    statement = select(*columns, versions.title, versions.body).select_from(_JOINED)
    statement = statement.where(columns.kind == DocumentKind.FAQ.value, is_served(versions, day), or_(*held))
    statement = statement.order_by(columns.topic, columns.place, columns.id)
    for row in connection.execute(statement).mappings():
        yield LiveEntry(document_from(row), row["title"], faq_from_json(row["body"]))
