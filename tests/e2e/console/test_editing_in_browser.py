"""The editors' desk in real browsers: writing, a second pair of eyes, releasing; no page hinders anybody."""

import re

import pytest
from playwright.sync_api import expect

from desk.accounts.operator import find
from desk.accounts.role import Role
from desk.accounts.session import open_session
from desk.database import writing
from tests.e2e.console.test_console_accessibility import assert_accessible
from tests.e2e.console_scenes import DESK
from tests.fakes.accounts import SETTINGS as ACCOUNTS
from tests.fakes.console import add_colleague
from tests.fakes.gate_report import gate_report
from tests.fakes.gateway import now
from tests.fakes.knowledge_base import set_ready, small_knowledge

pytestmark = pytest.mark.browser
KNOWLEDGE = "/console/knowledge"
NARROW = {"width": 820, "height": 1100}
NEW_ANSWER = "Nghỉ việc đủ 12 tháng, không đóng bắt buộc và chưa đủ 20 năm đóng thì được hưởng BHXH một lần."


@pytest.fixture
def staff(gateway):
    """An editor and an approver; two entries and a parameter are live."""
    with writing(gateway.engine) as connection:
        small_knowledge(connection)
    long = add_colleague(gateway.engine, "bui.long", "Bùi Đức Long", (Role.EDITOR,))
    return {"long": long, "mai": add_colleague(gateway.engine, "dang.mai", "Đặng Ngọc Mai", (Role.APPROVER,))}


@pytest.fixture
def enter(gateway, staff, open_page):
    def enter(name, path=KNOWLEDGE, viewport=DESK):
        page = open_page("/console/sign-in", viewport)
        come_in(gateway, page, staff[name])
        page.goto(gateway.url + path)
        return page

    return enter


def come_in(gateway, page, operator_id):
    with writing(gateway.engine) as connection:
        token, _ = open_session(connection, find(connection, operator_id), now(), ACCOUNTS.session)
    page.context.add_cookies([{"name": "bhxh_console", "value": token, "url": gateway.url}])


def said(page, words):
    expect(page.locator(".form-status", has_text=words).first).to_be_visible()


def test_an_answer_is_changed_approved_and_released(gateway, enter, shoot):
    long = enter("long")
    assert_accessible(long)
    long.get_by_role("searchbox", name="Tìm").fill("rut mot lan")
    long.keyboard.press("Enter")
    long.get_by_role("link", name="Khi nào được rút BHXH một lần?").click()
    assert_accessible(long)
    long.get_by_role("button", name="Sửa", exact=True).click()
    long.wait_for_selector("html[data-ready]")
    long.get_by_label("Câu trả lời").fill(f"{NEW_ANSWER} Mức: {{muc_tham_chieu}} và {{khong_co}}.")
    expect(long.locator("#previews")).to_contain_text("2.530.000 đồng")
    expect(long.locator("#previews")).to_contain_text("không điền được")
    expect(long.locator("[data-slot=answer]")).to_contain_text("khong_co")
    expect(long.locator("#editor-note")).to_contain_text("chưa lưu")
    long.get_by_label("Câu trả lời").fill(NEW_ANSWER)
    long.get_by_label("Ghi chú nội bộ").fill("Bổ sung điều kiện.")
    assert_accessible(long)
    long.get_by_role("button", name="Lưu bản nháp").click()
    said(long, "Đã lưu bản nháp")
    shoot(long, "console-knowledge-entry")
    long.locator("#try-form").get_by_role("button", name="Thử").click()
    expect(long.locator("#try-result")).to_contain_text("Nội dung gần nhất")
    long.get_by_role("button", name="Trình duyệt bản đã lưu").click()
    said(long, "Đã trình duyệt")
    assert long.get_by_role("link", name="Xem và duyệt").count() == 0

    mai = enter("mai", f"{KNOWLEDGE}/review")
    assert_accessible(mai)
    mai.get_by_role("link", name="Khi nào được rút BHXH một lần?").click()
    expect(mai.locator("progress")).to_be_visible()
    set_ready(gateway.engine, gate_report(regressions=1))
    expect(mai.get_by_text("Nay không trả lời được: 1")).to_be_visible()
    assert_accessible(mai)
    shoot(mai, "console-knowledge-review")
    mai.get_by_role("button", name="Duyệt", exact=True).click()
    said(mai, "Đã duyệt")

    mai.goto(f"{gateway.url}{KNOWLEDGE}/releases/new")
    assert_accessible(mai)
    mai.get_by_role("button", name="Lập bản thử và so sánh").click()
    set_ready(gateway.engine, gate_report(regressions=1))
    mai.get_by_label("Lý do vẫn phát hành").fill("Câu kiểm tra đã lỗi thời.")
    assert_accessible(mai)
    shoot(mai, "console-knowledge-release")
    mai.get_by_role("button", name="Phát hành ngay").click()
    said(mai, "Đã phát hành")
    mai.goto(f"{gateway.url}{KNOWLEDGE}/releases")
    assert_accessible(mai)
    mai.goto(f"{gateway.url}{KNOWLEDGE}/faq/rut-mot-lan")
    expect(mai.get_by_text(NEW_ANSWER).first).to_be_visible()
    mai.get_by_role("link", name="Lịch sử").click()
    expect(mai.locator(".diff del").first).to_be_visible()
    assert_accessible(mai)


def test_what_is_typed_survives_the_end_of_the_session(gateway, staff, enter):
    long = enter("long", f"{KNOWLEDGE}/faq/rut-mot-lan")
    long.get_by_role("button", name="Sửa", exact=True).click()
    long.wait_for_selector("html[data-ready]")
    long.get_by_role("button", name="Thêm căn cứ").click()
    long.locator("[name=basis_2_document]").fill("Nghị định thử số 1/2026/NĐ-CP")
    long.get_by_label("Câu trả lời").fill(NEW_ANSWER)
    long.context.clear_cookies()
    long.get_by_role("button", name="Lưu bản nháp").click()
    expect(long.get_by_label("Mật khẩu")).to_be_visible()
    come_in(gateway, long, staff["long"])
    long.goto(f"{gateway.url}{KNOWLEDGE}/faq/rut-mot-lan")
    expect(long.locator("#editor-note")).to_contain_text("đưa lại vào trang")
    expect(long.get_by_label("Câu trả lời")).to_have_value(NEW_ANSWER)
    expect(long.locator("[name=basis_2_document]")).to_have_value("Nghị định thử số 1/2026/NĐ-CP")
    long.get_by_role("button", name="Lưu bản nháp").click()
    said(long, "Đã lưu bản nháp")
    long.reload()
    expect(long.locator("#editor-note")).to_be_empty()


def test_pages_hold_on_a_small_screen_and_by_keyboard(gateway, enter):
    long = enter("long", viewport=NARROW)
    paths = ("", "/faq/rut-mot-lan", "/parameter/muc_tham_chieu", "/review", "/releases", "/try", "/new")
    for path in (*paths, "/documents/1/history"):
        long.goto(f"{gateway.url}{KNOWLEDGE}{path}")
        assert long.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert_accessible(long)
    long.goto(f"{gateway.url}{KNOWLEDGE}/parameter/muc_tham_chieu")
    long.get_by_role("button", name="Sửa", exact=True).press("Enter")
    long.wait_for_selector("html[data-ready]")
    long.locator("[name=value_1_value]").fill("2.600.000")
    long.get_by_role("button", name="Lưu bản nháp").press("Enter")
    expect(long.get_by_text(re.compile("Câu trả lời đổi theo bản nháp đã lưu: 1"))).to_be_visible()
    assert_accessible(long)
    assert long.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
