"""What fits on a phone and on a desk, and what always stays in reach."""

import pytest
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
    shown,
)

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
DARK = {"color_scheme": "dark"}


def name(viewport):
    return f"{viewport['width']}"


def fits(page):
    """No sideways scrolling, and header, messages and composer share the height without overlapping."""
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    header, scroller, box = (page.locator(part).bounding_box() for part in (".site-header", "#scroller", "#composer"))
    assert header["y"] == 0
    assert header["y"] + header["height"] <= scroller["y"] + 1
    assert scroller["y"] + scroller["height"] <= box["y"] + 1
    assert box["y"] + box["height"] <= page.viewport_size["height"] + 1
    return True


@SIZES
def test_the_welcome_fits(open_page, shoot, viewport):
    page = open_page(viewport=viewport)
    expect(composer(page)).to_be_visible()
    assert fits(page)
    shoot(page, f"welcome-{name(viewport)}")


@SIZES
def test_a_cited_answer_fits(open_page, site, shoot, viewport):
    site.backend.answers[QUESTION] = [CITED_ANSWER]
    page = open_page(viewport=viewport)
    ask(page, QUESTION)
    expect(page.get_by_role("link", name="điểm e mục 1")).to_be_visible()
    assert fits(page)
    shoot(page, f"answer-{name(viewport)}")


@SIZES
def test_every_kind_of_answer_fits(open_page, site, shoot, viewport):
    site.backend.answers |= {"khẩn": [EMERGENCY], "lạ": [ABSTENTION], "thẻ": [CLARIFICATION]}
    page = open_page(viewport=viewport)
    for count, words in enumerate(("khẩn", "lạ", "thẻ"), start=1):
        ask(page, words)
        expect(assistant_messages(page)).to_have_count(count)
    assert fits(page)
    shoot(page, f"kinds-{name(viewport)}")


@SIZES
def test_the_dark_scheme_fits(open_page, site, shoot, viewport):
    site.backend.answers[QUESTION] = [CITED_ANSWER]
    page = open_page(viewport=viewport, **DARK)
    ask(page, QUESTION)
    expect(assistant_messages(page)).to_have_count(1)
    assert fits(page)
    shoot(page, f"dark-{name(viewport)}")


@SIZES
def test_a_text_without_spaces_wraps(open_page, viewport):
    page = open_page(viewport=viewport)
    ask(page, "a" * 600)
    expect(assistant_messages(page)).to_have_count(1)
    assert fits(page)


@SIZES
def test_the_form_for_a_person_fits(open_page, shoot, viewport):
    page = open_page(viewport=viewport)
    open_form(page)
    box = page.get_by_role("dialog").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
    assert box["height"] <= viewport["height"]
    shoot(page, f"ticket-{name(viewport)}")


@SIZES
def test_the_button_for_a_person_stays_in_reach_while_reading(open_page, site, viewport):
    page = open_page(viewport=viewport)
    for count in range(1, 9):
        ask(page, f"Câu hỏi thứ {count}")
        expect(assistant_messages(page)).to_have_count(count)
    page.locator("#scroller").evaluate("element => { element.scrollTop = 0 }")
    expect(page.get_by_role("button", name="Gặp cán bộ")).to_be_in_viewport()
    expect(composer(page)).to_be_in_viewport()


def test_at_twice_the_text_size_nothing_is_cut_off(open_page, site, shoot):
    site.backend.answers[QUESTION] = [CITED_ANSWER]
    page = open_page(viewport={"width": 640, "height": 400})
    ask(page, QUESTION)
    expect(assistant_messages(page)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    expect(composer(page)).to_be_visible()
    shoot(page, "zoomed")


def test_a_long_answer_is_shown_from_its_beginning(open_page, site):
    site.backend.answers["dài"] = [{"text": "\n".join(f"Dòng số {number}" for number in range(80))}]
    page = open_page(viewport=PHONE)
    ask(page, "dài")
    expect(page.get_by_text("Dòng số 0", exact=True)).to_be_in_viewport()


def test_a_message_does_not_pull_a_reading_citizen_down(open_page, site):
    page = open_page(viewport=PHONE)
    ask(page, "một")
    expect(assistant_messages(page)).to_have_count(1)
    page.locator("#scroller").evaluate("element => { element.scrollTop = 0 }")
    (conversation,) = site.backend.conversations.values()
    site.backend.say(conversation, text="Tin mới đến")
    newest = page.get_by_role("button", name="Tin nhắn mới")
    expect(newest).to_be_visible()
    newest.click()
    expect(page.get_by_text("Tin mới đến")).to_be_in_viewport()


def test_a_printed_conversation_holds_questions_and_sources(open_page, site, shoot):
    site.backend.answers[QUESTION] = [CITED_ANSWER]
    page = open_page()
    ask(page, QUESTION)
    expect(assistant_messages(page)).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.get_by_text(QUESTION)).to_be_visible()
    expect(page.get_by_role("link", name="điểm e mục 1")).to_be_visible()
    expect(page.locator("#composer")).to_be_hidden()
    shoot(page, "print")


def test_messages_stand_in_the_order_of_the_conversation(chat):
    ask(chat, "một")
    expect(assistant_messages(chat)).to_have_count(1)
    ask(chat, "hai")
    expect(assistant_messages(chat)).to_have_count(2)
    assert shown(chat)[::2] == ["một", "hai"]
