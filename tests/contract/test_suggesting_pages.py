"""An operator's reply becomes a draft with its legal basis; a wrong answer is reported; nothing typed is lost."""

import pytest
from sqlalchemy import select

from connectors.outbox import OPERATOR, outbox
from desk.answer_log import LoggedAnswer, Trouble, answer_log, log_answer
from desk.audit import AuditAction, AuditFilter, entries
from desk.database import reading, writing
from editing.suggested_reply import suggested_replies, suggestions_by
from editing.version import VersionState, knowledge_versions
from tests.fakes.console import ConsoleSite
from tests.fakes.console_operator import ConsoleOperator, citizen_waits
from tests.fakes.gateway import now
from tests.fakes.stored import count

pytestmark = pytest.mark.page

ASKED = "Thẻ BHYT hết hạn, mã 0123456789, tôi làm gì?"
SAID = "Anh đến cơ sở khám chữa bệnh, mang CCCD 012345678901; thẻ vẫn có giá trị."
TYPED = {
    "question": "Thẻ BHYT hết hạn thì làm gì?",
    "answer": "Anh/chị mang căn cước đến cơ sở khám chữa bệnh.",
    "document": "Luật thử số 1/2026/QH15",
    "article": "Điều 5 khoản 2",
    "topic": "BHYT",
}


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine)
    yield made
    made.close()


def operator(site, login="lan"):
    return ConsoleOperator(site.engine, lambda cookies: site.browser(cookies["bhxh_console"]), login, "Trần Thị Lan")


@pytest.fixture
async def told(site):
    """Lan, the episode, and the number of what she wrote."""
    lan, episode = operator(site), citizen_waits(site.engine, words=ASKED)
    await lan.on(episode, "claim")
    await lan.on(episode, "reply", text=SAID)
    with reading(site.engine) as connection:
        written = select(outbox.c.sequence).where(outbox.c.author == OPERATOR)
        return lan, episode, connection.execute(written).scalar_one()


def drafts(site):
    with reading(site.engine) as connection:
        return connection.execute(select(knowledge_versions)).all()


async def test_the_form_begins_with_the_words_of_the_talk_without_any_number(told):
    lan, episode, sequence = told
    assert f"/suggest/{sequence}" in (await lan.get(f"/console/conversations/{episode}")).text
    page = (await lan.get(f"/console/conversations/{episode}/suggest/{sequence}")).text
    assert ("Thẻ BHYT hết hạn" in page, "thẻ vẫn có giá trị" in page) == (True, True)
    assert ("0123456789" in page, "012345678901" in page) == (False, False)


async def test_it_becomes_a_draft_that_the_operator_can_follow(site, told):
    lan, episode, sequence = told
    answer = await lan.on(episode, f"suggest/{sequence}", **TYPED)
    assert answer.json()["go"] == "/console/suggestions?said=1"
    (draft,) = drafts(site)
    assert (draft.state, draft.title, draft.author_id) == (VersionState.DRAFT, TYPED["question"], lan.id)
    assert draft.body["legal_basis"][0]["document"] == TYPED["document"]
    page = (await lan.get("/console/suggestions?said=1")).text
    assert (TYPED["question"] in page, "Biên tập viên đang soạn" in page) == (True, True)
    with reading(site.engine) as connection:
        (line,) = entries(connection, AuditFilter(action=AuditAction.REPLY_SUGGESTED), 9)
        assert suggestions_by(connection, lan.id + 1, 9, now()) == ()
    assert TYPED["answer"] not in str(line.detail)


@pytest.mark.parametrize("missing", ["question", "answer", "document", "article", "topic"])
async def test_without_one_of_its_fields_nothing_is_made_and_nothing_lost(site, told, missing):
    lan, episode, sequence = told
    answer = await lan.on(episode, f"suggest/{sequence}", **{**TYPED, missing: "  "})
    kept = [value for name, value in TYPED.items() if name != missing]
    assert (answer.status_code, all(value in answer.text for value in kept)) == (422, True)
    assert f'id="{missing}-problem"' in answer.text
    assert drafts(site) == []


@pytest.mark.parametrize(
    "hostile", [{"question": "x" * 301}, {"answer": "y" * 5_001}, {"answer": "giấu\u200bchữ"}, {"topic": "z" * 201}]
)
async def test_what_cannot_be_kept_is_said_and_shown_again(site, told, hostile):
    lan, episode, sequence = told
    answer = await lan.on(episode, f"suggest/{sequence}", **{**TYPED, **hostile})
    assert (answer.status_code, TYPED["document"] in answer.text, drafts(site)) == (422, True, [])


async def test_a_reply_is_suggested_once(site, told):
    lan, episode, sequence = told
    await lan.on(episode, f"suggest/{sequence}", **TYPED)
    answer = await lan.on(episode, f"suggest/{sequence}", **TYPED)
    assert (answer.status_code, "đã được đề xuất" in answer.text) == (422, True)
    assert (len(drafts(site)), count(site.engine, suggested_replies)) == (1, 1)


async def test_numbers_that_somebody_typed_do_not_reach_the_draft(site, told):
    lan, episode, sequence = told
    await lan.on(episode, f"suggest/{sequence}", **{**TYPED, "answer": "Của anh là 012345678901."})
    assert "012345678901" not in str(drafts(site)[0].body)


async def test_only_an_operators_words_of_a_talk_that_one_may_read(site, told):
    lan, episode, sequence = told
    for wrong in (1, 99):
        assert (await lan.get(f"/console/conversations/{episode}/suggest/{wrong}")).status_code == 404
        assert (await lan.on(episode, f"suggest/{wrong}", **TYPED)).status_code == 404
    minh = operator(site, "minh")
    assert (await minh.on(episode, f"suggest/{sequence}", **TYPED)).status_code == 409
    assert drafts(site) == []


async def test_a_wrong_answer_is_reported_to_the_editors(site, told):
    lan, episode, _ = told
    with writing(site.engine) as connection:
        log_answer(connection, LoggedAnswer("web-an", 70, "web", now(), "q", "answered", document="faq/a"))
    assert (await lan.on(episode, "wrong", sequence=70)).json()["say"] == "Đã báo cho biên tập viên."
    assert (await lan.on(episode, "wrong", sequence=8)).status_code == 404
    with reading(site.engine) as connection:
        assert connection.execute(select(answer_log.c.trouble)).scalar_one() == Trouble.MARKED
        assert len(entries(connection, AuditFilter(action=AuditAction.ANSWER_MARKED), 9)) == 1
