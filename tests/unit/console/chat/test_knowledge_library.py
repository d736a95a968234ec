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
from knowledge.faqs.entry import FaqEntry, LegalBasis

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
ENTRY = FaqEntry(
    id="hoi-thu",
    topic="Chủ đề thử",
    question="Hỏi thử?",
    alternates=(),
    answer="Trả lời thử.",
    legal_basis=(LegalBasis("Luật thử", "Điều 1", DAY, None),),
    audience=("citizen",),
    confidence="high",
    review_by=DAY,
    status="live",
    related=("ban-nhap", "hoi-khac", "khong-co"),
    source="secondary",
)
OTHER = replace(ENTRY, id="hoi-khac", question="Hỏi khác?", related=(), source="primary")
DRAFT = replace(ENTRY, id="ban-nhap", status="draft")


@pytest.fixture
def library():
    return KnowledgeLibrary([DIRECTIVE], [ENTRY, OTHER, DRAFT])


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
