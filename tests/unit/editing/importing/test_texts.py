"""Every kind of file that holds a directive gives the same lines."""

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from editing.importing.conversion import convert_text
from editing.importing.imported import Media, NoticeKind
from tests.fakes.brought_files import (
    LETTER,
    LIMITS,
    as_tcvn3,
    as_vni,
    as_windows_1258,
    changed_zip,
    letter_docx,
    saved,
    text_pdf,
)

TEXT = "\n".join(LETTER)


def lines(name, data):
    return tuple(convert_text(name, data, LIMITS).text.strip().split("\n"))


def folded(texts):
    """TCVN3 has no codes for most capitals."""
    return tuple(text.casefold() for text in texts)


def kinds(name, data):
    return {notice.kind for notice in convert_text(name, data, LIMITS).notices}


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-be"),
        as_windows_1258(TEXT),
        as_tcvn3(TEXT).encode("latin-1"),
    ],
    ids=["utf-8", "bom", "windows ends", "utf-16", "utf-16 without mark", "windows-1258", "tcvn3 bytes"],
)
def test_text_files_of_any_encoding(data):
    assert folded(lines("cong van.txt", data)) == folded(LETTER)


def test_old_fonts_are_told_with_a_line_before_and_after():
    found = convert_text("a.txt", as_vni(TEXT).encode(), LIMITS)
    assert tuple(found.text.strip().split("\n")) == LETTER
    (notice,) = found.notices
    assert notice.kind is NoticeKind.LEGACY_FONT
    assert dict(notice.values)["after"] == LETTER[0]


def test_a_word_file_gives_its_paragraphs():
    found = convert_text("a.docx", letter_docx(), LIMITS)
    assert tuple(found.text.strip().split("\n")) == LETTER
    assert (found.media, found.is_wrapped, found.notices) == (Media.WORD, False, ())


@pytest.mark.parametrize("font", [".VnTime", "VNI-Times"])
def test_unicode_that_kept_the_name_of_an_old_font_stays_as_it_is(font):
    read = convert_text("a.docx", letter_docx(font=font), LIMITS)
    assert tuple(read.text.strip().split("\n")) == LETTER
    assert read.notices == ()


@pytest.mark.parametrize(("font", "typed"), [(".VnTime", as_tcvn3), ("VNI-Times", as_vni)])
def test_a_word_file_in_an_old_font_is_converted_by_its_font(font, typed):
    data = letter_docx([typed(line) for line in LETTER], font)
    assert folded(lines("a.docx", data)) == folded(LETTER)
    assert NoticeKind.LEGACY_FONT in kinds("a.docx", data)


def test_word_counts_lists_and_we_write_the_numbers():
    document = docx.Document()
    for words, style in (
        ("Một", "List Number"),
        ("Hai", "List Number"),
        ("Gạch", "List Bullet"),
        ("Ba", "List Number"),
    ):
        document.add_paragraph(words, style=style)
    assert lines("a.docx", saved(document)) == ("1. Một", "2. Hai", "- Gạch", "3. Ba")


def test_tables_are_read_one_cell_a_line_and_merged_cells_once():
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Gộp"
    table.cell(0, 1).text, table.cell(1, 1).text = "Một\nHai", "Ba"
    assert lines("a.docx", saved(document)) == ("Gộp", "Một", "Hai", "Ba")


def test_heads_and_feet_of_pages_are_left_out_and_breaks_are_lines():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Đầu trang"
    document.sections[0].footer.paragraphs[0].text = "Trang 1"
    run = document.add_paragraph().add_run("Trên")
    run.add_break(WD_BREAK.LINE)
    run.add_text("Dưới")
    assert lines("a.docx", saved(document)) == ("Trên", "Dưới")


def test_what_was_deleted_or_hidden_is_not_read_and_that_is_told():
    document = docx.Document()
    paragraph = document.add_paragraph("Giữ ")
    hidden = paragraph.add_run("ẩn")
    hidden.font.hidden = True
    deleted = OxmlElement("w:del")
    deleted.append(paragraph.add_run("xóa")._r)
    paragraph._p.append(deleted)
    data = saved(document)
    assert lines("a.docx", data) == ("Giữ",)
    assert {NoticeKind.HIDDEN_TEXT, NoticeKind.TRACKED_CHANGES} <= kinds("a.docx", data)


def test_footnotes_of_word_stand_at_the_end():
    document = docx.Document()
    paragraph = document.add_paragraph("Theo luật")
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "1")
    paragraph.add_run()._r.append(reference)
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>Luật thử.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    data = saved(document)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = f'PartName="/word/footnotes.xml" ContentType="{kind}"'
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" '
        'Target="footnotes.xml"/>'
    )
    entries = _parts(data)
    entries["word/footnotes.xml"] = notes.encode()
    entries["[Content_Types].xml"] = entries["[Content_Types].xml"].replace(
        b"</Types>", f"<Override {types}/></Types>".encode()
    )
    name = "word/_rels/document.xml.rels"
    entries[name] = entries[name].replace(b"</Relationships>", f"{relation}</Relationships>".encode())
    assert lines("a.docx", changed_zip(data, entries)) == ("Theo luật[1]", "[1] Luật thử.")


def _parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_web_page_gives_its_text_without_menus_and_scripts():
    page = """<!doctype html><html><head><title>Cổng</title><meta charset="utf-8"></head><body>
    <nav>Trang chủ</nav><header>Đầu trang mạng</header><script>alert(1)</script><div style="display:none">ẩn</div>
    <p>Số: <b>12</b>/BHXH-CSXH</p><ol><li>Một<li>Hai</ol><ul><li>Gạch</ul>
    <table><tr><td>TT<td>Nội dung</table><p>Dòng<br>mới</p><footer>Chân</footer></body></html>"""
    expected = ("Số: 12/BHXH-CSXH", "1. Một", "2. Hai", "- Gạch", "TT", "Nội dung", "Dòng", "mới")
    assert lines("a.html", page.encode()) == expected


def test_a_web_page_says_its_encoding():
    page = b'<html><head><meta charset="windows-1258"></head><body><p>' + as_windows_1258("Bảo hiểm xã hội") + b"</p>"
    assert lines("a.html", page) == ("Bảo hiểm xã hội",)


def test_a_pdf_gives_its_lines_without_page_numbers_and_repeated_heads():
    words = ("mot", "hai", "ba")
    pages = [["CONG BAO THU NGHIEM", f"Dieu {word}", "Noi dung dai hon mot chut"] for word in words]
    pages = [
        [*page, f"Het {word}", str(number)] for number, (page, word) in enumerate(zip(pages, words, strict=True), 1)
    ]
    found = convert_text("a.pdf", text_pdf(pages), LIMITS)
    assert found.text.count("CONG BAO") == 0
    assert [line for line in found.text.split("\n") if line.isdigit()] == []
    assert "Dieu hai" in found.text
    assert {notice.kind for notice in found.notices} == {NoticeKind.PAGE_FURNITURE}


def test_pages_without_text_are_named():
    pages = [["Noi dung cua trang mot day du chu"], [], ["Noi dung cua trang ba day du chu"]]
    assert NoticeKind.PAGES_WITHOUT_TEXT in kinds("a.pdf", text_pdf(pages))


def test_the_content_decides_what_a_file_is():
    data = letter_docx()
    assert lines("bao cao.pdf", data) == LETTER
    assert NoticeKind.EXTENSION_DIFFERS in kinds("bao cao.pdf", data)
