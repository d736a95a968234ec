import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.safe_cell import FORMULA_STARTS, csv_line, safe_cell


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+84900000000", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1", "  @x"),
        *("＝1", "＋1", "－1", "＠x", "﹦1", "﹢1", "﹣1", "﹫x", "−1", "\u2010x", "⁼1", "₊1"),
        *("\u200b=1", "\u2060+1", "\u3000-1", "\u202e@x", "\u00ad=1", " \t1", "\u200b\r1"),
    ],
)
def test_what_a_spreadsheet_would_calculate_is_kept_as_text(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Nguyễn Văn Thử", "1+1", "595/QĐ-BHXH", "a=b", "'=1"])
def test_other_text_stays_as_it_is(text):
    assert safe_cell(text) == text


@given(st.text())
def test_nothing_is_lost_and_nothing_starts_a_formula(text):
    safe = safe_cell(text)
    assert safe in (text, f"'{text}")
    assert not safe.lstrip(" \u00a0\ufeff").startswith(FORMULA_STARTS)


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=1))
def test_a_line_comes_back_cell_by_cell(cells):
    (read,) = csv.reader(io.StringIO(csv_line(cells), newline=""))
    assert read == [safe_cell(cell) for cell in cells]
