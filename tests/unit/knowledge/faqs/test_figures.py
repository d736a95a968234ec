"""Sums and percentages that an answer must not hold by itself, and sentences that promise somebody a sum."""

import pytest

from knowledge.faqs.figures import figures_in, literal_figures, promised_sums
from knowledge.faqs.problem import ProblemKind
from knowledge.faqs.validate import validate_folder


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Mức là 2.530.000 đồng mỗi tháng.", ["2.530.000"]),
        ("Phạt 4–6 triệu đồng, tối đa 75 triệu đồng.", ["4", "6", "75"]),
        ("Từ 1.000.000 đến 5.000.000 đồng tùy hành vi.", ["1.000.000", "5.000.000"]),
        ("Phạt 12-15% số tiền; 10,5 % lương.", ["12", "15", "10,5"]),
        ("Suy giảm từ 61% đến dưới 81%.", ["61", "81"]),
        ("Mức 2.530.000 từ tháng 7.", ["2.530.000"]),
        ("Phí 5.000đ hoặc 5.000 VNĐ.", ["5.000", "5.000"]),
        ("Hai triệu đồng, mười phần trăm.", ["", ""]),
        ("Được 75% và {muc}.", ["75"]),
        ("Từ 4 đến {muc}.", ["4"]),
    ],
)
def test_every_way_of_writing_a_sum_or_percentage_is_seen(text, numbers):
    assert [figure.number for figure in literal_figures(text)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "Từ 01/07/2025 đồng thời áp dụng.",
        "Hợp đồng 3 tháng, 12 hợp đồng.",
        "Doanh nghiệp 200–1.000 người.",
        "Gọi 1900 9068, tỷ lệ theo bảng 5 tỷ lệ.",
        "Đủ 15 năm, 61 tuổi 6 tháng, 20 lần mức tham chiếu.",
        "Điều 64 khoản 1 điểm đ.",
        "Mức {muc}, {ty_le}, từ {muc.from}, bằng {muc*20} đồng.",
        "Một năm hai lần, năm thứ ba.",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert literal_figures(text) == ()


def test_a_filled_answer_shows_the_figures_of_its_placeholders():
    assert [figure.number for figure in figures_in("Mức là 2.530.000 đồng, bằng 4,5%.")] == ["2.530.000", "4,5"]


@pytest.mark.parametrize(
    "text",
    [
        "Anh/chị sẽ nhận 5.000.000 đồng mỗi tháng.",
        "Như vậy anh/chị được hưởng tổng cộng 12 triệu đồng.",
        "Lương hưu của anh/chị là 3.200.000 đồng.",
        "Quý vị lãnh được khoảng 30 triệu.",
        "Trợ cấp ước tính 15 triệu đồng.",
    ],
)
def test_a_sum_for_a_person_is_seen(text):
    assert list(promised_sums(f"Câu đầu. {text} Câu cuối.")) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Mức trợ cấp là 2.530.000 đồng, cơ quan BHXH tính cho từng người.",
        "Anh/chị nộp hồ sơ trong 45 ngày. Mức tối đa là 50.600.000 đồng.",
        "Anh/chị được hưởng 75% lương.",
        "Bạn đọc được trả lời, lệ phí 5.000 đồng.",
    ],
)
def test_a_rule_for_everybody_is_no_promise(text):
    assert list(promised_sums(text)) == []


def kinds(folder, parameters, today):
    return [problem.kind for problem in validate_folder(folder, parameters, today)]


def test_a_figure_in_an_answer_is_named(spoil, parameters, today):
    (problem,) = validate_folder(spoil("là {muc_thu}/tháng", "là 2.530.000 đồng/tháng"), parameters, today)
    assert (problem.kind, problem.line) == (ProblemKind.FIGURE_OUTSIDE_TABLE, 14)
    assert "2.530.000 đồng" in problem.message


def test_a_figure_in_the_next_steps_is_named(spoil, parameters, today):
    folder = spoil("where: Cơ quan thử", "where: Cơ quan thử (lệ phí 8.000 đồng)")
    assert kinds(folder, parameters, today) == [ProblemKind.FIGURE_OUTSIDE_TABLE]


def test_a_promise_in_an_answer_is_an_error(spoil, parameters, today):
    folder = spoil("Mức đóng là {muc_thu}/tháng.", "Anh/chị được nhận {muc_thu}.")
    (problem,) = validate_folder(folder, parameters, today)
    assert (problem.kind, problem.is_warning) == (ProblemKind.SUM_PROMISED, False)


def test_a_draft_may_hold_figures_that_are_not_sure_yet(spoil, parameters, today):
    folder = spoil("là {muc_thu}/tháng", "là khoảng 2 triệu đồng")
    spoil("status: live", "status: draft")
    assert kinds(folder, parameters, today) == []
