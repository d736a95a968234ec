"""Names of new documents, made from what they say."""

from __future__ import annotations

import re

from sqlalchemy import Connection, select

from editing.document import KEY_CHARACTERS, DocumentKind, knowledge_documents
from vietnamese.accents import strip_accents

SLUG_CHARACTERS = 60
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_KEYS = {
    DocumentKind.FAQ: re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII),
    DocumentKind.DIRECTIVE: re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*", re.ASCII),
    DocumentKind.PARAMETER: re.compile(r"[a-z][a-z0-9_]*", re.ASCII),
}
# Of the file of sample questions, which stands beside the directives.
_TAKEN = "questions"
_NAMELESS = "muc-moi"


def is_key(kind: DocumentKind, key: str) -> bool:
    """Whether a document may be called so; it becomes part of file names and addresses."""
    fits = len(key) <= KEY_CHARACTERS and _KEYS[kind].fullmatch(key) is not None
    return fits and not (kind is DocumentKind.DIRECTIVE and key.lower() == _TAKEN)


def slug_of_words(text: str) -> str:
    """`Ai được rút BHXH một lần?` → `ai-duoc-rut-bhxh-mot-lan`; cut at a word."""
    slug = _NOT_SLUG.sub("-", strip_accents(text).lower()).strip("-")
    cut = slug[: SLUG_CHARACTERS + 1]
    return slug if len(slug) <= SLUG_CHARACTERS else (cut.rpartition("-")[0] or cut[:SLUG_CHARACTERS])


def free_key(connection: Connection, question: str) -> str:
    """A key for a new entry that no other has, from its question."""
    slug = slug_of_words(question) or _NAMELESS
    columns = knowledge_documents.c
    statement = select(columns.key).where(columns.kind == DocumentKind.FAQ.value, columns.key.startswith(slug))
    taken = set(connection.execute(statement).scalars())
    candidates = (slug if count == 1 else f"{slug}-{count}" for count in range(1, len(taken) + 2))
    return next(key for key in candidates if key not in taken)


def file_of(connection: Connection, topic: str) -> str:
    """The file in which entries of this topic stand; a new topic gets a new one."""
    columns = knowledge_documents.c
    of_entries = columns.kind == DocumentKind.FAQ.value
    known = select(columns.file).where(of_entries, columns.topic == topic).order_by(columns.id.desc()).limit(1)
    found = connection.execute(known).scalar()
    if found is not None:
        return str(found)
    slug = slug_of_words(topic) or _NAMELESS
    taken = set(connection.execute(select(columns.file).where(of_entries).distinct()).scalars())
    candidates = (slug if count == 1 else f"{slug}-{count}" for count in range(1, len(taken) + 2))
    return next(file for file in candidates if file not in taken)
