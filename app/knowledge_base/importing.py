"""Reads directives and content folders from outside; what they say becomes drafts, never more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from app.failures import CommandError
from app.paths import SETTINGS
from editing.actor import Actor
from editing.bodies.body import digest_of
from editing.bodies.directive import DirectiveBody
from editing.bodies.faq import FaqBody
from editing.bodies.parameter import ParameterBody
from editing.document import DocumentKind
from editing.documents import find_named
from editing.drafting import (
    DraftChanges,
    NewDirective,
    NewFaq,
    new_directive,
    new_faq,
    new_parameter,
    save_draft,
    start_draft,
)
from editing.files.filed import FiledDocument
from editing.files.grouping import grouped
from editing.files.reading import read_content
from editing.versions import open_version, published_versions
from knowledge.bootstrap import open_room
from knowledge.directives.directive import Directive
from knowledge.directives.errors import DirectiveError
from knowledge.directives.front_matter import FrontMatter
from knowledge.directives.parser import parse_directive, slug_of
from knowledge.directives.passages import directive_passages
from knowledge.library import DIRECTIVES_FOLDER

LARGEST_BYTES = 2_000_000


@dataclass(frozen=True)
class ImportLine:
    """`outcome` is new, changed, same or held (a draft is open, or the files hold several periods)."""

    document: str
    outcome: str


def read_directive(file: Path, slug: str) -> Directive:
    """Raises CommandError for what is no text or no directive."""
    if file.stat().st_size > LARGEST_BYTES:
        raise CommandError(f"{file}: larger than {LARGEST_BYTES:,} bytes; is it really one directive?")
    try:
        text = file.read_text(encoding="utf-8")
        directive = parse_directive(text, slug or "new", FrontMatter())
        return directive if slug else parse_directive(text, slug_of(directive.number), FrontMatter())
    except UnicodeDecodeError as error:
        raise CommandError(f"{file}: not UTF-8 text (byte {error.start}). Save it as UTF-8 and try again.") from error
    except DirectiveError as error:
        raise CommandError(f"{file}: {error}") from error


def structure_of(directive: Directive) -> Iterator[str]:
    """Header facts, then one line a passage."""
    yield f"{directive.kind} {directive.number}, {directive.issued_on:%d/%m/%Y}: {directive.subject}"
    yield f"{directive.signer_title} {directive.signer}"
    for passage in directive_passages(directive):
        first = passage.text.replace("\n", " ")[:80]
        yield f"  {passage.section:<16} {len(passage.text):>5}  {first}"


def add_directive(file: Path, directive: Directive) -> Path:
    """Copies the text to the content folder, where there is no database yet. Raises CommandError for a taken slug."""
    folder = open_room(SETTINGS).content / DIRECTIVES_FOLDER
    target = folder / f"{directive.slug}.txt"
    if target.exists():
        raise CommandError(f"{target} exists; choose another name with --slug, or edit that file")
    target.write_bytes(file.read_bytes())
    return target


def filed_directive(file: Path, slug: str) -> FiledDocument:
    """As one of a content folder. Raises CommandError as `read_directive`."""
    directive = read_directive(file, slug)
    body = DirectiveBody(file.read_bytes().decode("utf-8"))
    return FiledDocument(DocumentKind.DIRECTIVE, directive.slug, directive.slug, 0, "", body)


def read_paths(paths: tuple[Path, ...], slug: str) -> Mapping[str, tuple[FiledDocument, ...]]:
    """By name. Raises CommandError for a file that is no directive, KnowledgeError for a folder that is no content."""
    found: list[FiledDocument] = []
    for path in paths:
        if not path.exists():
            raise CommandError(f"{path}: no such file or folder")
        found += read_content(path) if path.is_dir() else [filed_directive(path, slug)]
    twice = [
        name for name, one in grouped(found).items() if len({each.live_from for each in one.periods}) < len(one.periods)
    ]
    if twice:
        raise CommandError(f"{', '.join(twice)}: given twice")
    return {name: one.periods for name, one in grouped(found).items()}


def import_drafts(
    connection: Connection,
    found: Mapping[str, tuple[FiledDocument, ...]],
    actor: Actor,
    now: datetime,
    *,
    write: bool,
) -> tuple[ImportLine, ...]:
    """One line a document, in the order given; with `write` the new and changed ones become drafts."""
    lines = []
    for name, periods in found.items():
        outcome = _outcome(connection, name, periods)
        lines.append(ImportLine(name, outcome))
        if write and outcome in {"new", "changed"}:
            _draft(connection, periods[0], actor, now)
    return tuple(lines)


def _outcome(connection: Connection, name: str, periods: tuple[FiledDocument, ...]) -> str:
    document = find_named(connection, name)
    if len(periods) > 1:
        return "held"
    if document is None:
        return "new"
    if any(digest_of(periods[0].body) == one.digest for one in published_versions(connection, document.id)):
        return "same"
    return "changed" if open_version(connection, document.id) is None else "held"


def _draft(connection: Connection, filed: FiledDocument, actor: Actor, now: datetime) -> None:
    document = find_named(connection, filed.name)
    if document is not None:
        draft = start_draft(connection, document.id, actor, now)
        changes = DraftChanges(filed.body, filed.live_from, filed.live_to)
        save_draft(connection, draft.id, draft.revision, changes, actor, now)
    elif isinstance(filed.body, FaqBody):
        new_faq(connection, NewFaq(filed.topic, filed.body, filed.key), actor, now)
    elif isinstance(filed.body, DirectiveBody):
        new_directive(connection, NewDirective(filed.key, filed.body), actor, now)
    elif isinstance(filed.body, ParameterBody):
        new_parameter(connection, filed.key, filed.body, actor, now)
