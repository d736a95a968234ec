import pytest

from vietnamese.accents import has_accents, strip_accents


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("đường Điện Biên Phủ", "duong Dien Bien Phu"),
        ("NGƯỜI LAO ĐỘNG", "NGUOI LAO DONG"),
        ("ưỡn ẵ ậ ễ ỡ ự ỵ", "uon a a e o u y"),
        ("tha\u0323ch d\u0323", "thach d"),
        ("café naïve", "cafe naive"),
        ("288/BHXH-VP", "288/BHXH-VP"),
    ],
)
def test_strip_accents_leaves_bare_letters(text, bare):
    assert strip_accents(text) == bare


@pytest.mark.parametrize("text", ["đ", "á", "o\u031b", "khong có"])
def test_one_marked_letter_counts_as_accents(text):
    assert has_accents(text)


@pytest.mark.parametrize("text", ["", "khong dau", "BHXH 2024", "😀", "naïve"])
def test_text_without_vietnamese_marks_has_no_accents(text):
    assert not has_accents(text)
