"""Leaving a message for a person: the form, its checks, the case code."""

import pytest
from playwright.sync_api import expect

from tests.e2e.chat.scenes import CITED_ANSWER, QUESTION, ask, assistant_messages, open_form

pytestmark = pytest.mark.browser


@pytest.fixture
def answered(chat, site):
    """A page on which a question has its cited answer."""
    site.backend.answers[QUESTION] = [CITED_ANSWER]
    ask(chat, QUESTION)
    expect(assistant_messages(chat)).to_have_count(1)
    return chat


def fill_ticket(page, contact="0900 000 000"):
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Thử")
    page.get_by_label("Số điện thoại hoặc email").fill(contact)


def test_the_form_begins_with_the_last_question(answered):
    open_form(answered)
    expect(answered.get_by_label("Câu hỏi cần cán bộ trả lời")).to_have_value(QUESTION)


def test_a_message_left_gives_a_case_code(answered, site):
    open_form(answered)
    fill_ticket(answered)
    answered.get_by_role("button", name="Gửi lời nhắn").click()
    expect(answered.get_by_text("BHXH-2345-6789", exact=True)).to_be_visible()
    (ticket,) = site.backend.tickets
    assert (ticket["name"], ticket["contact"], ticket["question"]) == ("Nguyễn Thị Thử", "0900 000 000", QUESTION)


def test_the_case_code_can_be_copied_and_stays_in_the_conversation(open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "hỏi")
    open_form(page)
    fill_ticket(page)
    page.get_by_role("button", name="Gửi lời nhắn").click()
    page.get_by_role("button", name="Sao chép mã").click()
    expect(page.get_by_text("Đã sao chép mã.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "BHXH-2345-6789"
    page.get_by_role("button", name="Quay lại trò chuyện").click()
    expect(page.get_by_role("log")).to_contain_text("mã BHXH-2345-6789")


def test_a_message_left_twice_after_a_failure_is_one_case(answered, site):
    site.backend.failing_tickets = 1
    open_form(answered)
    fill_ticket(answered)
    answered.get_by_role("button", name="Gửi lời nhắn").click()
    expect(answered.get_by_text("Chưa gửi được lời nhắn.")).to_be_visible()
    expect(answered.get_by_label("Họ và tên")).to_have_value("Nguyễn Thị Thử")
    answered.get_by_role("button", name="Gửi lời nhắn").click()
    expect(answered.get_by_text("BHXH-2345-6789", exact=True)).to_be_visible()
    assert len(site.backend.tickets) == 1


@pytest.mark.parametrize("contact", ["", "abc", "12345", "ten@"])
def test_a_contact_that_reaches_nobody_is_pointed_out(chat, site, contact):
    open_form(chat)
    fill_ticket(chat, contact)
    chat.get_by_label("Câu hỏi cần cán bộ trả lời").fill("Câu hỏi thử")
    chat.get_by_role("button", name="Gửi lời nhắn").click()
    field = chat.get_by_label("Số điện thoại hoặc email")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    assert site.backend.tickets == []


@pytest.mark.parametrize("contact", ["0900000000", "+84 900 000 000", "024.0000.0000", "thu@example.vn"])
def test_usual_ways_to_write_a_contact_are_taken(chat, site, contact):
    open_form(chat)
    fill_ticket(chat, contact)
    chat.get_by_label("Câu hỏi cần cán bộ trả lời").fill("Câu hỏi thử")
    chat.get_by_role("button", name="Gửi lời nhắn").click()
    expect(chat.get_by_text("BHXH-2345-6789", exact=True)).to_be_visible()


def test_a_person_can_be_asked_for_before_any_question(chat, site):
    open_form(chat)
    fill_ticket(chat)
    chat.get_by_label("Câu hỏi cần cán bộ trả lời").fill("Câu hỏi thử")
    chat.get_by_role("button", name="Gửi lời nhắn").click()
    expect(chat.get_by_text("BHXH-2345-6789", exact=True)).to_be_visible()
    (conversation,) = site.backend.conversations.values()
    site.backend.say(conversation, text="Anh Thử đã nhận lời nhắn.")
    expect(chat.get_by_text("Anh Thử đã nhận lời nhắn.")).to_have_count(1)
