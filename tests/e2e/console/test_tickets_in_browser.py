"""Tickets in a browser: from a conversation to a unit and back to the citizen; a late dossier to its slip."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import expect

from desk.calendar.holidays import Holidays
from desk.calendar.working_days import next_working_day
from desk.calendar.zone import vietnam_date
from desk.database import writing
from desk.tickets import changes
from desk.tickets.changes import By
from desk.tickets.late_dossier import LateDossier
from desk.tickets.ticket import TicketKind, TicketRequest, file_ticket, ticket_by_code
from tests.e2e.chat.test_chat_accessibility import STANDARDS
from tests.e2e.console_scenes import DESK, ask_for_person
from tests.fakes.calendar import day
from tests.fakes.gateway import now
from tests.fakes.ticket_desk import key_of
from tests.fakes.tickets import RULES

pytestmark = pytest.mark.browser
PORTRAIT = {"width": 820, "height": 1180}
QUESTION = "Tôi nghỉ việc từ tháng 3, bao giờ chốt được sổ?"
DOSSIER = LateDossier("G22.99.00-261101-0001", "BHXH cơ sở Thử Nghiệm", day("2026-11-10"))


def assert_accessible(page):
    results = Axe().run(page, options=STANDARDS)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def file(gateway, kind=TicketKind.MESSAGE, ago=timedelta(), citizen="an", channel="web", **fields):
    values = {"name": "Nguyễn Văn Thử", "contact": "0900000001", "question": QUESTION} | fields
    asked = TicketRequest(f"r-{citizen}-{kind}", kind=kind, **values)
    with writing(gateway.engine) as connection:
        code = file_ticket(connection, key_of(citizen, channel), asked, now() - ago, RULES)
        return ticket_by_code(connection, code)


def open_form(page, summary):
    form = page.locator("details", has=page.get_by_text(summary, exact=True))
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    return form


def test_from_a_conversation_to_a_unit_and_back_to_the_citizen(gateway, open_page, operator, shoot):
    citizen = open_page("/")
    ask_for_person(gateway, citizen, QUESTION)
    expect(citizen.get_by_text("vị trí số 1")).to_be_visible()
    lan = operator("lan")
    lan.get_by_role("button", name="Nhận người kế tiếp").click()
    lan.get_by_role("link", name="Lập phiếu").click()
    assert_accessible(lan)
    expect(lan.get_by_label("Nội dung", exact=True)).to_have_value(QUESTION)
    expect(lan.get_by_label("Đơn vị", exact=True)).to_be_hidden()
    lan.get_by_label("Câu hỏi chuyển đơn vị").check()
    lan.get_by_label("Đơn vị", exact=True).fill("Ban Sổ - Thẻ")
    lan.get_by_label("Nội dung hỏi đơn vị").fill("Xin cho biết ngày chốt sổ.")
    shoot(lan, "ticket-new")
    lan.get_by_role("button", name="Lập phiếu và báo mã cho công dân").click()
    expect(lan.get_by_text("và báo mã cho công dân.")).to_be_visible()
    expect(lan.locator(".ticket-state")).to_have_text("Đang chờ đơn vị chuyên môn trả lời: Ban Sổ - Thẻ")
    code = lan.locator("h1 code").inner_text()
    expect(citizen.get_by_text(f"Mã hồ sơ hỗ trợ là {code}.")).to_be_visible()
    assert_accessible(lan)
    lan.get_by_label("Đơn vị trả lời").fill("Đã chốt ngày 20/11.")
    lan.get_by_role("button", name="Lưu trả lời của đơn vị").click()
    lan.locator("#answer-text").fill("Sổ của anh/chị đã được chốt ngày 20/11/2026.")
    lan.get_by_role("button", name="Trả lời", exact=True).click()
    expect(citizen.locator(".message-person")).to_contain_text("đã được chốt ngày 20/11/2026")
    expect(citizen.locator(".message-person")).to_contain_text(code)
    expect(lan.locator(".ticket-title .ticket-left")).to_have_text("trả lời đúng hạn")
    form = open_form(lan, "Kết thúc phiếu")
    expect(form.get_by_label("Đã trả lời", exact=True)).to_be_checked()
    form.get_by_role("button", name="Kết thúc phiếu").click()
    expect(lan.locator(".ticket-state")).to_have_text("Đã kết thúc – đã trả lời")
    shoot(lan, "ticket-closed")
    lan.get_by_role("link", name="Cuộc trò chuyện của phiếu").click()
    expect(lan.locator("#card")).to_contain_text(code)
    shoot(lan, "ticket-in-card")


def test_a_late_dossier_gets_a_new_day_and_its_slip(gateway, operator, shoot, tmp_path):
    ticket = file(gateway, TicketKind.LATE_DOSSIER, dossier=DOSSIER)
    new_day = next_working_day(vietnam_date(now()) + timedelta(days=3), Holidays())
    lan = operator("lan")
    lan.get_by_role("link", name="Phiếu", exact=True).click()
    lan.get_by_text(ticket.case_code).click()
    lan.get_by_label("Ngày hẹn lại").first.fill(f"{new_day:%d/%m/%Y}")
    lan.get_by_label("Lý do chậm").fill("Chờ xác minh quá trình đóng")
    lan.get_by_label("Đã báo: gọi điện thoại").first.check()
    lan.get_by_role("button", name="Xem trước lời xin lỗi").click()
    expect(lan.locator(".ticket-preview")).to_contain_text(f"{new_day:%d/%m/%Y}")
    assert_accessible(lan)
    shoot(lan, "ticket-preview")
    expect(lan.get_by_label("Đã báo: gọi điện thoại").first).to_be_checked()
    lan.get_by_role("button", name="Hẹn lại ngày", exact=True).click()
    expect(lan.get_by_text("Đã ghi ngày hẹn lại.")).to_be_visible()
    lan.get_by_label("Địa danh").fill("Hà Nội")
    with lan.expect_download() as downloading:
        lan.get_by_role("button", name="Tải bản dự thảo (Word)").click()
    path = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(path)
    text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert path.name == f"phieu-xin-loi-{ticket.case_code}.docx"
    assert "Nguyễn Văn Thử" in text
    assert "Chờ xác minh quá trình đóng" in text


def test_two_at_one_ticket_the_second_keeps_what_was_typed(gateway, operator):
    ticket = file(gateway)
    lan, minh = operator("lan"), operator("minh")
    for page in (lan, minh):
        page.goto(f"{gateway.url}/console/tickets/{ticket.id}")
    minh.get_by_role("button", name="Nhận xử lý").click()
    expect(minh.get_by_text("Anh/chị đã nhận xử lý phiếu.")).to_be_visible()
    lan.locator("#answer-text").fill("Câu trả lời dài tôi vừa viết")
    lan.get_by_label("Đã báo: gọi điện thoại").first.check()
    lan.get_by_role("button", name="Trả lời", exact=True).click()
    expect(lan.get_by_role("alert").first).to_contain_text("Lê Văn Minh vừa cập nhật phiếu này (Phân công")
    expect(lan.locator("#answer-text")).to_have_value("Câu trả lời dài tôi vừa viết")
    assert_accessible(lan)
    lan.get_by_role("button", name="Trả lời", exact=True).click()
    expect(lan.locator(".ticket-state")).to_have_text("Đã trả lời")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PORTRAIT], ids=["desk", "portrait"])
def test_axe_finds_nothing(gateway, operator, shoot, viewport, scheme):
    lan = operator("lan", viewport, color_scheme=scheme, reduced_motion="reduce")
    lan.goto(f"{gateway.url}/console/tickets")
    assert_accessible(lan)
    late = file(gateway, ago=timedelta(days=6))
    file(gateway, TicketKind.SCAM, citizen="ba", question="Có người gọi đòi mã OTP, số 0912345678, tôi đã chuyển tiền")
    file(gateway, TicketKind.COMPLAINT, citizen="chi", question="Thái độ của cán bộ tiếp nhận hồ sơ tại quầy số 3")
    dossier = file(
        gateway,
        TicketKind.LATE_DOSSIER,
        citizen="dung",
        dossier=DOSSIER,
        question="Hồ sơ thai sản hẹn trả ngày 10 chưa có",
    )
    question = file(
        gateway,
        TicketKind.UNIT_QUESTION,
        citizen="em",
        question="Tôi đóng trùng hai nơi trong tháng 5/2024 thì hoàn trả thế nào?",
    )
    lan.goto(f"{gateway.url}/console/tickets/{question.id}")
    lan.get_by_role("button", name="Nhận xử lý").click()
    with writing(gateway.engine) as connection:
        ticket = ticket_by_code(connection, question.case_code)
        changes.refer_to_unit(
            connection, ticket, "Ban Thu", "Đề nghị cho biết cách xử lý thu trùng.", RULES, By("operator:1", now())
        )
    lan.goto(f"{gateway.url}/console/tickets")
    assert_accessible(lan)
    name = f"{viewport['width']}-{scheme}"
    shoot(lan, f"tickets-{name}")
    for ticket in (question, late, dossier):
        lan.goto(f"{gateway.url}/console/tickets/{ticket.id}")
        assert_accessible(lan)
        shoot(lan, f"ticket-{ticket.kind}-{name}")
