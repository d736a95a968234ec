from dataclasses import replace

import pytest

from knowledge.directives.golden import render, write_golden
from knowledge.directives.passages import directive_passages
from knowledge.passage import MAX_PASSAGE_CHARACTERS, Collection
from tests.unit.knowledge.directives.conftest import FIXTURES, SECTION_LINES

GOLDEN = FIXTURES / "passages"
SAME = [
    ("III.5.b", "phu-luc-V.4"),
    ("III.5.b", "phu-luc-V.3"),
    ("III.2.c", "phu-luc-II.13"),
    ("III.3.a", "phu-luc-III.1"),
    ("III.3.b", "phu-luc-III.2"),
    ("III.5.c", "phu-luc-V.8"),
    ("III.5.d", "phu-luc-V.14"),
]
DIFFERENT = [("phu-luc-II.6", "phu-luc-II.7"), ("phu-luc-V.3", "phu-luc-V.4"), ("III.2.a", "III.2.b")]


@pytest.fixture(scope="module")
def passages(directives):
    return {passage.id: passage for directive in directives.values() for passage in directive_passages(directive)}


@pytest.mark.parametrize("slug", SECTION_LINES)
def test_passages_are_as_reviewed_in_the_golden_file(slug, directives):
    """After a change that is meant: python -m knowledge.directives.golden, then read the difference."""
    assert render(directives[slug]) == (GOLDEN / f"{slug}.txt").read_text(encoding="utf-8")


def test_the_golden_command_writes_one_file_for_each_directive(tmp_path):
    written = write_golden(golden=tmp_path / "passages")
    assert sorted(path.stem for path in written) == sorted(SECTION_LINES)


def test_ids_are_unique_and_safe_in_addresses(directives):
    ids = [passage.id for directive in directives.values() for passage in directive_passages(directive)]
    assert len(ids) == len(set(ids))
    assert all(passage_id.isascii() and " " not in passage_id for passage_id in ids)


def test_no_passage_is_longer_than_the_limit(passages):
    assert max(len(passage.text) for passage in passages.values()) <= MAX_PASSAGE_CHARACTERS


def test_all_passages_are_of_the_directives(passages):
    assert {passage.collection for passage in passages.values()} == {Collection.DIRECTIVES}


def test_every_section_has_a_passage(directives, passages):
    have = {(passage.document, passage.section) for passage in passages.values()}
    want = {(directive.number, section.label) for directive in directives.values() for section in directive.sections}
    assert have == want


def test_passages_together_lose_no_word_of_a_section(directives):
    for directive in directives.values():
        passages = directive_passages(directive)
        for section in directive.sections:
            texts = " ".join(passage.text for passage in passages if passage.section == section.label)
            words = {word for part in section.paragraphs if part.role != "furniture" for word in part.text.split()}
            assert not words - set(texts.replace(":\n", " \n").split()) - set(texts.split()), section.label


def test_a_long_section_is_cut_into_parts_of_one_label(passages):
    first, second = passages["24-QD-BHXH/I.2"], passages["24-QD-BHXH/I.2~2"]
    assert first.section == second.section == "I.2"
    assert second.text.startswith("Chỉ tiêu chủ yếu năm 2024:\n- Tiếp tục triển khai")


def test_parts_end_where_sentences_or_clauses_end(directives):
    for directive in directives.values():
        parts = [
            p
            for p in directive_passages(directive)
            if "~" in p.id and not p.id.partition("/")[2].startswith("the-thuc")
        ]
        assert all(part.text.endswith((".", ";", ":", "…", ",")) for part in parts)


def test_recipients_are_kept_but_never_an_answer(passages):
    refused = [passage for passage in passages.values() if not passage.answerable]
    assert len(refused) == 5
    assert all(passage.text.startswith("Nơi nhận:") for passage in refused)
    assert not [p for p in passages.values() if p.answerable and "Lưu: VT" in p.text]


def test_the_motto_is_in_no_passage(passages):
    assert not [p for p in passages.values() if "CỘNG HÒA" in p.text or "Độc lập" in p.text]


@pytest.mark.parametrize(
    ("passage_id", "words"),
    [
        ("288-BHXH-VP/the-thuc", "Hà Nội, ngày 31 tháng 01 năm 2024"),
        ("288-BHXH-VP/the-thuc", "Số: 288/BHXH-VP"),
        ("288-BHXH-VP/the-thuc~2", "- Giám đốc BHXH các tỉnh, thành phố trực thuộc Trung ương."),
        ("771-BHXH-TTKT/the-thuc~3", "KT. TỔNG GIÁM ĐỐC\nPHÓ TỔNG GIÁM ĐỐC\nLê Hùng Sơn"),
        (
            "09-BHXH-TDKT/the-thuc~3",
            "TỔNG GIÁM ĐỐC\nNguyễn Thế Mạnh\nChủ tịch Hội đồng Thi đua - Khen thưởng ngành Bảo hiểm xã hội Việt Nam",
        ),
        (
            "24-QD-BHXH/the-thuc~3",
            "(Kèm theo Quyết định số: 24/QĐ-BHXH ngày 19/01/2024 của Tổng Giám đốc BHXH Việt Nam)",
        ),
    ],
)
def test_facts_of_the_form_are_answerable(passage_id, words, passages):
    assert words in passages[passage_id].text
    assert passages[passage_id].answerable


def test_facts_of_the_form_know_how_people_ask_for_them(passages):
    assert "Ai ký công văn 771/BHXH-TTKT?" in passages["771-BHXH-TTKT/the-thuc~3"].questions


@pytest.mark.parametrize(
    ("passage_id", "start"),
    [
        ("288-BHXH-VP/3", "Trung tâm Dịch vụ hỗ trợ - Chăm sóc khách hàng:\nHướng dẫn, bố trí cán bộ trực Tổng đài"),
        ("288-BHXH-VP/2.a", "Trung tâm Công nghệ thông tin:\na) Đảm bảo duy trì hoạt động"),
        ("288-BHXH-VP/2.b", "Trung tâm Công nghệ thông tin:\nb) Tăng cường các biện pháp"),
        ("771-BHXH-TTKT/2.-3", "Về giải quyết hưởng các chế độ BHXH:\n- Khi giải quyết chế độ BHXH một lần"),
        ("24-QD-BHXH/dieu-2", "Quyết định này có hiệu lực kể từ ngày ký."),
        ("24-QD-BHXH/III.5.b", "b) Triển khai đồng bộ"),
    ],
)
def test_a_passage_can_be_understood_alone(passage_id, start, passages):
    assert passages[passage_id].text.startswith(start)


def test_a_row_is_shown_as_named_cells(passages):
    assert passages["24-QD-BHXH/phu-luc-II.13"].text.split("\n")[1:] == [
        "Đơn vị chủ trì:",
        "Vụ Kế hoạch và Đầu tư",
        "Vụ Tài chính - Kế toán",
        "Đơn vị phối hợp: BHXH tỉnh, thành phố, Các đơn vị liên quan",
        "Thời gian thực hiện: Năm 2024",
    ]


def test_the_title_is_the_way_to_the_passage(passages):
    assert passages["24-QD-BHXH/I.2"].title == "Mục tiêu, chỉ tiêu chủ yếu › Chỉ tiêu chủ yếu năm 2024"
    assert passages["288-BHXH-VP/4"].title == "Vụ Tài chính - Kế toán"


def test_the_context_names_the_document_with_short_forms_written_out(passages):
    context = passages["771-BHXH-TTKT/2.-3"].context
    assert context.startswith("Công văn số 771/BHXH-TTKT ngày 29/03/2021 của Bảo hiểm xã hội Việt Nam: chấn chỉnh")
    assert "Về giải quyết hưởng các chế độ bảo hiểm xã hội" in context


def test_the_context_explains_short_forms_that_only_this_document_uses(passages):
    assert "TCS: Phần mềm xét duyệt chính sách" in passages["771-BHXH-TTKT/2.-3"].context


@pytest.mark.parametrize(("one", "other"), SAME)
def test_body_and_annex_that_say_the_same_are_linked_both_ways(one, other, passages):
    one, other = f"24-QD-BHXH/{one}", f"24-QD-BHXH/{other}"
    assert other in passages[one].near_duplicates
    assert one in passages[other].near_duplicates


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_sections_that_only_sound_alike_are_not_linked(one, other, passages):
    assert f"24-QD-BHXH/{other}" not in passages[f"24-QD-BHXH/{one}"].near_duplicates


def test_the_digest_of_a_passage_changes_with_the_subject_but_its_id_does_not(directives):
    before = directive_passages(directives["288-BHXH-VP"])
    after = directive_passages(replace(directives["288-BHXH-VP"], subject="chủ đề khác"))
    assert [passage.id for passage in before] == [passage.id for passage in after]
    assert not {passage.digest for passage in before} & {passage.digest for passage in after}
