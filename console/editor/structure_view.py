"""A directive that is being corrected, as its page shows it: source and structure beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.editor.structure_form import AUTO, LineForm, facts_of
from console.editor.theirs import saved_by_others
from console.security.access import Visit
from editing.bodies.directive import DirectiveBody
from editing.importing.directive_file import DirectiveFile, ReadDirective, read_directive, shown_number
from editing.importing.messages import ImportMessages
from editing.importing.problem import ImportProblem
from editing.importing.structure import SectionPassages, SourceLine, section_passages, source_lines
from knowledge.directives.directive import Directive
from knowledge.directives.errors import DirectiveError

LINES_PER_PAGE = 300


@dataclass(frozen=True)
class StructureInput:
    """What was typed and refused, so that it stays in the form."""

    facts: Mapping[str, str] | None = None
    line: LineForm | None = None
    questions: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    is_stale: bool = False
    """Somebody else saved meanwhile."""


UNTOUCHED = StructureInput()


@dataclass(frozen=True)
class ToldProblem:
    """`document` is one of the base that it speaks of, for a link; empty when there is none."""

    text: str
    is_warning: bool
    document: str


@dataclass(frozen=True)
class StructureView:
    """Lines `first` to `last` of `total`; sections that begin among them. `root` is the address of the page."""

    root: str
    revision: int
    body: DirectiveBody
    read: ReadDirective
    number: str
    lines: tuple[SourceLine, ...]
    sections: tuple[SectionPassages, ...]
    outline: tuple[SectionPassages, ...]
    first: int
    total: int
    facts: Mapping[str, str]
    chosen: LineForm | None
    typed: StructureInput = field(default=UNTOUCHED)
    theirs: Mapping[str, str] = field(default_factory=dict)
    """What somebody else saved meanwhile, of the fields that were typed otherwise."""

    @property
    def last(self) -> int:
        """Number of the last line shown."""
        return min(self.total, self.first + LINES_PER_PAGE - 1)

    @property
    def earlier(self) -> int | None:
        """First line of the page before."""
        return max(1, self.first - LINES_PER_PAGE) if self.first > 1 else None

    @property
    def later(self) -> int | None:
        """First line of the page after."""
        return self.first + LINES_PER_PAGE if self.first + LINES_PER_PAGE <= self.total else None

    @property
    def directive(self) -> Directive | None:
        """None when it cannot be read."""
        return self.read.directive


def structure_view(visit: Visit, root: str, revision: int, file: DirectiveFile, typed: StructureInput) -> StructureView:
    """Reads the text anew; some 30 ms for a letter, a second for a law."""
    read = read_directive(file)
    chosen = typed.line or _chosen(visit)
    try:
        lines = source_lines(file.body.text, read.directive, file.body.front)
    except DirectiveError:
        lines = source_lines(file.body.text, None, {})
    wanted = chosen.line if chosen else _number(visit, "from")
    first = (max(1, min(wanted or 1, len(lines))) - 1) // LINES_PER_PAGE * LINES_PER_PAGE + 1
    outline = section_passages(read.directive) if read.directive is not None else ()
    shown = lines[first - 1 : first - 1 + LINES_PER_PAGE]
    return StructureView(
        root=root,
        revision=revision,
        body=file.body,
        read=read,
        number=shown_number(read.directive) if read.directive is not None else "",
        lines=shown,
        sections=tuple(one for one in outline if first <= one.line < first + LINES_PER_PAGE),
        outline=outline,
        first=first,
        total=len(lines),
        facts=typed.facts or facts_of(file.body, read.directive),
        chosen=chosen,
        typed=typed,
        theirs=_theirs(file.body, read.directive, typed) if typed.is_stale else {},
    )


def _theirs(body: DirectiveBody, directive: Directive | None, typed: StructureInput) -> Mapping[str, str]:
    asked = "\n".join(body.questions.get(typed.questions.get("section", ""), ()))
    mine = {**(typed.facts or {}), **typed.questions}
    return saved_by_others(mine, {**facts_of(body, directive), "questions": asked})


def told(problem: ImportProblem, messages: ImportMessages, detail: str = "") -> ToldProblem:
    """In words; `detail` names what is wrong with a correction."""
    text = messages.problem(problem)
    if detail:
        text = text.replace("{detail}", messages.corrections[detail])
    return ToldProblem(text, problem.is_warning, problem.document)


def _chosen(visit: Visit) -> LineForm | None:
    number = _number(visit, "line")
    return LineForm(number, AUTO, "", "", "") if number else None


def _number(visit: Visit, name: str) -> int:
    value = visit.query(name, 9)
    return int(value) if value.isascii() and value.isdecimal() else 0
