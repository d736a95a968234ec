"""A supervisor in a browser: the live board, giving a conversation to somebody, the switch, what went wrong."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from connectors.message import Reply
from connectors.outgoing import NotSent, SendFailure
from desk.accounts.role import Role
from desk.alert import Alert, raise_alert
from desk.database import writing
from tests.e2e.chat.scenes import ask
from tests.e2e.chat.test_chat_accessibility import STANDARDS
from tests.e2e.console_scenes import DESK, ask_for_person, rows
from tests.fakes.console import add_colleague
from tests.fakes.gateway import now

pytestmark = pytest.mark.browser
SOON_MS = 12_000
"""The board looks every few seconds; the machine may be busy."""
UPRIGHT = {"width": 820, "height": 1180}
REASON = "Trợ lý trả lời sai về mức đóng, đang kiểm tra"


@pytest.fixture
def chief(gateway):
    add_colleague(gateway.engine, "hoa", "Nguyễn Thị Hoa", (Role.SUPERVISOR,))
    return "hoa"


def board_of(page, gateway):
    page.goto(gateway.url + "/console/board")
    page.wait_for_selector("html[data-ready] #board")
    return page


def assert_accessible(page):
    results = Axe().run(page, options=STANDARDS)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def busy_morning(gateway, citizen):
    """Three who wait, one for long; a message that never arrived; an alert."""
    gateway.dialogue.will(Reply("Theo quy định…", "answered"), Reply("Chưa rõ.", "unanswerable_low_score"))
    ask(citizen, "Mức đóng BHYT?")
    ask(citizen, "Tuổi nghỉ hưu?")
    ask_for_person(gateway, citizen)
    expect(citizen.get_by_text("vị trí số 1")).to_be_visible()
    for name, reason in (("binh", "scam"), ("chi", "late_dossier")):
        gateway.dialogue.will(Reply("Vâng.", "handed_off_requested", handoff=reason))
        gateway.hears(name, 1, "Xin gặp cán bộ")
        while not gateway.channel.texts(name):
            citizen.wait_for_timeout(50)
    gateway.channel.will("dung", NotSent(SendFailure.PERMANENT, "-211"))
    gateway.hears("dung", 1, "Câu hỏi")
    with writing(gateway.engine) as connection:
        raise_alert(connection, Alert("zalo_oa", "main", "token_refresh_failed", "-118"), now())


def test_the_board_lives_and_a_conversation_is_given_to_somebody(gateway, open_page, operator, chief, shoot):
    citizen, lan = open_page("/"), operator("lan")
    hoa = board_of(operator(chief), gateway)
    expect(hoa.get_by_text("Hiện không có công dân nào chờ.")).to_be_visible()
    ask_for_person(gateway, citizen)
    expect(hoa.get_by_role("link", name="Phân công cuộc trò chuyện #1")).to_be_visible(timeout=SOON_MS)
    hoa.get_by_role("link", name="Phân công cuộc trò chuyện #1").click()
    hoa.get_by_label("Trần Thị Lan").check()
    shoot(hoa, "console-reassign")
    hoa.get_by_role("button", name="Phân công").click()
    expect(hoa.get_by_text("Đã phân công cuộc trò chuyện.")).to_be_visible()
    expect(citizen.get_by_text("Cán bộ Lan đã vào cuộc trò chuyện")).to_be_visible()
    expect(rows(lan, "mine")).to_have_count(1)
    expect(lan.get_by_text("Anh/chị vừa được phân công một cuộc trò chuyện.")).to_be_visible()
    hoa.get_by_role("link", name="Giao người khác cuộc trò chuyện #1").click()
    hoa.get_by_label("Nguyễn Thị Hoa (tôi)").check()
    hoa.get_by_role("button", name="Phân công").click()
    expect(rows(lan, "mine")).to_have_count(0)
    expect(citizen.get_by_text("Cán bộ Hoa đã vào cuộc trò chuyện")).to_be_visible()


def test_the_assistant_is_switched_off_on_a_channel_and_on_again(gateway, open_page, operator, chief, shoot):
    hoa = operator(chief)
    hoa.goto(gateway.url + "/console/channels")
    web = hoa.locator(".channel").filter(has_text="Trang web")
    web.get_by_text("Tạm dừng trợ lý").click()
    web.get_by_label("Lý do").fill(REASON)
    web.get_by_label("Tôi hiểu rằng").check()
    shoot(hoa, "console-channels-off")
    web.get_by_role("button", name="Tạm dừng").click()
    expect(hoa.get_by_text("Đã tạm dừng trợ lý trên kênh này.")).to_be_visible()
    citizen = open_page("/")
    ask(citizen, "Lương hưu tính thế nào?")
    expect(citizen.get_by_text("Trợ lý tự động đang tạm dừng trên kênh này")).to_be_visible()
    gateway.office.is_now(operators_online=0)
    other = open_page("/")
    ask(other, "Cứu tôi với, gọi cấp cứu giúp")
    expect(other.locator(".emergency-call:visible")).to_have_count(1)
    expect(other.get_by_text("BHXH-2345-6789")).to_be_visible()
    expect(other.locator(".offer-ticket:visible")).to_have_count(1)
    shoot(other, "chat-assistant-off")
    gateway.office.is_now()
    board_of(hoa, gateway)
    expect(hoa.get_by_text("Trợ lý đang tạm dừng trên kênh Trang web")).to_be_visible()
    hoa.get_by_role("link", name="Xem và bật lại").click()
    web = hoa.locator(".channel").filter(has_text="Trang web")
    web.get_by_text("Bật lại trợ lý").click()
    web.get_by_label("Lý do").fill("Đã sửa")
    expect(web.get_by_label("Giao lại cho trợ lý 1 công dân")).to_be_checked()
    web.get_by_label("Tôi xác nhận").check()
    web.get_by_role("button", name="Bật lại").click()
    expect(citizen.get_by_text("Trợ lý tự động đã hoạt động trở lại")).to_be_visible()
    ask(citizen, "Lương hưu?")
    expect(citizen.get_by_text("echo: Lương hưu?")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, UPRIGHT], ids=["desk", "tablet"])
def test_axe_finds_nothing_on_any_page_of_supervision(gateway, open_page, operator, chief, shoot, viewport, scheme):
    citizen, lan = open_page("/"), operator("lan")
    hoa = board_of(operator(chief, viewport, color_scheme=scheme, reduced_motion="reduce"), gateway)
    assert_accessible(hoa)
    shoot(hoa, f"console-board-empty-{viewport['width']}-{scheme}")
    busy_morning(gateway, citizen)
    lan.get_by_role("button", name="Nhận người kế tiếp").click()
    expect(hoa.get_by_text("1 cuộc", exact=True)).to_be_visible(timeout=SOON_MS)
    expect(hoa.get_by_text("Không gia hạn được mã truy cập Zalo OA").first).to_be_visible(timeout=SOON_MS)
    assert_accessible(hoa)
    hoa.screenshot(path=f"var/screenshots/console-board-{viewport['width']}-{scheme}.png", full_page=True)
    for path, name in (
        ("/console/board/breaches", "breaches"),
        ("/console/channels", "channels"),
        ("/console/dead-letters", "letters"),
    ):
        hoa.goto(gateway.url + path)
        for summary in hoa.locator("details.switch summary, details.drop summary").all():
            summary.click()
        assert_accessible(hoa)
        shoot(hoa, f"console-{name}-{viewport['width']}-{scheme}")
    hoa.goto(gateway.url + "/console/board")
    hoa.get_by_role("button", name="Đã xử lý").click()
    expect(hoa.get_by_text("Không có cảnh báo nào đang mở.")).to_be_visible()


def test_what_did_not_arrive_is_sent_again(gateway, open_page, operator, chief):
    gateway.channel.will("dung", NotSent(SendFailure.PERMANENT, "-211"))
    gateway.hears("dung", 1, "Số của tôi là 001234567890")
    hoa = operator(chief)
    while not gateway.channel.calls:
        hoa.wait_for_timeout(50)
    hoa.wait_for_timeout(200)
    hoa.goto(gateway.url + "/console/dead-letters")
    expect(hoa.locator(".letter-words")).to_have_text("echo: Số của tôi là [số CCCD]")
    hoa.get_by_role("button", name="Xem đầy đủ").click()
    expect(hoa.locator(".letter-words")).to_contain_text("[số CCCD]")
    hoa.get_by_role("button", name="Gửi lại").click()
    expect(hoa.get_by_text("Đã đưa tin vào gửi lại.")).to_be_visible()
    while not gateway.channel.texts("dung"):
        hoa.wait_for_timeout(50)
    assert gateway.channel.texts("dung") == ["echo: Số của tôi là [số CCCD]"]
