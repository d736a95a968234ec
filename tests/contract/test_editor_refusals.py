"""What editors may not do is said in words of its own, and nothing is changed. On both databases."""

from datetime import date

import pytest

from desk.database import writing
from editing import drafting
from editing.errors import WrongStateError
from editing.version import VersionState, knowledge_versions
from tests.fakes.editors import APPROVER, EDITOR, FAQ, begin, editors_site, people, stored, whole_form
from tests.fakes.lifecycle import AN, KnowledgeDesk

pytestmark = pytest.mark.page


@pytest.fixture
def site(engine):
    with editors_site(engine) as made:
        yield made


async def test_what_has_no_day_left_is_neither_released_nor_compared(site):
    async with people(site, "long", EDITOR) as long, people(site, "mai", APPROVER, "Đặng Mai") as mai:
        long.site = site
        await begin(long)
        await long.post(FAQ, **whole_form(stored(site), answer="Câu trả lời mới."))
        draft = stored(site)
        await long.post(f"/console/knowledge/versions/{draft.id}/submit", revision=draft.revision)
        await mai.post(f"/console/knowledge/review/{draft.id}/approve", revision=draft.revision)
        with writing(site.engine) as connection:
            one = knowledge_versions.c.id == draft.id
            connection.execute(knowledge_versions.update().where(one).values(live_to=date(2026, 1, 1)))
        refused = await mai.post("/console/knowledge/releases", **{f"version_{draft.id}": "1"})
        review = await mai.get(f"/console/knowledge/review/{draft.id}")
    assert (refused.status_code, "Ngày dùng cuối của nội dung đã qua" in refused.text) == (409, True)
    assert ("Ngày dùng cuối (01/01/2026) đã qua" in review.text, "So sánh ngay" in review.text) == (True, False)


async def test_a_withdrawal_without_a_reason_is_said(site):
    async with people(site, "long", EDITOR) as long:
        path = f"/console/knowledge/documents/{stored(site).document_id}/withdraw"
        refused = await long.post(path, reason=" " * 20)
        page = await long.get(refused.headers["location"])
    assert "Cần ghi lý do, từ 10 đến 500 ký tự." in page.text
    assert stored(site).state is VersionState.PUBLISHED


@pytest.mark.parametrize("reason", ["", " " * 20, "x" * 501])
def test_no_door_proposes_a_withdrawal_without_a_reason(engine, reason):
    desk = KnowledgeDesk(engine)
    with pytest.raises(WrongStateError):
        desk.write(drafting.propose_withdrawal, desk.document().id, reason, AN, desk.now)
    assert desk.opened() is None
