"""Asking, choosing, rating, leaving a message: what a citizen does on the page."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.chat.conftest import PHONE
from tests.e2e.chat.scenes import (
    CITED_ANSWER,
    CLARIFICATION,
    EMERGENCY,
    QUESTION,
    ask,
    assistant_messages,
    citizen_messages,
    composer,
    shown,
)

pytestmark = pytest.mark.browser
LIMIT = 2_000


@pytest.fixture
def answered(chat, site):
    """A page on which a question has its cited answer."""
    site.backend.answers[QUESTION] = [CITED_ANSWER]
    ask(chat, QUESTION)
    expect(assistant_messages(chat)).to_have_count(1)
    return chat


def the_conversation(site):
    (conversation,) = site.backend.conversations.values()
    return conversation


def test_looking_at_the_page_begins_no_conversation(chat, site):
    expect(composer(chat)).to_be_visible()
    assert site.backend.conversations == {}


def test_an_example_question_is_asked_at_a_click(chat, site):
    chip = chat.locator("[data-question]").first
    question = chip.inner_text()
    chip.click()
    expect(assistant_messages(chat)).to_have_count(1)
    assert site.backend.stored("citizen") == [question]


def test_a_list_in_an_answer_is_a_list_on_the_page(answered):
    expect(assistant_messages(answered).locator(".message-text li")).to_have_count(2)


def test_an_answer_names_its_sources_with_their_validity(answered):
    sources = assistant_messages(answered).locator(".sources li")
    expect(sources).to_have_count(2)
    expect(sources.first).to_contain_text("Điểm e mục 1 Công văn 999/BHXH-VP ngày 31/01/2024")
    expect(sources.first).to_contain_text("Văn bản gắn với dịp nghỉ lễ năm 2024.")


def test_a_validity_note_that_the_answer_says_is_not_repeated(chat, site):
    note = CITED_ANSWER["citations"][0]["validity"]
    site.backend.answers["hỏi"] = [CITED_ANSWER | {"text": f"Trả lời.\n{note}"}]
    ask(chat, "hỏi")
    expect(assistant_messages(chat)).to_have_count(1)
    expect(chat.get_by_text(note)).to_have_count(1)


def test_a_date_that_the_label_does_not_say_is_added(chat, site):
    citation = CITED_ANSWER["citations"][0] | {"label": "Công văn 999/BHXH-VP"}
    site.backend.answers["hỏi"] = [CITED_ANSWER | {"citations": [citation]}]
    ask(chat, "hỏi")
    expect(chat.locator(".sources li")).to_contain_text("Công văn 999/BHXH-VP, ngày 31/01/2024")


def test_quick_replies_send_their_payload_and_show_their_title(chat, site):
    site.backend.answers["thẻ"] = [CLARIFICATION]
    ask(chat, "thẻ")
    button = CLARIFICATION["buttons"][0]
    chat.get_by_role("button", name=button["title"]).click()
    expect(assistant_messages(chat)).to_have_count(2)
    assert site.backend.received[-1]["choice"] == button["payload"]
    expect(citizen_messages(chat).last).to_contain_text(button["title"])


def test_only_the_last_message_of_the_assistant_offers_quick_replies(chat, site):
    site.backend.answers["thẻ"] = [CLARIFICATION]
    ask(chat, "thẻ")
    expect(chat.locator(".quick-replies")).to_have_count(1)
    ask(chat, "câu khác")
    expect(assistant_messages(chat)).to_have_count(2)
    expect(chat.locator(".quick-replies")).to_have_count(0)


def test_the_page_says_that_an_answer_is_being_written(chat, site):
    site.backend.answering = False
    ask(chat, "hỏi")
    expect(chat.locator("#typing")).to_contain_text("đang soạn")
    site.backend.say(the_conversation(site), text="Trả lời")
    expect(chat.locator("#typing")).to_be_hidden()


def test_the_gateway_can_say_that_somebody_is_writing(answered, site):
    expect(answered.locator("#typing")).to_be_hidden()
    the_conversation(site).typing += 1
    expect(answered.locator("#typing")).to_be_visible()


def test_a_rating_is_sent_and_shown(answered, site):
    good = answered.get_by_role("button", name="Có ích", exact=True)
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")
    expect(answered.get_by_text("Cảm ơn anh/chị đã đánh giá.")).to_be_visible()
    assert site.backend.feedback == [{"id": 2, "value": "up"}]


def test_a_rating_can_be_changed(answered, site):
    answered.get_by_role("button", name="Có ích", exact=True).click()
    answered.get_by_role("button", name="Chưa có ích").click()
    expect(answered.get_by_role("button", name="Có ích", exact=True)).to_have_attribute("aria-pressed", "false")
    expect(answered.get_by_role("button", name="Không đúng")).to_be_visible()
    assert [rating["value"] for rating in site.backend.feedback] == ["up", "down"]


def test_a_rating_that_was_not_kept_is_not_shown_as_kept(answered, site):
    site.backend.failing_feedback = True
    answered.get_by_role("button", name="Có ích", exact=True).click()
    expect(answered.get_by_text("Chưa ghi được đánh giá")).to_be_visible()
    expect(answered.get_by_role("button", name="Có ích", exact=True)).to_have_attribute("aria-pressed", "false")


def test_fixed_sentences_are_not_rated(chat):
    ask(chat, "chào")
    expect(assistant_messages(chat)).to_have_count(1)
    expect(chat.locator(".feedback")).to_be_hidden()


def test_an_emergency_offers_the_call_at_once(chat, site):
    site.backend.answers["cấp cứu"] = [EMERGENCY]
    ask(chat, "cấp cứu")
    call = chat.get_by_role("link", name="Gọi cấp cứu 115")
    expect(call).to_be_visible()
    expect(call).to_have_attribute("href", "tel:115")
    expect(chat.locator(".emergency-band")).to_be_visible()


def test_the_counter_appears_near_the_limit(chat):
    composer(chat).fill("a" * 1_799)
    expect(chat.locator("#composer-count")).to_be_empty()
    composer(chat).fill("a" * 1_990)
    expect(chat.locator("#composer-count")).to_have_text("Còn 10 ký tự")


def test_a_text_over_the_limit_stays_in_the_box_whole(chat, site):
    ask(chat, "ờ" * (LIMIT + 5))
    expect(chat.locator("#composer-count")).to_have_text("Quá 5 ký tự, xin rút ngắn tin nhắn")
    expect(composer(chat)).to_have_value("ờ" * (LIMIT + 5))
    assert site.backend.received == []


def test_a_text_at_the_limit_is_sent(chat, site):
    ask(chat, "😀" * LIMIT)
    expect(assistant_messages(chat)).to_have_count(1)
    assert site.backend.stored("citizen") == ["😀" * LIMIT]


def test_spaces_alone_are_not_sent(chat, site):
    ask(chat, "  \n ")
    expect(chat.locator(".message")).to_have_count(0)
    assert site.backend.received == []


def test_shift_enter_breaks_the_line(chat, site):
    composer(chat).press_sequentially("dòng một")
    composer(chat).press("Shift+Enter")
    composer(chat).press_sequentially("dòng hai")
    composer(chat).press("Enter")
    expect(assistant_messages(chat)).to_have_count(1)
    assert site.backend.stored("citizen") == ["dòng một\ndòng hai"]


def test_enter_that_ends_a_composed_letter_sends_nothing(chat, site):
    composer(chat).fill("tiê")
    composer(chat).dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    expect(composer(chat)).to_have_value("tiê")
    assert site.backend.received == []


@pytest.mark.parametrize("number", ["001300000000", "7900000000"])
def test_a_number_like_an_identity_number_is_warned_of(chat, number):
    composer(chat).fill(f"số của tôi là {number}")
    expect(chat.locator("#composer-hint")).to_contain_text("không cần gửi số CCCD")


@pytest.mark.parametrize("harmless", ["Gọi 0900000000", "288/BHXH-VP ngày 31/01/2024", "50.600.000 đồng"])
def test_other_numbers_are_not_warned_of(chat, harmless):
    composer(chat).fill(harmless)
    expect(chat.locator("#composer-hint")).to_be_empty()


def test_beginning_anew_asks_first_and_then_clears(answered, site):
    answered.get_by_role("button", name="Bắt đầu cuộc trò chuyện mới").click()
    answered.get_by_role("button", name="Giữ lại").click()
    expect(assistant_messages(answered)).to_have_count(1)
    answered.get_by_role("button", name="Bắt đầu cuộc trò chuyện mới").click()
    answered.get_by_role("button", name="Bắt đầu mới").click()
    expect(answered.locator(".message")).to_have_count(0)
    ask(answered, "câu mới")
    expect(assistant_messages(answered)).to_have_count(1)
    assert len(site.backend.conversations) == 2


def test_a_second_tab_shows_the_same_conversation(open_page, site):
    first = open_page(viewport=PHONE)
    ask(first, "một")
    expect(assistant_messages(first)).to_have_count(1)
    second = first.context.new_page()
    second.goto(site.url)
    expect(assistant_messages(second)).to_have_count(1)
    ask(second, "hai")
    expect(assistant_messages(first)).to_have_count(2)
    assert shown(first) == shown(second)


def test_times_are_told(answered):
    expect(answered.locator(".message time").first).to_have_text(re.compile(r"^\d{2}:\d{2}$"))
