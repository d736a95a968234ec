"""Who received a corrected answer, and the correction that is written for them. On SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

from console.editor.recall import SHOWN
from desk.accounts.role import Role
from desk.answer_log import EDITED, LoggedAnswer, answer_log, log_answer
from desk.audit import AuditAction, AuditFilter, entries
from desk.conversation import ConversationKey, conversations, ensure_conversation
from desk.database import reading, writing
from desk.notices.mailing import MailingKind, MailingState, newest_mailings
from desk.notices.recipient import mailing_recipients
from desk.recall import Reach, Recalled, reach_counts, received_versions, receivers
from editing.documents import find_named
from tests.fakes.console import ConsoleSite, add_colleague
from tests.fakes.gateway import now
from tests.fakes.knowledge_base import small_knowledge

BIRTH = "faq/sinh-con-tro-cap"


def told(connection, name, version="0", channel="web", days=0, status="answered", document=BIRTH):
    key = ConversationKey(f"{channel}-{name}", channel, "main", name)
    ensure_conversation(connection, key, now())
    sequence = (
        2 + connection.execute(select(conversations.c.last_sequence).where(conversations.c.id == key.id)).scalar_one()
    )
    connection.execute(update(conversations).where(conversations.c.id == key.id).values(last_sequence=sequence))
    moment = now() - timedelta(days=days)
    log_answer(
        connection,
        LoggedAnswer(key.id, sequence, channel, moment, "q", status, document=document, version=version),
    )


def tell_a_crowd(connection, number):
    names = [f"web-crowd-{each}" for each in range(number)]
    people = [{"id": name, "channel": "web", "account": "main", "participant": name} for name in names]
    common = {"fence": 0, "last_sequence": 2, "ownership_version": 0, "created_at": now()}
    connection.execute(insert(conversations), [{**one, **common} for one in people])
    said = {"channel": "web", "at": now() - timedelta(days=40), "question": "q", "status": "answered", "sequence": 2}
    place = {"passage_id": "", "document": BIRTH, "section": "", "version": "0", "snapshot": "", "topic": ""}
    connection.execute(
        insert(answer_log), [{**said, **place, "conversation_id": name, "was_chosen": False} for name in names]
    )


def change(connection, conversation_id, **values):
    connection.execute(update(conversations).where(conversations.c.id == conversation_id).values(values))


class TestReceivers:
    def test_versions_are_counted_in_answers_and_people(self, engine):
        with writing(engine) as connection:
            told(connection, "an", "1", days=3)
            told(connection, "an", "1", days=2)
            told(connection, "be", "2")
            told(connection, "chi", "2", status="clarification")
            told(connection, "dung", "1", document="faq/khac")
            told(connection, "giang", "2", status="unanswerable_own_case")  # the rule, above the ways to the record
            found = received_versions(connection, BIRTH)
        assert [(one.version, one.answers, one.people) for one in found] == [("2", 2, 2), ("1", 2, 1)]

    def test_each_is_named_once_with_whether_they_can_be_reached(self, engine):
        with writing(engine) as connection:
            for name, days in (("an", 0), ("be", 1), ("chi", 2)):
                told(connection, name, "1", days=days)
            told(connection, "an", "1", days=5)
            told(connection, "zoa", "1", "zalo_oa", days=9)
            told(connection, "zob", "1", "zalo_oa", days=3)
            change(connection, "web-be", quiet_since=now())
            change(connection, "web-chi", unreachable="blocked")
            found = receivers(connection, Recalled(BIRTH, {"1"}, {"zalo_oa": now() - timedelta(days=7)}), 9)
        assert {one.conversation_id: (one.reach, one.answers) for one in found} == {
            "web-an": (Reach.REACHABLE, 2),
            "web-be": (Reach.QUIET, 1),
            "web-chi": (Reach.UNREACHABLE, 1),
            "zalo_oa-zoa": (Reach.WINDOW_OVER, 1),
            "zalo_oa-zob": (Reach.REACHABLE, 1),
        }

    def test_nobody_got_what_nobody_got(self, engine):
        with reading(engine) as connection:
            assert receivers(connection, Recalled(BIRTH, (), {}), 9) == ()
            assert reach_counts(connection, Recalled(BIRTH, {"1"}, {})) == {}
            assert received_versions(connection, BIRTH) == ()


class TestPage:
    @pytest.fixture
    def site(self, engine):
        with writing(engine) as connection:
            small_knowledge(connection)
            told(connection, "an")
            told(connection, "be")
            told(connection, "chi", "1")
            change(connection, "web-be", quiet_since=now())
        site = ConsoleSite(engine)
        yield site
        site.close()

    @pytest.fixture
    def path(self, engine, site):
        with reading(engine) as connection:
            return f"/console/knowledge/documents/{find_named(connection, BIRTH).id}/recall"

    async def opens(self, site, who, path):
        async with site.browser(site.token(who)[0]) as browser:
            return await browser.get(path)

    async def sends(self, site, who, path, **fields):
        token, session = site.token(who)
        headers = {"Origin": "http://test", "Sec-Fetch-Site": "same-origin"}
        async with site.browser(token) as browser:
            return await browser.post(path, data={"csrf": session.csrf_token, **fields}, headers=headers)

    async def test_it_begins_with_versions_before_the_live_one_and_proposes_a_text(self, engine, site, path):
        page = (await self.opens(site, add_colleague(engine, "lan", "Lan", (Role.EDITOR,)), path)).text
        assert ("2 người đã nhận" in page, "gửi 1 người" in page, "5.060.000" in page) == (True, True, True)
        assert "web-an" not in page
        with reading(engine) as connection:
            (line,) = entries(connection, AuditFilter(action=AuditAction.RECALL_READ), 9)
        assert (line.subject, line.detail) == (BIRTH, {"receivers": 2})

    async def test_a_correction_is_a_draft_for_those_who_can_be_reached(self, engine, site, path):
        lan = add_colleague(engine, "lan", "Lan", (Role.EDITOR,))
        answer = await self.sends(site, lan, path, v_0="1", title="Đính chính", text="Nay là hai tháng.")
        with reading(engine) as connection:
            (mailing,) = newest_mailings(connection, 9)
            to = connection.execute(select(mailing_recipients.c.conversation_id)).scalars().all()
        assert answer.headers["location"].startswith(f"/console/knowledge/news/{mailing.id}")
        assert (mailing.kind, mailing.state, mailing.document) == (MailingKind.CORRECTION, MailingState.DRAFT, BIRTH)
        assert to == ["web-an"]
        assert (await self.opens(site, lan, answer.headers["location"])).status_code == 200

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"title": "t", "text": "x"}, "chưa chọn bản nào"),
            ({"v_99": "1", "title": "t", "text": "x"}, "chưa chọn bản nào"),
            ({"v_0": "1", "title": "t" * 121, "text": "giữ lại"}, "tiêu đề"),
            ({"v_0": "1", "title": "", "text": "giữ lại"}, "tiêu đề"),
            ({"v_0": "1", "title": "t", "text": ""}, "nội dung đính chính"),
            ({"v_0": "1", "title": "t", "text": "x" * 1_201}, "nội dung đính chính"),
            ({"v_0": "1", "title": "t", "text": "xem https://lua-dao.example"}, "nội dung đính chính"),
        ],
    )
    async def test_what_cannot_be_sent_is_said_and_kept(self, engine, site, path, fields, sentence):
        lan = add_colleague(engine, "lan", "Lan", (Role.EDITOR,))
        answer = await self.sends(site, lan, path, **fields)
        assert (answer.status_code, sentence in answer.text) == (422, True)
        if fields["text"] == "giữ lại":
            assert "giữ lại" in answer.text
        with reading(engine) as connection:
            assert newest_mailings(connection, 9) == ()

    async def test_who_only_reads_writes_no_correction(self, engine, site, path):
        approver = add_colleague(engine, "binh", "Bình", (Role.APPROVER,))
        assert (await self.opens(site, approver, path)).status_code == 200
        assert (await self.sends(site, approver, path, v_0="1", title="t", text="x")).status_code == 403
        supervisor = add_colleague(engine, "mai", "Mai", (Role.SUPERVISOR,))
        assert (await self.opens(site, supervisor, path)).status_code == 200
        assert (await self.sends(site, supervisor, path, v_0="1", title="t", text="x")).status_code == 403

    async def test_a_correction_reaches_more_than_twenty_thousand_and_the_page_shows_the_last(self, engine, site, path):
        crowd = 20_500
        with writing(engine) as connection:
            tell_a_crowd(connection, crowd)
        lan = add_colleague(engine, "lan", "Lan", (Role.EDITOR,))
        page = (await self.opens(site, lan, path)).text
        assert ("20.502 người đã nhận" in page, "nháp gửi 20.501 người" in page) == (True, True)
        assert page.count('<td class="nowrap">') - page.count('<th scope="row">') * 2 == SHOWN
        await self.sends(site, lan, path, v_0="1", title="Đính chính", text="Nay là hai tháng.")
        with reading(engine) as connection:
            named = connection.execute(select(func.count()).select_from(mailing_recipients)).scalar_one()
        assert named == crowd + 1

    async def test_who_got_an_officers_words_is_counted_apart(self, engine, site, path):
        with writing(engine) as connection:
            told(connection, "chi", "0", status=EDITED)
        page = (await self.opens(site, add_colleague(engine, "lan", "Lan", (Role.EDITOR,)), path)).text
        assert ("2 người đã nhận" in page, "Ngoài ra 1 người được cán bộ trả lời bằng lời khác" in page) == (True, True)

    @pytest.mark.parametrize(
        "query", ["?chosen=1", "?chosen=1&v_99=1&v_=", "?v_%00=1&chosen=", "?chosen=1&v_0=1&v_1=1"]
    )
    async def test_any_versions_may_be_asked_for(self, engine, site, path, query):
        lan = add_colleague(engine, "lan", "Lan", (Role.EDITOR,))
        assert (await self.opens(site, lan, path + query)).status_code == 200
