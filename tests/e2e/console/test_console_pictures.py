"""The pictures of the documentation: a desk on an ordinary morning, with invented people."""

import pytest
from playwright.sync_api import expect

from connectors.message import Button, Citation, DialogueState, Found, Reply
from tests.e2e.chat.scenes import CITATION, ask
from tests.e2e.console_scenes import entries, rows, write

pytestmark = pytest.mark.browser
QUESTION = "Chồng tôi đóng BHXH 11 năm, nghỉ việc từ tháng 3 thì có rút một lần được không?"
ANSWER = Reply(
    "Theo điểm e mục 1 Công văn 999/BHXH-VP ngày 31/01/2024:\nCơ quan BHXH tiếp nhận ngay hồ sơ gia hạn thẻ.",
    "answered",
    (Citation(**CITATION),),
    found=(Found(CITATION["passage_id"], "Gia hạn thẻ BHYT dịp Tết", CITATION["document"], "1.e", 0.87),),
    dialogue=DialogueState("Nghỉ Tết có gia hạn thẻ BHYT không?", "", 0),
)
UNSURE = Reply(
    "Tôi chưa tìm thấy thông tin đủ chắc chắn để trả lời câu này, nên không đoán.",
    "unanswerable_low_score",
    buttons=(Button("Gặp cán bộ", "/request_person"), Button("Hỏi câu khác", "/other")),
    found=(
        Found("faq/mot-lan", "Những ai được hưởng BHXH một lần?", "mot-lan", "", 0.18),
        Found("faq/bao-luu", "Bảo lưu thời gian đóng BHXH thế nào?", "bao-luu", "", 0.11),
    ),
    dialogue=DialogueState(QUESTION, "người lao động", 1),
)


def handing_over(reason):
    return Reply("Vâng, tôi chuyển anh/chị đến cán bộ.", "handed_off_requested", handoff=reason)


def test_pictures(gateway, operator, open_page, shoot):
    citizen = open_page("/")
    gateway.dialogue.will(ANSWER, UNSURE, handing_over("requested"))
    for words in ("Nghỉ Tết có gia hạn thẻ BHYT không?", QUESTION, "Cho tôi gặp cán bộ, mã số của tôi 7912345678"):
        ask(citizen, words)
    expect(citizen.get_by_text("vị trí số 1")).to_be_visible()
    for name, words, reason in (
        ("binh", "Có người gọi bảo là BHXH, đòi mã OTP để cập nhật VssID, tôi phải làm sao?", "scam"),
        ("chi", "Hồ sơ thai sản hẹn trả ngày 10 đến nay chưa có, tôi rất bức xúc", "late_dossier"),
        ("dung", "Cho tôi gặp nhân viên hỏi về trợ cấp thất nghiệp", "requested"),
    ):
        gateway.dialogue.will(handing_over(reason))
        gateway.hears(name, 1, words)
        while not gateway.channel.texts(name):
            citizen.wait_for_timeout(50)
    lan = operator("lan")
    expect(rows(lan, "waiting")).to_have_count(4)
    lan.wait_for_timeout(400)
    shoot(lan, "console-queue")
    rows(lan, "waiting").filter(has_text="mã số của tôi").get_by_role("link").click()
    lan.locator("#claim").click()
    lan.wait_for_selector("#give-back")
    lan.wait_for_selector("html[data-ready]")
    write(lan, "Chào anh/chị, tôi là Lan. Anh/chị cho biết chồng mình đóng BHXH bắt buộc hay tự nguyện ạ?")
    expect(citizen.locator(".message-person")).to_have_count(1)
    ask(citizen, "Bắt buộc, làm công ty may từ 2013.")
    expect(entries(lan, "citizen")).to_have_count(4)
    lan.locator("#tab-note").click()
    lan.get_by_role("textbox", name="Ghi chú nội bộ, công dân không thấy").fill(
        "Đã hỏi loại hình; cần đối chiếu thời điểm nghỉ việc."
    )
    lan.get_by_role("button", name="Lưu ghi chú").click()
    expect(entries(lan, "note")).to_have_count(1)
    lan.locator("#tab-reply").click()
    lan.locator("#suggest").click()
    expect(lan.locator(".suggestion")).to_be_visible()
    lan.evaluate("document.getElementById('toasts').replaceChildren()")
    shoot(lan, "console-conversation")
