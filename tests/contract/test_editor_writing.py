"""From a draft to its approval: what is typed is never lost, and nothing is approved by who wrote it."""

import re

import pytest

from desk.accounts.role import Role
from desk.audit import AuditAction
from desk.database import reading, writing
from editing.build_fault import BuildFault, FaultCode
from editing.document import DocumentKind
from editing.documents import find_document
from editing.release import ReleaseKind, knowledge_releases
from editing.version import VersionState
from tests.fakes.editors import (
    APPROVER,
    EDITOR,
    FAQ,
    begin,
    editors_site,
    people,
    previews,
    stored,
    whole_form,
)
from tests.fakes.keeping import HOSTILE, audited

pytestmark = pytest.mark.page


@pytest.fixture
def site(engine):
    with editors_site(engine) as made:
        yield made


class TestWriting:
    async def test_from_a_draft_to_approval_by_another(self, site):
        async with people(site, "long", EDITOR) as long, people(site, "mai", APPROVER, "Đặng Ngọc Mai") as mai:
            long.site = site
            await begin(long)
            draft = stored(site)
            saved = await long.post(FAQ, **whole_form(draft, answer="Câu trả lời mới."))
            assert saved.headers["location"] == f"{FAQ}?said=saved"
            draft = stored(site)
            root = f"/console/knowledge/versions/{draft.id}"
            sent = await long.post(f"{root}/submit", revision=draft.revision)
            assert sent.headers["location"].endswith("said=submitted")
            assert stored(site).state is VersionState.SUBMITTED
            review = await mai.get(f"/console/knowledge/review/{draft.id}")
            assert "Câu trả lời" in review.text
            decided = await mai.post(f"/console/knowledge/review/{draft.id}/approve", revision=draft.revision)
            assert decided.status_code == 303
            assert stored(site).state is VersionState.APPROVED
        assert audited(site.engine, AuditAction.KNOWLEDGE_APPROVED)

    async def test_looking_asks_for_no_comparison_and_the_button_does(self, site):
        async with people(site, "long", EDITOR) as long, people(site, "mai", APPROVER, "Đặng Ngọc Mai") as mai:
            long.site = site
            await begin(long)
            await long.post(FAQ, **whole_form(stored(site), answer="Câu trả lời mới."))
            draft = stored(site)
            await long.post(f"/console/knowledge/versions/{draft.id}/submit", revision=draft.revision)
            path = f"/console/knowledge/review/{draft.id}"
            with writing(site.engine) as connection:
                is_preview = knowledge_releases.c.kind == ReleaseKind.PREVIEW.value
                connection.execute(knowledge_releases.update().where(is_preview).values(state="outdated"))
            pages = [await mai.get(path), await mai.get(f"{path}/gate"), await long.get(path)]
            assert [("So sánh ngay" in page.text, "data-settled" in page.text) for page in pages] == [
                (True, False),
                (False, False),
                (False, False),
            ]
            assert previews(site) == ["outdated"]
            assert (await long.post(f"{path}/compare")).status_code == 403
            assert (await mai.post(f"{path}/compare")).headers["location"] == f"{path}?said=comparing"
            assert (await mai.post(f"{path}/compare")).status_code == 303
        assert previews(site) == ["outdated", "requested"]

    async def test_a_comparison_that_failed_can_be_asked_for_again(self, site):
        async with people(site, "long", EDITOR) as long, people(site, "mai", APPROVER, "Đặng Ngọc Mai") as mai:
            long.site = site
            await begin(long)
            await long.post(FAQ, **whole_form(stored(site), answer="Câu trả lời mới."))
            draft = stored(site)
            await long.post(f"/console/knowledge/versions/{draft.id}/submit", revision=draft.revision)
            with writing(site.engine) as connection:
                is_preview = knowledge_releases.c.kind == ReleaseKind.PREVIEW.value
                failed = {"state": "failed", "error": BuildFault(FaultCode.ATTEMPTS).stored()}
                connection.execute(knowledge_releases.update().where(is_preview).values(failed))
            path = f"/console/knowledge/review/{draft.id}"
            assert "So sánh ngay" in (await mai.get(path)).text
            await mai.post(f"{path}/compare")
        assert previews(site) == ["failed", "requested"]

    async def test_nobody_approves_what_they_wrote(self, site):
        async with people(site, "hoang.ha", (Role.EDITOR, Role.APPROVER), "Hoàng Thu Hà") as ha:
            ha.site = site
            await begin(ha)
            draft = stored(site)
            await ha.post(FAQ, **whole_form(draft))
            draft = stored(site)
            await ha.post(f"/console/knowledge/versions/{draft.id}/submit", revision=draft.revision)
            assert "người duyệt khác" in (await ha.get(f"/console/knowledge/review/{draft.id}")).text
            refused = await ha.post(f"/console/knowledge/review/{draft.id}/approve", revision=draft.revision)
        assert refused.status_code == 409
        assert stored(site).state is VersionState.SUBMITTED

    async def test_the_slower_of_two_editors_sees_both_texts_and_goes_on(self, site):
        async with people(site, "long", EDITOR) as long, people(site, "mai", EDITOR, "Đặng Ngọc Mai") as mai:
            long.site = site
            await begin(long)
            seen = stored(site)
            await mai.post(FAQ, **whole_form(seen, answer="Câu của Mai."))
            late = await long.post(FAQ, **whole_form(seen, answer="Câu của Long."))
            assert late.status_code == 409
            assert "Câu của Mai." in late.text
            assert "Câu của Long." in late.text
            revision = re.search(r'name="revision" value="(\d+)"', late.text)[1]
            kept = await long.post(FAQ, **whole_form(seen, answer="Câu của cả hai.", revision=revision))
        assert kept.status_code == 303
        assert stored(site).body["answer"] == "Câu của cả hai."

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [("review_by", "31/02/2027", "không phải là một ngày"), ("live_to", "hôm qua", "không phải là một ngày")],
    )
    async def test_what_was_typed_comes_back_with_the_reason(self, site, field, value, said):
        async with people(site, "long", EDITOR) as long:
            long.site = site
            await begin(long)
            draft = stored(site)
            answer = await long.post(FAQ, **whole_form(draft, answer=HOSTILE, **{field: value}))
        assert answer.status_code == 422
        assert said in answer.text
        assert "<script>alert" not in answer.text
        assert "&lt;script&gt;" in answer.text
        assert stored(site).body["answer"] != HOSTILE

    async def test_dates_turned_round_are_refused_at_their_field(self, site):
        async with people(site, "long", EDITOR) as long:
            long.site = site
            await begin(long)
            form = whole_form(stored(site), live_from="2027-02-01", live_to="2027-01-01")
            answer = await long.post(FAQ, **form)
        assert answer.status_code == 422
        assert "field-problem" in answer.text

    async def test_dates_turned_round_are_told_beside_whatever_else_is_wrong(self, site):
        async with people(site, "long", EDITOR) as long:
            long.site = site
            await begin(long)
            days = {"live_from": "2026-12-02", "live_to": "2026-12-01", "answer": "Khoảng {khong_co_tham_so}."}
            typed = whole_form(stored(site), **days)
            refused, hints = await long.post(FAQ, **typed), await long.post(f"{FAQ}/hints", **typed)
        for page in (refused, hints):
            assert ("đứng trước “Dùng từ ngày”" in page.text, "khong_co_tham_so" in page.text) == (True, True)
        assert ("Chưa lưu được" in refused.text, "đã lưu trước đó không đổi" in refused.text) == (True, True)
        assert stored(site).revision == typed["revision"]

    async def test_an_incomplete_draft_is_kept_and_cannot_be_submitted(self, site):
        async with people(site, "long", EDITOR) as long:
            made = await long.post("/console/knowledge/new", question="Câu hỏi mới?", topic="Chủ đề mới")
            assert made.headers["location"] == "/console/knowledge/faq/cau-hoi-moi?said=created"
            draft = stored(site, "cau-hoi-moi")
            sent = await long.post(f"/console/knowledge/versions/{draft.id}/submit", revision=draft.revision)
            assert "refused=knowledge_invalid" in sent.headers["location"]
            page = await long.get(sent.headers["location"])
        assert "chưa đạt yêu cầu" in page.text
        assert stored(site, "cau-hoi-moi").state is VersionState.DRAFT

    @pytest.mark.parametrize("key", ["rut-mot-lan", "Có dấu", "../x", "a" * 200])
    async def test_a_key_that_is_taken_or_odd_is_refused_and_the_question_stays(self, site, key):
        async with people(site, "long", EDITOR) as long:
            answer = await long.post("/console/knowledge/new", question="Câu hỏi mới?", topic="A", key=key)
        assert answer.status_code in {409, 422}
        assert "Câu hỏi mới?" in answer.text

    async def test_a_form_of_another_version_changes_nothing(self, site):
        async with people(site, "long", EDITOR) as long:
            long.site = site
            await begin(long)
            draft = stored(site)
            answer = await long.post(FAQ, **whole_form(draft, answer="Của ai?") | {"version": draft.id + 1})
        assert answer.status_code == 409
        assert "Của ai?" in answer.text
        assert stored(site).revision == draft.revision

    async def test_two_presses_begin_one_draft_and_discarding_keeps_history(self, site):
        async with people(site, "long", EDITOR) as long:
            long.site = site
            await begin(long)
            await begin(long)
            draft = stored(site)
            assert draft.number == 2
            await long.post(f"/console/knowledge/versions/{draft.id}/discard", revision=draft.revision)
            history = await long.get(f"/console/knowledge/documents/{draft.document_id}/history")
        assert stored(site).state is VersionState.DISCARDED
        assert "Bỏ bản nháp" in history.text

    async def test_withdrawing_needs_a_reason_and_goes_the_usual_way(self, site):
        root = f"/console/knowledge/documents/{stored(site).document_id}"
        async with people(site, "long", EDITOR) as long:
            without = await long.post(f"{root}/withdraw", reason="vì")
            assert "refused" in without.headers["location"]
            await long.post(f"{root}/withdraw", reason="Luật mới đã bỏ quy định này.")
        assert stored(site).withdraws
        assert stored(site).state is VersionState.DRAFT

    async def test_only_those_who_edit_or_approve_answer_for_a_document(self, site):
        path = f"/console/knowledge/documents/{stored(site).document_id}/owner"
        async with people(site, "long", EDITOR) as long:
            assert (await long.post(path, owner=long.id)).status_code == 303
            assert "refused" in (await long.post(path, owner=999)).headers["location"]
        with reading(site.engine) as connection:
            assert find_document(connection, DocumentKind.FAQ, "rut-mot-lan").owner_id == long.id
