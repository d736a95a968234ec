import pytest

from actions.follow_up import follow_up_questions

MATERNITY = "Hồ sơ hưởng chế độ thai sản gồm những gì?"
RATE = "Tỷ lệ đóng BHXH bắt buộc của người sử dụng lao động là bao nhiêu?"


@pytest.mark.parametrize(
    ("text", "last", "meant"),
    [
        ("thế bao lâu", MATERNITY, "hưởng chế độ thai sản bao lâu"),
        ("vậy nộp ở đâu ạ", MATERNITY, "hưởng chế độ thai sản nộp ở đâu"),
        ("bao nhiêu tiền vậy", MATERNITY, "hưởng chế độ thai sản bao nhiêu tiền"),
        ("vậy hồ sơ gồm gì", "điều kiện hưởng lương hưu là gì", "hưởng lương hưu hồ sơ gồm gì"),
        ("còn người lao động thì sao", RATE, "tỷ lệ đóng bảo hiểm xã hội bắt buộc của người lao động là bao nhiêu"),
        ("còn nld thì sao", RATE, "tỷ lệ đóng bảo hiểm xã hội bắt buộc của người lao động là bao nhiêu"),
        ("con nguoi lao dong thi sao", RATE, "tỷ lệ đóng bảo hiểm xã hội bắt buộc của nguoi lao dong là bao nhiêu"),
        ("thế còn BHTN thì thế nào", RATE, "tỷ lệ đóng bảo hiểm thất nghiệp của người sử dụng lao động là bao nhiêu"),
        ("còn nam thì sao", "tuổi nghỉ hưu của nữ năm 2026", "tuổi nghỉ hưu của nam năm 2026"),
        ("nếu sinh đôi thì sao", MATERNITY, "hồ sơ hưởng chế độ thai sản gồm những gì sinh đôi"),
    ],
)
def test_a_follow_up_becomes_a_whole_question(text: str, last: str, meant: str):
    assert follow_up_questions(text, last)[0] == meant


@pytest.mark.parametrize(
    ("text", "last", "meant"),
    [
        ("năm 2020 thì sao", "Lương cơ sở là bao nhiêu?", "năm 2020 Lương cơ sở là bao nhiêu?"),
        ("còn 2019 thì sao", "mức lương để đóng", "năm 2019 mức lương để đóng"),
        ("thế năm ngoái bao nhiêu ạ", "Lương cơ sở năm 2026?", "Lương cơ sở năm ngoái ?"),
        ("con thang 5/2023 thi sao", "lương cơ sở năm 2020 là mấy", "lương cơ sở thang 5/2023 là mấy"),
        ("vậy năm 2027?", "nghỉ việc năm 2023 giờ rút được chưa", "nghỉ việc năm 2027 giờ rút được chưa"),
    ],
)
def test_another_year_asks_the_same_for_that_time(text: str, last: str, meant: str):
    assert follow_up_questions(text, last) == (meant,)


@pytest.mark.parametrize(
    "text",
    [
        "năm 2020 lương tối thiểu là bao nhiêu",
        "mất thẻ BHYT làm lại ở đâu",
        "làm thẻ ở đâu",
        "trợ cấp thất nghiệp được mấy tháng",
        "con tôi 5 tuổi thì sao",
        "công ty nợ bảo hiểm thì người lao động phải làm gì",
        "",
        "😀",
    ],
)
def test_a_question_of_its_own_stays_as_it_is(text: str):
    assert follow_up_questions(text, MATERNITY) == ()


def test_without_an_earlier_question_nothing_is_added():
    assert follow_up_questions("thế bao lâu", "") == ()


def test_a_long_message_is_no_follow_up():
    assert follow_up_questions("thế " + "bao lâu " * 10, MATERNITY) == ()


def test_another_side_is_also_asked_of_the_whole_earlier_question():
    assert "hồ sơ hưởng chế độ thai sản gồm những gì bao lâu" in follow_up_questions("thế bao lâu", MATERNITY)


def test_another_case_is_also_asked_on_its_own():
    assert follow_up_questions("còn trường hợp mất thẻ BHYT thì sao", MATERNITY)[-1].endswith("mất thẻ bảo hiểm y tế")
