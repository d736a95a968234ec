"""The day of a law: everything prepared by two people, and an answer that an operator checks before it is sent."""

import re

import pytest
from playwright.sync_api import expect

from connectors.message import AnswerSource, Citation, Reply
from connectors.web.board import KEPT_SECONDS
from desk.accounts.role import Role
from desk.database import writing
from tests.e2e.chat.scenes import CITATION, ask
from tests.e2e.console.test_console_accessibility import assert_accessible
from tests.e2e.console.test_news_in_browser import NARROW, sign_in
from tests.fakes.console import add_colleague
from tests.fakes.knowledge_base import small_knowledge

pytestmark = pytest.mark.browser
ROOT = "/console/knowledge"
TOPIC = "Thai sản"
SOURCE = AnswerSource("faq/sinh-con-tro-cap", "faq/sinh-con-tro-cap", "", "1", TOPIC, "snapshot-1", 0.93)


def answer(text):
    return Reply(text, "answered", (Citation(**CITATION),), feedback=True, source=SOURCE)


@pytest.fixture
def staff(gateway):
    with writing(gateway.engine) as connection:
        small_knowledge(connection)
    add_colleague(gateway.engine, "hoa", "Phạm Thị Hoa", (Role.EDITOR,))
    add_colleague(gateway.engine, "quan", "Đỗ Minh Quân", (Role.APPROVER,))


def seen(page, shoot, name):
    assert_accessible(page)
    shoot(page, name)
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than the window"
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_change_of_law_is_prepared_and_announced(gateway, staff, open_page, shoot):
    editor, approver, citizen = sign_in(open_page, "hoa"), sign_in(open_page, "quan"), open_page("/")
    editor.goto(gateway.url + ROOT + "/law")
    editor.get_by_label("Số, tên văn bản").fill("Nghị định số 300/2026/NĐ-CP")
    editor.get_by_label("Ngày có hiệu lực").fill("2027-01-01")
    editor.get_by_role("button", name="Thêm văn bản").click()
    editor.get_by_label("Văn bản bị tác động").fill("Luật 41/2024/QH15")
    editor.get_by_label("Điều, khoản").fill("Điều 58")
    editor.get_by_role("button", name="Ghi nhận").click()
    expect(editor.get_by_text("khi quan hệ được duyệt")).to_be_visible()
    seen(editor, shoot, "law-proposed")
    editor.get_by_role("link", name="Soạn thông báo").click()
    editor.get_by_label("Tiêu đề").fill("Mức trợ cấp sinh con mới")
    editor.locator("#text").fill("Từ 01/01/2027 áp dụng mức trợ cấp mới theo Nghị định 300/2026/NĐ-CP.")
    editor.get_by_label("Bắt đầu").fill("2026-01-01T08:00")
    editor.get_by_label("Kết thúc").fill("2026-02-01T08:00")
    editor.get_by_role("button", name="Lưu, chờ duyệt").click()
    expect(editor.get_by_role("alert")).to_contain_text("đã qua")
    now, end = editor.evaluate(
        """() => [0, 86_400_000].map((later) =>
        new Date(Date.now() + later - 60_000 + 7 * 3_600_000).toISOString().slice(0, 16))"""
    )
    editor.get_by_label("Bắt đầu").fill(now)
    editor.get_by_label("Kết thúc").fill(end)
    editor.get_by_role("button", name="Lưu, chờ duyệt").click()
    expect(editor.get_by_text("Cần một người khác duyệt thì mới hiện")).to_be_visible()
    seen(editor, shoot, "announcement-draft")
    written = editor.url.partition("?")[0]

    approver.goto(gateway.url + ROOT + "/law")
    approver.get_by_role("link", name="Xem và duyệt").click()
    approver.get_by_role("button", name="Duyệt", exact=True).click()
    expect(approver.get_by_text("Cần xem lại", exact=True)).to_be_visible()
    seen(approver, shoot, "law-day")
    approver.goto(written)
    approver.get_by_role("button", name="Duyệt thông báo").click()
    expect(approver.get_by_text("Đang hiện")).to_be_visible()
    citizen.wait_for_timeout(KEPT_SECONDS * 1_000)  # for so long the gateway remembers that there was none
    citizen.reload()
    expect(citizen.locator("#announcements")).to_contain_text("Mức trợ cấp sinh con mới")
    approver.goto(gateway.url + ROOT + "/announcements")
    seen(approver, shoot, "announcements")

    editor.goto(gateway.url + ROOT + "/review-needed")
    editor.locator("summary", has_text="Vẫn đúng").click()
    editor.get_by_label("Vì sao vẫn đúng").fill("Mức trợ cấp vẫn bằng 2 lần mức tham chiếu.")
    seen(editor, shoot, "review-needed")
    editor.get_by_role("button", name="Ghi nhận").click()
    expect(editor.get_by_text("Không có nội dung nào cần xem lại.")).to_be_visible()
    editor.goto(gateway.url + ROOT + "/law")
    seen(editor, shoot, "law-list")


def test_a_held_answer_waits_for_an_operator_who_sends_or_mends_it(gateway, staff, operator, open_page, shoot):
    approver, lan, citizen = sign_in(open_page, "quan"), operator("lan"), open_page("/")
    approver.goto(gateway.url + ROOT + "/holds")
    approver.get_by_label("Cả chủ đề").select_option(TOPIC)
    approver.get_by_label("Lý do").fill("Mức trợ cấp đổi từ 01/01/2027, đang rà soát")
    approver.get_by_role("button", name="Giữ câu trả lời").click()
    expect(approver.get_by_text("Đang giữ", exact=True)).to_be_visible()
    seen(approver, shoot, "holds")

    gateway.dialogue.will(answer("Mỗi con được 2 lần mức tham chiếu."))
    ask(citizen, "Sinh con được trợ cấp bao nhiêu?")
    expect(citizen.get_by_text("câu trả lời sẽ được cán bộ kiểm tra")).to_be_visible()
    expect(citizen.get_by_text("vị trí số 1")).to_be_visible()
    assert "2 lần mức tham chiếu" not in citizen.locator("#log").inner_text()
    shoot(citizen, "held-citizen")

    lan.get_by_role("button", name="Nhận người kế tiếp").click()
    held = lan.locator(".card-held")
    expect(held).to_contain_text("Mỗi con được 2 lần mức tham chiếu.")
    expect(held).to_contain_text("đang rà soát")
    assert_accessible(lan)
    shoot(lan, "held-operator")
    held.get_by_role("button", name="Gửi nguyên văn").click()
    expect(citizen.locator(".message-person").last).to_contain_text("Mỗi con được 2 lần mức tham chiếu.")
    expect(held).to_have_count(0)

    lan.locator("#give-back").click()
    expect(citizen.get_by_text("Trợ lý tự động tiếp tục hỗ trợ anh/chị")).to_be_visible()
    gateway.dialogue.will(answer("Trợ cấp tính theo từng con."))
    ask(citizen, "Sinh đôi thì sao?")
    expect(citizen.get_by_text("câu trả lời sẽ được cán bộ kiểm tra")).to_have_count(2)
    lan.get_by_role("button", name="Nhận người kế tiếp").click()
    held.get_by_role("button", name="Sửa rồi gửi").click()
    box = lan.get_by_role("textbox", name="Trả lời công dân")
    expect(box).to_have_value(re.compile(r"^Trợ cấp tính theo từng con\.\s+Nguồn: Điểm e mục 1 Công văn 999/BHXH-VP"))
    box.fill("Sinh đôi được trợ cấp cho cả hai con.")
    lan.keyboard.press("Enter")
    expect(citizen.locator(".message-person").last).to_contain_text("Sinh đôi được trợ cấp cho cả hai con.")
    expect(held).to_have_count(0)
