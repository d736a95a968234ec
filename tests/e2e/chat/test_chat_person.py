"""While a person is waited for, has joined and has left: what the page says, shows and lets the citizen do."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.chat.conftest import DESKTOP, PHONE
from tests.e2e.chat.scenes import (
    CITED_ANSWER,
    CLAIMED,
    GIVEN_BACK,
    QUESTION,
    QUEUED,
    RATING,
    ask,
    assistant_messages,
    citizen_messages,
    shown,
)

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])


def assert_accessible(page):
    assert Axe().run(page).response["violations"] == []


def told(page):
    return page.locator("#presence .presence-text")


@pytest.fixture
def with_desk(site):
    """Says something in the one conversation."""

    def say(**message):
        (conversation,) = site.backend.conversations.values()
        site.backend.say(conversation, **message)

    return say


@SIZES
def test_from_the_queue_to_a_person_and_back(open_page, site, with_desk, shoot, viewport):
    site.backend.answers["Gặp cán bộ"] = [{"text": "Vâng, tôi hiểu anh/chị cần gặp cán bộ."}, QUEUED]
    # A message that fades in has little contrast for a moment.
    page, size = open_page(viewport=viewport, reduced_motion="reduce"), viewport["width"]
    page.get_by_role("button", name="Gặp cán bộ").click()
    expect(told(page)).to_contain_text("đang chờ cán bộ trực")
    expect(page.get_by_role("button", name="Tiếp tục với trợ lý")).to_be_visible()
    assert_accessible(page)
    shoot(page, f"desk-waiting-{size}")
    with_desk(**CLAIMED)
    with_desk(role="operator", text="Chào anh/chị, tôi là Lan. Anh/chị cho biết nơi nộp hồ sơ giúp tôi.")
    expect(told(page)).to_contain_text("Cán bộ bảo hiểm xã hội đang trả lời")
    expect(page.get_by_role("button", name="Tiếp tục với trợ lý")).to_be_hidden()
    assert_accessible(page)
    shoot(page, f"desk-person-{size}")
    with_desk(**GIVEN_BACK)
    with_desk(**RATING)
    expect(page.locator("#presence")).to_be_hidden()
    expect(page.get_by_role("group", name="Mức hài lòng, từ 1 đến 5").get_by_role("button")).to_have_count(5)
    assert_accessible(page)
    shoot(page, f"desk-rating-{size}")


def test_who_does_not_want_to_wait_says_so_with_one_button(chat, site):
    site.backend.answers["Gặp cán bộ"] = [QUEUED]
    chat.get_by_role("button", name="Gặp cán bộ").click()
    with chat.expect_response(lambda response: response.request.method == "POST"):
        chat.get_by_role("button", name="Tiếp tục với trợ lý").click()
    expect(citizen_messages(chat)).to_have_count(2)
    assert site.backend.received[-1]["text"] == "Tiếp tục với trợ lý"


def test_the_state_is_known_again_after_a_reload(chat, site):
    site.backend.answers["Gặp cán bộ"] = [QUEUED]
    chat.get_by_role("button", name="Gặp cán bộ").click()
    expect(told(chat)).to_contain_text("đang chờ")
    chat.reload()
    expect(told(chat)).to_contain_text("đang chờ")


def test_a_rating_is_given_by_keyboard_and_then_gone(chat, site):
    site.backend.answers["cảm ơn"] = [{"text": "Rất vui."}, RATING]
    ask(chat, "cảm ơn")
    row = chat.get_by_role("group", name="Mức hài lòng, từ 1 đến 5")
    row.get_by_role("button", name="4 Hài lòng", exact=True).press("Enter")
    expect(row).to_have_count(0)
    expect(citizen_messages(chat)).to_have_count(2)
    assert site.backend.received[-1]["choice"] == "/rating episode-1 4"


def test_whatever_else_is_written_is_no_rating(chat, site):
    site.backend.answers["cảm ơn"] = [RATING]
    ask(chat, "cảm ơn")
    expect(chat.locator(".rating")).to_be_visible()
    ask(chat, "lương hưu tính thế nào")
    expect(chat.locator(".rating")).to_have_count(0)
    assert "choice" not in site.backend.received[-1]


@pytest.mark.parametrize(("name", "reason"), [("Không đúng", "wrong"), ("Khó hiểu", "unclear")])
def test_a_thumb_turned_down_may_say_why(chat, site, name, reason):
    site.backend.answers[QUESTION] = [CITED_ANSWER]
    ask(chat, QUESTION)
    chat.get_by_role("button", name="Chưa có ích").click()
    chat.get_by_role("button", name=name).click()
    expect(chat.locator(".why")).to_be_hidden()
    assert [given.get("reason") for given in site.backend.feedback] == [None, reason]


def test_the_conversation_is_saved_as_a_file(chat, site):
    ask(chat, "hỏi")
    expect(assistant_messages(chat)).to_have_count(1)
    with chat.expect_download() as saving:
        chat.get_by_role("button", name="Tải nội dung trò chuyện").click()
    assert saving.value.suggested_filename == "tro-chuyen-bhxh.txt"
    assert saving.value.path().read_text(encoding="utf-8") == "Nội dung trò chuyện"


def test_before_anything_was_said_there_is_nothing_to_save(chat):
    chat.get_by_role("button", name="Tải nội dung trò chuyện").click()
    expect(chat.get_by_text("Chưa có nội dung trò chuyện nào để tải về.")).to_be_visible()


def test_what_cannot_be_saved_now_is_told(chat, site):
    site.backend.failing_transcripts = 1
    ask(chat, "hỏi")
    expect(assistant_messages(chat)).to_have_count(1)
    chat.get_by_role("button", name="Tải nội dung trò chuyện").click()
    expect(chat.get_by_text("Anh/chị gửi hơi nhanh.")).to_be_visible()
    assert shown(chat) == ["hỏi", "Đã nhận câu hỏi của anh/chị."]
