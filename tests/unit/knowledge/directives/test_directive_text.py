"""The small tools of the parser."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.directives.abbreviations import expand, read_abbreviations
from knowledge.directives.directive import Level
from knowledge.directives.duplicates import containment, shingles
from knowledge.directives.errors import DirectiveError
from knowledge.directives.forms import load_forms
from knowledge.directives.gist import gist, shorten
from knowledge.directives.joining import SplitLetter, join, join_all, mend_split_letters
from knowledge.directives.markers import order, read_marker, roman_number
from knowledge.directives.parts import anchor
from knowledge.directives.source import Line, read_source
from knowledge.directives.splitting import split_pieces
from knowledge.directives.tail import is_name

WORDS = st.text(alphabet="abcđêô ,;.", min_size=1, max_size=400)


@settings(deadline=None, max_examples=60)
@given(st.lists(WORDS.filter(str.strip), min_size=1, max_size=6), st.integers(min_value=50, max_value=300))
def test_parts_lose_nothing_and_keep_the_limit(pieces, limit):
    parts = split_pieces(pieces, limit)
    assert "".join("".join(part.text for part in parts).split()) == "".join("".join(pieces).split())
    assert all(len(part.text) <= limit for part in parts)


def test_a_text_within_the_limit_is_one_part():
    assert [part.text for part in split_pieces(["a", "b"], 10)] == ["a\nb"]


def test_nothing_has_no_parts():
    assert split_pieces([], 10) == ()


def test_a_word_longer_than_the_limit_is_cut():
    parts = split_pieces(["x" * 30 + " y"], 10)
    assert "".join("".join(part.text for part in parts).split()) == "x" * 30 + "y"


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("số", "01/NQ-CP", "số 01/NQ-CP"),
        ("01/NQ-CP", "),", "01/NQ-CP),"),
        ("(", "sau", "(sau"),
        ("", "a", "a"),
        ("a", "", "a"),
    ],
)
def test_two_lines_are_joined_as_they_are_read(left, right, whole):
    assert join(left, right) == whole


def test_many_lines_are_joined():
    assert join_all(["Luật BHXH", ";", "Luật BHYT"]) == "Luật BHXH; Luật BHYT"


def lines(*texts):
    return [Line(number, number, text) for number, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    ("texts", "repaired"),
    [
        (("đại bi", "ể", "u toàn"), "biểu"),
        (("ở châu", "Â", "u có"), "châu Âu"),
        (("đó s", "ẽ", "tác"), "sẽ tác"),
        (("về", "Ý", "tưởng"), "về Ý tưởng"),
    ],
)
def test_a_split_letter_goes_where_the_list_says(texts, repaired):
    (mended,) = mend_split_letters(lines(*texts), [SplitLetter(2, repaired)])
    assert repaired in mended.text
    assert (mended.first, mended.last) == (1, 3)


@pytest.mark.parametrize("split", [SplitLetter(2, "khác"), SplitLetter(1, "đại"), SplitLetter(9, "x")])
def test_a_list_of_split_letters_that_is_out_of_date_is_refused(split):
    with pytest.raises(DirectiveError, match=f"line {split.line}"):
        mend_split_letters(lines("đại bi", "ể", "u toàn"), [split])


@pytest.mark.parametrize(
    ("text", "level", "value", "rest"),
    [
        ("Điều 2. Hiệu lực", Level.ARTICLE, "2", "Hiệu lực"),
        ("Điều 2.", Level.ARTICLE, "2", ""),
        ("IV. Tổ chức", Level.ROMAN, "IV", "Tổ chức"),
        ("3. Thu", Level.NUMBER, "3", "Thu"),
        ("3.", Level.NUMBER, "3", ""),
        ("3.2. Thu", Level.DECIMAL, "3.2", "Thu"),
        ("đ) Sổ", Level.LETTER, "đ", "Sổ"),
        ("- Lập", Level.DASH, "-", "Lập"),
        ("Chương II", Level.CHAPTER, "II", ""),
    ],
)
def test_a_marker_is_read(text, level, value, rest):
    marker = read_marker(text, load_forms())
    assert (marker.level, marker.value, marker.rest) == (level, value, rest)


@pytest.mark.parametrize(
    "text",
    ["01/NQ-CP", "31/3/2024", "Điều 13 Quyết định", "1.500 đồng", "-5%", "300 tỷ", "Chương trình I", "bộ.", "2,91 %"],
)
def test_what_only_looks_like_a_marker_is_none(text):
    assert read_marker(text, load_forms()) is None


def test_a_letter_may_stand_in_two_places():
    assert order(Level.LETTER, "e", load_forms()) == (6, 5)
    assert order(Level.LETTER, "đ", load_forms()) == (5,)


@pytest.mark.parametrize(
    ("level", "value", "place"),
    [(Level.CAPITAL, "B", 2), (Level.DECIMAL, "3.12", 12), (Level.ROMAN, "IX", 9), (Level.NUMBER, "7", 7)],
)
def test_the_place_of_a_marker(level, value, place):
    assert order(level, value, load_forms()) == (place,)


def test_a_dash_has_no_place():
    assert order(Level.DASH, "-", load_forms()) == ()


@pytest.mark.parametrize(("numeral", "number"), [("I", 1), ("IV", 4), ("VII", 7), ("XIX", 19), ("", 0), ("Q", 0)])
def test_roman_numbers(numeral, number):
    assert roman_number(numeral) == number


@pytest.mark.parametrize(
    ("text", "result"),
    [("Nguyễn Thế Mạnh", True), ("TỔNG GIÁM ĐỐC", False), ("Nơi nhận", False), ("Hà", False), ("Như điều 2", False)],
)
def test_a_name_is_told_from_other_lines(text, result):
    assert is_name(text) is result


def test_columns_side_by_side_are_read_one_after_the_other():
    source = read_source("A\tB\n| 1 | Lập | Phòng |", load_forms())
    assert [(line.first, line.text) for line in source.lines] == [
        (1, "A"),
        (1, "B"),
        (2, "1"),
        (2, "Lập"),
        (2, "Phòng"),
    ]


def test_a_text_with_a_paragraph_a_line_has_no_width():
    assert read_source("dài " * 100, load_forms()).width is None


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("1.e", "1.e"),
        ("Phụ lục V.6", "phu-luc-V.6"),
        ("thể thức", "the-thuc"),
        ("III(2).1", "III(2).1"),
        ("1.đ", "1.dd"),
    ],
)
def test_labels_become_names_for_addresses(label, name):
    assert anchor(label) == name


def test_the_gist_is_the_first_clause():
    assert gist("Cấp, đổi thẻ kịp thời; tiếp nhận ngay hồ sơ.") == "Cấp, đổi thẻ kịp thời"
    assert gist("Thi đua: làm tốt") == "Thi đua"


def test_a_long_text_is_shortened_at_a_word():
    assert shorten("một hai ba bốn", 9) == "một hai…"


def test_short_forms_are_written_out_but_not_inside_numbers():
    text = expand("Công văn 288/BHXH-VP về sổ BHXH", {"BHXH": "bảo hiểm xã hội"})
    assert text == "Công văn 288/BHXH-VP về sổ bảo hiểm xã hội"
    assert expand("BHXH", {}) == "BHXH"


def test_an_explanation_counts_only_when_its_initials_agree():
    texts = ["bảo hiểm thất nghiệp (BHTN) và trí tuệ nhân tạo (AI), Bảo hiểm xã hội (gọi tắt)"]
    assert read_abbreviations(texts) == (("BHTN", "bảo hiểm thất nghiệp"),)


def test_the_first_explanation_counts():
    assert read_abbreviations(["thẻ y tế (TYT)", "trạm y tế (TYT)"]) == (("TYT", "thẻ y tế"),)


def test_texts_without_diacritics_are_compared_alike():
    assert (
        containment(
            shingles("một hai ba bốn năm sáu bảy tám chín mười"), shingles("MOT hai ba bon nam sau bay tam chin muoi")
        )
        == 1.0
    )


def test_short_texts_are_never_alike():
    assert containment(shingles("một hai ba bốn"), shingles("một hai ba bốn")) == 0.0
