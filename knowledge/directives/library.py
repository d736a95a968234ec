"""All directives of a folder."""

from __future__ import annotations

from pathlib import Path

from knowledge.directives.directive import Directive
from knowledge.directives.errors import DirectiveError
from knowledge.directives.front_matter import FrontMatter, read_front_matter
from knowledge.directives.parser import parse_directive


def load_directives(folder: Path) -> tuple[Directive, ...]:
    """Each `<slug>.txt` with its `<slug>.yml` if there is one, newest document first.

    Raises DirectiveError naming the file that cannot be read, or the number that two files claim.
    """
    found = [load_directive(path) for path in sorted(folder.glob("*.txt"))]
    numbers = [directive.number for directive in found]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise DirectiveError(f"{folder}: more than one file for {', '.join(twice)}")
    return tuple(sorted(found, key=lambda directive: (directive.issued_on, directive.number), reverse=True))


def load_directive(path: Path) -> Directive:
    """One document; the front matter is looked for beside it."""
    beside = path.with_suffix(".yml")
    front = FrontMatter()
    if beside.exists():
        front = read_front_matter(beside.read_text(encoding="utf-8"), beside.name)
    try:
        return parse_directive(path.read_text(encoding="utf-8"), path.stem, front)
    except (DirectiveError, UnicodeDecodeError) as error:
        raise DirectiveError(f"{path.name}: {error}") from error
