"""The report's doors: which month is shown, what is refused, and that a download leaves its trace."""

import re
from io import BytesIO

import openpyxl
import pytest

from connectors.message import Reply
from desk.accounts.role import Role
from desk.audit import AuditAction, AuditFilter, entries
from desk.database import reading
from desk.report.month import last_finished, month_of
from tests.fakes.console import ConsoleSite, add_colleague
from tests.fakes.gateway import now
from tests.fakes.report import LOW, Month, october

pytestmark = pytest.mark.page

ORIGIN = {"Origin": "http://test", "Sec-Fetch-Site": "same-origin"}
PAGE, WORKBOOK = "/console/report", "/console/report/workbook"
HOSTILE = [
    "2026-13",
    "abc",
    "2026-10' or '1'='1",
    "<script>alert(1)</script>",
    "0000-00",
    "9999-12",
    "2026-10" * 99,
    "\x00",
]


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine)
    yield made
    made.close()


@pytest.fixture
def supervisor(site):
    return site.token(add_colleague(site.engine, "hoa", "Phạm Thị Hoa", (Role.SUPERVISOR,)))


def exports(engine):
    with reading(engine) as connection:
        return entries(connection, AuditFilter(action=AuditAction.REPORT_EXPORTED), 10)


async def test_the_last_finished_month_is_shown_first(site, supervisor):
    async with site.browser(supervisor[0]) as browser:
        page = await browser.get(PAGE)
    month = last_finished(now())
    assert page.status_code == 200
    assert f"Báo cáo tháng {month.name}" in page.text
    assert f"trước ngày {month.due_on:%d/%m/%Y}" in page.text


async def test_an_empty_month_says_what_is_missing(site, supervisor):
    async with site.browser(supervisor[0]) as browser:
        page = await browser.get(PAGE, params={"month": "2024-02"})
    assert page.status_code == 200
    assert "chưa có số liệu nào" in page.text
    assert "chưa có dữ liệu" in page.text
    assert "nan" not in re.sub(r"<[^>]+>", "", page.text).split()


async def test_the_running_month_is_marked(site, supervisor):
    async with site.browser(supervisor[0]) as browser:
        page = await browser.get(PAGE, params={"month": month_of(now()).key})
    assert "chưa kết thúc" in page.text


@pytest.mark.parametrize("month", [*HOSTILE, "future"])
async def test_what_is_no_month_is_told_so(site, supervisor, month):
    month = month_of(now()).following.key if month == "future" else month
    async with site.browser(supervisor[0]) as browser:
        page = await browser.get(PAGE, params={"month": month})
        data = {"csrf": supervisor[1].csrf_token, "month": month}
        refused = await browser.post(WORKBOOK, data=data, headers=ORIGIN)
    if month == "\x00":  # nothing is left of it: nobody asked for a month
        assert page.status_code == refused.status_code == 200
        return
    assert (page.status_code, refused.status_code) == (422, 404)
    assert "không đúng hoặc chưa tới" in page.text
    assert "<script>alert" not in page.text
    assert exports(site.engine) == ()


async def test_words_of_citizens_are_never_markup(site, supervisor):
    month = Month(site.engine)
    for who in ("an", "binh"):
        month.says(who, "<img src=x onerror=alert(1)> rút bảo hiểm", october(5), Reply("Chưa chắc", LOW))
    async with site.browser(supervisor[0]) as browser:
        page = await browser.get(PAGE, params={"month": "2026-10"})
    assert "<img src=x" not in page.text
    assert "rút bảo hiểm" in page.text


async def test_the_page_holds_no_inline_style_or_script(site, supervisor):
    async with site.browser(supervisor[0]) as browser:
        page = (await browser.get(PAGE)).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|\bon\w+=\"|style=\"|<style", page)
    assert page.count('role="img"') == 3
    assert page.count("chart-none") == 3


async def test_the_workbook_is_a_download_with_a_line_in_the_audit_log(site, supervisor):
    data = {"csrf": supervisor[1].csrf_token, "month": "2026-10"}
    async with site.browser(supervisor[0]) as browser:
        file = await browser.post(WORKBOOK, data=data, headers=ORIGIN)
        page = await browser.get(PAGE, params={"month": "2026-10"})
    assert file.status_code == 200
    assert file.headers["content-disposition"] == 'attachment; filename="bao-cao-2026-10.xlsx"'
    assert openpyxl.load_workbook(BytesIO(file.content)).sheetnames[0] == "Tổng quan"
    assert "đã được tải về" in page.text
    (line,) = exports(site.engine)
    assert (line.subject, line.detail["whole_month"]) == ("report:2026-10", True)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EDITOR, Role.APPROVER, Role.ADMIN])
async def test_others_neither_see_nor_take_it(site, role):
    token, session = site.token(add_colleague(site.engine, "lan", "Trần Thị Lan", (role,)))
    async with site.browser(token) as browser:
        page = await browser.get(PAGE)
        file = await browser.post(WORKBOOK, data={"csrf": session.csrf_token}, headers=ORIGIN)
    assert (page.status_code, file.status_code) == (403, 403)
    assert exports(site.engine) == ()


async def test_a_download_needs_the_token_of_its_form(site, supervisor):
    async with site.browser(supervisor[0]) as browser:
        refused = await browser.post(WORKBOOK, data={"month": "2026-10"}, headers=ORIGIN)
    assert refused.status_code == 403
    assert exports(site.engine) == ()
