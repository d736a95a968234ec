"""Text typed with fonts from before Unicode becomes Vietnamese again; real Unicode is never touched."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.brought_files import as_tcvn3, as_vni
from vietnamese.legacy_fonts import LegacyFont, font_family, from_font, recover

DIRECTIVES = sorted((Path(__file__).resolve().parents[3] / "knowledge/content/directives").glob("*.txt"))


@pytest.mark.parametrize("path", DIRECTIVES, ids=lambda path: path.stem)
def test_a_directive_typed_with_an_old_font_comes_back_whole(path):
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    assert recover(text) == (text, (), True)
    for typed, font in ((as_tcvn3(text), LegacyFont.TCVN3), (as_vni(text), LegacyFont.VNI)):
        found = recover(typed)
        assert found.fonts == (font,)
        pairs = zip(found.text.casefold().split("\n"), text.casefold().split("\n"), strict=True)
        assert [new for new, old in pairs if new != old] == []


def test_lines_of_a_mixed_text_are_told_apart():
    old, new = "Bảo hiểm xã hội bắt buộc áp dụng", "Người lao động được hưởng chế độ"
    found = recover(f"{as_tcvn3(old)}\n{new}\n{as_vni(old)}")
    assert found.text == f"{old}\n{new}\n{old}"
    assert set(found.fonts) == {LegacyFont.TCVN3, LegacyFont.VNI}


def test_decomposed_text_is_composed():
    assert recover(unicodedata.normalize("NFD", "Bảo hiểm xã hội")).text == "Bảo hiểm xã hội"


def test_other_languages_are_left_alone():
    assert recover("Le café est très bon à l'hôtel").text == "Le café est très bon à l'hôtel"


@pytest.mark.parametrize(
    "line",
    [
        "· Giấy khai sinh",
        "4,5 × 12 × 2.340.000 đồng",
        "· ·",
        "1 ÷ 2 ÷ 3 năm",
        "Điều 1ª § 5 ½ tháng",
    ],
)
def test_signs_that_stand_alone_are_no_letters_of_an_old_font(line):
    assert recover(line) == (line, (), True)


def test_a_riddle_is_called_one():
    assert not recover("ÄÖ ßø ÐÞ þæ ¥¢ ÿÿ ¼½ ®© ±² ðÐ ýÞ").is_readable


@pytest.mark.parametrize(
    ("font", "family"),
    [(".VnTime", LegacyFont.TCVN3), ("VNI-Times", LegacyFont.VNI), ("Times New Roman", None), ("", None)],
)
def test_a_font_tells_its_table(font, family):
    assert font_family(font) is family


def test_the_capital_fonts_of_tcvn3_show_capitals():
    assert from_font("b¶o hiÓm", LegacyFont.TCVN3, ".VnTimeH") == "BẢO HIỂM"


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text):
    found = recover(text)
    assert found.text.count("\n") == text.count("\n")
