"""An annex table whose source has one cell a line: groups, rows, and the cells of each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.directives.annex_cells import Column, read_cells, read_row
from knowledge.directives.directive import AnnexCell, Level, Paragraph, Role, Section, SectionKind, Step
from knowledge.directives.forms import Forms
from knowledge.directives.joining import is_orphan, join_all
from knowledge.directives.markers import roman_number
from knowledge.directives.outline import Names
from knowledge.directives.source import Line

_ROMAN = re.compile(r"[IVXL]+\.?")
_NUMBER = re.compile(r"\d{1,3}\.?")
_NUMBER_AND_TASK = re.compile(r"(\d{1,3})[.)]\s+(?=[^\d\s])")


@dataclass
class _Group:
    """A group of rows, or a sub-group in it."""

    value: str = ""
    heading: str = ""


def table_start(lines: Sequence[Line], forms: Forms) -> int | None:
    """The place of the table's first heading cell (`TT`)."""
    return next((i for i, line in enumerate(lines) if line.text in forms.table.number_heads), None)


class TableReader:
    """Reads the lines from the first heading cell to the end of the table."""

    def __init__(self, forms: Forms, names: Names, prefix: str, attachment: str, headings: tuple[str, ...]) -> None:
        self._forms = forms
        self._names = names
        self._prefix = prefix
        self._attachment = attachment
        self._headings = headings
        self._columns: tuple[Column, ...] = ()
        self._group = _Group()
        self._subgroup = _Group()
        self._last_number = 0
        self._rows: list[Section] = []

    def read(self, lines: Sequence[Line]) -> list[Section]:
        """One section for each row; the lines of group headings belong to no section."""
        first = next((i for i in range(1, len(lines)) if self._starts(lines, i)), len(lines))
        self._columns = read_columns(lines[1:first], self._forms)
        starts = [place for place in range(first, len(lines)) if self._enter(lines, place)]
        self._reset()
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            self._read_part(lines[start:end])
        return self._rows

    def _reset(self) -> None:
        self._group, self._subgroup, self._last_number = _Group(), _Group(), 0

    def _starts(self, lines: Sequence[Line], place: int) -> bool:
        text = lines[place].text
        return self._opens_group(text) or self._number(text) == 1

    def _enter(self, lines: Sequence[Line], place: int) -> bool:
        """Follows groups and numbers, so that a bare number inside a cell is not taken for a row."""
        text = lines[place].text
        if self._opens_group(text):
            self._group = _Group(text.rstrip("."))
            self._last_number = 0
            return True
        if self._opens_subgroup(text):
            return True
        number = self._number(text)
        if number is not None and number == self._last_number + 1:
            self._last_number = number
            return True
        return False

    def _opens_group(self, text: str) -> bool:
        if not _ROMAN.fullmatch(text):
            return False
        value = roman_number(text.rstrip("."))
        return value == roman_number(self._group.value) + 1 if self._group.value else value == 1

    def _opens_subgroup(self, text: str) -> bool:
        return re.fullmatch(rf"[{self._forms.point_letters}]\)", text) is not None

    def _number(self, text: str) -> int | None:
        match = _NUMBER_AND_TASK.match(text)
        if match is not None:
            return int(match[1])
        return int(text.rstrip(".")) if _NUMBER.fullmatch(text) else None

    def _read_part(self, lines: Sequence[Line]) -> None:
        text = lines[0].text
        if _ROMAN.fullmatch(text):
            self._group = _Group(text.rstrip("."), join_all(line.text for line in lines[1:]))
            self._subgroup = _Group()
        elif self._opens_subgroup(text):
            self._subgroup = _Group(text.rstrip(")"), join_all(line.text for line in lines[1:]))
        else:
            self._rows.append(self._row(lines))

    def _row(self, lines: Sequence[Line]) -> Section:
        number = str(self._number(lines[0].text))
        inline = _NUMBER_AND_TASK.sub("", lines[0].text, count=1)
        own = [Line(lines[0].first, lines[0].last, inline)] if inline != lines[0].text else []
        cells = read_cells([*own, *lines[1:]], self._columns, self._forms)
        row = read_row(number, cells, self._columns, self._forms)
        steps: tuple[Step, ...] = (Step(Level.ROW, number),)
        headings = self._headings
        if self._group.value:
            steps = (Step(Level.ROMAN, self._group.value), *steps)
            headings += tuple(group.heading for group in (self._group, self._subgroup) if group.heading)
        row = replace(
            row,
            group=self._group.value,
            group_heading=self._group.heading,
            subgroup=self._subgroup.value,
            subgroup_heading=self._subgroup.heading,
        )
        whole = Paragraph(cells_text(cells), lines[0].first, lines[-1].last, number, Role.TEXT)
        label = self._names.label(steps, self._prefix)
        return Section(label, SectionKind.ANNEX_ROW, (whole,), steps, headings, "", self._attachment, row)


def cells_text(cells: Sequence[AnnexCell]) -> str:
    """The cells in the order of the source, on one line."""
    return " ".join(cell.text for cell in cells if cell.lines)


def read_columns(lines: Sequence[Line], forms: Forms) -> tuple[Column, ...]:
    """The heading cells after `TT`; a heading broken over lines goes on in small letters or indented."""
    names: list[str] = []
    for line in lines:
        if names and (line.indented or line.text[0].islower() or is_orphan(line.text)):
            names[-1] = join_all((names[-1], line.text))
        else:
            names.append(line.text)
    return tuple(Column(name, _role(name, forms)) for name in names)


def _role(name: str, forms: Forms) -> str:
    plain = name.casefold()
    found = [
        (len(heading), role)
        for role, headings in forms.table.columns.items()
        for heading in headings
        if plain.startswith(heading.casefold())
    ]
    return max(found)[1] if found else ""
