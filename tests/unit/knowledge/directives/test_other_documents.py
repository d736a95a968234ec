"""Invented letters, a decision, a plan, in the forms that the parser was not written against."""

import unicodedata
from datetime import date

import pytest

from knowledge.directives.page import page_blocks
from knowledge.directives.parser import parse_directive
from knowledge.directives.passages import directive_passages

LABELS = {
    "125-BHXH-CST": "thể thức, mở đầu, 1.a, 1.b, 1.c, 1.d, 1.đ, 1.e, 2, 3.1, 3.2, kết",
    "77-QD-BHXH": "thể thức, mở đầu, Điều 1, Điều 2, Điều 3, Điều 1(2), Điều 2(2).1, Điều 2(2).2.a, Điều 2(2).2.b, "
    "Điều 2(2).2.c, Điều 2(2).2.d, Điều 2(2).2.đ, Điều 3(2)",
    "310-KH-BHXH": "thể thức, mở đầu, I.-1, I.-2, II.1, II.2, III, "
    "Phụ lục 01.1, Phụ lục 01.2, Phụ lục 02.1, Phụ lục 02.2",
    "46-BHXH-VP": "thể thức, đoạn 1, đoạn 2, kết",
    "512-BHXH-CNTT": "thể thức, đoạn 1, Phụ lục.1, Phụ lục.2, Phụ lục.3",
}


@pytest.mark.parametrize("slug", LABELS)
def test_sections_of_other_documents_are_found(slug, invented):
    assert ", ".join(section.label for section in invented[slug].sections) == LABELS[slug]


@pytest.mark.parametrize("slug", LABELS)
def test_other_documents_become_passages_and_pages(slug, invented):
    passages = directive_passages(invented[slug])
    marked = {passage_id for block in page_blocks(invented[slug]) for passage_id in block.passage_ids}
    assert marked == {passage.id for passage in passages}


@pytest.mark.parametrize(
    ("slug", "number", "issued_on", "kind", "signer"),
    [
        ("125-BHXH-CST", "125/BHXH-CST", date(2023, 6, 5), "Công văn", "Trần Thị Mẫu"),
        ("77-QD-BHXH", "77/QĐ-BHXH", date(2022, 8, 15), "Quyết định", "Lê Văn Giả Định"),
        ("310-KH-BHXH", "310/KH-BHXH", date(2024, 2, 2), "Kế hoạch", "Phạm Văn Mẫu"),
        ("46-BHXH-VP", "46/BHXH-VP", date(2024, 4, 12), "Công văn", "Nguyễn Thị Ví Dụ"),
    ],
)
def test_facts_are_read_without_front_matter(slug, number, issued_on, kind, signer, invented):
    directive = invented[slug]
    assert (directive.number, directive.issued_on, directive.kind, directive.signer) == (
        number,
        issued_on,
        kind,
        signer,
    )


@pytest.mark.parametrize(
    ("slug", "subject"),
    [
        ("77-QD-BHXH", "ban hành Quy chế tiếp công dân qua hình thức trực tuyến"),
        ("310-KH-BHXH", "Kiểm tra việc đóng bảo hiểm xã hội năm 2024"),
        ("46-BHXH-VP", "trả lời kiến nghị của doanh nghiệp"),
    ],
)
def test_the_subject_is_read_in_each_layout(slug, subject, invented):
    assert invented[slug].subject == subject


def test_the_office_that_issues_is_the_second_of_two(invented):
    assert invented["125-BHXH-CST"].issuer == "BẢO HIỂM XÃ HỘI TỈNH PHÚ MẪU"


def test_an_addressee_behind_the_colon_is_read(invented):
    assert invented["46-BHXH-VP"].addressees == ("Công ty TNHH Dệt Mẫu",)


def test_titles_of_the_signer_are_written_in_small_letters(invented):
    assert invented["46-BHXH-VP"].signer_title == "TL. Giám đốc, Chánh Văn phòng"


def test_a_chapter_is_a_heading_of_its_articles(invented):
    assert invented["77-QD-BHXH"].section("Điều 2(2).1").headings == ("QUY ĐỊNH CHUNG", "Nguyên tắc")


def test_a_broken_line_that_begins_like_an_article_is_none(invented):
    assert "theo khoản 2 Điều 5 Luật Tiếp công dân." in invented["77-QD-BHXH"].section("Điều 1(2)").text


def test_a_broken_line_that_begins_with_a_dash_is_no_point(invented):
    assert "- trong thời hạn 15 ngày - hoàn thành việc xác nhận" in invented["46-BHXH-VP"].section("đoạn 2").text


def test_the_only_paragraph_of_a_part_is_not_the_end_of_the_letter(invented):
    assert "Giao Phòng Thanh tra chủ trì" in invented["310-KH-BHXH"].section("III").text


def test_a_table_with_an_additional_column_keeps_it_by_name(invented):
    row = invented["310-KH-BHXH"].section("Phụ lục 01.1").row
    assert [(cell.name, cell.text) for cell in row.cells] == [
        ("Nhiệm vụ", "Lập danh sách đơn vị được kiểm tra"),
        ("Đơn vị thực hiện", "Phòng Quản lý thu"),
        ("Sản phẩm", "Danh sách"),
        ("Thời hạn", "Tháng 3 năm 2024"),
    ]


def test_an_empty_cell_stays_empty(invented):
    row = invented["310-KH-BHXH"].section("Phụ lục 01.2").row
    assert [cell.text for cell in row.cells] == [
        "Tổ chức kiểm tra tại đơn vị",
        "Phòng Thanh tra",
        "",
        "Quý III năm 2024",
    ]


def test_a_table_with_fewer_columns_and_no_groups_is_read(invented):
    row = invented["512-BHXH-CNTT"].section("Phụ lục.1").row
    assert (row.lead_units, row.coordinating_units, row.deadline) == (
        ("Trung tâm Công nghệ thông tin",),
        (),
        "Trước ngày 25/4/2024",
    )
    assert row.task.endswith("theo Quyết định số 967/QĐ-BHXH.")


HEAD = "BẢO HIỂM XÃ HỘI VIỆT NAM\n-------\nSố: 9/BHXH-VP\nHà Nội, ngày 02 tháng 3 năm 2024\nKính gửi: BHXH các tỉnh\n\n"


def labels_of(body):
    return [section.label for section in parse_directive(HEAD + body, "thu").sections][1:]


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        (
            "Đề nghị:\n\nA. Thu\n\nI. Kế hoạch\n\n1) Lập.\n\n2) Nộp.\n\nB. Chi\n\nTheo dự toán.",
            ["mở đầu", "A.I.1", "A.I.2", "B"],
        ),
        ("1/ Một việc.\n\n2/ Hai việc.", ["1", "2"]),
        ("- Việc thứ nhất;\n\n- Việc thứ hai.", ["-1", "-2"]),
        ("1. Việc:\n\n- Một;\n\n+ một rưỡi;\n\n- Hai.", ["1.-1", "1.-2"]),
        ("1. Việc:\n\na. Một;\n\nb. Hai.", ["1.a", "1.b"]),
        ("1. Việc.\n\n3. Việc sau.", ["1", "3"]),
        ("1. Việc.\n\n1. Việc nữa.", ["1", "1(2)"]),
        ("II.\n\nNội dung\n\n2. Việc.", ["II.2"]),
        ("Chỉ có một câu.", ["đoạn 1"]),
        (
            "1. Việc.\n\nNơi nhận:\n- Như trên.\nGIÁM ĐỐC\nLê Thị Thử\nPHỤ LỤC\nDANH SÁCH\nKhông có mục nào.",
            ["1", "Phụ lục đoạn 1"],
        ),
        (
            "Nội dung [1] và [2].\n\n[1] Chú thích thứ nhất.\n\n[2] Chú thích thứ hai.",
            ["đoạn 1", "Chú thích 1", "Chú thích 2"],
        ),
    ],
)
def test_ways_of_numbering(body, labels):
    assert labels_of(body) == labels


def test_windows_line_ends_byte_order_mark_and_odd_spaces_do_no_harm():
    plain = parse_directive(HEAD + "1. Việc  thứ nhất.", "thu")
    odd = parse_directive("\ufeff" + (HEAD + "1.\u00a0Việc \u200bthứ nhất.").replace("\n", "\r\n"), "thu")
    assert [section.text for section in odd.sections] == [section.text for section in plain.sections]


def test_letters_in_two_code_points_are_read():
    directive = parse_directive(unicodedata.normalize("NFD", HEAD + "1. Việc."), "thu")
    assert directive.addressees == ("BHXH các tỉnh",)


def test_a_document_without_foot_ends_with_its_text():
    assert labels_of("1. Việc.\n\nTrong quá trình thực hiện, đề nghị báo cáo./.") == ["1", "kết"]


DECISION = """BẢO HIỂM XÃ HỘI VIỆT NAM
-------
Số: 8/QĐ-BHXH
Hà Nội, ngày 02 tháng
3 năm 2024
QUYẾT ĐỊNH
Về việc ban hành Quy trình tiếp nhận, giải quyết hồ sơ hưởng các chế độ bảo
Hiểm xã hội trực tuyến
TỔNG GIÁM ĐỐC
Căn cứ Luật Bảo hiểm xã hội;
Điều 1. Ban hành Quy trình.
KT. TỔNG GIÁM ĐỐC
PHÓ TỔNG GIÁM ĐỐC
Ngô Thị Thử
PHỤ LỤC
(Kèm theo Quyết định
TT
Nhiệm vụ
Đơn vị chủ trì
Đơn vị phối hợp
Ghi chú
Thời hạn
I.
Thu
1. Lập kế hoạch thu
Vụ Kế hoạch và Đầu tư
Các đơn vị liên quan
Quý I
2.
Đôn đốc
Ban Quản lý Thu
BHXH các tỉnh
Làm
  ngay
Hằng tháng
II.
Chi
1.
Cấp kinh phí
Vụ Tài chính
Năm 2024
2.
Đối chiếu số liệu
Vụ Tài chính
Các đơn vị liên quan
Hằng quý
Hằng quý
"""


@pytest.fixture(scope="module")
def decision():
    return parse_directive(DECISION, "thu")


def test_a_subject_and_a_date_broken_over_lines_are_whole(decision):
    assert decision.subject == (
        "ban hành Quy trình tiếp nhận, giải quyết hồ sơ hưởng các chế độ bảo Hiểm xã hội trực tuyến"
    )
    assert decision.issued_on == date(2024, 3, 2)


def test_a_number_and_its_task_may_share_a_line(decision):
    row = decision.section("Phụ lục I.1").row
    assert (row.task, row.lead_units, row.deadline) == ("Lập kế hoạch thu", ("Vụ Kế hoạch và Đầu tư",), "Quý I")


def test_a_remark_between_units_and_deadline_keeps_its_column(decision):
    row = decision.section("Phụ lục I.2").row
    assert {cell.name: cell.text for cell in row.cells}["Ghi chú"] == "Làm ngay"
    assert (row.lead_units, row.coordinating_units) == (("Ban Quản lý Thu",), ("BHXH các tỉnh",))


def test_a_unit_alone_leads(decision):
    row = decision.section("Phụ lục II.1").row
    assert (row.lead_units, row.coordinating_units, row.deadline) == (("Vụ Tài chính",), (), "Năm 2024")


def test_an_addressee_broken_at_the_end_of_a_full_line_is_whole():
    addressee = "Giám đốc Bảo hiểm xã hội các tỉnh, thành phố trực thuộc\nTrung ương"
    head = HEAD.replace("BHXH các tỉnh\n\n", f"\n{addressee}\nVề việc này")
    directive = parse_directive(head + ", BHXH Việt Nam yêu cầu báo cáo.", "thu")
    assert directive.addressees == ("Giám đốc Bảo hiểm xã hội các tỉnh, thành phố trực thuộc Trung ương",)
