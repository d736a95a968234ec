"""Texts and places are compared by what is meant, however people cite them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.legal_places import document_key, places, touch


@pytest.mark.parametrize(
    "cited",
    [
        "Nghị định số 161/2026/NĐ-CP",
        "nghi dinh 161/2026/nd-cp",
        "NĐ 161 / 2026 / NĐ – CP ngày 15/05/2026 của Chính phủ",
        "161/2026/NĐ-CP",
        "Nghị định số 0161/2026/NĐ-CP",
    ],
)
def test_a_number_is_one_however_it_is_written(cited):
    assert document_key(cited) == "161/2026/nd-cp"


@pytest.mark.parametrize(
    ("cited", "key"),
    [
        ("Luật Bảo hiểm xã hội số 41/2024/QH15", "41/2024/qh15"),
        ("Quyết định 24/QĐ-BHXH ngày 19/01/2024", "24/qd-bhxh"),
        ("Công văn ngày 04/01/2023 số 09/BHXH-TĐKT", "9/bhxh-tdkt"),
        ("Luật Việc làm", "luat viec lam"),
        ("  số ", ""),
        ("…", ""),
    ],
)
def test_what_has_no_number_goes_by_its_name_and_a_day_is_no_number(cited, key):
    assert document_key(cited) == key


@pytest.mark.parametrize(
    ("cited", "named"),
    [
        ("Điều 70 khoản 1, khoản 2; Điều 102 khoản 1", {"dieu 70", "dieu 102"}),
        ("Điều 5 đến Điều 7", {"dieu 5", "dieu 6", "dieu 7"}),
        ("các điều 5 – 7, 9 và 12a", {"dieu 5", "dieu 6", "dieu 7", "dieu 9", "dieu 12a"}),
        ("điểm e mục 1", {"muc 1"}),
        ("Phụ lục II, Chương III", {"phu luc ii", "chuong iii"}),
        ("Điều 9 đến Điều 5", {"dieu 9"}),
        ("toàn bộ văn bản", set()),
        ("", set()),
    ],
)
def test_articles_are_read_with_their_ranges(cited, named):
    assert places(cited) == named


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Điều 5 đến Điều 9", "khoản 2 Điều 7", True),
        ("Điều 5 đến Điều 9", "Điều 10", False),
        ("", "Điều 10", True),
        ("Điều 10", "", True),
        ("Điều 3", "Mục 3", False),
    ],
)
def test_places_touch_unless_both_sides_name_others(one, other, is_same):
    assert touch(one, other) is is_same
    assert touch(other, one) is is_same


@given(st.text(max_size=300))
def test_nothing_that_is_typed_breaks_it(cited):
    assert document_key(document_key(cited)) == document_key(cited)
    assert len(places(cited)) <= 600 * (len(cited) + 1)


def test_a_range_without_an_end_stays_small():
    assert len(places("Điều 1 đến Điều 99999999999")) == 501
