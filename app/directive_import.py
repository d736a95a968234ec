"""Reads a directive from outside and adds it to the content folder; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.failures import CommandError
from app.paths import SETTINGS
from knowledge.bootstrap import open_room
from knowledge.directives.directive import Directive
from knowledge.directives.errors import DirectiveError
from knowledge.directives.front_matter import FrontMatter
from knowledge.directives.parser import parse_directive, slug_of
from knowledge.directives.passages import directive_passages
from knowledge.library import DIRECTIVES_FOLDER

LARGEST_BYTES = 2_000_000


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
    """Copies the text as it is. Raises CommandError when the slug or the number is taken."""
    folder = open_room(SETTINGS).content / DIRECTIVES_FOLDER
    target = folder / f"{directive.slug}.txt"
    if target.exists():
        raise CommandError(f"{target} exists; choose another name with --slug, or edit that file")
    target.write_bytes(file.read_bytes())
    return target
