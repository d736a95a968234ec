"""What the agency announces above the conversation: it comes without a reload, is closed for good, and goes away."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.chat.conftest import DESKTOP, PHONE
from tests.e2e.chat.scenes import CITED_ANSWER, QUESTION, ask, assistant_messages

pytestmark = pytest.mark.browser
NEW_LAW = {
    "id": "1-1",
    "title": "Mức tham chiếu mới từ 01/01/2027",
    "text": "Các khoản trợ cấp tính theo mức tham chiếu được điều chỉnh. Anh/chị hỏi tại đây để biết mức đang áp dụng.",
    "link": "https://baohiemxahoi.gov.vn/tin",
}
CLOSING = {"id": "2-1", "title": "Nghỉ Tết", "text": "Bộ phận một cửa nghỉ từ 16/02.", "link": ""}
TWO_MINUTES = 120_000


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_it_is_shown_closed_for_good_and_goes_when_it_is_over(open_page, site, shoot, viewport):
    site.backend.announcements = [NEW_LAW]
    site.backend.answers = {QUESTION: [CITED_ANSWER]}
    page = open_page(viewport=viewport, reduced_motion="reduce")
    board = page.get_by_role("status", name="Thông báo của cơ quan bảo hiểm xã hội")
    expect(board.get_by_role("heading")).to_have_text([NEW_LAW["title"]])
    expect(board.get_by_role("link", name="Xem chi tiết")).to_have_attribute("href", NEW_LAW["link"])
    ask(page, QUESTION)
    expect(assistant_messages(page)).to_have_count(1)
    assert Axe().run(page).response["violations"] == []
    shoot(page, f"announcement-{viewport['width']}")
    page.get_by_role("button", name=f"Ẩn thông báo: {NEW_LAW['title']}").click()
    expect(board).to_be_hidden()
    page.reload()
    expect(page.locator("#composer-text")).to_be_visible()
    expect(board).to_be_hidden()


def test_a_new_one_comes_without_a_reload_and_markup_in_it_stays_text(open_page, site):
    page = open_page("/khong-co")
    page.clock.install()
    page.goto(site.url)
    board = page.locator("#announcements")
    expect(page.locator("#composer-text")).to_be_visible()
    expect(board).to_be_hidden()
    site.backend.announcements = [{**CLOSING, "title": "<b>Nghỉ Tết</b>", "link": "javascript:alert(1)"}]
    page.clock.fast_forward(TWO_MINUTES)
    expect(board.get_by_role("heading")).to_have_text("<b>Nghỉ Tết</b>")
    expect(board.get_by_role("link")).to_have_count(0)
    site.backend.announcements = []
    page.clock.fast_forward(TWO_MINUTES)
    expect(board).to_be_hidden()
