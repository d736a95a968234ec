"""By keyboard alone, with a screen reader, with little motion: axe-core finds nothing, and every step can be walked."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.chat.conftest import DESKTOP, PHONE
from tests.e2e.chat.scenes import (
    ABSTENTION,
    CITED_ANSWER,
    CLARIFICATION,
    EMERGENCY,
    QUESTION,
    ask,
    assistant_messages,
    composer,
    open_form,
)

pytestmark = pytest.mark.browser
STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PATHS = ["/van-ban/999-BHXH-VP?doan=1.e", "/van-ban/24-QD-BHXH?doan=III.3.a", "/hoi-dap/cap-lai-the", "/khong-co"]
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
LOOKS = pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
"""Colours depend on the scheme and places on the window: each is looked at once."""


def assert_accessible(page):
    results = Axe().run(page, options=STANDARDS)
    assert results.violations_count == 0, results.generate_report()


@LOOKS
def test_axe_finds_nothing_in_a_conversation(open_page, site, viewport, scheme):
    site.backend.answers |= {QUESTION: [CITED_ANSWER], "khẩn": [EMERGENCY], "lạ": [ABSTENTION], "thẻ": [CLARIFICATION]}
    page = open_page(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    assert_accessible(page)
    for count, words in enumerate((QUESTION, "khẩn", "lạ", "thẻ"), start=1):
        ask(page, words)
        expect(assistant_messages(page)).to_have_count(count)
    assert_accessible(page)


@SCHEMES
def test_axe_finds_nothing_in_a_message_not_sent(open_page, site, scheme):
    site.backend.refusals = [(422, "Không nhận được.")]
    page = open_page(color_scheme=scheme, reduced_motion="reduce")
    ask(page, "sai")
    expect(page.get_by_text("Không nhận được.")).to_be_visible()
    composer(page).fill("001300000000" + "a" * 2_000)
    assert_accessible(page)


@SCHEMES
def test_axe_finds_nothing_in_the_form_and_its_errors(open_page, scheme):
    page = open_page(color_scheme=scheme)
    open_form(page)
    page.get_by_role("button", name="Gửi lời nhắn").click()
    expect(page.get_by_label("Họ và tên")).to_be_focused()
    assert_accessible(page)


@SCHEMES
def test_axe_finds_nothing_in_the_panel(open_page, site, scheme):
    site.backend.answers[QUESTION] = [CITED_ANSWER]
    page = open_page(color_scheme=scheme)
    ask(page, QUESTION)
    page.get_by_role("link", name="Điểm e mục 1").click()
    expect(page.locator(".is-cited")).to_be_in_viewport()
    assert_accessible(page)


@LOOKS
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_on_the_other_pages(open_page, path, viewport, scheme):
    assert_accessible(open_page(path, viewport=viewport, color_scheme=scheme))


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText.trim()")


def tab_to(page, name, limit=40):
    for _ in range(limit):
        page.keyboard.press("Tab")
        if focused(page).startswith(name):
            return
    raise AssertionError(f"Tab does not lead to {name}")


def test_a_whole_visit_by_keyboard_alone(chat, site):
    site.backend.answers |= {QUESTION: [CITED_ANSWER], "thẻ": [CLARIFICATION]}
    keyboard = chat.keyboard
    keyboard.press("Tab")
    assert focused(chat) == "Đến ô nhập câu hỏi"
    keyboard.press("Enter")
    expect(composer(chat)).to_be_focused()
    keyboard.type(QUESTION)
    keyboard.press("Enter")
    expect(assistant_messages(chat)).to_have_count(1)
    expect(composer(chat)).to_be_focused()
    for _ in range(2):
        keyboard.press("Shift+Tab")
    keyboard.press("Enter")
    expect(chat.get_by_role("button", name="Có ích", exact=True)).to_have_attribute("aria-pressed", "true")
    for _ in range(2):
        keyboard.press("Shift+Tab")
    assert focused(chat).startswith("Điểm e mục 1")
    keyboard.press("Enter")
    expect(chat.get_by_role("complementary", name="Văn bản được dẫn")).to_be_visible()
    keyboard.press("Escape")
    assert focused(chat).startswith("Điểm e mục 1")
    tab_to(chat, "Gửi")
    keyboard.press("Shift+Tab")
    keyboard.type("thẻ")
    keyboard.press("Enter")
    expect(chat.locator(".quick-replies")).to_be_visible()
    keyboard.press("Shift+Tab")
    assert focused(chat) == CLARIFICATION["buttons"][1]["title"]
    keyboard.press("Enter")
    expect(assistant_messages(chat)).to_have_count(3)
    expect(composer(chat)).to_be_focused()


def test_the_form_for_a_person_by_keyboard_alone(chat, site):
    chat.keyboard.press("Tab")
    tab_to(chat, "Gặp cán bộ")
    chat.keyboard.press("Enter")
    expect(chat.get_by_role("button", name="Để lại cách liên hệ")).to_be_visible()
    tab_to(chat, "Để lại cách liên hệ")
    chat.keyboard.press("Enter")
    expect(chat.get_by_label("Họ và tên")).to_be_focused()
    chat.keyboard.type("Nguyễn Thị Thử")
    chat.keyboard.press("Tab")
    chat.keyboard.type("0900000000")
    chat.keyboard.press("Tab")
    chat.keyboard.type("Câu hỏi thử")
    tab_to(chat, "Gửi lời nhắn")
    chat.keyboard.press("Enter")
    expect(chat.get_by_role("heading", name="Đã ghi nhận lời nhắn")).to_be_focused()
    chat.keyboard.press("Escape")
    expect(chat.get_by_role("button", name="Để lại cách liên hệ")).to_be_focused()


def test_every_stop_of_the_tab_key_is_visible(open_page, site):
    site.backend.answers[QUESTION] = [CITED_ANSWER]
    page = open_page()
    ask(page, QUESTION)
    expect(assistant_messages(page)).to_have_count(1)
    seen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(
            """() => {
                const element = document.activeElement;
                if (element === document.body) return null;
                const frame = element.id === "composer-text" ? element.parentElement : element;
                const style = getComputedStyle(frame);
                return [element.outerHTML.slice(0, 60), style.outlineStyle !== "none" || style.boxShadow !== "none"];
            }"""
        )
        if style:
            seen.append(style)
    assert len(seen) > 10
    assert [element for element, visible in seen if not visible] == []


def test_new_messages_are_announced_and_old_ones_are_not(chat):
    ask(chat, "một")
    expect(assistant_messages(chat)).to_have_count(1)
    log = chat.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    chat.add_init_script(
        """document.addEventListener("DOMContentLoaded", () => {
            window.liveWhenAdded = [];
            const log = document.getElementById("log");
            const note = () => window.liveWhenAdded.push(log.getAttribute("aria-live"));
            new MutationObserver(note).observe(log, { childList: true });
        })"""
    )
    chat.reload()
    expect(assistant_messages(chat)).to_have_count(1)
    expect(log).to_have_attribute("aria-live", "polite")
    assert chat.evaluate("window.liveWhenAdded") == ["off"]


def test_nothing_moves_for_those_who_asked_for_less_motion(open_page, site):
    site.backend.answering = False
    page = open_page(reduced_motion="reduce")
    ask(page, "hỏi")
    expect(page.locator("#typing")).to_be_visible()
    assert page.evaluate("document.getAnimations().length") == 0


def test_controls_are_large_enough_for_a_thumb(open_page, site):
    site.backend.answers |= {QUESTION: [CITED_ANSWER | CLARIFICATION]}
    page = open_page(viewport=PHONE)
    ask(page, QUESTION)
    expect(assistant_messages(page)).to_have_count(1)
    sizes = page.evaluate(
        """() => [...document.querySelectorAll("button, .button")]
            .map((element) => [element.outerHTML.slice(0, 60), element.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0)
            .map(([words, box]) => [words, Math.min(box.width, box.height)])"""
    )
    assert len(sizes) > 5
    assert [words for words, size in sizes if size < 36] == []
