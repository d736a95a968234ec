"""The editors' pages: the list, the help while typing, parameters and directives; odd addresses do no harm."""

import pytest
from sqlalchemy import select

from console.editor.ports import Alike
from desk.audit import AuditAction
from desk.database import reading, writing
from editing.document import DocumentKind
from editing.version import knowledge_versions
from tests.fakes.console import ConsoleSite
from tests.fakes.editors import EDITOR, FAQ, begin, editors_site, people, stored, whole_form
from tests.fakes.keeping import audited, keeper
from tests.fakes.knowledge_base import published_directive, small_knowledge
from tests.fakes.workshop import FakeWorkshop

pytestmark = pytest.mark.page


@pytest.fixture
def site(engine):
    with editors_site(engine) as made:
        yield made


class TestList:
    async def test_words_are_found_without_diacritics_and_stand_in_no_address(self, site):
        async with people(site, "long", EDITOR) as long:
            found = await long.post("/console/knowledge", words="rut bhxh")
            assert "rut-mot-lan" in found.text
            assert "sinh-con-tro-cap" not in found.text
            filtered = await long.post("/console/knowledge", kind="faq", due="overdue")
            assert filtered.status_code == 303
            assert "words" not in filtered.headers["location"]
            page = await long.get(filtered.headers["location"])
            assert "sinh-con-tro-cap" in page.text
            assert "rut-mot-lan" not in page.text

    @pytest.mark.parametrize("query", ["page=99", "kind=x&standing=y&due=z&owner=a&sort=b", "page=-1", "topic=%00"])
    async def test_odd_addresses_give_a_page(self, site, query):
        async with people(site, "long", EDITOR) as long:
            assert (await long.get(f"/console/knowledge?{query}")).status_code == 200

    async def test_an_empty_base_says_how_it_is_filled(self, engine):
        bare = ConsoleSite(engine)
        async with keeper(bare, "long", "Bùi Đức Long", EDITOR) as long:
            assert "chưa có nội dung" in (await long.get("/console/knowledge")).text
        bare.close()


class TestHelp:
    async def test_previews_fill_in_figures_and_mark_what_cannot_be_filled(self, site):
        async with people(site, "long", EDITOR) as long:
            long.site = site
            await begin(long)
            draft = stored(site)
            form = whole_form(draft, answer="Là {muc_tham_chieu*2}, không phải {khong_co}.")
            part = await long.post(f"{FAQ}/preview", **form)
        assert "5.060.000 đồng" in part.text
        assert "không điền được" in part.text
        assert "Zalo" in part.text

    async def test_hints_name_what_is_alike_and_what_is_wrong(self, site):
        site.workshop.found = (Alike("faq/sinh-con-tro-cap", "Trợ cấp sinh con?", "tiền sinh con", 0.91),)
        async with people(site, "long", EDITOR) as long:
            long.site = site
            await begin(long)
            part = await long.post(f"{FAQ}/hints", **whole_form(stored(site), alternates="một câu", answer=""))
        assert "91%" in part.text
        assert 'data-for="alternates"' in part.text
        assert 'data-for="answer"' in part.text

    async def test_a_figure_typed_by_hand_is_told_at_the_answer_with_what_to_write_instead(self, site):
        async with people(site, "long", EDITOR) as long:
            long.site = site
            await begin(long)
            typed = whole_form(stored(site), answer="Được 5.060.000 đồng, bằng 75% mức đóng.", next_where="")
            part = await long.post(f"{FAQ}/hints", **typed)
            await long.post(FAQ, **typed)
            page = await long.get(FAQ)
        for text in (part.text, page.text):
            assert ("5.060.000 đồng" in text, "75%" in text, "lấy từ bảng tham số" in text) == (True, True, True)
        assert ('data-for="answer"' in part.text, 'data-for="next_steps"' in part.text) == (True, True)

    async def test_without_the_workshop_everything_else_goes_on(self, engine):
        with writing(engine) as connection:
            small_knowledge(connection)
        away = ConsoleSite(engine, workshop=FakeWorkshop(away=True))
        async with keeper(away, "long", "Bùi Đức Long", EDITOR) as long:
            long.site = away
            await begin(long)
            part = await long.post(f"{FAQ}/hints", **whole_form(stored(away)))
            assert "tạm nghỉ" in part.text
            tried = await long.post("/console/knowledge/try", question="rút một lần", subject="live")
            assert "tạm nghỉ" in tried.text
            assert (await long.post(FAQ, **whole_form(stored(away)))).status_code == 303
        away.close()

    @pytest.mark.parametrize("fields", [{"question": ""}, {"question": "a" * 601}, {"question": "a", "subject": "x:1"}])
    async def test_a_question_that_cannot_be_tried_comes_back(self, site, fields):
        async with people(site, "long", EDITOR) as long:
            answer = await long.post("/console/knowledge/try", **fields)
        assert answer.status_code in {400, 422}


class TestParameters:
    async def test_every_answer_that_moves_is_listed(self, site):
        version = stored(site, "muc_tham_chieu", DocumentKind.PARAMETER)
        page = "/console/knowledge/parameter/muc_tham_chieu"
        async with people(site, "long", EDITOR) as long:
            await long.post(f"/console/knowledge/documents/{version.document_id}/start")
            draft = stored(site, "muc_tham_chieu", DocumentKind.PARAMETER)
            fields = {"version": draft.id, "revision": draft.revision, "title": "Mức", "unit": "dong"}
            values = {"value_0_value": "2.600.000", "value_0_from": "2026-07-01", "value_0_document": "Nghị định thử"}
            await long.post(page, **fields, **values)
            shown = (await long.get(page)).text
            assert "5.200.000" in shown
            assert "Trợ cấp một lần khi sinh con" in shown
            wrong = await long.post(page, **fields | values | {"value_0_value": "hai triệu"})
        assert wrong.status_code == 422
        assert "hai triệu" in wrong.text


class TestDirectives:
    async def test_questions_of_a_section_are_kept_with_the_draft(self, site):
        text = "CÔNG VĂN\nSố: 1/BHXH-THU\n1. Nộp hồ sơ trước ngày 10.\n2. Trả kết quả trong 5 ngày.\n"
        front = {"number": "1/BHXH-THU", "issued_on": "2026-01-02", "kind": "Công văn", "subject": "thử"}
        front |= {"issuer": "BHXH thử", "signer": "Nguyễn Văn Thử", "signer_title": "Giám đốc"}
        with writing(site.engine) as connection:
            version = published_directive(connection, "1-BHXH-THU", text, front)
        page = "/console/knowledge/directive/1-BHXH-THU"
        async with people(site, "long", EDITOR) as long:
            assert (await long.get(page)).status_code == 200
            await long.post(f"/console/knowledge/documents/{version.document_id}/start")
            draft = stored(site, "1-BHXH-THU", DocumentKind.DIRECTIVE)
            fields = {"version": draft.id, "revision": draft.revision, "place": "1"}
            kept = await long.post(f"{page}/questions", section="1", questions="Nộp khi nào?\n\n", **fields)
            assert kept.status_code == 303
            assert "data-saved" not in (await long.get(f"{page}?said=saved&section=1")).text
            stale = await long.post(f"{page}/questions", section="2", questions="Chậm chân?", **fields)
            facts = {"number": "1/BHXH-THU", "issued_on": "2026-01-02", "effective_to": "mai"}
            newer = stored(site, "1-BHXH-THU", DocumentKind.DIRECTIVE)
            wrong = await long.post(page, version=newer.id, revision=newer.revision, **facts)
            days = facts | {"effective_to": "", "live_from": "2026-12-02", "live_to": "2026-12-01"}
            reversed_days = await long.post(page, version=newer.id, revision=newer.revision, **days)
        assert stale.status_code == 409
        assert (wrong.status_code, "không phải là một ngày" in wrong.text) == (422, True)
        assert (reversed_days.status_code, "field-problem" in reversed_days.text) == (422, True)
        assert stored(site, "1-BHXH-THU", DocumentKind.DIRECTIVE).body["questions"] == {"1": ["Nộp khi nào?"]}


async def test_editors_begin_at_the_knowledge(site):
    async with people(site, "long", EDITOR) as long:
        assert (await long.get("/console")).headers["location"] == "/console/knowledge"


async def test_nothing_of_a_citizen_is_in_the_audit_of_editors(site):
    async with people(site, "long", EDITOR) as long:
        long.site = site
        await begin(long)
        await long.post(FAQ, **whole_form(stored(site), answer="Điều riêng tư."))
    lines = audited(site.engine, AuditAction.KNOWLEDGE_EDITED)
    assert lines
    assert "riêng tư" not in str(lines)
    with reading(site.engine) as connection:
        assert connection.execute(select(knowledge_versions.c.id)).all()
