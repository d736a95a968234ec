"""Reload, lost connection, failing gateway: no message is lost, none is doubled."""

import pytest
from playwright.sync_api import expect

from tests.e2e.chat.scenes import (
    CITED_ANSWER,
    CLARIFICATION,
    QUESTION,
    ask,
    assistant_messages,
    citizen_messages,
    composer,
    shown,
)

pytestmark = pytest.mark.browser
RECONNECT_MS = 20_000


def the_conversation(site):
    (conversation,) = site.backend.conversations.values()
    return conversation


def test_a_reload_keeps_everything_in_order(chat, site):
    site.backend.answers |= {QUESTION: [CITED_ANSWER], "thẻ": [CLARIFICATION]}
    ask(chat, QUESTION)
    expect(assistant_messages(chat)).to_have_count(1)
    chat.get_by_role("button", name="Có ích", exact=True).click()
    expect(chat.get_by_text("Cảm ơn anh/chị đã đánh giá.")).to_be_visible()
    ask(chat, "thẻ")
    expect(chat.locator(".quick-replies")).to_have_count(1)
    before = shown(chat)
    chat.reload()
    expect(assistant_messages(chat)).to_have_count(2)
    assert shown(chat) == before
    expect(chat.locator(".quick-replies")).to_have_count(1)
    expect(chat.get_by_role("button", name="Có ích", exact=True)).to_have_attribute("aria-pressed", "true")


def test_a_reload_keeps_what_was_being_written(chat):
    composer(chat).fill("câu đang viết dở")
    chat.reload()
    expect(composer(chat)).to_have_value("câu đang viết dở")


def test_an_answer_that_came_while_the_page_was_closed_is_there_on_return(chat, site):
    site.backend.answering = False
    ask(chat, "hỏi")
    expect(chat.locator("#typing")).to_be_visible()
    chat.goto("about:blank")
    site.backend.say(the_conversation(site), text="Trả lời đến sau")
    chat.goto(site.url)
    expect(chat.get_by_text("Trả lời đến sau")).to_be_visible()
    assert shown(chat) == ["hỏi", "Trả lời đến sau"]


def test_a_dropped_event_stream_loses_no_answer(chat, site):
    ask(chat, "một")
    expect(assistant_messages(chat)).to_have_count(1)
    site.backend.streaming = False
    expect(chat.get_by_text("Mất kết nối.")).to_be_visible()
    site.backend.say(the_conversation(site), text="Đến lúc mất kết nối")
    site.backend.streaming = True
    expect(chat.get_by_text("Đã kết nối lại.")).to_be_visible(timeout=RECONNECT_MS)
    expect(chat.get_by_text("Đến lúc mất kết nối")).to_have_count(1)


def test_answers_come_even_where_event_streams_never_work(chat, site):
    site.backend.streaming = False
    ask(chat, "một")
    expect(assistant_messages(chat)).to_have_count(1)
    assert site.backend.opened_streams == 0


def test_a_message_written_offline_is_sent_once_when_the_network_is_back(chat, site):
    ask(chat, "một")
    expect(assistant_messages(chat)).to_have_count(1)
    chat.context.set_offline(True)
    ask(chat, "hai")
    ask(chat, "ba")
    expect(chat.get_by_text("Chưa gửi được, sẽ tự gửi lại khi có kết nối.")).to_be_visible()
    expect(chat.get_by_text("Mất kết nối.")).to_be_visible()
    chat.context.set_offline(False)
    expect(assistant_messages(chat)).to_have_count(3, timeout=RECONNECT_MS)
    assert site.backend.stored("citizen") == ["một", "hai", "ba"]
    assert [words for words in shown(chat) if words in {"một", "hai", "ba"}] == ["một", "hai", "ba"]
    expect(chat.locator(".is-unsent")).to_have_count(0)


def test_a_message_not_yet_sent_survives_a_reload(chat, site):
    site.backend.failing_posts = 1_000
    ask(chat, "chưa đi")
    expect(chat.get_by_role("button", name="Gửi lại")).to_be_visible()
    chat.reload()
    expect(citizen_messages(chat)).to_have_count(1)
    site.backend.failing_posts = 0
    chat.get_by_role("button", name="Gửi lại").click()
    expect(assistant_messages(chat)).to_have_count(1)
    assert site.backend.stored("citizen") == ["chưa đi"]


def test_a_lost_acknowledgement_does_not_double_the_message(chat, site):
    site.backend.lost_acknowledgements = 1
    ask(chat, "một lần thôi")
    expect(assistant_messages(chat)).to_have_count(1)
    expect(citizen_messages(chat)).to_have_count(1)
    expect(chat.locator(".is-unsent")).to_have_count(0)
    assert site.backend.stored("citizen") == ["một lần thôi"]
    assert len({message["message_id"] for message in site.backend.received}) == 1


def test_two_fast_sends_are_two_messages_in_order(chat, site):
    for words in ("một", "hai", "ba", "bốn"):
        ask(chat, words)
    expect(assistant_messages(chat)).to_have_count(4)
    assert site.backend.stored("citizen") == ["một", "hai", "ba", "bốn"]


def test_enter_and_click_at_once_send_one_message(chat, site):
    composer(chat).fill("chỉ một")
    chat.evaluate(
        """() => {
            const enter = { key: "Enter", bubbles: true, cancelable: true };
            document.querySelector("#composer-text").dispatchEvent(new KeyboardEvent("keydown", enter));
            document.querySelector("#send").click();
        }"""
    )
    expect(assistant_messages(chat)).to_have_count(1)
    assert site.backend.stored("citizen") == ["chỉ một"]


def test_too_many_messages_wait_and_go_later(chat, site):
    site.backend.refusals = [(429, "Anh/chị gửi hơi nhanh, xin chờ giây lát.")]
    ask(chat, "nhanh")
    expect(chat.get_by_text("Anh/chị gửi hơi nhanh, xin chờ giây lát.")).to_be_visible()
    expect(assistant_messages(chat)).to_have_count(1)
    assert site.backend.stored("citizen") == ["nhanh"]


@pytest.mark.parametrize("status", [413, 422])
def test_a_refused_message_says_why_and_can_be_corrected(chat, site, status):
    site.backend.refusals = [(status, "Tin nhắn quá dài.")]
    ask(chat, "sai")
    expect(chat.get_by_text("Tin nhắn quá dài.")).to_be_visible()
    chat.get_by_role("button", name="Sửa lại").click()
    expect(composer(chat)).to_have_value("sai")
    expect(composer(chat)).to_be_focused()
    expect(chat.locator(".message")).to_have_count(0)


def test_a_refused_message_does_not_hold_up_the_next(chat, site):
    site.backend.refusals = [(422, "Không nhận được.")]
    ask(chat, "sai")
    expect(chat.get_by_text("Không nhận được.")).to_be_visible()
    ask(chat, "đúng")
    expect(assistant_messages(chat)).to_have_count(1)
    assert site.backend.stored("citizen") == ["đúng"]


def test_an_expired_conversation_is_replaced_and_the_message_arrives(chat, site):
    ask(chat, "một")
    expect(assistant_messages(chat)).to_have_count(1)
    site.backend.expire_tokens()
    ask(chat, "hai")
    expect(chat.get_by_text("Phiên trước đã hết hạn.")).to_have_count(1)
    expect(assistant_messages(chat)).to_have_count(2)
    assert site.backend.stored("citizen") == ["hai"]
    assert shown(chat)[::2] == ["một", "hai"]


def test_a_token_that_expired_overnight_is_replaced_on_return(chat, site):
    ask(chat, "một")
    expect(assistant_messages(chat)).to_have_count(1)
    site.backend.expire_tokens()
    chat.reload()
    expect(chat.get_by_text("Phiên trước đã hết hạn.")).to_be_visible()
    ask(chat, "hai")
    expect(assistant_messages(chat)).to_have_count(1)


def test_blocked_storage_only_costs_the_memory(browser, open_page, site):
    page = open_page("/khong-co")
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) {"
        " Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } }); }"
    )
    page.goto(site.url)
    expect(page.get_by_text("Trình duyệt không cho lưu")).to_be_visible()
    ask(page, "một")
    expect(assistant_messages(page)).to_have_count(1)


def test_a_gateway_that_is_down_at_first_gets_the_message_later(chat, site):
    chat.route("**/api/chat/**", lambda route: route.abort())
    ask(chat, "gửi sớm")
    expect(chat.get_by_role("button", name="Gửi lại")).to_be_visible()
    chat.unroute("**/api/chat/**")
    expect(assistant_messages(chat)).to_have_count(1)
    assert site.backend.stored("citizen") == ["gửi sớm"]
