"""Files as editors bring them, good and bad, made in memory."""

import io
import unicodedata
import zipfile

import docx
import openpyxl
import pypdf
from docx.shared import Pt

from editing.importing.imported import ImportLimits
from vietnamese.legacy_fonts import _TCVN3_LETTERS, _VNI_PAIRS, _VNI_SINGLE

LIMITS = ImportLimits(
    file_bytes=20_000_000,
    unpacked_bytes=100_000_000,
    archive_entries=2_000,
    archive_ratio=100,
    pages=500,
    rows=500,
    text_characters=2_000_000,
)
LETTER = (
    "BẢO HIỂM XÃ HỘI THỬ NGHIỆM",
    "Số: 12/BHXH-CSXH",
    "Hà Nội, ngày 05 tháng 10 năm 2026",
    "V/v hướng dẫn thử nghiệm nhập tài liệu",
    "Kính gửi: Các đơn vị thử nghiệm.",
    "Để thống nhất cách làm trong toàn hệ thống thử nghiệm, cơ quan hướng dẫn các đơn vị thực hiện những nội dung sau, "
    "đọc kỹ trước khi làm:",
    "1. Tiếp nhận hồ sơ tại bộ phận một cửa.",
    "a) Hồ sơ gồm đơn đề nghị và bản sao giấy tờ kèm theo.",
    "b) Cán bộ ghi giấy hẹn ngay khi nhận đủ hồ sơ.",
    "Trả kết quả cho người dân",
    "Kết quả được trả trong ba ngày làm việc kể từ ngày nhận đủ hồ sơ.",
    "2. Lưu hồ sơ thử nghiệm trong mười năm.",
    "Đề nghị các đơn vị thực hiện nghiêm túc./.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
    "GIÁM ĐỐC",
    "Nguyễn Văn Thử",
)


def letter_docx(lines=LETTER, font=""):
    """One paragraph a line."""
    document = docx.Document()
    for line in lines:
        run = document.add_paragraph().add_run(line)
        run.font.size = Pt(13)
        if font:
            run.font.name = font
    return saved(document)


def saved(document):
    """The bytes of a document or workbook."""
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def sheet_xlsx(rows, head=("Câu hỏi", "Câu trả lời", "Chủ đề", "Văn bản căn cứ", "Điều khoản", "Đối tượng")):
    """A workbook with these headings and rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def text_pdf(pages):
    """A PDF with text in a standard font: Latin letters only."""
    writer = pypdf.PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        font = pypdf.generic.DictionaryObject()
        name = pypdf.generic.NameObject
        font.update(
            {name("/Type"): name("/Font"), name("/Subtype"): name("/Type1"), name("/BaseFont"): name("/Helvetica")}
        )
        fonts = pypdf.generic.DictionaryObject({name("/F1"): writer._add_object(font)})
        page[name("/Resources")] = pypdf.generic.DictionaryObject({name("/Font"): fonts})
        drawn = "BT /F1 11 Tf 14 TL 50 800 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        stream = pypdf.generic.DecodedStreamObject()
        stream.set_data(drawn.encode("latin-1"))
        page[name("/Contents")] = writer._add_object(stream)
    return written(writer)


def written(writer):
    """The bytes of a PDF."""
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def zipped(entries, method=zipfile.ZIP_DEFLATED):
    """A zip of name → bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return target.getvalue()


def changed_zip(data, entries):
    """The same zip with these entries added or replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        own = {name: package.read(name) for name in package.namelist()}
    return zipped({**own, **entries})


def as_tcvn3(text):
    """As it was typed with .VnTime: the letters that a Western code page shows; most capitals have no code."""
    table = {letter: code for code, letter in _TCVN3_LETTERS.items()}
    return "".join(
        table.get(letter, table.get(letter.lower(), letter)) for letter in unicodedata.normalize("NFC", text)
    )


def as_vni(text):
    """As it was typed with VNI-Times."""
    table = {letter: code for code, letter in (_VNI_SINGLE | _VNI_PAIRS).items()}

    def code(letter):
        found = table.get(letter.lower())
        return letter if found is None else (found if letter.islower() else found.upper())

    return "".join(code(letter) for letter in unicodedata.normalize("NFC", text))


def as_windows_1258(text):
    """Base letters with the combining tones of that code page."""
    tones, encoded = "\u0300\u0301\u0303\u0309\u0323", b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            encoded += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            shape = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
            encoded += (shape + "".join(mark for mark in marks if mark in tones)).encode("cp1258")
    return encoded
