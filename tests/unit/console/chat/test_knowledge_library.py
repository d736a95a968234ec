from dataclasses import replace
from datetime import date

import pytest

from console.chat.documents import BlockRole
from console.chat.knowledge_library import KnowledgeLibrary, directive_view
from knowledge.directives.directive import (
    AnnexCell,
    AnnexRow,
    Directive,
    Level,
    Paragraph,
    Role,
    Section,
    SectionKind,
    Step,
    Validity,
)
from knowledge.library import load_documents
from tests.small_content import TODAY, Faq, write_content

DAY = date(2024, 1, 31)
ROW = AnnexRow(
    number="6",
    task="Việc thử",
    lead_units=("Ban A", "Ban B"),
    coordinating_units=(),
    deadline="Năm 2024",
    cells=(AnnexCell("Nội dung công việc", ("Việc thử",)), AnnexCell("Đơn vị chủ trì", ("Ban A", "Ban B"))),
    group="V",
    group_heading="Nhóm thử",
)
SECTIONS = (
    Section("thể thức", SectionKind.HEADER, (Paragraph("Số: 999/BHXH-VP", 1, 1, role=Role.NUMBER),)),
    Section(
        "1.a",
        SectionKind.POINT,
        (Paragraph("Mục thử:", 2, 2, "1.", Role.HEADING), Paragraph("Điểm thử.", 3, 3, "a)")),
        (Step(Level.NUMBER, "1"), Step(Level.LETTER, "a")),
        headings=("Mục thử",),
    ),
    Section(
        "Phụ lục V.6",
        SectionKind.ANNEX_ROW,
        (Paragraph("Việc thử", 4, 4, "6"),),
        (Step(Level.ROMAN, "V"), Step(Level.ROW, "6")),
        headings=("Phụ lục", "Nhóm thử"),
        row=ROW,
    ),
)
DIRECTIVE = Directive(
    slug="999-BHXH-VP",
    number="999/BHXH-VP",
    issued_on=DAY,
    kind="Công văn",
    subject="V/v thử",
    issuer="Cơ quan thử",
    signer="Nguyễn Văn Thử",
    signer_title="Giám đốc",
    addressees=(),
    validity=Validity(DAY, None, "Văn bản thử."),
    sections=SECTIONS,
)
ASKED = Faq("hoi-thu", "Hỏi thử?", "Mức {muc_thu}.", related=("ban-nhap", "hoi-khac", "khong-co"), source="secondary")
OTHER = Faq("hoi-khac", "Hỏi khác?", "Đáp khác.", period=("live_to: 2026-12-31",))
DRAFT = Faq("ban-nhap", "Bản nháp?", "Chưa xong.", status="draft")


def documents(folder, *faqs):
    found = load_documents(write_content(folder, *faqs), TODAY)
    return replace(found, directives=(DIRECTIVE,))


@pytest.fixture
def calendar():
    return [TODAY]


@pytest.fixture
def library(tmp_path, calendar):
    earlier = documents(tmp_path / "earlier", Faq("cu", "Câu cũ?", "Đáp cũ."))
    old = replace(DIRECTIVE, slug="1-CU", number="1/CU")
    served = documents(tmp_path / "served", ASKED, OTHER, DRAFT)
    return KnowledgeLibrary(served, lambda: replace(earlier, directives=(old,)), lambda: calendar[0])


def test_a_directive_is_found_by_its_slug(library):
    assert library.directive("999-BHXH-VP").number == "999/BHXH-VP"


def test_an_unknown_slug_finds_nothing(library):
    assert library.directive("999/BHXH-VP") is None


def test_a_block_is_labelled_as_citations_name_it():
    (point,) = [block for block in directive_view(DIRECTIVE).blocks if block.role is BlockRole.POINT]
    assert point.section == "1.a"
    assert point.label.startswith("điểm a mục 1")
    assert point.text == "a) Điểm thử."


def test_the_form_of_a_document_is_furniture():
    assert directive_view(DIRECTIVE).blocks[0].role is BlockRole.FURNITURE


def test_a_row_has_its_number_and_one_line_for_each_unit():
    (row,) = [block for block in directive_view(DIRECTIVE).blocks if block.role is BlockRole.ROW]
    assert row.cells == (("TT", "6"), ("Nội dung công việc", "Việc thử"), ("Đơn vị chủ trì", "Ban A\nBan B"))


def test_a_faq_shows_only_live_ones_as_related(library):
    assert [other.id for other in library.faq("hoi-thu").related] == ["hoi-khac"]


def test_a_draft_is_not_shown(library):
    assert library.faq("ban-nhap") is None


@pytest.mark.parametrize(("faq_id", "secondary"), [("hoi-thu", True), ("hoi-khac", False)])
def test_an_answer_from_a_secondary_source_says_so(library, faq_id, secondary):
    assert library.faq(faq_id).secondary_source is secondary


def test_figures_are_those_of_the_day_it_is_opened(library, calendar):
    assert library.faq("hoi-thu").answer == "Mức 2.000.000 đồng."
    calendar[0] = date(2027, 1, 1)
    assert library.faq("hoi-thu").answer == "Mức 3.000.000 đồng."


def test_an_answer_whose_days_are_over_is_not_shown_but_its_page_opens(library, calendar):
    calendar[0] = date(2027, 1, 1)
    view = library.faq("hoi-khac")
    assert (view.question, view.answer, view.is_served) == ("Hỏi khác?", "", False)


def test_an_answer_without_a_figure_in_force_is_not_shown(library, calendar):
    calendar[0] = date(2028, 1, 1)
    assert not library.faq("hoi-thu").is_served


def test_a_link_to_an_entry_of_an_earlier_snapshot_opens_without_its_answer(library):
    view = library.faq("cu")
    assert (view.question, view.answer, view.is_served) == ("Câu cũ?", "", False)


def test_a_directive_of_an_earlier_snapshot_opens_and_says_so(library):
    assert library.directive("1-CU").is_served is False
    assert library.directive("999-BHXH-VP").is_served
