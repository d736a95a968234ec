"""The pages for a law's day: written by one, approved by another; what was typed is never lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from console.editor.law_fields import typed_moment
from desk.accounts.role import Role
from desk.audit import AuditAction, audit_entries
from desk.database import reading, writing
from desk.notices.announcement import AnnouncementState, MovedAnnouncementError, end, list_announcements
from desk.notices.hold import Scope, list_holds
from editing.relations.flag import flagged
from editing.relations.law import laws
from editing.relations.relation import RelationState, relations_of
from tests.fakes.console import ConsoleSite, add_colleague
from tests.fakes.gateway import now
from tests.fakes.knowledge_base import LAW, small_knowledge

pytestmark = pytest.mark.page
ROOT = "/console/knowledge"
NEW_LAW = {"document": "Nghị định số 300/2026/NĐ-CP", "effective_on": "2027-01-01", "note": "Nâng mức trợ cấp"}
RELATION = {"kind": "amends", "affected": LAW, "articles": "Điều 70", "valid_from": "2027-01-01", "note": ""}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def site(engine):
    with writing(engine) as connection:
        small_knowledge(connection)
    site = ConsoleSite(engine)
    yield site
    site.close()


class Desk:
    def __init__(self, site, who):
        self._site, (self._token, self._session) = site, site.token(who)

    async def opens(self, path):
        async with self._site.browser(self._token) as browser:
            return await browser.get(ROOT + path)

    async def sends(self, path, **fields):
        headers = {"Origin": "http://test", "Sec-Fetch-Site": "same-origin"}
        data = {"csrf": self._session.csrf_token, **fields}
        async with self._site.browser(self._token) as browser:
            return await browser.post(ROOT + path, data=data, headers=headers)


@pytest.fixture
def desk(site, engine):
    roles = {
        "lan": (Role.EDITOR,),
        "cuc": (Role.EDITOR,),
        "binh": (Role.APPROVER,),
        "dung": (Role.EDITOR, Role.APPROVER),
    }
    people = {name: add_colleague(engine, name, f"Người {name}", role) for name, role in roles.items()}
    return lambda name: Desk(site, people[name])


def announcement(**changes):
    moment = now()
    fields = {
        "title": "Mức trợ cấp mới",
        "text": "Từ 01/01/2027.",
        "link": "https://baohiemxahoi.gov.vn/tin",
        "topic": "",
        "channel_web": "1",
        "starts_at": typed_moment(moment - timedelta(minutes=5)),
        "ends_at": typed_moment(moment + timedelta(days=3)),
    }
    return {**fields, **changes}


def holding(**changes):
    moment = now()
    times = {"starts_at": typed_moment(moment), "ends_at": typed_moment(moment + timedelta(days=7))}
    return {
        "topic": "Thai sản",
        "name": "",
        "articles": "",
        "reason": "Nghị định mới, đang rà soát",
        **times,
        **changes,
    }


def read(engine, work, *arguments):
    with reading(engine) as connection:
        return work(connection, *arguments)


class TestLaws:
    async def test_from_the_record_to_the_review(self, engine, desk):
        editor, approver = desk("lan"), desk("binh")
        answer = await editor.sends("/law", **NEW_LAW)
        (law,) = read(engine, laws, 9)
        assert answer.headers["location"] == f"{ROOT}/law/{law.id}?said=law_recorded"
        answer = await editor.sends(f"/law/{law.id}/relations", **RELATION)
        (relation,) = read(engine, relations_of, law.id)
        page = (await approver.opens(f"/law/{law.id}")).text
        assert ("Khi nào được rút BHXH một lần?" in page, "khi quan hệ được duyệt" in page) == (True, True)
        assert "Chờ duyệt (1)" in (await approver.opens("/law")).text
        answer = await approver.sends(f"/law/relations/{relation.id}/approve")
        assert "said=approved" in answer.headers["location"]
        (found,) = read(engine, flagged, 9)
        assert "Khi nào được rút BHXH một lần?" in (await editor.opens("/review-needed")).text
        answer = await editor.sends(f"/review-needed/{found.flag.id}", reason="ngắn")
        assert (answer.status_code, 'value="ngắn"' in answer.text) == (422, True)
        await editor.sends(f"/review-needed/{found.flag.id}", reason="Chỉ sửa thủ tục, mức không đổi.")
        assert "Không có nội dung nào cần xem lại" in (await editor.opens("/review-needed")).text
        assert "Đã xong" in (await editor.opens(f"/law/{law.id}")).text
        steps = read(
            engine,
            lambda c: [
                row.detail["step"] for row in c.execute(select(audit_entries)) if row.action == AuditAction.LAW_CHANGED
            ],
        )
        assert steps == ["recorded", "proposed", "approved", "still_right"]

    async def test_who_recorded_it_may_not_approve_it_whatever_the_role(self, engine, desk):
        both = desk("dung")
        await both.sends("/law", **NEW_LAW)
        (law,) = read(engine, laws, 9)
        await both.sends(f"/law/{law.id}/relations", **RELATION)
        (relation,) = read(engine, relations_of, law.id)
        answer = await both.sends(f"/law/relations/{relation.id}/approve")
        assert (answer.status_code, "không tự duyệt" in answer.text) == (422, True)
        answer = await both.sends(f"/law/relations/{relation.id}/withdraw")
        assert read(engine, relations_of, law.id)[0].state is RelationState.ENDED
        answer = await desk("binh").sends(f"/law/relations/{relation.id}/approve")
        assert (answer.status_code, "Người khác vừa" in answer.text) == (422, True)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"document": ""}, "Xin điền mục"),
            ({"document": "số"}, "Chưa nhận ra"),
            ({"document": "x" * 301}, "dài quá 300"),
            ({"effective_on": "ngày mai"}, "phải là một ngày"),
            ({"effective_on": "0001-01-01"}, "phải là một ngày"),
            ({"note": "x" * 1001}, "dài quá 1000"),
        ],
    )
    async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, engine, desk, changes, words):
        answer = await desk("lan").sends("/law", **{**NEW_LAW, "note": "Giữ lại", **changes})
        assert (answer.status_code, words in answer.text) == (422, True)
        assert "note" in changes or "Giữ lại" in answer.text
        assert read(engine, laws, 9) == ()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"kind": "burns"}, "Xin chọn văn bản mới làm gì"),
            ({"affected": ""}, "Xin điền mục"),
            ({"affected": "300/2026/NĐ-CP"}, "không tự thay đổi chính nó"),
            ({"kind": "suspends"}, "cần có ngày cuối"),
            ({"valid_from": ""}, "phải là một ngày"),
            ({"articles": "Điều 1, " * 60}, "dài quá 300"),
        ],
    )
    async def test_so_it_is_for_relations(self, engine, desk, changes, words):
        editor = desk("lan")
        await editor.sends("/law", **NEW_LAW)
        (law,) = read(engine, laws, 9)
        answer = await editor.sends(f"/law/{law.id}/relations", **{**RELATION, **changes})
        assert (answer.status_code, words in answer.text) == (422, True)
        assert "articles" in changes or "Điều 70" in answer.text
        assert read(engine, relations_of, law.id) == ()

    async def test_markup_stays_text(self, engine, desk):
        editor = desk("lan")
        await editor.sends("/law", **{**NEW_LAW, "document": f"Luật {SCRIPT}", "note": SCRIPT})
        (law,) = read(engine, laws, 9)
        await editor.sends(
            f"/law/{law.id}/relations", **{**RELATION, "affected": f"Luật 1/2020/QH14 {SCRIPT}", "note": SCRIPT}
        )
        for path in ("/law", f"/law/{law.id}"):
            assert SCRIPT not in (await editor.opens(path)).text

    async def test_what_is_not_there_is_not_found(self, desk):
        assert (await desk("lan").opens("/law/99")).status_code == 404
        assert (await desk("lan").opens("/announcements/99")).status_code == 404
        assert (await desk("binh").sends("/law/relations/99/approve")).status_code == 404


class TestAnnouncements:
    async def test_written_by_one_approved_by_another_taken_back(self, engine, desk):
        editor, approver = desk("lan"), desk("binh")
        await editor.sends("/announcements", **announcement())
        (found,) = read(engine, list_announcements, 9)
        one = f"/announcements/{found.id}"
        assert "Anh/chị đã soạn" in (await editor.opens(one)).text
        assert (await approver.sends(f"{one}/approve", revision=1)).status_code == 303
        assert "Đang hiện" in (await editor.opens("/announcements")).text
        assert (await editor.sends(one, **announcement(title="Khác"), revision=1)).status_code == 422
        assert (await editor.sends(f"{one}/discard")).status_code == 422
        await approver.sends(f"{one}/end")
        (found,) = read(engine, list_announcements, 9)
        assert (found.state, found.wording.title) == (AnnouncementState.ENDED, "Mức trợ cấp mới")

    async def test_whoever_throws_a_draft_away_ends_nothing_that_was_approved_meanwhile(self, engine, desk):
        await desk("lan").sends("/announcements", **announcement())
        (found,) = read(engine, list_announcements, 9)
        await desk("dung").sends(f"/announcements/{found.id}/approve", revision=1)
        with writing(engine) as connection, pytest.raises(MovedAnnouncementError):
            end(connection, found.id, 1, found.created_at, drafts_only=True)
        (after,) = read(engine, list_announcements, 9)
        assert after.state is AnnouncementState.APPROVED

    @pytest.mark.parametrize("law", ["9" * 5_000, "9" * 18, "999", "x"])
    async def test_a_law_that_does_not_exist_is_left_out(self, engine, desk, law):
        assert (await desk("lan").sends("/announcements", **announcement(law=law))).status_code == 303
        assert (await desk("lan").sends("/announcements", **announcement(law=law, title=""))).status_code == 422
        (found,) = read(engine, list_announcements, 9)
        assert found.wording.law_id is None

    async def test_nobody_who_wrote_on_it_approves_it(self, engine, desk):
        await desk("lan").sends("/announcements", **announcement())
        (found,) = read(engine, list_announcements, 9)
        await desk("dung").sends(f"/announcements/{found.id}", **announcement(title="Sửa"), revision=1)
        answer = await desk("dung").sends(f"/announcements/{found.id}/approve", revision=2)
        assert (answer.status_code, "không tự duyệt" in answer.text) == (422, True)

    async def test_a_wording_that_changed_after_it_was_read_is_not_approved(self, engine, desk):
        await desk("lan").sends("/announcements", **announcement())
        (found,) = read(engine, list_announcements, 9)
        await desk("cuc").sends(f"/announcements/{found.id}", **announcement(title="Khác"), revision=1)
        answer = await desk("binh").sends(f"/announcements/{found.id}/approve", revision=1)
        assert (answer.status_code, "Khác" in answer.text) == (422, True)
        assert read(engine, list_announcements, 9)[0].state is AnnouncementState.DRAFT

    async def test_two_who_save_at_once_lose_nothing(self, engine, desk):
        await desk("lan").sends("/announcements", **announcement())
        (found,) = read(engine, list_announcements, 9)
        await desk("lan").sends(f"/announcements/{found.id}", **announcement(title="Của Lan"), revision=1)
        answer = await desk("cuc").sends(f"/announcements/{found.id}", **announcement(title="Của Cúc"), revision=1)
        assert (answer.status_code, "Của Cúc" in answer.text, "Của Lan" in answer.text) == (422, True, True)
        assert read(engine, list_announcements, 9)[0].wording.title == "Của Lan"

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"title": ""}, "Xin điền mục"),
            ({"text": "x" * 501}, "dài quá 500"),
            ({"link": "http://baohiemxahoi.gov.vn"}, "https://"),
            ({"link": "https://lua-dao.example.com/"}, "không thuộc trang của cơ quan"),
            ({"text": "Xem bit.ly/abc"}, "không thuộc trang của cơ quan"),
            ({"channel_web": ""}, "ít nhất một kênh"),
            ({"topic": "Không có"}, "Không có chủ đề này"),
            ({"starts_at": "hôm nay"}, "ngày và giờ"),
            ({"ends_at": typed_moment(now() - timedelta(days=1))}, "phải sau"),
            ({"ends_at": typed_moment(now() + timedelta(days=400))}, "không quá 92 ngày"),
        ],
    )
    async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, engine, desk, changes, words):
        answer = await desk("lan").sends("/announcements", **announcement(**changes))
        assert (answer.status_code, words in answer.text) == (422, True)
        assert "title" in changes or "Mức trợ cấp mới" in answer.text
        assert read(engine, list_announcements, 9) == ()


class TestHolds:
    async def test_an_approver_holds_a_topic_and_lets_go(self, engine, desk):
        approver = desk("binh")
        assert (await approver.sends("/holds", **holding())).status_code == 303
        (found,) = read(engine, list_holds, 9)
        assert (found.scope, found.name) == (Scope.TOPIC, "Thai sản")
        assert "Đang giữ" in (await desk("lan").opens("/holds")).text
        await approver.sends(f"/holds/{found.id}/end")
        answer = await approver.sends(f"/holds/{found.id}/end")
        assert (answer.status_code, read(engine, list_holds, 9)[0].ended_at is None) == (422, False)

    async def test_an_editor_holds_nothing(self, engine, desk):
        assert (await desk("lan").sends("/holds", **holding())).status_code == 403
        assert read(engine, list_holds, 9) == ()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"topic": ""}, "Xin điền mục"),
            ({"topic": "Không có"}, "Không có chủ đề này"),
            ({"topic": "", "name": "faq/khong-co"}, "Không có nội dung nào tên"),
            ({"reason": "vì"}, "từ 10 đến 200"),
            ({"ends_at": typed_moment(now() + timedelta(days=100))}, "nhiều nhất 92 ngày"),
        ],
    )
    async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, engine, desk, changes, words):
        answer = await desk("binh").sends("/holds", **holding(**changes))
        assert (answer.status_code, words in answer.text) == (422, True)
        assert "reason" in changes or "đang rà soát" in answer.text
        assert read(engine, list_holds, 9) == ()

    async def test_one_document_can_be_held(self, engine, desk):
        await desk("binh").sends("/holds", **holding(topic="", name="faq/rut-mot-lan"))
        assert read(engine, list_holds, 9)[0].name == "faq/rut-mot-lan"
