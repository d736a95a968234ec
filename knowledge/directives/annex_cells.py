"""Which lines of a table row make which cell, when no sign stands between the cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.directives.directive import AnnexCell, AnnexRow
from knowledge.directives.forms import Forms, starts_with_any
from knowledge.directives.joining import is_orphan, join
from knowledge.directives.source import Line

UNIT_ROLES = ("lead_units", "coordinating_units")
_DATE = re.compile(r"(?:\d{1,2}/)?\d{1,2}/\d{4}")
_OPEN_END = re.compile(r"[,(–-]$|\d$")


@dataclass(frozen=True)
class Column:
    """`role` is a field of AnnexRow, empty for a column of another kind (`Ghi chú`)."""

    name: str
    role: str


def read_cells(lines: Sequence[Line], columns: Sequence[Column], forms: Forms) -> tuple[AnnexCell, ...]:
    """One cell for each column, in their order; a cell that the row lacks has no lines."""
    chunks = _chunks(lines, forms)
    if len(chunks) == len(columns) and _fits(chunks, columns, forms):
        return tuple(
            AnnexCell(column.name, _units(c, column, forms)) for c, column in zip(chunks, columns, strict=True)
        )
    filled: dict[str, list[str]] = {}
    for column in reversed(columns[1:]):
        filled[column.name] = _take(chunks, column, columns, forms)
    if columns:
        filled[columns[0].name] = [" ".join(chunks)]
    _share_units(filled, columns, forms)
    return tuple(
        AnnexCell(column.name, tuple(unit for text in filled[column.name] for unit in _units(text, column, forms)))
        for column in columns
    )


def _chunks(lines: Sequence[Line], forms: Forms) -> list[str]:
    """Lines that surely belong together, joined."""
    chunks: list[str] = []
    for line in lines:
        if chunks and _continues(chunks, line, forms):
            chunks[-1] = join(chunks[-1], line.text)
        else:
            chunks.append(line.text)
    return chunks


def _continues(chunks: Sequence[str], line: Line, forms: Forms) -> bool:
    text = line.text
    if line.indented or is_orphan(text) or text[0].islower() or text[0] in '(“"':
        return True
    if _is_time(text, forms) or _is_unit(text, forms):
        return False
    # The first cell holds running text, in which names of laws and numbers of documents stand on lines of their own.
    return len(chunks) == 1 or text[0].isdigit()


def _fits(chunks: Sequence[str], columns: Sequence[Column], forms: Forms) -> bool:
    for chunk, column in zip(chunks, columns, strict=True):
        if column.role == "deadline" and _is_unit(chunk, forms):
            return False
        if column.role in UNIT_ROLES and _is_time(chunk, forms):
            return False
        if column.role == "coordinating_units" and "lead_units" in {other.role for other in columns}:
            return _is_coordinating(chunk, forms)
    return True


def _take(chunks: list[str], column: Column, columns: Sequence[Column], forms: Forms) -> list[str]:
    """Takes the last chunks that can stand in this column; the first column is always left one."""
    taken: list[str] = []
    if column.role == "deadline":
        while len(chunks) > 1 and not taken and _is_time(chunks[-1], forms):
            taken.insert(0, chunks.pop())
    elif column.role in UNIT_ROLES:
        while len(chunks) > 1 and _is_unit(chunks[-1], forms):
            taken.insert(0, chunks.pop())
    elif len(chunks) > 1 and (len(chunks) >= len(columns) or not _is_known(chunks[-1], forms)):
        taken.append(chunks.pop())
    return taken


def _share_units(filled: dict[str, list[str]], columns: Sequence[Column], forms: Forms) -> None:
    """The column that was read first took all units: those before the first coordinating cell lead."""
    by_role = {column.role: column.name for column in columns}
    if not all(role in by_role for role in UNIT_ROLES):
        return
    names = [by_role[role] for role in UNIT_ROLES]
    units = [unit for column in columns if column.name in names for unit in filled[column.name]]
    border = next(
        (place for place, unit in enumerate(units) if place and _is_coordinating(unit, forms)),
        max(1, len(units) - 1),
    )
    lead, coordinating = names
    filled[lead], filled[coordinating] = units[:border], units[border:]


def _units(text: str, column: Column, forms: Forms) -> tuple[str, ...]:
    """A cell of units is cut where one unit's name follows another without a sign; other cells are one piece."""
    if column.role not in UNIT_ROLES:
        return (text,)
    starts = "|".join(forms.table.inner_unit_starts)
    return tuple(re.split(rf"(?<=\w)\s+(?=(?:{starts})\s+[^\W\d_a-z])", text))


def _is_known(text: str, forms: Forms) -> bool:
    return _is_unit(text, forms) or _is_time(text, forms)


def _is_unit(text: str, forms: Forms) -> bool:
    return starts_with_any(text, forms.table.unit_starts)


def _is_time(text: str, forms: Forms) -> bool:
    return _DATE.fullmatch(text) is not None or starts_with_any(text, forms.table.time_starts)


def _is_coordinating(text: str, forms: Forms) -> bool:
    marks = forms.table.coordinating_marks
    return starts_with_any(text, forms.table.coordinating_starts) or any(mark in text for mark in marks)


def read_row(number: str, cells: Sequence[AnnexCell], columns: Sequence[Column], forms: Forms) -> AnnexRow:
    """The named fields of a row; roles that the table lacks stay empty."""
    by_role = {column.role: cell for column, cell in zip(columns, cells, strict=True)}
    empty = AnnexCell("", ())
    task = by_role.get("task", cells[0] if cells else empty)
    return AnnexRow(
        number=number,
        task=task.text,
        lead_units=_names(by_role.get("lead_units", empty), forms),
        coordinating_units=_names(by_role.get("coordinating_units", empty), forms),
        deadline=by_role.get("deadline", empty).text,
        cells=tuple(cells),
    )


def _names(cell: AnnexCell, forms: Forms) -> tuple[str, ...]:
    """Single units: cut at semicolons and before `, Các đơn vị`, `, Vụ`."""
    starts = "|".join(re.escape(start) for start in forms.table.unit_starts)
    names = (name for line in cell.lines for name in re.split(rf";\s*|,\s+(?=(?:{starts})\b)", line))
    return tuple(name.strip() for name in names if name.strip())
