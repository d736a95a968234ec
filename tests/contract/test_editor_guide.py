"""What the editors' guide tells to press or to look at stands on a page, in these very words."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "huong-dan" / "bien-tap-kho-tri-thuc.md"
SHOWN = [*ROOT.glob("console/*/templates/*.html"), *ROOT.glob("console/*/*.yml")]
STRESSED = {"họ tên và địa chỉ thì chưa"}
"""Bold because it matters, not because it is pressed."""
TASKS = (
    "Nhập tài liệu",
    "Trình duyệt",
    "Duyệt",
    "Phát hành ngay",
    "Quay lại bản này",
    "Câu chưa trả lời",
    "Ai đã nhận",
)
MORE_TASKS = ("Áp dụng", "Soạn thông báo", "Giữ câu trả lời", "Gửi tin", "Thống kê", "Hoàn tác lần nhập này")


def guide():
    return GUIDE.read_text(encoding="utf-8")


def labels():
    return sorted({" ".join(label.split()) for label in re.findall(r"\*\*(.+?)\*\*", guide(), re.DOTALL)} - STRESSED)


@pytest.fixture(scope="module")
def pages():
    return " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in SHOWN)


@pytest.mark.parametrize("label", labels())
def test_each_label_of_the_guide_is_one_of_the_pages(label, pages):
    for part in label.split(" … "):
        assert part in pages


@pytest.mark.parametrize("task", TASKS + MORE_TASKS)
def test_each_task_of_an_editor_is_told(task):
    assert f"**{task}" in guide()


def test_every_picture_of_the_guide_is_there():
    pictures = re.findall(r"\]\((\.\./images/[^)]+)\)", guide())
    assert [name for name in pictures if not (GUIDE.parent / name).resolve().is_file()] == []
