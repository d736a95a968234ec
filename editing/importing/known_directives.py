"""Directives of the base that an imported one may be the same as."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from editing.bodies.directive import directive_from_json
from editing.document import DocumentKind, knowledge_documents
from editing.importing.directive_file import FIELD, DirectiveFile, shown_number
from editing.importing.problem import ImportProblem, error, warning
from editing.version import OPEN, VersionState, knowledge_versions
from knowledge.directives.directive import Directive
from vietnamese.accents import strip_accents

SHINGLE_WORDS = 5
NEAR = 0.8
LEAST_LENGTH = 0.5
"""Of the shorter text, as a share of the longer one."""
_OPEN = frozenset(state.value for state in OPEN)


@dataclass(frozen=True)
class KnownDirective:
    """`number` is empty for one that names none in its front matter."""

    slug: str
    title: str
    number: str
    text: str
    is_open: bool


def load_known_directives(connection: Connection) -> tuple[KnownDirective, ...]:
    """Published and open versions; there are hundreds at most."""
    versions, documents = knowledge_versions.c, knowledge_documents.c
    wanted = or_(versions.state == VersionState.PUBLISHED.value, versions.state.in_(_OPEN))
    joined = knowledge_versions.join(knowledge_documents, versions.document_id == documents.id)
    statement = select(documents.key, versions.title, versions.body, versions.state).select_from(joined)
    rows = connection.execute(statement.where(documents.kind == DocumentKind.DIRECTIVE.value, wanted)).mappings()
    found = []
    for row in rows:
        body = directive_from_json(row["body"])
        number = str(body.front.get("number") or row["title"].partition(":")[0])
        found.append(KnownDirective(row["key"], row["title"], number, body.text, row["state"] in _OPEN))
    return tuple(found)


def same_document(file: DirectiveFile, number: str, known: tuple[KnownDirective, ...]) -> tuple[KnownDirective, ...]:
    """Those with the same number or the same slug, however they are typed. Pure."""
    return tuple(
        one
        for one in known
        if (number and _folded(one.number) == _folded(number)) or (file.slug and one.slug.lower() == file.slug.lower())
    )


def compared(
    file: DirectiveFile, directive: Directive | None, known: tuple[KnownDirective, ...]
) -> tuple[ImportProblem, ...]:
    """What the base has of the same number, and texts that are nearly the same. Pure."""
    number = "" if directive is None else shown_number(directive)
    own = same_document(file, number, known)
    problems: list[ImportProblem] = []
    opened = next((one for one in own if one.is_open), None)
    if opened is not None:
        problems.append(error(FIELD, "open", number=number or file.slug))
    elif own:
        problems.append(warning(FIELD, "exists", f"directive/{own[0].slug}", number=number or file.slug))
    mine = _shingles(file.body.text)
    for one in known:
        if one.text == file.body.text:
            problems.append(warning(FIELD, "same_text", f"directive/{one.slug}", title=one.title[:100]))
        elif one not in own and (likeness := _near(mine, file.body.text, one.text)):
            percent = str(round(likeness * 100))
            problems.append(
                warning(FIELD, "near_text", f"directive/{one.slug}", percent=percent, title=one.title[:100])
            )
    return tuple(problems)


def _folded(number: str) -> str:
    return "".join(strip_accents(number).casefold().split())


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = strip_accents(text).casefold().split()
    return frozenset(tuple(words[start : start + SHINGLE_WORDS]) for start in range(len(words) - SHINGLE_WORDS + 1))


def _near(mine: frozenset[tuple[str, ...]], text: str, other: str) -> float:
    """0 for what is less than nearly the same. Texts of very different lengths are not read for it."""
    if min(len(text), len(other)) < max(len(text), len(other)) * LEAST_LENGTH:
        return 0
    likeness = _likeness(mine, _shingles(other))
    return likeness if likeness >= NEAR else 0


def _likeness(mine: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """Share of common runs of five words, 0 to 1."""
    return len(mine & other) / max(1, len(mine | other))
