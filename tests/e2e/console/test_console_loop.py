"""The whole way: ask, be handed to a person, be answered, go back to the assistant, and an end."""

import pytest
from playwright.sync_api import expect

from connectors.message import Button, Citation, Reply
from tests.e2e.chat.scenes import CITATION, ask
from tests.e2e.console_scenes import WANTS_PERSON, ask_for_person, entries, rows, write

pytestmark = pytest.mark.browser
ANSWER = Reply(
    "Theo điểm e mục 1: tiếp nhận ngay hồ sơ gia hạn thẻ.", "answered", (Citation(**CITATION),), feedback=True
)
ABSTAINS = Reply(
    "Tôi chưa tìm thấy thông tin đủ chắc chắn.", "unanswerable_low_score", buttons=(Button("Gặp cán bộ", "/x"),)
)


def test_a_citizen_is_brought_to_an_operator_and_back(gateway, operator, open_page, shoot):
    lan, minh, citizen = operator("lan"), operator("minh"), open_page("/")
    expect(lan.get_by_text("Chưa có ai chờ.")).to_be_visible()
    gateway.dialogue.will(ANSWER, ABSTAINS, WANTS_PERSON)
    for words in ("Nghỉ lễ có gia hạn thẻ BHYT không?", "CCCD của tôi là 001234567890", "Cho tôi gặp nhân viên"):
        ask(citizen, words)
    expect(citizen.get_by_text("vị trí số 1")).to_be_visible()

    expect(rows(lan, "waiting")).to_have_count(1)
    expect(rows(minh, "waiting")).to_have_count(1)
    expect(lan).to_have_title("(1) Bàn trực – Trợ lý BHXH")
    rows(lan, "waiting").get_by_role("link").click()
    expect(entries(lan, "citizen")).to_have_count(3)
    expect(lan.get_by_text("CCCD của tôi là •••890")).to_be_visible()
    expect(lan.locator("#log").get_by_role("link", name="Điểm e mục 1")).to_be_visible()
    expect(lan.locator("#reply-form")).to_be_hidden()
    shoot(lan, "console-waiting")

    lan.locator("#claim").click()
    expect(lan.get_by_text("Anh/chị đang trả lời")).to_be_visible()
    expect(citizen.get_by_text("Cán bộ Lan đã vào cuộc trò chuyện")).to_be_visible()
    expect(rows(minh, "waiting")).to_have_count(0)

    write(lan, "Chào anh/chị, tôi là Lan.")
    expect(citizen.locator(".message-person")).to_contain_text("Cán bộ bảo hiểm xã hội")
    expect(citizen.get_by_text("Chào anh/chị, tôi là Lan.")).to_be_visible()
    expect(entries(lan, "operator")).to_have_count(1)
    ask(citizen, "Cảm ơn, tôi còn câu nữa")
    expect(lan.get_by_text("Cảm ơn, tôi còn câu nữa").first).to_be_visible()
    assert "echo: Cảm ơn" not in citizen.locator("#log").inner_text()
    expect(citizen.locator("#typing")).to_be_hidden()
    shoot(lan, "console-talk")
    shoot(citizen, "console-citizen")

    lan.locator("#give-back").click()
    expect(lan.get_by_text("Đã giao lại cho trợ lý.")).to_be_visible()
    expect(citizen.get_by_text("Trợ lý tự động tiếp tục hỗ trợ anh/chị")).to_be_visible()
    ask(citizen, "Hỏi trợ lý")
    expect(citizen.get_by_text("echo: Hỏi trợ lý")).to_be_visible()

    ask_for_person(gateway, citizen, "Gặp lại nhân viên")
    expect(rows(minh, "waiting")).to_have_count(1)
    minh.get_by_role("button", name="Nhận người kế tiếp").click()
    expect(minh.get_by_text("Anh/chị đang trả lời")).to_be_visible()
    minh.locator("#close").click()
    minh.get_by_role("dialog").get_by_label("Đã hướng dẫn đến đơn vị khác").check()
    minh.get_by_role("dialog").get_by_role("button", name="Kết thúc").click()
    expect(minh.get_by_text("Đã kết thúc cuộc trò chuyện.")).to_be_visible()
    expect(rows(minh, "done")).to_contain_text("Đã hướng dẫn đến đơn vị khác")
    expect(citizen.get_by_text("Cuộc trò chuyện với cán bộ đã kết thúc.")).to_be_visible()

    lan.locator(".menu summary").click()
    lan.get_by_role("button", name="Đăng xuất").click()
    expect(lan.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    lan.go_back()
    lan.reload()
    expect(lan.get_by_role("heading", name="Đăng nhập")).to_be_visible()
