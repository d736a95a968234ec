import re

import pytest

from knowledge.directives.directive import SectionKind
from tests.unit.knowledge.directives.conftest import PLACES, SECTION_LINES

REFERENCE = re.compile(r"\[(\d+)\]")


def letters(text):
    """Without any white space: repairs only ever change white space."""
    return "".join(text.split())


def test_there_are_151_places_to_find():
    assert len(PLACES) == 151


@pytest.mark.parametrize(("slug", "label"), PLACES)
def test_a_section_has_exactly_the_lines_that_were_counted_by_hand(slug, label, directives, source_lines):
    lines = source_lines[slug]
    counted = [line for line in SECTION_LINES[slug][label] if line <= len(lines) and lines[line - 1].strip()]
    found = [line for line in directives[slug].section(label).lines if lines[line - 1].strip()]
    assert found == counted


@pytest.mark.parametrize(("slug", "label"), PLACES)
def test_the_repaired_text_of_a_section_has_every_letter_of_its_lines(slug, label, directives, source_lines):
    section = directives[slug].section(label)
    counted = "".join(source_lines[slug][line - 1] for line in section.lines)
    assert REFERENCE.sub(r"\1", letters(section.text)) == letters(counted)


@pytest.mark.parametrize("slug", SECTION_LINES)
def test_no_other_section_is_found_but_the_two_preambles_of_the_decision(slug, directives):
    more = {section.label for section in directives[slug].sections} - set(SECTION_LINES[slug])
    assert more == ({"mở đầu", "mở đầu(2)"} if slug == "24-QD-BHXH" else set())


@pytest.mark.parametrize("slug", SECTION_LINES)
def test_labels_are_unique(slug, directives):
    labels = [section.label for section in directives[slug].sections]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("slug", SECTION_LINES)
def test_a_line_is_in_at_most_one_section(slug, directives):
    lines = [line for section in directives[slug].sections for line in section.lines]
    assert len(lines) == len(set(lines))


def test_only_titles_and_headings_of_the_annex_and_site_chrome_are_in_no_section(directives, source_lines):
    for slug, directive in directives.items():
        covered = {line for section in directive.sections for line in section.lines}
        left = {n: text for n, text in enumerate(source_lines[slug], start=1) if text.strip() and n not in covered}
        headings = " ".join(
            heading
            for section in directive.sections
            if section.kind is SectionKind.ANNEX_ROW
            for heading in (
                *section.headings,
                section.row.group,
                f"{section.row.subgroup})",
                *(c.name for c in section.row.cells),
            )
        )
        outside = [text.strip() for text in left.values() if letters(text) not in letters(headings)]
        chrome = (
            "Tải Văn bản",
            "Hệ thống pháp luật",
            "Đang tải nội dung",
            "TT",
            "(Ban hành kèm theo Quyết",
            "định số: 24/QĐ-BHXH",
        )
        assert [text for text in outside if not text.startswith(chrome)] == []
