"""The apology slip as a Word document, for an officer to check, sign and stamp.

Layout of official letters by Decree 30/2020/NĐ-CP, annex I: A4, Times New Roman, its margins and sizes.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as Letter
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from desk.tickets.slip_text import ComposedSlip

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
BODY, SMALL, RULE = Pt(14), Pt(12), Pt(4)
PAGE = (Mm(210), Mm(297))
MARGINS = {"top_margin": Mm(20), "bottom_margin": Mm(20), "left_margin": Mm(30), "right_margin": Mm(20)}
HEAD_WIDTHS = (Mm(66), Mm(94))
FOOT_WIDTHS = (Mm(80), Mm(80))
INDENT = Mm(10)
PROPERTY_CHARACTERS = 255
CENTRE, LEFT, JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY


def render_docx(slip: ComposedSlip) -> bytes:
    """The file's bytes."""
    letter = _blank_page(slip)
    _add_head(letter, slip)
    for line in slip.title:
        _line(letter.add_paragraph(), line, BODY, bold=True)
    _space_before(letter.paragraphs[-len(slip.title)], Pt(18))
    _space_before(_line(letter.add_paragraph(), slip.addressee, BODY), Pt(12))
    for text in slip.paragraphs:
        paragraph = _line(letter.add_paragraph(), text, BODY, alignment=JUSTIFIED)
        paragraph.paragraph_format.first_line_indent = INDENT
        _space_before(paragraph, Pt(6))
    _add_foot(letter, slip)
    file = BytesIO()
    letter.save(file)
    return file.getvalue()


def _blank_page(slip: ComposedSlip) -> Letter:
    letter = Document()
    section = letter.sections[0]
    section.page_width, section.page_height = PAGE
    for name, length in MARGINS.items():
        setattr(section, name, length)
    normal = letter.styles["Normal"]
    normal.font.name, normal.font.size = FONT, BODY
    normal.paragraph_format.space_after = Pt(0)
    properties = normal.element.get_or_add_rPr()
    for script in ("w:eastAsia", "w:cs"):
        properties.rFonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    properties.append(language)
    _describe(letter, slip)
    _line(section.header.paragraphs[0], slip.draft, SMALL, italic=True)
    return letter


def _describe(letter: Letter, slip: ComposedSlip) -> None:
    # Else the file would name the library as author, and its own release day.
    about = letter.core_properties
    about.title, about.author = " ".join(slip.title), slip.office[:PROPERTY_CHARACTERS]
    about.comments, about.language = "", LANGUAGE
    about.created = about.modified = datetime.combine(slip.issued_on, time(), UTC)


def _add_head(letter: Letter, slip: ComposedSlip) -> None:
    left, right = _columns(letter, HEAD_WIDTHS)
    if slip.superior_office:
        _line(_first(left), slip.superior_office, SMALL)
    _line(_first(left), slip.office, SMALL, bold=True)
    _rule(left, Mm(20))
    _space_before(_line(left.add_paragraph(), slip.number, SMALL), Pt(6))
    _line(_first(right), slip.nation, SMALL, bold=True)
    _line(right.add_paragraph(), slip.motto, BODY, bold=True)
    _rule(right, Mm(16))
    _space_before(_line(right.add_paragraph(), slip.place_and_day, BODY, italic=True), Pt(6))


def _add_foot(letter: Letter, slip: ComposedSlip) -> None:
    _space_before(letter.add_paragraph(), Pt(6))
    left, right = _columns(letter, FOOT_WIDTHS)
    for number, text in enumerate(slip.recipients):
        is_heading = number == 0
        _line(_first(left), text, SMALL, bold=is_heading, italic=is_heading, alignment=LEFT)
    _line(_first(right), slip.signer, BODY, bold=True)
    _line(right.add_paragraph(), slip.signature, BODY, italic=True)


def _columns(letter: Letter, widths: tuple[Length, ...]) -> tuple[_Cell, ...]:
    table: Table = letter.add_table(rows=1, cols=len(widths))
    table.autofit = False
    cells = tuple(table.rows[0].cells)
    for column, cell, width in zip(table.columns, cells, widths, strict=True):
        column.width = cell.width = width
    return cells


def _first(cell: _Cell) -> Paragraph:
    """The empty paragraph that a new cell has, later a new one."""
    paragraph: Paragraph = cell.paragraphs[0] if not cell.paragraphs[0].text else cell.add_paragraph()
    return paragraph


def _line(
    paragraph: Paragraph,
    text: str,
    size: Length,
    bold: bool = False,
    italic: bool = False,
    alignment: WD_ALIGN_PARAGRAPH = CENTRE,
) -> Paragraph:
    paragraph.alignment = alignment
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = size, bold, italic
    return paragraph


def _space_before(paragraph: Paragraph, space: Length) -> None:
    paragraph.paragraph_format.space_before = space


def _rule(cell: _Cell, inset: Length) -> None:
    """A line that is shorter than the text above: the border of an empty paragraph between its indents."""
    paragraph = _line(cell.add_paragraph(), "", RULE)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = inset
    paragraph.paragraph_format.line_spacing = RULE
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    # The schema wants borders before spacing, indents and alignment.
    paragraph._p.get_or_add_pPr().insert(0, borders)
