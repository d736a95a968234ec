"""The workbook read again: every sheet, real numbers, native charts, and no text that calculates."""

import zipfile
from io import BytesIO

import openpyxl
import pytest
from openpyxl.chart import LineChart

from connectors.message import Reply
from console.report.workbook import render_workbook
from desk.report.month import ReportMonth
from desk.satisfaction import About
from tests.fakes.report import LOW, OCTOBER, Month, answered, october, report_of

pytestmark = pytest.mark.page

SHEETS = ["Tổng quan", "Kênh", "Chủ đề", "Chuyển cán bộ", "Phiếu", "Hài lòng", "Chưa trả lời được"]
HOSTILE = ['=HYPERLINK("http://evil.test")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0", "＝1+1"]


def workbook(report, by="Trần Thị Lan"):
    return openpyxl.load_workbook(BytesIO(render_workbook(report, by)))


def cells(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def texts(sheet):
    return [str(cell.value) for cell in cells(sheet)]


@pytest.fixture
def month(engine):
    return Month(engine)


def test_the_sheets_are_those_of_the_report(engine):
    book = workbook(report_of(engine))
    visible = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert visible == SHEETS


def test_every_sheet_says_whose_it_is_which_month_when_and_by_whom(engine):
    for sheet in workbook(report_of(engine)).worksheets[:-1]:
        head = " | ".join(texts(sheet)[:6])
        assert "BẢO HIỂM XÃ HỘI VIỆT NAM" in head
        assert "THÁNG 10/2026" in head
        assert "từ 00:00 ngày 01/10/2026 đến hết ngày 31/10/2026" in head
        assert "23:59 03/11/2026" in head
        assert "Trần Thị Lan" in head


def test_a_running_month_is_marked(engine):
    book = workbook(report_of(engine, OCTOBER, october(20)))
    assert any("tháng chưa kết thúc" in text for text in texts(book["Tổng quan"]))


def test_an_empty_month_says_so_instead_of_zero_per_cent(engine):
    book = workbook(report_of(engine, ReportMonth(2024, 2)))
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in book["Tổng quan"].iter_rows()}
    assert rows["Tỷ lệ hài lòng chung"][:2] == ["chưa có dữ liệu", 0]
    assert rows["Cuộc trò chuyện"][0] == 0


def test_numbers_are_numbers_with_their_formats(engine, month):
    month.says("an", "hỏi", october(5), answered("faq/rut-mot-lan"))
    month.says("an", "hỏi nữa", october(5), Reply("Chưa chắc", LOW))
    book = workbook(report_of(engine))
    rows = {row[0].value: row for row in book["Tổng quan"].iter_rows()}
    share = rows["Tỷ lệ trợ lý trả lời được"]
    assert (share[1].value, share[1].number_format, share[2].value) == (0.5, "0.0%", 2)
    assert (rows["Tin nhắn người dân gửi"][1].value, rows["Tin nhắn người dân gửi"][1].number_format) == (2, "#,##0")


@pytest.mark.parametrize("words", HOSTILE)
def test_a_citizens_text_stays_text(engine, month, words):
    for who in ("an", "binh"):
        month.says(who, f"{words} rút bảo hiểm", october(5), Reply("Chưa chắc", LOW))
    file = render_workbook(report_of(engine), words)
    book = openpyxl.load_workbook(BytesIO(file))
    found = [cell for sheet in book for cell in cells(sheet)]
    assert not [cell.coordinate for cell in found if cell.data_type == "f"]
    with zipfile.ZipFile(BytesIO(file)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)
    asked = [cell for cell in cells(book["Chưa trả lời được"]) if "rút bảo hiểm" in str(cell.value)]
    assert len(asked) == 1
    assert asked[0].quotePrefix


def test_letters_that_no_file_can_hold_spoil_nothing(engine):
    assert workbook(report_of(engine), "Lan\x0b\ud800\uffff").properties.creator == "Lan"


def test_charts_are_native_and_the_goal_is_a_line(engine, month):
    month.says("an", "hỏi", october(5), answered("faq/rut-mot-lan"))
    month.rates("an", About.BOT, october(6), 5)
    book = workbook(report_of(engine))
    kinds = {sheet.title: [type(chart).__name__ for chart in sheet._charts] for sheet in book}
    assert all(kinds[name] == ["BarChart"] for name in SHEETS[:2] + SHEETS[3:6] if name != "Chuyển cán bộ")
    satisfaction = book["Hài lòng"]._charts[0]
    assert any(isinstance(part, LineChart) for part in satisfaction._charts)
    data = book["Số liệu biểu đồ"]
    goals = {cell.value for cell in cells(data) if isinstance(cell.value, float) and cell.value == 0.83}
    assert goals == {0.83}


def test_it_opens_without_macros_or_links_to_elsewhere(engine):
    with zipfile.ZipFile(BytesIO(render_workbook(report_of(engine), "Lan"))) as parts:
        names = parts.namelist()
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
