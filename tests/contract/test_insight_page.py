"""Insight in the browser's words, and as a workbook that calculates nothing."""

from io import BytesIO

import openpyxl
import pytest

from desk.accounts.role import Role
from desk.audit import AuditAction, AuditFilter, entries
from desk.database import reading, writing
from editing.gaps.sorting import GapSorter
from editing.settings import GapSettings
from tests.fakes.console import ConsoleSite, add_colleague
from tests.fakes.editor_browser import EditorBrowser
from tests.fakes.gateway import now
from tests.fakes.insight import LoggedYear
from tests.fakes.knowledge_base import small_knowledge
from tests.fakes.meaning import PlainMeaning

pytestmark = pytest.mark.page

INSIGHT = "/console/knowledge/insight"
HOSTILE = '=HYPERLINK("http://x")<script>'


@pytest.fixture
def site(engine):
    site = ConsoleSite(engine)
    yield site
    site.close()


@pytest.fixture
def editor(engine, site):
    year = LoggedYear(engine, now())
    year.entry("a", HOSTILE)
    year.entry("never", "Chưa dùng lần nào")
    year.answers(3, 1, topic=HOSTILE, document="faq/a", up=1)
    year.answers(1, 1, "unanswerable_low_score")
    return EditorBrowser(site, add_colleague(engine, "lan", "Trần Thị Lan", (Role.EDITOR,)))


async def test_the_page_shows_coverage_entries_and_topics_and_no_markup_of_anybody(editor):
    answer = await editor.opens(INSIGHT)
    page = answer.text
    assert (answer.status_code, "75%" in page, "Chưa dùng lần nào" in page, "Không rõ chủ đề" in page) == (
        200,
        True,
        True,
        True,
    )
    assert ("<script>" in page, "&lt;script&gt;" in page) == (False, True)


async def test_rows_lead_to_their_entries_and_gaps(engine, site):
    with writing(engine) as connection:
        small_knowledge(connection)
    year = LoggedYear(engine, now())
    year.answers(2, 2, document="faq/rut-mot-lan")
    year.answers(1, 2, document="faq/khong-con")
    year.answers(1, 1, "unanswerable_low_score")
    GapSorter(engine, GapSettings(0.6, 50)).run(PlainMeaning(), now())
    lan = EditorBrowser(site, add_colleague(engine, "lan", "Trần Thị Lan", (Role.EDITOR,)))
    page = (await lan.opens(INSIGHT)).text
    for path in ("/console/knowledge/faq/rut-mot-lan", "/console/knowledge/gaps/1"):
        assert f'<a href="{path}">' in page
        assert (await lan.opens(path)).status_code == 200
    assert ("faq/khong-con" in page, 'href="/console/knowledge/faq/khong-con"' in page) == (True, False)


async def test_any_period_gives_a_page(editor):
    for period, status in (("7", 200), ("90", 200), ("2020-01", 200), ("99", 422), ("'--", 422)):
        assert (await editor.opens(f"{INSIGHT}?period={period}")).status_code == status, period


async def test_the_workbook_holds_numbers_and_text_that_calculates_nothing(engine, editor):
    answer = await editor.sends(INSIGHT + "/workbook", period="30")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    hostile = [cell for cell in cells if cell.value == HOSTILE]
    assert (answer.status_code, book.sheetnames[:5]) == (
        200,
        ["Tổng quan", "Chủ đề", "Các mục", "Chưa trả lời được", "Lịch rà soát"],
    )
    assert hostile
    assert all(cell.data_type == "s" for cell in hostile)
    with reading(engine) as connection:
        (line,) = entries(connection, AuditFilter(action=AuditAction.REPORT_EXPORTED), 5)
    assert line.subject == "insight:30"


async def test_a_workbook_of_no_period_is_refused(editor):
    assert (await editor.sends(INSIGHT + "/workbook", period="x")).status_code == 404
