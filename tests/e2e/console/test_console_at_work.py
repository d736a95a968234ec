"""Two operators at one desk: races, forwarding, notes, canned responses, presence, keys, filters."""

import pytest
from playwright.sync_api import expect

from connectors.outgoing import NotSent, SendFailure
from desk.audit import AuditFilter
from desk.audit import entries as audited
from desk.database import reading
from tests.e2e.chat.scenes import ask
from tests.e2e.console_scenes import WANTS_PERSON, ask_for_person, entries, rows, write
from tests.fakes.console import SUGGESTED

pytestmark = pytest.mark.browser


@pytest.fixture
def citizen(gateway, open_page):
    page = open_page("/")
    ask_for_person(gateway, page)
    expect(page.get_by_text("vị trí số 1")).to_be_visible()
    return page


@pytest.fixture
def lan(citizen, operator):
    """Lan, who has claimed the citizen's conversation."""
    page = operator("lan")
    page.get_by_role("button", name="Nhận người kế tiếp").click()
    expect(page.get_by_text("Anh/chị đang trả lời")).to_be_visible()
    page.wait_for_selector("html[data-ready]")
    return page


def test_of_two_who_claim_one_wins_and_the_other_hears_who(citizen, operator):
    lan, minh = operator("lan"), operator("minh")
    for page in (lan, minh):
        expect(rows(page, "waiting")).to_have_count(1)
    rows(minh, "waiting").get_by_role("link").click()
    minh.wait_for_selector("html[data-ready]")
    minh.route("**/news*", lambda route: route.abort())  # a line so slow that the button is still there
    lan.locator(".work-claim").click()
    expect(lan.get_by_text("Anh/chị đang trả lời")).to_be_visible()
    minh.locator("#claim").click()
    expect(minh.get_by_text("Cuộc trò chuyện này đã được Trần Thị Lan nhận.")).to_be_visible()


def test_a_colleague_accepts_what_is_forwarded_with_its_note(lan, operator, citizen, shoot):
    minh = operator("minh")
    lan.locator("#forward").click()
    expect(lan.get_by_label("Lê Văn Minh")).to_be_visible()
    lan.get_by_label("Lời nhắn cho đồng nghiệp").fill("Câu này về BHTN, anh Minh nắm rõ hơn.")
    shoot(lan, "console-forward")
    lan.get_by_role("button", name="Chuyển", exact=True).last.click()
    expect(lan.get_by_text("đang chuyển cho Lê Văn Minh").first).to_be_visible()
    expect(rows(minh, "offered")).to_contain_text("Trần Thị Lan muốn chuyển")
    rows(minh, "offered").get_by_role("link").click()
    expect(minh.get_by_text("anh Minh nắm rõ hơn").first).to_be_visible()
    minh.get_by_role("button", name="Nhận chuyển").click()
    expect(minh.get_by_text("Anh/chị đang trả lời")).to_be_visible()
    expect(citizen.get_by_text("Cuộc trò chuyện được chuyển cho Cán bộ Minh")).to_be_visible()
    expect(lan.get_by_text("Lê Văn Minh đang trả lời", exact=True)).to_be_visible()
    expect(lan.locator("#reply-form")).to_be_hidden()


def test_what_is_declined_stays_where_it_was(lan, operator):
    minh = operator("minh")
    lan.locator("#forward").click()
    lan.get_by_label("Lê Văn Minh").check()
    lan.get_by_label("Lời nhắn cho đồng nghiệp").fill("Nhờ anh.")
    lan.get_by_role("dialog").get_by_role("button", name="Chuyển", exact=True).click()
    rows(minh, "offered").get_by_role("link").click()
    minh.get_by_role("button", name="Từ chối").click()
    expect(minh.get_by_text("Đã từ chối nhận chuyển.")).to_be_visible()
    expect(lan.get_by_text("Anh/chị đang trả lời")).to_be_visible()


def test_a_short_code_becomes_its_text_with_the_operators_name(lan, citizen, shoot):
    box = lan.get_by_role("textbox", name="Trả lời công dân")
    box.press_sequentially("/ch")
    expect(lan.locator(".canned-option")).to_have_count(2)
    shoot(lan, "console-canned")
    box.press("Enter")
    expect(box).to_have_value(
        "Xin chào anh/chị, tôi là Lan, cán bộ hỗ trợ trực tuyến của Bảo hiểm xã hội Việt Nam. "
        "Tôi đã đọc nội dung anh/chị trao đổi với trợ lý và xin hỗ trợ anh/chị."
    )
    box.press("Enter")
    expect(citizen.get_by_text("tôi là Lan, cán bộ")).to_be_visible()


def test_a_note_is_for_colleagues_only(lan, citizen):
    lan.locator("#tab-note").click()
    lan.get_by_role("textbox", name="Ghi chú nội bộ, công dân không thấy").fill("Đã gọi lại một lần.")
    lan.get_by_role("button", name="Lưu ghi chú").click()
    expect(entries(lan, "note")).to_contain_text("Đã gọi lại một lần.")
    expect(entries(lan, "note")).to_contain_text("Trần Thị Lan")
    write_after_note(lan)
    expect(citizen.get_by_text("Vâng ạ.")).to_be_visible()
    assert "Đã gọi lại" not in citizen.locator("body").inner_text()


def write_after_note(page):
    page.locator("#tab-reply").click()
    write(page, "Vâng ạ.")


def test_masked_numbers_are_shown_on_demand_and_that_is_noted(gateway, lan, citizen):
    ask(citizen, "Số của tôi 001234567890 nhé")
    expect(lan.get_by_text("Số của tôi •••890 nhé").last).to_be_visible()
    lan.get_by_role("button", name="Hiện số đã che").click()
    expect(lan.get_by_text("Số của tôi 001234567890 nhé")).to_be_visible()
    with reading(gateway.engine) as connection:
        actions = [each.action for each in audited(connection, AuditFilter(), 10)]
    assert "identifiers_revealed" in actions
    assert "conversation_read" in actions


def test_a_suggested_answer_is_put_in_with_its_source(lan, citizen, shoot):
    ask(citizen, "Tôi muốn rút BHXH một lần")
    expect(entries(lan, "citizen")).to_have_count(2)
    lan.locator("#suggest").click()
    expect(lan.locator(".suggestion")).to_contain_text("Rất phù hợp 82%")
    shoot(lan, "console-suggestions")
    lan.get_by_role("button", name="Chèn").click()
    expect(lan.get_by_role("textbox", name="Trả lời công dân")).to_have_value(SUGGESTED.whole)
    expect(lan.get_by_role("textbox", name="Trả lời công dân")).to_be_focused()


def test_whoever_waits_calls_with_the_title_and_a_sentence(gateway, operator, open_page):
    lan = operator("lan")
    expect(lan.get_by_text("Chưa có ai chờ.")).to_be_visible()
    expect(lan).to_have_title("Bàn trực – Trợ lý BHXH")
    lan.wait_for_timeout(1500)
    ask_for_person(gateway, open_page("/"))
    expect(lan.get_by_text("Có công dân mới cần gặp cán bộ.")).to_be_visible()
    expect(lan).to_have_title("(1) Bàn trực – Trợ lý BHXH")
    expect(lan.locator("html")).to_have_attribute("data-rung", "1")


def test_presence_is_chosen_and_kept(operator):
    lan = operator("lan")
    lan.get_by_label("Trạng thái của tôi").select_option("busy")
    expect(lan.locator("#presence-dot")).to_have_attribute("data-presence", "busy")
    lan.wait_for_timeout(300)
    lan.reload()
    expect(lan.get_by_label("Trạng thái của tôi")).to_have_value("busy")


def test_the_desk_is_worked_by_keys_alone(gateway, citizen, operator):
    lan = operator("lan")
    expect(rows(lan, "waiting")).to_have_count(1)
    lan.keyboard.press("?")
    expect(lan.get_by_role("heading", name="Phím tắt")).to_be_visible()
    lan.keyboard.press("Escape")
    lan.keyboard.press("j")
    lan.keyboard.press("Enter")
    expect(lan.locator("#claim")).to_be_visible()
    lan.keyboard.press("c")
    expect(lan.get_by_text("Anh/chị đang trả lời")).to_be_visible()
    lan.keyboard.press("r")
    lan.keyboard.type("Xin chào")
    lan.keyboard.press("Enter")
    expect(entries(lan, "operator")).to_have_count(1)
    lan.keyboard.press("Escape")
    lan.keyboard.press("e")
    expect(lan.get_by_role("heading", name="Kết thúc cuộc trò chuyện")).to_be_visible()
    lan.keyboard.press("Enter")
    expect(lan.get_by_text("Đã kết thúc cuộc trò chuyện.")).to_be_visible()


def test_the_list_is_searched_and_filtered(gateway, operator, open_page):
    for words in ("Tôi hỏi về thai sản", "Tôi hỏi về hưu trí"):
        page = open_page("/")
        ask(page, words)
        expect(page.get_by_text("echo:")).to_be_visible()
        ask_for_person(gateway, page)
        expect(page.get_by_text("vị trí số")).to_be_visible()
    lan = operator("lan")
    expect(rows(lan, "waiting")).to_have_count(2)
    lan.keyboard.press("s")
    lan.keyboard.type("thai sản")
    expect(rows(lan, "waiting")).to_have_count(1)
    lan.locator("#search").fill("")
    expect(rows(lan, "waiting")).to_have_count(2)
    lan.get_by_label("Kênh").select_option("zalo_oa")
    expect(lan.get_by_text("Không có cuộc trò chuyện nào khớp với bộ lọc.")).to_be_visible()


def test_zalo_shows_what_did_not_arrive_and_until_when_one_may_write(gateway, operator, shoot):
    gateway.dialogue.will(WANTS_PERSON)
    gateway.hears("an", 1, "gặp nhân viên")
    lan = operator("lan")
    lan.get_by_role("button", name="Nhận người kế tiếp").click()
    expect(lan.get_by_text("Zalo cho trả lời trong 7 ngày")).to_be_visible()
    write(lan, "Đến nơi chứ?")
    expect(lan.locator(".entry-operator .delivery-sent")).to_be_visible()
    assert "Đến nơi chứ?" in gateway.channel.texts("an")
    lan.get_by_role("textbox", name="Trả lời công dân").fill("a" * 2_000)
    expect(lan.locator("#reply-count")).to_have_text("2000 ký tự, sẽ gửi thành 2 tin")
    gateway.channel.will("an", NotSent(SendFailure.UNREACHABLE, "-230"))
    write(lan, "Còn đó không?")
    expect(lan.locator(".delivery-failed")).to_be_visible()
    expect(lan.get_by_text("Tin nhắn của anh/chị sẽ không đến được.")).to_be_visible()
    shoot(lan, "console-unreachable")
