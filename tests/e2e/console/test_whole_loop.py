"""The whole loop of the product as it runs in service, in Chromium: two operators, a citizen on the web, one on Zalo.

Ask, abstain, handoff, claim race, reply, delivery, back to the assistant, close, satisfaction, report.
"""

import re

import pyotp
import pytest
from playwright.sync_api import expect

from app.clock import now
from desk.calendar.zone import in_vietnam
from tests.e2e.chat.scenes import ask
from tests.e2e.console_scenes import DESK, entries, rows, write
from tests.e2e.whole_product import ANSWER_SECONDS, START_SECONDS, WholeProduct
from tests.fakes.accounts import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.model]
QUESTION = "nghỉ sinh được mấy tháng"
UNANSWERABLE = "giá vàng hôm nay ở Cà Mau bao nhiêu một chỉ"
PERSON = "cho tôi gặp nhân viên"
SLOW_MS = ANSWER_SECONDS * 1_000


@pytest.fixture(scope="module")
def gateway(tmp_path_factory):
    """In place of the fake one of this folder: the same pages are opened on it."""
    product = WholeProduct(tmp_path_factory.mktemp("whole"))
    try:
        product.wait_for(product.is_ready, START_SECONDS)
        yield product
    finally:
        product.stop()


@pytest.fixture
def sign_in(open_page):
    def sign_in(login):
        page = open_page("/console", DESK)
        page.set_default_timeout(SLOW_MS)
        page.get_by_label("Tên đăng nhập").fill(login)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        return page

    return sign_in


def enrols(page):
    """A supervisor works only with an authenticator."""
    page.get_by_role("button", name="Bắt đầu cài").click()
    expect(page.get_by_label("Mã 6 số")).to_be_visible(timeout=SLOW_MS)  # a list of texts waits for nothing
    secret = "".join(page.locator(".secret span").all_inner_texts())
    page.get_by_label("Mã 6 số").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Xác nhận").click()
    page.wait_for_url("**/console/**")


def soon(locator):
    """The product answers in its own time."""
    expect(locator).to_be_visible(timeout=SLOW_MS)


def race(lan, minh):
    """Both have the conversation open and press at once; gives winner and loser."""
    for page in (lan, minh):
        rows(page, "waiting").first.get_by_role("link").click()
        expect(page.locator("#claim")).to_be_visible()
    lan.evaluate("document.querySelector('#claim').closest('form').requestSubmit()")
    minh.evaluate("document.querySelector('#claim').closest('form').requestSubmit()")
    has_it = re.compile("Anh/chị đang trả lời")
    lan.wait_for_timeout(1_500)
    winner, loser = (lan, minh) if lan.get_by_text(has_it).count() else (minh, lan)
    expect(winner.get_by_text(has_it)).to_be_visible()
    expect(loser.get_by_text(has_it)).to_have_count(0)
    return winner, loser


def test_from_a_question_to_the_report(gateway, sign_in, open_page, shoot):
    lan, minh, citizen = sign_in("lan"), sign_in("minh"), open_page("/")
    citizen.set_default_timeout(SLOW_MS)

    for page in (lan, minh):
        page.wait_for_selector("html[data-ready]")
    ask(citizen, QUESTION)
    soon(citizen.locator(".message-assistant a[href*='/hoi-dap/'], .message-assistant a[href*='/van-ban/']").first)
    ask(citizen, UNANSWERABLE)
    ask(citizen, PERSON)
    soon(citizen.get_by_text("vị trí số 1"))

    expect(rows(lan, "waiting")).to_have_count(1)
    winner, loser = race(lan, minh)
    soon(citizen.get_by_text("đã vào cuộc trò chuyện"))
    assert citizen.get_by_text("đã vào cuộc trò chuyện").count() == 1
    expect(entries(winner, "citizen")).to_have_count(3)

    gateway.zalo_says(QUESTION)
    gateway.zalo_hears("Nguồn:")
    gateway.zalo_says(PERSON)
    gateway.zalo_hears("vị trí số 1")
    expect(rows(loser, "waiting")).to_have_count(1, timeout=SLOW_MS)
    loser.get_by_role("button", name="Nhận người kế tiếp").click()
    soon(loser.get_by_text("Anh/chị đang trả lời"))
    gateway.zalo_hears("đã vào cuộc trò chuyện")

    write(winner, "Chào anh/chị trên trang web.")
    soon(citizen.get_by_text("Chào anh/chị trên trang web."))
    write(loser, "Chào anh/chị trên Zalo.")
    gateway.zalo_hears("Chào anh/chị trên Zalo.")
    soon(loser.locator("#log .entry-operator").get_by_text(re.compile("Đã gửi|Đã đến")))
    assert not any("trang web" in text for text in gateway.zalo_got())
    ask(citizen, "Tôi hỏi thêm cán bộ một câu")
    soon(winner.locator("#log").get_by_text("Tôi hỏi thêm cán bộ một câu"))
    shoot(winner, "whole-loop-talk")

    winner.locator("#give-back").click()
    soon(citizen.get_by_text("Trợ lý tự động tiếp tục hỗ trợ anh/chị"))
    answered = citizen.locator(".message-assistant").count()
    ask(citizen, QUESTION)
    citizen.wait_for_function(
        "count => document.querySelectorAll('.message-assistant').length > count", arg=answered, timeout=SLOW_MS
    )

    loser.locator("#close").click()
    loser.get_by_role("dialog").get_by_label("Đã trả lời xong").check()
    loser.get_by_role("dialog").get_by_role("button", name="Kết thúc").click()
    gateway.zalo_hears("Cuộc trò chuyện với cán bộ đã kết thúc")
    gateway.zalo_hears("hài lòng với phần hỗ trợ của cán bộ")
    gateway.zalo_says("5")
    gateway.zalo_hears("Cảm ơn anh/chị đã đánh giá 5/5")

    chief = sign_in("truong")
    enrols(chief)
    chief.goto(f"{gateway.url}/console/report?month={in_vietnam(now()):%Y-%m}")
    report = chief.locator("main")
    expect(report).to_contain_text("Zalo")
    expect(report).to_contain_text("83")
    shoot(chief, "whole-loop-report")
