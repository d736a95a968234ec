"""A Word file that nobody prepared becomes a draft: read, corrected by hand, taken in; and a sheet with a wrong row."""

import os
from pathlib import Path

import pytest

from desk.accounts.role import Role
from editing.alike import Alike
from tests.e2e.console.test_console_accessibility import assert_accessible
from tests.e2e.console.test_news_in_browser import sign_in
from tests.fakes.brought_files import letter_docx, sheet_xlsx
from tests.fakes.console import add_colleague

pytestmark = pytest.mark.browser
IMPORTS = "/console/knowledge/imports"
SHOTS = os.environ.get("BHXH_SHOTS", "")


def shot(page, name, height=None):
    """The whole page, or as much of it from the top; docs/images/imports-preview.png is one of them."""
    if SHOTS:
        clip = None if height is None else {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": height}
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True, clip=clip, animations="disabled")


def bring(page, kind, name, data):
    page.goto(page.url.split("/console")[0] + IMPORTS)
    page.get_by_label(kind).check()
    page.get_by_label("Tệp (tối đa").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name="Tải lên và đọc thử").click()
    page.wait_for_url("**/imports/*")


def test_a_word_file_is_read_corrected_and_taken_in(gateway, open_page):
    add_colleague(gateway.engine, "bien", "Phạm Thị Biên", (Role.EDITOR,))
    page = sign_in(open_page, "bien")
    page.goto(gateway.url + IMPORTS)
    page.get_by_text("Chưa có lần nhập nào.").wait_for()
    assert_accessible(page)
    shot(page, "imports")
    bring(page, "Văn bản", "cong van 12.docx", letter_docx())
    page.get_by_role("heading", name="Cấu trúc").wait_for()
    assert page.get_by_label("Số, ký hiệu").input_value() == "12/BHXH-CSXH"
    shot(page, "import-directive")
    warned = []
    page.once("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    page.get_by_label("Trích yếu").fill("Đang gõ dở")
    page.get_by_role("link", name="Sửa dòng 10", exact=True).click()
    page.wait_for_url("**line=10**")
    assert warned == ["beforeunload"]
    page.get_by_label("Dòng 10 là").select_option("heading")
    page.get_by_label("Cấp (nếu").select_option("number")
    shot(page, "imports-preview", height=1_720)
    page.get_by_role("button", name="Áp dụng").click()
    page.get_by_text("Chưa áp dụng được").wait_for()
    page.get_by_label("Số", exact=True).fill("3")
    assert_accessible(page)
    page.get_by_role("button", name="Áp dụng").click()
    page.get_by_text("Đã áp dụng và đọc lại toàn văn.").wait_for()
    assert page.locator("#line-10 .structure-section").inner_text() == "3"
    page.get_by_role("button", name="Tạo bản nháp").click()
    page.wait_for_url("**/console/knowledge/directive/12-BHXH-CSXH*")
    page.goto(gateway.url + "/console/knowledge/directive/12-BHXH-CSXH/structure")
    page.get_by_role("heading", name="Cấu trúc").wait_for()
    assert page.locator("#line-10").get_by_text("đã sửa").is_visible()
    assert_accessible(page)
    shot(page, "structure")


def test_a_sheet_is_mended_compared_and_taken_in_and_back(gateway, open_page):
    gateway.gateway.workshop.found = (Alike("faq/cu", "Mục cũ trong kho", "cách hỏi cũ", 0.93),)
    add_colleague(gateway.engine, "bien", "Phạm Thị Biên", (Role.EDITOR,))
    page = sign_in(open_page, "bien", {"width": 820, "height": 1000})
    row = ("Luật thử số 1/2026", "Điều 5", "Người lao động")
    rows = [
        ("Hỏi thử một?", "Trả lời thử một.", "Thử nghiệm", *row),
        ("", "Trả lời thiếu câu hỏi.", "Thử nghiệm", *row),
    ]
    bring(page, "Hỏi đáp", "hoi dap.xlsx", sheet_xlsx(rows))
    page.get_by_text("1 dòng có lỗi").wait_for()
    assert page.get_by_role("button", name="Tạo 2 bản nháp").is_disabled()
    page.get_by_role("link", name="Sửa dòng 3").click()
    page.get_by_label("Câu hỏi", exact=True).fill("Hỏi thử hai?")
    assert_accessible(page)
    shot(page, "import-row")
    page.get_by_role("button", name="Lưu dòng").click()
    page.get_by_text("Đã lưu.").wait_for()
    page.get_by_role("button", name="Tìm mục gần giống").click()
    page.get_by_text("Gần giống 93% với “Mục cũ trong kho”").first.wait_for()
    assert_accessible(page)
    shot(page, "import-rows")
    page.get_by_role("button", name="Tạo 2 bản nháp").click()
    page.get_by_role("heading", name="2 bản nháp từ lần nhập này").wait_for()
    page.get_by_text("Hoàn tác lần nhập này").click()
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_text("Đã hoàn tác lần nhập.").wait_for()
    assert page.get_by_role("cell", name="Đã bỏ", exact=True).count() == 4  # standing and outcome of two drafts
    assert_accessible(page)
    shot(page, "import-undone")
