"""The page on which a citizen's data are found, handed out and erased, on both databases."""

import html
import io
import json
import zipfile

import pytest

from connectors.inbox import accept
from desk.accounts.role import Role
from desk.alert import open_alerts
from desk.audit import AuditAction, AuditFilter, entries
from desk.database import reading, writing
from tests.fakes.console import ConsoleSite, add_colleague
from tests.fakes.traces import TELEPHONE, Traces, every_cell, found_in

pytestmark = pytest.mark.page

ORIGIN = {"Origin": "http://test", "Sec-Fetch-Site": "same-origin"}
PAGE = "/console/citizens"
REASON = "Đơn số 12 ngày 20/11/2026"


class Desk:
    """Somebody signed in, with the citizen of the test beside them."""

    def __init__(self, engine, roles=(Role.SUPERVISOR,)):
        self.engine = engine
        self.site = ConsoleSite(engine)
        self.operator_id = add_colleague(engine, "hoa", "Phạm Thị Hoa", roles)
        self.token, self.session = self.site.token(self.operator_id)

    async def post(self, path, **fields):
        async with self.site.browser(self.token) as browser:
            return await browser.post(PAGE + path, data={"csrf": self.session.csrf_token, **fields}, headers=ORIGIN)

    async def get(self, query=""):
        async with self.site.browser(self.token) as browser:
            return await browser.get(PAGE + query)

    def audited(self, action):
        with reading(self.engine) as connection:
            return entries(connection, AuditFilter(action=action), 9)


@pytest.fixture
def desk(engine):
    made = Desk(engine)
    yield made
    made.site.close()


@pytest.fixture
def citizen(engine, desk):
    return Traces(engine, desk.operator_id).leave()


class TestSearching:
    @pytest.mark.parametrize(
        "words",
        [
            "{code}",
            "{code.lower}",
            "0900000321",
            "+84 900.000.321",
            "{participant}",
            "{id}",
            "văn chuyện",
            "NGUYỄN VĂN",
        ],
    )
    async def test_a_citizen_is_found_and_shown_masked(self, desk, citizen, words):
        known = {"{code}": citizen.code, "{code.lower}": citizen.code.lower().replace("-", " ")}
        known |= {"{participant}": citizen.key.participant, "{id}": citizen.id}
        page = html.unescape((await desk.post("/search", words=known.get(words, words))).text)
        assert "Nguyễn V. c. r." in page
        assert citizen.code in page
        assert "•••321" in page
        assert TELEPHONE not in page
        assert citizen.name not in page.replace(f'value="{words}"', "")

    @pytest.mark.parametrize("words", ["", "ab", "x" * 201, "   ", "\x00"])
    async def test_what_is_too_short_or_too_long_is_said_so(self, desk, words):
        answer = await desk.post("/search", words=words)
        assert answer.status_code == 422
        assert "Anh/chị nhập từ 3 đến 200 ký tự để tìm." in html.unescape(answer.text)

    @pytest.mark.parametrize(
        "words", ["%%%", "___", "' OR 1=1 --", "<script>alert(1)</script>", "BHXH-2222-2222", "đđđ"]
    )
    async def test_hostile_words_find_nobody_and_come_back_as_text(self, desk, citizen, words):
        answer = await desk.post("/search", words=words)
        assert answer.status_code == 200
        assert "Không tìm thấy" in html.unescape(answer.text)
        assert "<script>alert" not in answer.text

    async def test_the_audit_log_says_that_somebody_looked_and_not_for_whom(self, desk, citizen):
        await desk.post("/search", words=TELEPHONE)
        (line,) = desk.audited(AuditAction.CITIZEN_SEARCHED)
        assert (line.actor, line.subject, line.detail) == (f"operator:{desk.operator_id}", "citizens", {"found": 1})


class TestExporting:
    async def archive(self, desk, citizen):
        answer = await desk.post("/export", conversation=citizen.id, reason=REASON)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-disposition"] == f'attachment; filename="du-lieu-cong-dan-{citizen.code}.zip"'
        assert answer.headers["cache-control"] == "no-store"
        return zipfile.ZipFile(io.BytesIO(answer.content))

    async def test_everything_comes_as_a_page_as_tables_and_as_json(self, desk, citizen):
        archive = await self.archive(desk, citizen)
        assert archive.testzip() is None
        page = html.unescape(archive.read("du-lieu.html").decode())
        data = json.loads(archive.read("du-lieu.json"))
        assert [len(data[kind]) for kind in ("messages", "tickets", "notes", "ratings", "feedback")] == [6, 1, 1, 1, 1]
        assert data["messages"][0]["text"] == f"{citizen.words} 1"
        assert (data["tickets"][0]["contact"], data["participant"]) == (TELEPHONE, citizen.key.participant)
        for shown in (citizen.name, TELEPHONE, f"Ghi chú: {citizen.words}", "Đã gửi", "Hồ sơ quá hạn", "HS-2026-0001"):
            assert shown in page
        table = archive.read("tin-nhan.csv").decode()
        assert table.startswith('\ufeff"Thời điểm","Người nhắn"')

    async def test_nothing_in_its_tables_is_a_formula(self, engine, desk):
        hostile = Traces(engine, desk.operator_id, words="=HYPERLINK(1)").leave()
        archive = await self.archive(desk, hostile)
        tables = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".csv")]
        assert not [table for table in tables if '"=HYPER' in table]
        assert any("\"'=HYPER" in table for table in tables)

    async def test_words_that_look_like_markup_stay_words_on_its_page(self, engine, desk):
        hostile = Traces(engine, desk.operator_id, words="<script>alert(1)</script>").leave()
        page = (await self.archive(desk, hostile)).read("du-lieu.html").decode()
        assert "<script>" not in page

    async def test_the_audit_log_says_who_had_it_and_why(self, desk, citizen):
        await self.archive(desk, citizen)
        (line,) = desk.audited(AuditAction.CITIZEN_EXPORTED)
        assert (line.actor, line.subject) == (f"operator:{desk.operator_id}", f"conversation:{citizen.id}")
        assert line.detail == {"reason": REASON, "messages": 6, "tickets": 1, "notes": 1}

    @pytest.mark.parametrize("reason", ["", "    ", "abc", "x" * 201])
    async def test_without_a_reason_nothing_is_handed_out(self, desk, citizen, reason):
        answer = await desk.post("/export", conversation=citizen.id, reason=reason)
        assert answer.status_code == 422
        assert "Anh/chị ghi lý do, từ 5 đến 200 ký tự." in html.unescape(answer.text)
        assert desk.audited(AuditAction.CITIZEN_EXPORTED) == ()


class TestAlert:
    async def test_a_withdrawal_on_the_board_leads_to_its_citizen(self, desk, citizen):
        with reading(desk.engine) as connection:
            number = next(one.id for one in open_alerts(connection, 9) if one.alert.kind == "data_withdrawn")
        async with desk.site.browser(desk.token) as browser:
            board = (await browser.get("/console/board")).text
        assert f'action="{PAGE}/of-alert/{number}"' in board
        assert citizen.id not in board
        page = await desk.post(f"/of-alert/{number}")
        assert (page.status_code, citizen.code in page.text, TELEPHONE in page.text) == (200, True, False)
        assert [line.detail for line in desk.audited(AuditAction.CITIZEN_SEARCHED)] == [{"found": 1}]

    @pytest.mark.parametrize("number", ["0", "999", "x", "9" * 40])
    async def test_an_alert_that_is_gone_leads_nowhere(self, desk, citizen, number):
        assert (await desk.post(f"/of-alert/{number}")).status_code in {404, 409}
        assert desk.audited(AuditAction.CITIZEN_SEARCHED) == ()


class TestErasing:
    async def test_what_was_confirmed_is_gone(self, engine, desk, citizen):
        answer = await desk.post("/erase", conversation=citizen.id, reason=REASON, confirm=citizen.code.lower())
        assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?said=erased")
        assert "Đã xóa dữ liệu của công dân." in html.unescape((await desk.get("?said=erased")).text)
        assert {table for table, _ in found_in(engine, citizen.markers)} <= {"audit_entries", "memory_erasures"}
        (line,) = desk.audited(AuditAction.CITIZEN_ERASED)
        assert line.detail["reason"] == REASON

    @pytest.mark.parametrize(
        "fields", [{"confirm": ""}, {"confirm": "BHXH-2222-2222"}, {"reason": ""}, {"confirm": "x" * 999}]
    )
    async def test_a_slip_erases_nothing_and_keeps_what_was_typed(self, engine, desk, citizen, fields):
        before = sorted(every_cell(engine))
        given = {"conversation": citizen.id, "reason": REASON, "confirm": citizen.code} | fields
        answer = await desk.post("/erase", **given)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        if "reason" not in fields:
            assert REASON in html.unescape(answer.text)
        assert sorted(every_cell(engine)) == before

    async def test_who_left_no_ticket_is_confirmed_by_the_conversations_id(self, engine, desk):
        citizen = Traces(engine, desk.operator_id)
        with writing(engine) as connection:
            accept(connection, citizen.message(1))
        wrong = await desk.post("/erase", conversation=citizen.id, reason=REASON, confirm=citizen.key.participant)
        right = await desk.post("/erase", conversation=citizen.id, reason=REASON, confirm=f" {citizen.id} ")
        assert (wrong.status_code, right.status_code) == (422, 303)

    @pytest.mark.parametrize("conversation", ["", "telegram:bot:1", "x" * 9_999, "' OR 1=1 --", "erased-1"])
    @pytest.mark.parametrize("act", ["export", "erase"])
    async def test_nobody_there_is_said_so(self, desk, citizen, act, conversation):
        answer = await desk.post(f"/{act}", conversation=conversation, reason=REASON, confirm=conversation)
        assert answer.status_code == 404
        assert "Không còn dữ liệu của công dân này." in html.unescape(answer.text)

    async def test_twice_says_that_it_is_done_already(self, desk, citizen):
        given = {"conversation": citizen.id, "reason": REASON, "confirm": citizen.code}
        codes = [(await desk.post("/erase", **given)).status_code for _ in range(2)]
        assert codes == [303, 404]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
async def test_nobody_but_a_supervisor_comes_here(engine, role):
    desk = Desk(engine, (role,))
    codes = [(await desk.get()).status_code]
    codes += [(await desk.post(f"/{act}", conversation="x")).status_code for act in ("search", "export", "erase")]
    desk.site.close()
    assert codes == [403] * 4
