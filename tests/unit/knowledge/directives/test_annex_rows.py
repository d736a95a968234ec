from collections import Counter

import pytest

from knowledge.directives.directive import SectionKind

STATED_UNITS = [
    ("I.1", ("Ban Quản lý Thu-Sổ, Thẻ",), ("BHXH tỉnh, thành phố", "Các đơn vị liên quan"), "Năm 2024"),
    (
        "II.2",
        (
            "Vụ Tài chính - Kế toán",
            "Ban Thực hiện chính sách BHYT",
            "Ban Thực hiện chính sách BHXH",
            "Vụ Quản lý Đầu tư quỹ",
        ),
        ("BHXH tỉnh, thành phố", "Các đơn vị liên quan"),
        "Thường xuyên",
    ),
    (
        "II.5",
        ("Vụ Thanh tra Kiểm tra", "Vụ Kiểm toán nội bộ"),
        ("BHXH tỉnh, thành phố", "Các đơn vị liên quan"),
        "Thường xuyên",
    ),
    (
        "II.10",
        ("Vụ Tài chính - Kế toán", "Ban Thực hiện chính sách BHXH", "Ban Thực hiện chính sách BHYT"),
        ("BHXH tỉnh, thành phố", "Các đơn vị liên quan"),
        "Năm 2024",
    ),
    ("II.11", ("Vụ Tài chính - Kế toán",), ("BHXH tỉnh, thành phố", "Các đơn vị liên quan"), "Tháng 1 năm 2024"),
    ("II.12", ("Vụ Tài chính - Kế toán",), ("BHXH tỉnh, thành phố",), "Năm 2024"),
    (
        "II.13",
        ("Vụ Kế hoạch và Đầu tư", "Vụ Tài chính - Kế toán"),
        ("BHXH tỉnh, thành phố", "Các đơn vị liên quan"),
        "Năm 2024",
    ),
    ("IV.3", ("Ban Thực hiện chính sách BHXH",), ("Vụ Tài chính - Kế toán", "Các đơn vị liên quan"), "Năm 2024"),
    ("IV.6", ("Trung tâm Giám định BHYT và Thanh toán đa tuyến",), ("Các đơn vị liên quan",), "Thường xuyên"),
    (
        "IV.9",
        ("Ban Thực hiện chính sách BHYT",),
        ("BHXH tỉnh, thành phố", "Các đơn vị liên quan"),
        "Định kỳ hàng quý năm 2024",
    ),
    ("V.4", ("Vụ Tổ chức cán bộ",), ("BHXH tỉnh, thành phố", "Các đơn vị liên quan"), "31/3/2024"),
    ("V.13", ("Vụ Thanh tra kiểm tra", "Vụ Kiểm toán nội bộ"), ("Các đơn vị liên quan",), "Năm 2024"),
    ("VII.4", ("Trung tâm Truyền thông",), ("Các đơn vị liên quan",), "Năm 2024"),
]


@pytest.fixture(scope="module")
def rows(programme):
    return [section.row for section in programme.sections if section.kind is SectionKind.ANNEX_ROW]


def test_every_row_of_every_group_is_found(rows):
    assert Counter(row.group for row in rows) == {"I": 6, "II": 15, "III": 2, "IV": 9, "V": 14, "VI": 2, "VII": 4}


@pytest.mark.parametrize(("place", "lead", "coordinating", "deadline"), STATED_UNITS)
def test_units_and_deadline_of_a_row(place, lead, coordinating, deadline, programme):
    row = programme.section(f"Phụ lục {place}").row
    assert (row.lead_units, row.coordinating_units, row.deadline) == (lead, coordinating, deadline)


def test_every_row_has_a_task_units_and_a_deadline(rows):
    assert all(row.task and row.lead_units and row.coordinating_units and row.deadline for row in rows)


def test_cells_carry_the_headings_of_the_table(rows):
    names = {tuple(cell.name for cell in row.cells) for row in rows}
    assert names == {("Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện")}


def test_linked_names_and_numbers_inside_a_task_do_not_end_it(programme):
    task = programme.section("Phụ lục IV.4").row.task
    assert "một số điều của Luật BHYT và Nghị định hướng dẫn" in task
    assert task.endswith("phương thức thanh toán chi phí KCB BHYT...")
    assert programme.section("Phụ lục II.14").row.task.endswith("quy định của Luật Đầu tư công.")
    assert "Quyết định số 130/QĐ BYT ngày 18/01/2023 của Bộ Y tế." in programme.section("Phụ lục IV.6").row.task


def test_a_row_knows_its_group_and_subgroup(programme):
    row = programme.section("Phụ lục V.4").row
    assert row.group_heading.startswith("Tiếp tục hoàn thiện, xây dựng bộ máy tinh gọn")
    assert row.subgroup == "b"
    assert row.subgroup_heading.startswith(
        "Triển khai đồng bộ, toàn diện, hiệu quả, thực hiện cải cách chính sách tiền lương"
    )


def test_a_new_group_begins_without_subgroup(programme):
    row = programme.section("Phụ lục VI.1").row
    assert (row.subgroup, row.subgroup_heading) == ("", "")


def test_linked_numbers_in_a_group_heading_are_joined(programme):
    heading = programme.section("Phụ lục I.1").row.group_heading
    assert heading.endswith(
        "Nghị quyết số 28-NQ/TW, Nghị quyết số 20-NQ/TW, Nghị quyết số 125/NQ-CP, Quyết định số 546/QĐ-TTg, "
        "Nghị quyết số 69/NQ-CP, Nghị quyết số 68/2022/QH15"
    )
