"""All directives of a folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from knowledge.directives.directive import Directive
from knowledge.directives.errors import DirectiveError, DirectiveFault
from knowledge.directives.front_matter import FrontMatter, read_front_matter
from knowledge.directives.parser import parse_directive
from knowledge.passage import PERIOD_MARK, later_period, without_period

KEPT_DOCUMENTS = 1_024


def load_directives(folder: Path) -> tuple[Directive, ...]:
    """Each `<slug>.txt` with its `<slug>.yml` if there is one, newest document first.

    `<slug>@<day>.txt` is the same document as it will be served from that day, which its front matter names too.
    Raises DirectiveError naming the file that cannot be read, or the number that two files claim.
    """
    found = [load_directive(path) for path in sorted(folder.glob("*.txt"))]
    _refuse_rivals(folder, found)
    return tuple(sorted(found, key=lambda directive: (directive.issued_on, directive.number), reverse=True))


def load_directive(path: Path) -> Directive:
    """One document; the front matter is looked for beside it."""
    beside = path.with_name(f"{path.stem}.yml")
    try:
        front = beside.read_text(encoding="utf-8") if beside.exists() else None
        return _read(path.stem, path.read_text(encoding="utf-8"), front)
    except DirectiveError as error:
        named = {**error.values, "document": path.stem}
        raise DirectiveError(f"{path.name}: {error}", error.fault, **named) from error
    except UnicodeDecodeError as error:
        raise DirectiveError(f"{path.name}: {error}", document=path.stem) from error


@lru_cache(maxsize=KEPT_DOCUMENTS)
def _read(stem: str, text: str, front_matter: str | None) -> Directive:
    """Pure. Snapshots that follow each other differ in few files: a process reads the others once."""
    front = FrontMatter() if front_matter is None else read_front_matter(front_matter, f"{stem}.yml")
    slug = without_period(stem)
    directive = parse_directive(text, slug, front)
    if PERIOD_MARK in stem and stem != later_period(slug, directive.live_from):
        raise DirectiveError(f"live_from in {stem}.yml must be the day in the file's name")
    return replace(directive, is_later=PERIOD_MARK in stem)


def _refuse_rivals(folder: Path, directives: Iterable[Directive]) -> None:
    """Two documents of one number, or two periods of one document that meet."""
    slugs: dict[str, Directive] = {}
    for directive in sorted(directives, key=lambda directive: directive.is_later):
        before = slugs.setdefault(directive.number, directive)
        if before is directive:
            continue
        if before.slug != directive.slug:
            said = f"{folder}: more than one file for {directive.number}"
            raise DirectiveError(said, DirectiveFault.RIVALS, number=directive.number)
        if directive.live_from is None or before.live_to is None or before.live_to >= directive.live_from:
            said = f"{folder}: {directive.slug} is served twice from {directive.live_from}"
            raise DirectiveError(said, DirectiveFault.RIVALS, number=directive.number)
