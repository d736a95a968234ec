"""The simulator's page in a real browser, with a test in the place of the product."""

import json
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from tests.browser import browser_path
from tests.channel_servers import TelegramServer, ZaloBotServer, ZaloOaServer, serving_in_thread
from tests.channel_servers.page_door import build_page
from tests.channel_servers.product_health import ProductHealth

pytestmark = pytest.mark.browser
SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
OA_CITIZEN, TELEGRAM_CITIZEN = "246845883529197901", "900000001"


@pytest.fixture(scope="module")
def browser():
    executable = browser_path()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield chromium
        chromium.close()


class Simulator:
    """The page's address and the servers behind it."""

    def __init__(self):
        self.oa, self.bot, self.telegram = ZaloOaServer(), ZaloBotServer(), TelegramServer()
        self.servers = (self.oa, self.bot, self.telegram)

    def answer_on_zalo(self, text, *buttons):
        message = {"text": text}
        if buttons:
            shaped = [{"title": title, "type": "oa.query.show", "payload": title} for title in buttons]
            message["attachment"] = {"type": "template", "payload": {"buttons": shaped}}
        body = {"recipient": {"user_id": OA_CITIZEN}, "message": message}
        headers = {"access_token": self.oa.account.access_token}
        answer = httpx.post(f"{self.oa.url}/v3.0/oa/message/cs", json=body, headers=headers, trust_env=False)
        assert answer.json()["error"] == 0

    def answer_on_telegram(self, text, *buttons):
        rows = [[{"text": title, "callback_data": f"o1.{number}"}] for number, title in enumerate(buttons, 1)]
        markup = json.dumps({"inline_keyboard": rows})
        form = {"chat_id": TELEGRAM_CITIZEN, "text": text, "reply_markup": markup}
        url = f"{self.telegram.url}/bot{self.telegram.account.token}/sendMessage"
        assert httpx.post(url, data=form, trust_env=False).status_code == 200


@pytest.fixture
def simulator():
    simulator = Simulator()
    page = build_page(simulator.servers, ProductHealth("http://127.0.0.1:9"))
    with serving_in_thread(*simulator.servers, page=page) as listener:
        simulator.url = f"http://127.0.0.1:{listener.port}/"
        yield simulator


@pytest.fixture
def open_page(browser, simulator):
    contexts, problems = [], []

    def open_at(viewport=DESKTOP):
        context = browser.new_context(viewport=viewport, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
        context.set_default_timeout(8_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(simulator.url)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not problems


def shoot(page, name):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"simulator-{name}.png", animations="disabled")


def say(page, channel, text):
    field = page.get_by_label(f"Tin nhắn gửi {channel}")
    field.fill(text)
    field.press("Enter")


def test_a_citizen_writes_and_presses_a_button(simulator, open_page):
    page = open_page()
    phone = page.locator(".phone.zalo_oa")
    say(page, "Zalo OA", "nghỉ sinh được mấy tháng")
    expect(phone.locator(".citizen .bubble")).to_have_text("nghỉ sinh được mấy tháng")
    simulator.answer_on_zalo("Ý anh/chị là…?", "Thai sản", "Ốm đau")
    phone.get_by_role("button", name="Ốm đau").click()
    expect(phone.locator(".citizen .bubble")).to_have_count(2)
    assert [said.text for said in simulator.oa.said] == ["nghỉ sinh được mấy tháng", "Ốm đau"]
    shoot(page, "desktop")


def test_a_telegram_button_is_pressed_by_keyboard(simulator, open_page):
    page = open_page()
    say(page, "Telegram", "chào")
    expect(page.locator(".phone.telegram .citizen")).to_have_count(1)
    simulator.answer_on_telegram("Gặp cán bộ?", "Có", "Không")
    button = page.locator(".phone.telegram").get_by_role("button", name="Không")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".phone.telegram .citizen .bubble").last).to_have_text("Không")
    assert simulator.telegram.said[-1].text == "o1.2"


def test_following_a_picture_and_a_long_text(simulator, open_page):
    page = open_page()
    phone = page.locator(".phone.zalo_oa")
    phone.get_by_role("button", name="Quan tâm").click()
    expect(phone.get_by_role("button", name="Bỏ quan tâm")).to_be_visible()
    phone.get_by_role("button", name="Gửi ảnh").click()
    phone.get_by_role("button", name="Văn bản dài").click()
    expect(phone.locator(".citizen")).to_have_count(2)
    phone.get_by_role("button", name="Bỏ quan tâm").click()
    expect(phone.locator(".event")).to_have_count(2)
    assert [said.kind for said in simulator.oa.said] == ["follow", "image", "text", "unfollow"]


def test_a_fault_is_switched_on_and_off(simulator, open_page):
    page = open_page()
    page.get_by_role("button", name="Sự cố").click()
    box = page.get_by_role("group", name="Telegram").get_by_label("Mất kết nối")
    with page.expect_response("**/faults"):
        box.check()
    expect(box).to_be_checked()
    with pytest.raises(httpx.TransportError):
        httpx.post(f"{simulator.telegram.url}/bot{simulator.telegram.account.token}/getMe", trust_env=False)
    shoot(page, "faults")
    with page.expect_response("**/faults"):
        box.uncheck()
    expect(box).not_to_be_checked()
    with page.expect_response("**/faults"):
        page.get_by_role("group", name="Zalo OA").get_by_role("button", name="Hết hạn token").click()
    assert [fault.kind for fault in simulator.oa.faults.waiting] == ["token_expired"]
    assert simulator.telegram.faults.waiting == []


def test_a_small_window_shows_one_phone_and_nothing_is_cut(simulator, open_page):
    page = open_page(PHONE)
    say(page, "Zalo OA", "chào")
    expect(page.locator(".phone.telegram")).to_be_hidden()
    page.get_by_role("button", name="Telegram", exact=True).click()
    expect(page.locator(".phone.telegram")).to_be_visible()
    simulator.answer_on_zalo("Chào anh/chị")
    expect(page.get_by_label("có tin mới")).to_be_visible()
    page.get_by_role("button", name="Zalo OA").click()
    expect(page.get_by_label("có tin mới")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    shoot(page, "phone")


def test_another_citizen_has_other_chats(simulator, open_page):
    page = open_page()
    say(page, "Zalo OA", "tôi là người thứ nhất")
    expect(page.locator(".citizen")).to_have_count(1)
    page.get_by_label("Người dân").select_option("2")
    expect(page.locator(".citizen")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("Sản phẩm chưa sẵn sàng")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_page_breaks_no_rule_of_accessibility(simulator, open_page, viewport):
    page = open_page(viewport)
    say(page, "Zalo OA", "chào")
    expect(page.locator(".phone.zalo_oa .citizen")).to_have_count(1)
    simulator.answer_on_zalo("Ý anh/chị là…?", "Thai sản")
    expect(page.get_by_role("button", name="Thai sản")).to_be_visible()
    page.get_by_role("button", name="Sự cố").click()
    violations = Axe().run(page).response["violations"]
    assert not violations, [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations]
