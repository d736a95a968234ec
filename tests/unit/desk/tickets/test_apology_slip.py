import dataclasses
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.tickets.apology_slip import render_docx
from desk.tickets.slip_text import Addressee, ApologySlip, compose, load_slip_texts
from tests.fakes.calendar import day

TEXTS = load_slip_texts()
SLIP = ApologySlip(
    office="Bảo hiểm xã hội cơ sở Thử Nghiệm",
    superior_office="Bảo hiểm xã hội thành phố Thử",
    place="Hà Nội",
    citizen="Ông Nguyễn Văn Thử",
    addressee=Addressee.PERSON,
    dossier_code="G22.99.00-261101-0001",
    procedure="đề nghị hưởng chế độ thai sản",
    received_on=day("2026-11-02"),
    promised_on=day("2026-11-16"),
    reason="Cần xác minh thêm quá trình đóng.",
    new_date=day("2026-11-27"),
    issued_on=day("2026-02-05"),
)


def composed(**changes):
    return compose(dataclasses.replace(SLIP, **changes), TEXTS)


def opened(slip):
    return Document(BytesIO(render_docx(slip)))


def every_text(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    header = [paragraph.text for paragraph in document.sections[0].header.paragraphs]
    return "\n".join([*header, *cells, *(paragraph.text for paragraph in document.paragraphs)])


def test_the_slip_says_what_the_form_asks_for_in_its_order():
    assert composed().paragraphs == (
        "Ngày 02 tháng 11 năm 2026, Bảo hiểm xã hội cơ sở Thử Nghiệm đã tiếp nhận hồ sơ đề nghị hưởng chế độ thai sản "
        "của Ông/Bà; mã hồ sơ: G22.99.00-261101-0001.",
        "Thời gian hẹn trả kết quả giải quyết hồ sơ: ngày 16 tháng 11 năm 2026.",
        "Tuy nhiên, đến nay Bảo hiểm xã hội cơ sở Thử Nghiệm chưa trả kết quả giải quyết hồ sơ của Ông/Bà đúng thời "
        "hạn ghi trong Giấy tiếp nhận hồ sơ và hẹn trả kết quả.",
        "Lý do: Cần xác minh thêm quá trình đóng.",
        "Sự chậm trễ này đã gây phiền hà, tốn kém thời gian, chi phí và công sức của Ông/Bà. Bảo hiểm xã hội cơ sở Thử "
        "Nghiệm xin lỗi Ông/Bà và sẽ trả kết quả giải quyết hồ sơ vào ngày 27 tháng 11 năm 2026.",
        "Rất mong nhận được sự thông cảm của Ông/Bà./.",
    )


def test_small_days_and_months_have_two_digits_as_official_letters_write_them():
    assert composed().place_and_day == "Hà Nội, ngày 05 tháng 02 năm 2026"
    assert composed(issued_on=day("2026-03-15")).place_and_day == "Hà Nội, ngày 15 tháng 3 năm 2026"


def test_an_employer_is_spoken_to_as_a_unit():
    slip = composed(addressee=Addressee.ORGANISATION, citizen="Công ty Thử Nghiệm")
    assert slip.addressee == "Kính gửi: Công ty Thử Nghiệm"
    assert "Ông/Bà" not in " ".join(slip.paragraphs)


def test_what_is_not_known_yet_is_a_dotted_line_to_write_on():
    slip = composed(number="", reason=" ", citizen="")
    assert slip.number == f"Số: {TEXTS.blank}/PXL"
    assert f"Lý do: {TEXTS.blank}." in slip.paragraphs
    assert slip.addressee.endswith(TEXTS.blank)


def test_an_unknown_day_of_receipt_is_left_out():
    (first, *_) = composed(received_on=None, procedure="").paragraphs
    assert first == ("Bảo hiểm xã hội cơ sở Thử Nghiệm đã tiếp nhận hồ sơ của Ông/Bà; mã hồ sơ: G22.99.00-261101-0001.")


def test_braces_in_what_people_typed_are_text_and_not_placeholders():
    assert "{you}" in composed(reason="lỗi {you}", procedure="{office}").paragraphs[3]


def test_the_document_holds_every_part_and_is_marked_as_a_draft():
    slip = composed()
    text = every_text(opened(slip))
    values = dataclasses.asdict(slip).values()
    parts = [part for value in values for part in (value if isinstance(value, tuple) else [value])]
    parts.remove(slip.issued_on)
    assert [part for part in parts if part not in text] == []


def test_the_page_is_laid_out_as_official_letters_are():
    document = opened(composed())
    section, normal = document.sections[0], document.styles["Normal"]
    lengths = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round(length / Mm(1)) for length in lengths] == [210, 297, 30, 20]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))


def test_the_file_names_the_office_and_not_the_library():
    about = opened(composed()).core_properties
    assert (about.author, about.comments, about.language) == (composed().office, "", "vi-VN")
    assert about.created == datetime(2026, 2, 5, tzinfo=UTC)


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(), max_size=60), min_size=7, max_size=7))
def test_whatever_citizens_paste_makes_a_document_that_opens(texts):
    fields = ("citizen", "reason", "procedure", "office", "superior_office", "dossier_code", "place")
    opened(composed(**dict(zip(fields, texts, strict=True))))


def test_a_name_longer_than_a_files_properties_may_be_is_kept_in_the_letter():
    name = "Bảo hiểm xã hội " * 30
    assert name.strip().upper() in every_text(opened(composed(office=name)))
