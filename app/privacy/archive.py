"""The export of one citizen as a ZIP: a page to read, tables for a spreadsheet, and JSON for a program."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.privacy.held import Cell, Coded, HeldData, Section
from app.privacy.texts import ExportTexts
from desk.calendar.zone import in_vietnam
from desk.safe_cell import BYTE_ORDER_MARK, csv_line

TEMPLATE = "export.html"


@dataclass(frozen=True)
class ReadableSection:
    """Every cell as people read it."""

    title: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def build_archive(held: HeldData, texts: ExportTexts, now: datetime) -> bytes:
    """All of it in memory: one citizen's words are few."""
    sections = [_readable(section, texts) for section in held.sections]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(texts.files.page, _page(held, sections, texts, now))
        archive.writestr(texts.files.data, _json(held, now))
        for section in sections:
            archive.writestr(section.file, _table(section))
        if held.memory is not None:
            archive.writestr(texts.files.memory, held.memory)
    return written.getvalue()


def _page(held: HeldData, sections: list[ReadableSection], texts: ExportTexts, now: datetime) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    about = [(name, _shown(value, texts)) for name, value in _about(held, now)]
    memory = "" if held.memory is None else texts.memory.format(file=texts.files.memory)
    template = environment.get_template(TEMPLATE)
    return template.render(texts=texts, about=about, sections=sections, memory=memory)


def _about(held: HeldData, now: datetime) -> Iterator[tuple[str, Cell]]:
    yield "conversation_id", held.conversation_id
    yield "channel", Coded("channels", held.channel)
    yield "account", held.account
    yield "participant", held.participant
    yield "first_at", held.first_at
    yield "exported_at", now


def _json(held: HeldData, now: datetime) -> str:
    rows = {
        section.kind.value: [dict(zip(section.columns, map(_plain, row), strict=True)) for row in section.rows]
        for section in held.sections
    }
    about = {name: _plain(value) for name, value in _about(held, now)}
    return json.dumps({**about, **rows}, ensure_ascii=False, indent=2)


def _table(section: ReadableSection) -> str:
    return BYTE_ORDER_MARK + "".join(csv_line(row) for row in (section.columns, *section.rows))


def _readable(section: Section, texts: ExportTexts) -> ReadableSection:
    words = texts.sections[section.kind]
    rows = tuple(tuple(_shown(cell, texts) for cell in row) for row in section.rows)
    return ReadableSection(words.title, words.file, tuple(words.columns[name] for name in section.columns), rows)


def _shown(cell: Cell, texts: ExportTexts) -> str:
    match cell:
        case None:
            return texts.none
        case Coded(group, value):
            return texts.names[group].get(value, value)
        case datetime():
            return f"{in_vietnam(cell):%d/%m/%Y %H:%M:%S}"
        case date():
            return f"{cell:%d/%m/%Y}"
    return str(cell)


def _plain(cell: Cell) -> str | int | None:
    match cell:
        case Coded(_, value):
            return value
        case date():  # a datetime too
            return cell.isoformat()
    return cell
