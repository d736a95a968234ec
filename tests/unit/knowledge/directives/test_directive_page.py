import pytest

from knowledge.directives.page import BlockKind, page_blocks
from knowledge.directives.parts import anchor
from knowledge.directives.passages import directive_passages
from tests.unit.knowledge.directives.conftest import SECTION_LINES


@pytest.fixture(scope="module")
def pages(directives):
    return {slug: page_blocks(directive) for slug, directive in directives.items()}


@pytest.mark.parametrize("slug", SECTION_LINES)
def test_every_passage_can_be_marked_in_the_page(slug, pages, directives):
    marked = {passage_id for block in pages[slug] for passage_id in block.passage_ids}
    assert marked == {passage.id for passage in directive_passages(directives[slug])}


@pytest.mark.parametrize("slug", SECTION_LINES)
def test_anchors_are_unique_and_every_section_has_its_own(slug, pages, directives):
    anchors = [block.anchor for block in pages[slug]]
    assert len(anchors) == len(set(anchors))
    assert {anchor(section.label) for section in directives[slug].sections} <= set(anchors)


def test_blocks_stand_in_the_order_of_the_source(pages):
    texts = [block.text for block in pages["24-QD-BHXH"]]
    in_order = ["Số: 24/QĐ-BHXH", "QUYẾT ĐỊNH:", "Nguyễn Thế Mạnh", "Mục tiêu, chỉ tiêu chủ yếu", "Tổ chức thực hiện"]
    places = [texts.index(text) for text in in_order]
    assert places == sorted(places)


def test_rules_are_left_out_but_the_motto_is_shown(pages):
    texts = [block.text for block in pages["288-BHXH-VP"]]
    assert "Độc lập - Tự do - Hạnh phúc" in texts
    assert not [text for text in texts if text.startswith("---")]


def test_headings_of_a_table_come_once_before_their_rows(pages):
    page = pages["24-QD-BHXH"]
    headings = [(block.level, block.marker) for block in page if not block.section]
    assert headings[:5] == [(0, ""), (1, "I."), (1, "II."), (2, "a)"), (2, "b)")]
    assert len([marker for level, marker in headings if level == 1]) == 7


def test_a_row_has_its_named_cells(pages):
    row = next(block for block in pages["24-QD-BHXH"] if block.section == "Phụ lục V.4")
    assert row.kind is BlockKind.ROW
    assert [cell.name for cell in row.cells][-1] == "Thời gian thực hiện"
    assert row.cells[-1].text == "31/3/2024"


def test_a_heading_keeps_its_own_depth_inside_the_section_it_opens(pages):
    blocks = [block for block in pages["24-QD-BHXH"] if block.section == "III.2.a"]
    assert [(block.kind, block.marker, block.level) for block in blocks] == [
        (BlockKind.HEADING, "2.", 2),
        (BlockKind.PARAGRAPH, "a)", 3),
    ]


def test_only_the_paragraphs_of_a_part_are_marked_for_it(pages):
    parts = [block.passage_ids for block in pages["24-QD-BHXH"] if block.section == "I.2"]
    assert parts[0] == ("24-QD-BHXH/I.2",)
    assert parts[-1] == ("24-QD-BHXH/I.2~2",)


def test_a_paragraph_longer_than_a_passage_is_marked_for_each_of_its_parts(pages):
    preamble = next(block for block in pages["288-BHXH-VP"] if block.section == "mở đầu")
    assert len(preamble.passage_ids) > 1


@pytest.mark.parametrize(
    ("section", "kind"),
    [("Chú thích 1", BlockKind.NOTE), ("thể thức", BlockKind.FORM), ("kết", BlockKind.PARAGRAPH)],
)
def test_kinds_of_blocks(section, kind, pages):
    assert next(block for block in pages["24-QD-BHXH"] if block.section == section).kind is kind
