"""What a channel does not take: limits shown, failed messages said again, foreign links stopped."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from connectors.outgoing import NotSent, SendFailure
from tests.e2e.chat.test_chat_accessibility import STANDARDS
from tests.e2e.console_scenes import DESK, WANTS_PERSON, entries, write
from tests.fakes.console import SUGGESTED

pytestmark = pytest.mark.browser
TALL = {"width": 820, "height": 1180}
FAILED, LOST = NotSent(SendFailure.PERMANENT, "-240"), NotSent(SendFailure.UNKNOWN, "ReadTimeout")


def assert_accessible(page):
    results = Axe().run(page, options=STANDARDS)
    assert results.violations_count == 0, results.generate_report()


@pytest.fixture
def claimed(gateway, operator):
    """Lan's desk with a citizen of Zalo, at the size asked for."""

    def claim(viewport=DESK):
        gateway.dialogue.will(WANTS_PERSON)
        gateway.hears("an", 1, "Tôi muốn rút BHXH một lần")
        lan = operator("lan", viewport)
        lan.get_by_role("button", name="Nhận người kế tiếp").click()
        lan.wait_for_selector("#give-back")
        lan.wait_for_selector("html[data-ready]")
        return lan

    return claim


def box(page):
    return page.get_by_role("textbox", name="Trả lời công dân")


@pytest.mark.parametrize("viewport", [DESK, TALL], ids=["desk", "tablet"])
def test_what_failed_is_said_again_once(gateway, claimed, shoot, viewport):
    lan = claimed(viewport)
    gateway.channel.will("an", FAILED)
    write(lan, "Anh cho biết năm sinh ạ?")
    expect(lan.get_by_text("Kênh từ chối tin này.")).to_be_visible()
    assert_accessible(lan)
    shoot(lan, f"console-failed-{viewport['width']}")
    lan.get_by_role("button", name="Gửi lại").dblclick()
    expect(entries(lan, "operator")).to_have_count(2)
    expect(lan.get_by_text("Đã gửi lại bằng tin khác.")).to_be_visible()
    expect(lan.locator(".delivery-sent")).to_have_count(1)
    assert gateway.channel.texts("an").count("Anh cho biết năm sinh ạ?") == 1


def test_what_may_have_arrived_is_said_again_knowingly(gateway, claimed, shoot):
    lan = claimed()
    gateway.channel.will("an", LOST)
    write(lan, "Đã đến chưa ạ?")
    expect(lan.get_by_text("Công dân có thể đã nhận được tin này.")).to_be_visible()
    shoot(lan, "console-unknown")
    lan.get_by_role("button", name="Gửi lại").click()
    assert entries(lan, "operator").count() == 1
    lan.get_by_label("Vẫn gửi, dù công dân có thể nhận hai lần").check()
    lan.get_by_role("button", name="Gửi lại").click()
    expect(entries(lan, "operator")).to_have_count(2)
    expect(lan.locator(".delivery-sent")).to_have_count(1)


@pytest.mark.parametrize("viewport", [DESK, TALL], ids=["desk", "tablet"])
def test_free_replies_are_counted_down(gateway, claimed, shoot, viewport):
    lan = claimed(viewport)
    # The assistant, the queue's sentence and the greeting of the desk count as well.
    expect(lan.locator("#talk-limits")).to_contain_text("còn 5/8 tin miễn phí")
    for number in range(3):
        write(lan, f"Ý thứ {number}")
        expect(entries(lan, "operator")).to_have_count(number + 1)
        expect(lan.locator(".delivery-sent")).to_have_count(number + 1)
    expect(lan.locator("#talk-limits")).to_contain_text("chỉ còn 2 tin miễn phí")
    box(lan).fill("a" * 4_000)
    expect(lan.locator("#reply-count")).to_contain_text("quá số tin miễn phí còn lại (2)")
    shoot(lan, f"console-few-{viewport['width']}")
    assert_accessible(lan)
    gateway.hears("an", 2, "Vâng")
    expect(lan.locator("#talk-limits")).to_contain_text("còn 8/8 tin miễn phí")


def test_a_foreign_link_is_stopped_and_the_words_stay(gateway, claimed, shoot):
    lan = claimed()
    write(lan, "Anh/chị vào https://bhxh-gov.top/nhan-tien nhé")
    expect(lan.locator("#reply-error")).to_contain_text("bhxh-gov.top/nhan-tien")
    shoot(lan, "console-link")
    assert_accessible(lan)
    expect(box(lan)).to_have_value("Anh/chị vào https://bhxh-gov.top/nhan-tien nhé")
    write(lan, "Anh/chị vào https://dichvucong.baohiemxahoi.gov.vn nhé")
    expect(entries(lan, "operator")).to_have_count(1)
    expect(lan.locator("#reply-error")).to_be_hidden()


@pytest.mark.parametrize("viewport", [DESK, TALL], ids=["desk", "tablet"])
def test_suggestions_are_searched_and_put_behind_what_was_written(claimed, shoot, viewport):
    lan = claimed(viewport)
    box(lan).fill("Chào anh/chị.")
    lan.locator("#suggest").click()
    words = lan.get_by_role("searchbox", name="Tìm gợi ý theo từ khóa")
    expect(words).to_have_value("Tôi muốn rút BHXH một lần")
    assert_accessible(lan)
    shoot(lan, f"console-suggestions-{viewport['width']}")
    words.fill("chuyện khác")
    words.press("Enter")
    expect(lan.get_by_text("Chưa tìm được gợi ý phù hợp.")).to_be_visible()
    words.fill("một lần")
    words.press("Enter")
    lan.get_by_role("button", name="Chèn gợi ý").click()
    expect(box(lan)).to_have_value(f"Chào anh/chị.\n\n{SUGGESTED.whole}")
    lan.locator("#suggest").click()
    words.press("Escape")
    expect(lan.locator("#suggestions")).to_be_hidden()
    expect(box(lan)).to_be_focused()
