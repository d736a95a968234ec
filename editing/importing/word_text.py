"""A Word document (.docx) → its text: paragraphs, list numbers, tables one cell a line, notes at the end."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from editing.importing.imported import ImportedText, ImportLimits, Media, Notice, NoticeKind
from editing.importing.package import check_package
from editing.importing.plain_text import font_notice, mend_fonts, refuse_blank
from editing.importing.word_numbers import ListNumbers
from editing.importing.word_styles import WordStyles, font_of
from vietnamese.legacy_fonts import LegacyFont, Recovered, font_family, from_font, is_unicode

_FOOTNOTES = "footnotes"
_MARK_AND_TAB = re.compile(r"^([^\t\n]{1,12}[.):/]|[-–+•])\t\s*")
_SKIPPED = frozenset(qn(tag) for tag in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText", "w:sectPr"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_word(data: bytes, limits: ImportLimits) -> ImportedText:
    """Raises RefusedFileError. Headers and footers of pages are left out: they repeat."""
    notices = check_package(data, limits)
    document = docx.Document(io.BytesIO(data))
    reader = _reader(document)
    lines = [*reader.blocks(document.element.body), *reader.footnotes(document)]
    text, mended = mend_fonts("\n".join(lines))
    refuse_blank(Media.WORD, text)
    found = (*notices, *reader.notices(), *(mended if not reader.fonts else ()))
    return ImportedText(text.strip("\n") + "\n", Media.WORD, is_wrapped=False, notices=found)


def _reader(document: Any) -> _Reader:
    parts = {relation.reltype.rsplit("/", 1)[-1]: relation for relation in document.part.rels.values()}
    numbering = document.part.numbering_part.element if "numbering" in parts else None
    return _Reader(WordStyles(document.styles.element), ListNumbers(numbering))


@dataclass
class _Reader:
    styles: WordStyles
    numbers: ListNumbers
    fonts: dict[LegacyFont, None] = field(default_factory=dict)
    before: str = ""
    after: str = ""
    is_tracked: bool = False
    is_hiding: bool = False

    def notices(self) -> tuple[Notice, ...]:
        """What was found on the way."""
        found = []
        if self.fonts:
            found.append(font_notice(self.before, Recovered(self.after, tuple(self.fonts), True)))
        if self.is_tracked:
            found.append(Notice(NoticeKind.TRACKED_CHANGES))
        if self.is_hiding:
            found.append(Notice(NoticeKind.HIDDEN_TEXT))
        return tuple(found)

    def blocks(self, parent: Any) -> Iterator[str]:
        """Lines of paragraphs and tables in their order."""
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
                yield from self.blocks(child)

    def _table(self, table: Any) -> Iterator[str]:
        """One cell a line, as the parser reads tables; a cell that goes on from the row above is not repeated."""
        for row in table.iter(qn("w:tr")):
            if next(row.iterancestors(qn("w:tbl"))) is not table:
                continue
            for cell in row.findall(qn("w:tc")):
                merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                if merged is None or merged.get(qn("w:val")) == "restart":
                    yield from (line for line in self.blocks(cell) if line)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        text = "".join(self._pieces(paragraph, self.styles.font(paragraph)))
        place = self.styles.list_place(paragraph)
        mark = self.numbers.mark(*place) if place is not None and text.strip() else ""
        text = _MARK_AND_TAB.sub(r"\1 ", text.strip(" \t"))
        yield from f"{mark} {text}".strip().split("\n")
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(outer.tag == _FALLBACK for outer in box.iterancestors()):
                yield from self.blocks(box)

    def _pieces(self, element: Any, font: str) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or tag == _FALLBACK or tag == qn("w:txbxContent"):
                self.is_tracked = self.is_tracked or tag in (qn("w:del"), qn("w:moveFrom"))
            elif tag == qn("w:t"):
                yield self._converted(child.text or "", font)
            elif tag == qn("w:tab"):
                yield "\t"
            elif tag in (qn("w:br"), qn("w:cr")):
                yield "\n"
            elif tag == qn("w:noBreakHyphen"):
                yield "-"
            elif tag == qn("w:footnoteReference"):
                yield f"[{child.get(qn('w:id'))}]"
            else:
                yield from self._run(child, font)

    def _run(self, element: Any, font: str) -> Iterator[str]:
        if element.tag == qn("w:ins"):
            self.is_tracked = True
        if element.tag == qn("w:r"):
            properties = element.find(qn("w:rPr"))
            if properties is not None and properties.find(qn("w:vanish")) is not None:
                self.is_hiding = True
                return
            font = font_of(properties) or font
        yield from self._pieces(element, font)

    def _converted(self, text: str, font: str) -> str:
        family = font_family(font)
        if family is None or not text.strip() or is_unicode(text):
            # Texts that were converted once keep the name of the old font.
            return text
        converted = from_font(text, family, font)
        if converted != text:
            self.fonts[family] = None
            if len(self.before) < 80:
                self.before, self.after = self.before + text, self.after + converted
        return converted

    def footnotes(self, document: Any) -> Iterator[str]:
        """`[1] …` one a line."""
        part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith(_FOOTNOTES)), None)
        if part is None:
            return
        for note in parse_xml(part.blob).findall(qn("w:footnote")):
            if note.get(qn("w:type")) is None:
                words = " ".join(line for line in self.blocks(note) if line)
                yield f"[{note.get(qn('w:id'))}] {words}"
