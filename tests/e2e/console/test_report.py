"""The monthly report in a browser: what it shows, how it is chosen and taken away, and that everybody can read it."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe

from connectors.message import Reply
from desk.accounts.role import Role
from desk.handoff import moves
from desk.handoff.availability import Obstacle
from desk.handoff.state import Reason
from desk.satisfaction import About
from desk.tickets.deadline import TicketKind
from tests.e2e.console_scenes import DESK
from tests.fakes.console import add_colleague
from tests.fakes.report import LOW, NO_CONTENT, Month, answered, october, september

pytestmark = pytest.mark.browser
TABLET = {"width": 820, "height": 1180}
QUESTIONS = ["Rút BHXH một lần cần giấy tờ gì?", "rut bhxh 1 lan can giay to gi", "Đóng tự nguyện tối thiểu bao nhiêu?"]


def some_weeks(month, at, people):
    """Questions, handoffs, tickets and ratings of so many people."""
    for n in range(people):
        moment, channel = at(2 + n % 26, 8 + n % 9, n % 60), ("web", "zalo_oa", "telegram")[n % 3]
        who = f"{'t' if at is september else ''}{n}"
        source = ("faq/cap-lai-the", "999-BHXH-VP/1", "faq/cap-lai-the", "faq/da-go")[n % 4]
        month.says(who, "hỏi điều kiện", moment, answered(source), channel=channel)
        if n % 3 == 0:
            month.says(who, QUESTIONS[n % 2], moment, Reply("Chưa chắc", (LOW, NO_CONTENT)[n % 2]), channel=channel)
            month.rates(who, (About.BOT, About.PERSON, About.WAITING)[n % 9 // 3], moment, (5, 4, 5, 2, 5)[n % 5])
        if n % 5 == 0:
            month.wants_person(who, moment, (Reason.REQUESTED, Reason.COMPLAINT)[n % 2], channel=channel)
            later = timedelta(minutes=2 + n % 7)
            if n % 15 == 0:
                month.moved(who, moves.end_waiting, Obstacle.QUEUE_FULL, moment + later * 2, channel=channel)
            else:
                month.claimed(who, moment + later, channel=channel)
                month.operator_says(who, moment + later, channel=channel)
                month.closed(who, moment + later * 4, channel=channel)
        if n % 6 == 0:
            kind = (TicketKind.CALLBACK, TicketKind.LATE_DOSSIER, TicketKind.MESSAGE, TicketKind.COMPLAINT)[n // 6 % 4]
            month.ticket(who, kind, moment, answered_at=moment + timedelta(hours=20 + 30 * (n % 4)))


@pytest.fixture
def busy(gateway):
    """A gateway with an October and a September behind it, and a supervisor."""
    add_colleague(gateway.engine, "hoa", "Phạm Thị Hoa", (Role.SUPERVISOR,))
    month = Month(gateway.engine)
    some_weeks(month, september, 40)
    some_weeks(month, october, 60)
    return gateway


@pytest.fixture
def report(busy, operator):
    def opened(viewport=DESK, path="/console/report?month=2026-10"):
        page = operator("hoa", viewport)
        page.goto(busy.url + path)
        return page

    return opened


def test_a_supervisor_finds_the_report_chooses_a_month_and_takes_it_away(report, busy):
    page = report(path="/console/desk")
    page.get_by_text("Quản lý").click()
    page.get_by_role("link", name="Báo cáo").click()
    page.get_by_label("Tháng", exact=True).select_option("2026-10")
    page.get_by_role("button", name="Xem").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Báo cáo tháng 10/2026"
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải Excel").click()
    assert download.value.suggested_filename == "bao-cao-2026-10.xlsx"
    book = openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))
    assert "Hài lòng" in book.sheetnames
    page.reload()
    assert "đã được tải về" in page.locator(".report-due").inner_text()


def test_the_charts_say_what_they_show_and_bars_are_as_long_as_their_numbers(report):
    page = report()
    channels = page.get_by_role("img", name="Cuộc trò chuyện theo kênh")
    assert "Trang web: " in channels.locator("desc").text_content()
    widths = [float(bar.get_attribute("width")) for bar in channels.locator("rect.bar-0").all()]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] > 0
    satisfaction = page.get_by_role("img", name="Tỷ lệ hài lòng so với mục tiêu 83%")
    assert satisfaction.locator(".chart-goal").count() == 1
    assert all("n = " in label for label in satisfaction.locator(".chart-label").all_text_contents())


def test_an_empty_month_still_is_a_page(report):
    page = report(path="/console/report?month=2024-12")
    assert page.get_by_text("Tháng 12/2024 chưa có số liệu nào").count() == 1
    assert page.locator("svg.chart-picture").count() == 3


@pytest.mark.parametrize("viewport", [DESK, TABLET], ids=["desk", "tablet"])
def test_axe_finds_nothing_and_the_page_does_not_run_out_of_its_width(report, shoot, viewport):
    page = report(viewport)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shoot(page, f"console-report-{viewport['width']}")


def test_on_paper_only_the_report_is_left(report):
    page = report()
    page.emulate_media(media="print")
    assert not page.locator(".report-acts").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
