"""axe-core finds nothing on any page, at a desk and on a tablet; hostile words stay words."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from connectors.message import Citation, Reply
from tests.e2e.chat.scenes import CITATION, ask
from tests.e2e.chat.test_chat_accessibility import STANDARDS
from tests.e2e.console_scenes import DESK, TABLET, ask_for_person, entries, rows, write

pytestmark = pytest.mark.browser
HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> javascript:alert(1)'


def assert_accessible(page):
    results = Axe().run(page, options=STANDARDS)
    assert results.violations_count == 0, results.generate_report()


# Colours depend on the scheme and places on the window: each is looked at once.
@pytest.mark.parametrize(("viewport", "scheme"), [(TABLET, "light"), (DESK, "dark")], ids=["tablet", "desk"])
def test_axe_finds_nothing(gateway, open_page, operator, shoot, viewport, scheme):
    sign_in = open_page("/console", viewport, color_scheme=scheme, reduced_motion="reduce")
    assert_accessible(sign_in)
    citizen = open_page("/")
    gateway.dialogue.will(Reply("Trả lời.", "answered", (Citation(**CITATION),)))
    ask(citizen, "Hỏi, số của tôi 001234567890")
    ask_for_person(gateway, citizen)
    expect(citizen.get_by_text("vị trí số 1")).to_be_visible()
    lan = operator("lan", viewport, color_scheme=scheme, reduced_motion="reduce")
    expect(rows(lan, "waiting")).to_have_count(1)
    assert_accessible(lan)
    lan.get_by_role("button", name="Nhận người kế tiếp").click()
    lan.wait_for_selector("#give-back")
    lan.wait_for_selector("html[data-ready]")
    write(lan, "Chào anh/chị.")
    expect(entries(lan, "operator")).to_have_count(1)
    lan.locator("#tab-note").click()
    lan.get_by_role("textbox", name="Ghi chú nội bộ, công dân không thấy").fill("Ghi chú.")
    lan.get_by_role("button", name="Lưu ghi chú").click()
    expect(entries(lan, "note")).to_have_count(1)
    assert_accessible(lan)
    lan.locator("#tab-reply").click()
    lan.get_by_role("textbox", name="Trả lời công dân").press_sequentially("/")
    expect(lan.locator(".canned-option").first).to_be_visible()
    assert_accessible(lan)
    shoot(lan, f"console-{viewport['width']}-{scheme}")
    assert lan.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    lan.keyboard.press("Escape")
    for opener in ("#forward", "#close", "#open-help"):
        lan.locator(opener).click()
        expect(lan.locator("dialog[open]")).to_be_visible()
        assert_accessible(lan)
        lan.keyboard.press("Escape")
    for path in ("/console/canned", "/console/password", "/console/authenticator", "/console/conversations/999"):
        lan.goto(gateway.url + path)
        assert_accessible(lan)


def test_hostile_words_stay_words(gateway, open_page, operator):
    citizen = open_page("/")
    ask(citizen, HOSTILE)
    ask_for_person(gateway, citizen)
    expect(citizen.get_by_text("vị trí số 1")).to_be_visible()
    lan = operator("lan")
    lan.get_by_role("button", name="Nhận người kế tiếp").click()
    lan.wait_for_selector("#give-back")
    lan.wait_for_selector("html[data-ready]")
    ask(citizen, HOSTILE)
    expect(entries(lan, "citizen")).to_have_count(3)
    expect(lan.locator("#log").get_by_text("<img src=x").first).to_be_visible()
    write(lan, HOSTILE)  # stopped: no operator sends such an address
    expect(lan.locator("#reply-error")).to_contain_text("javascript:alert(1")
    write(lan, HOSTILE.partition(" javascript:")[0])
    expect(citizen.locator(".message-person")).to_contain_text("<img src=x")
    for page in (lan, citizen):
        assert page.evaluate("window.hacked") is None
        assert page.locator("#log img, #log script").count() == 0
