"""The pages of unanswered questions: read by who may, handled once, nothing typed is lost."""

import pytest
from sqlalchemy import select

from console.editor.ports import Alike
from desk.accounts.role import Role
from desk.answer_log import LoggedAnswer, Trouble, log_answer, note_trouble
from desk.audit import AuditAction, audit_entries
from desk.conversation import ConversationKey, ensure_conversation
from desk.database import reading, writing
from desk.feedback import Feedback, Thumb, record_feedback
from editing.documents import find_named
from editing.gaps.cluster import GapState
from editing.gaps.listing import GapFilter, gap_by_id, gaps, questions_of
from editing.gaps.sorting import GapSorter
from editing.settings import GapSettings
from editing.versions import open_version
from tests.fakes.console import ConsoleSite, add_colleague
from tests.fakes.gateway import now
from tests.fakes.knowledge_base import small_knowledge
from tests.fakes.meaning import PlainMeaning
from tests.fakes.workshop import FakeWorkshop

pytestmark = pytest.mark.page
GAPS = "/console/knowledge/gaps"
TWINS = ("nghỉ thai sản sinh đôi mấy tháng", "sinh đôi nghỉ thai sản mấy tháng", "mẹ sinh đôi nghỉ thai sản mấy tháng")


@pytest.fixture
def workshop():
    return FakeWorkshop(found=(Alike("faq/sinh-con-tro-cap", "Trợ cấp sinh con?", "tiền sinh con", 0.9),))


@pytest.fixture
def site(engine, workshop):
    with writing(engine) as connection:
        small_knowledge(connection)
    site = ConsoleSite(engine, workshop=workshop)
    yield site
    site.close()


class Person:
    def __init__(self, site, who):
        self._site, (self._token, self._session) = site, site.token(who)

    async def opens(self, path=""):
        return await self.opens_at(GAPS + path)

    async def opens_at(self, address):
        async with self._site.browser(self._token) as browser:
            return await browser.get(address)

    async def sends(self, path, **fields):
        headers = {"Origin": "http://test", "Sec-Fetch-Site": "same-origin"}
        data = {"csrf": self._session.csrf_token, **fields}
        async with self._site.browser(self._token) as browser:
            return await browser.post(GAPS + path, data=data, headers=headers)


@pytest.fixture
def lan(engine, site):
    return Person(site, add_colleague(engine, "lan", "Lê Thị Lan", (Role.EDITOR,)))


@pytest.fixture
def gap(engine, site):
    with writing(engine) as connection:
        for number, question in enumerate(TWINS):
            answered(connection, number, question, "unanswerable_low_score")
    GapSorter(engine, GapSettings(0.6, 50)).run(PlainMeaning(), now())
    return listed(engine)[0]


def answered(connection, number, question, status, document=""):
    key = ConversationKey(f"web-{number}", "web", "main", str(number))
    ensure_conversation(connection, key, now())
    log_answer(connection, LoggedAnswer(key.id, 2, "web", now(), question, status, document=document, version="1"))


def listed(engine, **wanted):
    with reading(engine) as connection:
        return gaps(connection, GapFilter(**wanted), 50)


def again(engine, gap):
    with reading(engine) as connection:
        return gap_by_id(connection, gap.cluster.id)


def chosen(engine, gap):
    with reading(engine) as connection:
        return {f"q_{one.id}": "1" for one in questions_of(connection, gap.cluster.id, 9)}


async def test_the_list_leads_to_a_gap_with_its_questions(lan, gap):
    page = (await lan.opens()).text
    assert (gap.title in page, f"{GAPS}/{gap.cluster.id}" in page) == (True, True)
    page = (await lan.opens(f"/{gap.cluster.id}")).text
    assert all(question in page for question in TWINS)
    assert "Trợ cấp sinh con?" in (await lan.opens(f"/{gap.cluster.id}/near")).text


async def test_how_many_are_alike_is_a_filter_and_odd_addresses_show_the_list(lan, gap):
    assert gap.title in (await lan.opens("?least=2")).text
    assert "Không có nhóm nào nhiều câu như vậy" in (await lan.opens("?least=5")).text
    for odd in ("?view=x&least=7&page=-1", "?page=99999", "?view=%00'&page=1e9"):
        assert (await lan.opens(odd)).status_code == 200
    assert (await lan.opens("/99999")).status_code == 404


async def test_the_page_is_whole_while_the_workshop_is_away(lan, gap, workshop):
    workshop.away = True
    assert "tạm nghỉ" in (await lan.opens(f"/{gap.cluster.id}/near")).text


async def test_an_entry_is_written_from_chosen_questions(engine, lan, gap):
    answer = await lan.sends(
        f"/{gap.cluster.id}/write", revision=gap.cluster.revision, topic="Thai sản", **chosen(engine, gap)
    )
    assert answer.status_code == 303
    written = again(engine, gap).cluster
    assert (written.state, answer.headers["location"]) == (GapState.WRITING, f"/console/knowledge/{written.document}")
    with reading(engine) as connection:
        noted = set(connection.execute(select(audit_entries.c.action)).scalars())
    assert AuditAction.GAP_HANDLED in noted
    assert "Đang soạn" in (await lan.opens(f"/{gap.cluster.id}")).text


async def test_the_editor_is_warned_of_names_before_questions_are_copied_and_in_the_form(engine, lan, gap):
    assert "có thể còn tên người thật" in (await lan.opens(f"/{gap.cluster.id}")).text
    written = {"revision": gap.cluster.revision, "topic": "Thai sản", **chosen(engine, gap)}
    form = await lan.opens_at((await lan.sends(f"/{gap.cluster.id}/write", **written)).headers["location"])
    assert ("lời thật của công dân: xóa họ tên" in form.text, TWINS[0] in form.text) == (True, True)


async def test_an_entry_that_is_there_gets_more_wordings(engine, lan, gap):
    answer = await lan.sends(
        f"/{gap.cluster.id}/extend",
        revision=gap.cluster.revision,
        entry="sinh-con-tro-cap",
        **chosen(engine, gap),
    )
    assert answer.headers["location"] == "/console/knowledge/faq/sinh-con-tro-cap"
    with reading(engine) as connection:
        draft = open_version(connection, find_named(connection, "faq/sinh-con-tro-cap").id)
    assert set(TWINS) <= set(draft.body["alternates"])


@pytest.mark.parametrize(
    ("act", "fields", "sentence"),
    [
        ("write", {"topic": ""}, "Cần ghi chủ đề"),
        ("write", {"topic": "x" * 201}, "Cần ghi chủ đề"),
        ("extend", {"entry": "khong-co", "q_1": "1"}, "Không tìm thấy mục"),
        ("extend", {"entry": "faq/sinh-con-tro-cap"}, "chưa chọn câu hỏi nào"),
        ("answered", {"entry": "<script>"}, "Không tìm thấy mục"),
        ("merge", {"target": "99"}, "Không có nhóm mang số này"),
        ("merge", {"target": "xyz"}, "Không có nhóm mang số này"),
        ("split", {"q_999": "1", "q_x": "1", "q_": "1"}, "Chỉ tách được một phần"),
        ("assign", {"assignee": "999"}, "không còn soạn hoặc duyệt"),
    ],
)
async def test_what_is_refused_is_said_on_the_page_with_what_was_typed(engine, lan, gap, act, fields, sentence):
    answer = await lan.sends(f"/{gap.cluster.id}/{act}", revision=gap.cluster.revision, **fields)
    assert (answer.status_code, sentence in answer.text, "<script>" in answer.text) == (422, True, False)
    assert again(engine, gap).cluster.revision == gap.cluster.revision
    if act == "extend" and fields["entry"] == "khong-co":
        assert 'value="khong-co"' in answer.text


async def test_who_comes_second_is_told_and_keeps_their_note(engine, lan, gap):
    await lan.sends(f"/{gap.cluster.id}/out-of-scope", revision=gap.cluster.revision)
    answer = await lan.sends(f"/{gap.cluster.id}/describe", revision=gap.cluster.revision, note="Ghi chú của tôi")
    assert (answer.status_code, "Ghi chú của tôi" in answer.text) == (409, True)
    assert again(engine, gap).cluster.state is GapState.OUT_OF_SCOPE


async def test_every_step_of_the_page(engine, site, lan, gap):
    me = again(engine, gap)
    page = await lan.sends(
        f"/{gap.cluster.id}/describe", revision=me.cluster.revision, title="Sinh đôi", note="Xem luật"
    )
    assert page.headers["location"].endswith("?said=saved")
    steps = (("assign", {"assignee": "1"}), ("answered", {"entry": "faq/sinh-con-tro-cap"}), ("open", {}))
    states = (GapState.ASSIGNED, GapState.ANSWERED, GapState.OPEN)
    for (act, fields), state in zip(steps, states, strict=True):
        revision = again(engine, gap).cluster.revision
        assert (await lan.sends(f"/{gap.cluster.id}/{act}", revision=revision, **fields)).status_code == 303
        assert again(engine, gap).cluster.state is state
    one = dict(list(chosen(engine, gap).items())[:1])
    answer = await lan.sends(f"/{gap.cluster.id}/split", revision=again(engine, gap).cluster.revision, **one)
    new = next(each for each in listed(engine) if each.cluster.id != gap.cluster.id)
    assert answer.headers["location"] == f"{GAPS}/{new.cluster.id}?said=split"
    await lan.sends(f"/{new.cluster.id}/merge", revision=new.cluster.revision, target=gap.cluster.id)
    assert [each.questions for each in listed(engine)] == [3]
    page = (await lan.opens(f"/{gap.cluster.id}")).text
    assert ("Sinh đôi" in page, "Tách nhóm" in page, "Mở lại" in page) == (True, True, True)


async def test_wrong_answers_are_shown_by_entry_with_a_masked_comment(engine, lan):
    with writing(engine) as connection:
        answered(connection, 7, "trợ cấp sinh con", "answered", "faq/sinh-con-tro-cap")
        answered(connection, 8, "rút một lần", "answered", "faq/rut-mot-lan")
        comment = "sai rồi, số của tôi 012345678901"
        record_feedback(connection, Feedback("web-7", 2, Thumb.DOWN, comment), now())
        note_trouble(connection, "web-8", 2, Trouble.MARKED, now())
    page = (await lan.opens("/wrong")).text
    assert ("Trợ cấp một lần khi sinh con là bao nhiêu?" in page, "012345678901" in page) == (True, False)
    assert ("sai rồi" in page, "Cán bộ báo sai" in page) == (True, True)


async def test_operators_do_not_read_them_and_supervisors_do_not_change_them(engine, site, gap):
    operator = Person(site, add_colleague(engine, "hoa", "Hoa", (Role.OPERATOR,)))
    supervisor = Person(site, add_colleague(engine, "mai", "Mai", (Role.SUPERVISOR,)))
    assert (await operator.opens()).status_code == 403
    assert (await supervisor.opens(f"/{gap.cluster.id}")).status_code == 200
    refused = await supervisor.sends(f"/{gap.cluster.id}/out-of-scope", revision=gap.cluster.revision)
    assert refused.status_code == 403
