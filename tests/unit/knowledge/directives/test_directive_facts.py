from datetime import date

import pytest

from knowledge.directives.directive import Validity
from knowledge.directives.errors import DirectiveError
from knowledge.directives.front_matter import FrontMatter, read_front_matter
from knowledge.directives.library import load_directive, load_directives
from knowledge.directives.parser import parse_directive, slug_of
from tests.unit.knowledge.directives.conftest import CONTENT, SECTION_LINES


def from_text_alone(slug):
    front = read_front_matter((CONTENT / f"{slug}.yml").read_text(encoding="utf-8"), slug)
    splits = FrontMatter(split_letters=front.split_letters)
    return parse_directive((CONTENT / f"{slug}.txt").read_text(encoding="utf-8"), slug, splits)


@pytest.mark.parametrize("field", ["number", "issued_on", "kind", "signer", "signer_title"])
@pytest.mark.parametrize("slug", SECTION_LINES)
def test_the_parser_reads_what_a_person_wrote_into_the_front_matter(slug, field, directives):
    assert getattr(from_text_alone(slug), field) == getattr(directives[slug], field)


@pytest.mark.parametrize("slug", sorted(set(SECTION_LINES) - {"24-QD-BHXH"}))
def test_subject_and_addressees_of_a_letter_are_read_from_its_head(slug, directives):
    alone = from_text_alone(slug)
    assert (alone.subject, alone.addressees) == (directives[slug].subject, directives[slug].addressees)


@pytest.mark.parametrize("slug", SECTION_LINES)
def test_the_issuer_is_read_from_the_head(slug):
    assert from_text_alone(slug).issuer == "BẢO HIỂM XÃ HỘI VIỆT NAM"


def test_the_subject_of_a_decision_is_the_title_below_its_kind():
    assert from_text_alone("24-QD-BHXH").subject.startswith(
        "BAN HÀNH CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA BẢO HIỂM XÃ HỘI VIỆT NAM"
    )


def test_a_document_without_front_matter_is_valid_from_its_date_with_no_known_end():
    assert from_text_alone("288-BHXH-VP").validity == Validity(date(2024, 1, 31))


def test_the_front_matter_wins_over_the_text():
    text = (CONTENT / "288-BHXH-VP.txt").read_text(encoding="utf-8")
    front = FrontMatter(subject="chủ đề khác", signer="Người Khác", issued_on=date(2030, 1, 2), addressees=("ai đó",))
    directive = parse_directive(text, "x", front)
    assert (directive.subject, directive.signer, directive.issued_on) == ("chủ đề khác", "Người Khác", date(2030, 1, 2))
    assert directive.addressees == ("ai đó",)


def test_the_newest_directive_comes_first(directives):
    days = [directive.issued_on for directive in load_directives(CONTENT)]
    assert days == sorted(days, reverse=True)


def test_directives_tied_to_an_occasion_say_so(directives):
    assert directives["288-BHXH-VP"].occasion == "Tết Nguyên đán Giáp Thìn 2024"
    assert directives["1568-BHXH-PC"].occasion == "dịch Covid-19 năm 2020"
    assert directives["771-BHXH-TTKT"].occasion is None


@pytest.mark.parametrize("slug", SECTION_LINES)
def test_the_name_of_a_file_is_made_of_the_number(slug, directives):
    assert slug_of(directives[slug].number) == slug


def test_abbreviations_that_a_document_explains_are_known(directives):
    explained = dict(directives["771-BHXH-TTKT"].abbreviations)
    assert explained["BHTN"] == "bảo hiểm thất nghiệp"
    assert explained["TCS"] == "Phần mềm xét duyệt chính sách"


def test_a_text_without_number_and_date_is_refused_by_name(tmp_path):
    (tmp_path / "ghi-chu.txt").write_text("Họp lúc 9 giờ.", encoding="utf-8")
    with pytest.raises(DirectiveError, match=r"ghi-chu\.txt: .*no number found"):
        load_directives(tmp_path)


def test_a_file_that_is_not_utf_8_is_refused_by_name(tmp_path):
    (tmp_path / "cu.txt").write_bytes("Số: 1/BHXH".encode("utf-16"))
    with pytest.raises(DirectiveError, match=r"cu\.txt"):
        load_directive(tmp_path / "cu.txt")


def test_two_files_with_one_number_are_refused(tmp_path):
    text = (CONTENT / "288-BHXH-VP.txt").read_text(encoding="utf-8")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(DirectiveError, match="288/BHXH-VP"):
        load_directives(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("numbr: 1/BHXH", "unknown key numbr"),
        ("issued_on: hôm qua", "not a date"),
        ("validity: {effective_from: null}", "effective_from must be a date"),
        ("validity: {note: x}", "effective_from"),
        ("split_letters: [{lin: 3}]", "lin"),
        ("number: [", "expected"),
    ],
)
def test_wrong_front_matter_is_refused_with_file_and_reason(text, message):
    with pytest.raises(DirectiveError, match=f"(?s)thu.yml.*{message}|{message}"):
        read_front_matter(text, "thu.yml")


def test_empty_front_matter_says_nothing():
    assert read_front_matter("", "x.yml") == FrontMatter()
