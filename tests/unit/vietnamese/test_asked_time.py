"""Which questions are about a time that is past, and which only tell of one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.asked_time import asked_time

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("question", "first", "last", "rest"),
    [
        ("Lương cơ sở năm 2020 là bao nhiêu?", (2020, 1, 1), (2020, 12, 31), "Lương cơ sở là bao nhiêu?"),
        ("luong co so nam 2020 la bao nhieu", (2020, 1, 1), (2020, 12, 31), "luong co so la bao nhieu"),
        ("năm 2020 thì sao", (2020, 1, 1), (2020, 12, 31), "thì sao"),
        ("2020 thì sao", (2020, 1, 1), (2020, 12, 31), "thì sao"),
        ("còn 2019 thì sao", (2019, 1, 1), (2019, 12, 31), "thì sao"),
        ("hồi 2019 mức đóng bao nhiêu", (2019, 1, 1), (2019, 12, 31), "mức đóng bao nhiêu"),
        ("Mức tham chiếu tháng 3/2024", (2024, 3, 1), (2024, 3, 31), "Mức tham chiếu"),
        ("lương cơ sở tháng 02 năm 2024 là mấy", (2024, 2, 1), (2024, 2, 29), "lương cơ sở là mấy"),
        ("mức đóng năm 2021", (2021, 1, 1), (2021, 12, 31), "mức đóng"),
        ("lương cơ sở năm ngoái", (2025, 1, 1), (2025, 12, 31), "lương cơ sở"),
    ],
)
def test_a_past_time_that_is_asked_about(question, first, last, rest):
    found = asked_time(question, TODAY)
    assert (found.first, found.last, found.rest) == (date(*first), date(*last), rest)


@pytest.mark.parametrize(
    "question",
    [
        "Tôi đóng từ năm 2018 đến nay có được rút một lần không?",
        "em sinh năm 1990 thì mấy tuổi về hưu",
        "nghỉ việc năm 2023 giờ rút được chưa",
        "tôi nghỉ hưu năm 2020",
        "em đóng năm 2018 được 3 tháng",
        "đóng bhxh trước năm 2014 tính sao",
        "Luật BHXH năm 2014 còn hiệu lực không",
        "từ năm 2020 đến năm 2022 đóng bao nhiêu",
        "năm 2026 lương cơ sở bao nhiêu",
        "năm 2027 tuổi nghỉ hưu là bao nhiêu",
        "lương 2020 nghìn",
        "công văn 2020/BHXH nói gì",
        "năm 1975",
        "mức đóng là bao nhiêu",
        "",
    ],
)
def test_a_story_the_present_or_the_future(question):
    assert asked_time(question, TODAY) is None


@given(st.text(max_size=80))
def test_any_text_may_be_asked(text):
    found = asked_time(text, TODAY)
    assert found is None or found.last < TODAY
