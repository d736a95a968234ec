"""Questions and answers of a sheet: checked, mended, compared with the base, taken in."""

import pytest

from editing.bodies.faq import faq_from_json
from editing.document import DocumentKind
from editing.version import VersionState
from knowledge.faqs.entry import MIN_ALTERNATES
from tests.fakes.brought_files import sheet_xlsx
from tests.fakes.imports import EDITOR, HEAD, ROW, bring, imports_site, newest, stored
from tests.fakes.keeping import keeper
from tests.fakes.knowledge_base import ONE_OFF

pytestmark = pytest.mark.page


@pytest.fixture
def site(engine):
    with imports_site(engine) as made:
        yield made


async def test_rows_are_checked_mended_and_taken_in(site):
    rows = [ROW, ("", "", "Thiếu câu hỏi.", *ROW[3:]), ("rut-mot-lan", ONE_OFF.question, "Câu trả lời mới.", *ROW[3:])]
    async with keeper(site, roles=EDITOR) as lan:
        path = await bring(lan, sheet_xlsx(rows, HEAD), "faqs", "a.xlsx")
        page = (await lan.get(path)).text
        for said in ("Chưa có câu hỏi.", "Mã này đã có trong kho", "sẽ được tạo mới", f"cần ít nhất {MIN_ALTERNATES}"):
            assert said in page
        assert (await lan.post(f"{path}/commit", revision=1)).status_code == 422
        answer = await lan.post(
            f"{path}/rows/3", revision=1, question="Hỏi thử hai?", answer="Đáp.", topic="Thử nghiệm"
        )
        assert answer.status_code == 303
        assert (await lan.post(f"{path}/rows/2/out", revision=2, out=1)).status_code == 303
        answer = await lan.post(f"{path}/commit", revision=3)
        assert answer.headers["location"].endswith("said=committed")
    assert newest(site, DocumentKind.FAQ, "hoi-thu-mot") is None
    assert newest(site, DocumentKind.FAQ, "hoi-thu-hai").state is VersionState.DRAFT
    own = faq_from_json(newest(site, DocumentKind.FAQ, "rut-mot-lan").body)
    assert (own.answer, own.alternates, own.review_by) == ("Câu trả lời mới.", ONE_OFF.alternates, ONE_OFF.review_by)


async def test_duplicates_and_contradictions_are_told(site):
    other = ("", "Rút BHXH một lần khi nào?", "Nghỉ việc đủ 24 tháng và chưa đủ 20 năm đóng.", "BHXH một lần")
    law = ("Luật Bảo hiểm xã hội số 41/2024/QH15", "Điều 70", "Người lao động")
    same = ("", ONE_OFF.question, "Khác hẳn.", "BHXH một lead", *law)
    async with keeper(site, roles=EDITOR) as lan:
        path = await bring(lan, sheet_xlsx([(*other, *law), same, same], HEAD), "faqs", "a.xlsx")
        page = (await lan.get(path)).text
    assert "Cùng câu hỏi với" in page
    assert "Trùng cách hỏi với dòng 3" in page
    assert "24 tháng" in page


async def test_a_row_saved_over_an_older_page_stays_in_its_form(site):
    async with keeper(site, roles=EDITOR) as lan:
        path = await bring(lan, sheet_xlsx([ROW], HEAD), "faqs", "a.xlsx")
        assert (await lan.post(f"{path}/rows/2", revision=1, question="Một?")).status_code == 303
        late = await lan.post(f"{path}/rows/2", revision=1, question="Điều tôi vừa gõ?")
        assert late.status_code == 409
        assert "Điều tôi vừa gõ?" in late.text


async def test_near_duplicates_wait_until_the_workshop_is_back(site):
    site.workshop.away = True
    async with keeper(site, roles=EDITOR) as lan:
        path = await bring(lan, sheet_xlsx([ROW], HEAD), "faqs", "a.xlsx")
        away = await lan.post(f"{path}/compare", revision=1)
        assert away.status_code == 503
        assert "đang tạm nghỉ" in away.text
        site.workshop.away = False
        assert (await lan.post(f"{path}/compare", revision=1)).status_code == 303
    assert stored(site, path)[1][0].alike == []
