"""Who switches the assistant off and on, in the console and at the terminal: reasons, races, traces."""

import asyncio

import pytest
from typer.testing import CliRunner

from app.cli import build_app
from desk.accounts.role import Role
from desk.audit import AuditAction, AuditFilter, entries
from desk.channel_switch import is_off
from desk.conversation import ConversationKey, ensure_conversation
from desk.database import reading, writing
from desk.handoff.log import open_episode
from desk.handoff.moves import claim, request
from desk.handoff.state import Reason, State
from tests.contract.test_board import at_desk
from tests.fakes.console import ConsoleSite
from tests.fakes.console_operator import citizen_waits
from tests.fakes.gateway import now
from tests.fakes.office import OPEN

pytestmark = pytest.mark.page

PAGE = "/console/channels"
OFF = {"channel": "web", "off": "1", "reason": "Trả lời sai mức đóng", "confirmed": "1"}
ON = {"channel": "web", "off": "0", "reason": "Đã sửa", "confirmed": "1"}


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine)
    yield made
    made.close()


@pytest.fixture
def hoa(site):
    return at_desk(site)


def switched(engine):
    with reading(engine) as connection:
        found = entries(connection, AuditFilter(action=AuditAction.BOT_SWITCHED), 10)
        return is_off(connection, "web"), [(one.actor, one.subject, one.detail["off"]) for one in found]


def waits_because_off(engine, name):
    key = ConversationKey(f"web-{name}", "web", "web", name)
    with writing(engine) as connection:
        ensure_conversation(connection, key, now())
        return request(connection, key.id, Reason.ASSISTANT_OFF, OPEN, now()).stored.id


def state(engine, name):
    with reading(engine) as connection:
        return open_episode(connection, f"web-{name}").episode.state


class TestPage:
    async def test_it_says_who_switched_what_when_and_why(self, site, hoa):
        assert "Chưa từng tạm dừng." in (await hoa.get(PAGE)).text
        assert (await hoa.post(PAGE, **OFF)).json()["go"] == f"{PAGE}?said=switched_off"
        page = (await hoa.get(PAGE)).text
        assert ("Trợ lý đang tạm dừng" in page, "Nguyễn Thị Hoa" in page, OFF["reason"] in page) == (True, True, True)
        assert switched(site.engine) == (True, [(f"operator:{hoa.id}", "channel:web", True)])
        assert OFF["reason"] in (await hoa.get("/console/board")).text

    @pytest.mark.parametrize(
        ("missing", "says"),
        [
            ({"reason": " \n "}, "chưa ghi lý do"),
            ({"reason": "a" * 201}, "dài quá 200"),
            ({"confirmed": ""}, "chưa đánh dấu xác nhận"),
        ],
    )
    async def test_without_reason_or_confirmation_nothing_changes_and_nothing_typed_is_lost(
        self, site, hoa, missing, says
    ):
        answer = await hoa.post(PAGE, **OFF | missing)
        assert (answer.status_code, says in answer.text) == (422, True)
        assert (OFF | missing)["reason"].strip() in answer.text
        assert switched(site.engine) == (False, [])

    @pytest.mark.parametrize("channel", ["", "facebook", "web' OR 1=1 --", "x" * 3000, "<script>"])
    async def test_a_channel_that_does_not_run_here_is_refused(self, site, hoa, channel):
        answer = await hoa.post(PAGE, **OFF | {"channel": channel})
        assert (answer.status_code, switched(site.engine)) == (404, (False, []))

    async def test_a_reason_is_text_on_every_page(self, site, hoa):
        await hoa.post(PAGE, **OFF | {"reason": "<script>alert(1)</script>\nhai"})
        for page in (PAGE, "/console/board"):
            text = (await hoa.get(page)).text
            assert ("<script>alert" in text, "&lt;script&gt;alert(1)&lt;/script&gt; hai" in text) == (False, True)

    async def test_of_many_at_once_one_switches(self, site, hoa):
        answers = await asyncio.gather(*(hoa.post(PAGE, **OFF | {"reason": f"lý do {n}"}) for n in range(5)))
        codes = sorted(answer.status_code for answer in answers)
        assert (codes, len(switched(site.engine)[1])) == ([200, 409, 409, 409, 409], 1)
        assert all("vừa được người khác thay đổi" in answer.text for answer in answers if answer.status_code == 409)

    async def test_switched_on_again_who_waited_only_for_the_assistant_may_go_back(self, site, hoa):
        await hoa.post(PAGE, **OFF)
        for name in ("an", "ba"):
            waits_because_off(site.engine, name)
        with writing(site.engine) as connection:
            claim(connection, open_episode(connection, "web-ba"), hoa.id, "Hoa", now())
        wants_person = citizen_waits(site.engine, "chi")
        assert "1 công dân đang chờ chỉ vì trợ lý" in (await hoa.get(PAGE)).text
        await hoa.post(PAGE, **ON, give_back="1")
        assert [state(site.engine, name) for name in ("an", "ba", "chi")] == [State.BOT, State.CLAIMED, State.QUEUED]
        assert wants_person
        assert [detail for _, _, detail in switched(site.engine)[1]] == [False, True]

    async def test_those_who_wait_keep_their_place_unless_that_is_asked(self, site, hoa):
        await hoa.post(PAGE, **OFF)
        waits_because_off(site.engine, "an")
        await hoa.post(PAGE, **ON)
        assert state(site.engine, "an") is State.QUEUED

    async def test_nobody_is_given_back_to_an_assistant_that_is_off(self, site, hoa):
        number = citizen_waits(site.engine)
        await hoa.on(number, "claim")
        await hoa.post(PAGE, **OFF)
        refused = await hoa.on(number, "give-back")
        assert (refused.status_code, "đang tạm dừng" in refused.json()["message"]) == (409, True)
        await hoa.post(PAGE, **ON)
        assert (await hoa.on(number, "give-back")).status_code == 200

    @pytest.mark.parametrize("role", [Role.OPERATOR, Role.EDITOR, Role.APPROVER])
    async def test_who_may_not_does_not(self, site, role):
        other = at_desk(site, "khac", "Người Khác", role)
        assert (await other.post(PAGE, **OFF)).status_code == 403
        assert switched(site.engine) == (False, [])


class TestCommand:
    @pytest.fixture
    def run(self, engine, monkeypatch):
        monkeypatch.setenv("BHXH_DATABASE_URL", engine.url.render_as_string(hide_password=False))
        return lambda *words: CliRunner().invoke(build_app(), ["channel", *words])

    def test_off_and_on_leave_a_trace(self, engine, run):
        off = run("off", "web", "--reason", "Kiểm tra")
        assert (off.exit_code, switched(engine)[0]) == (0, True)
        shown = run("switches").output
        assert ("Kiểm tra" in shown, "terminal" in shown) == (True, True)
        assert (run("on", "web", "--reason", "xong").exit_code, switched(engine)[0]) == (0, False)
        assert [actor.partition(":")[0] for actor, _, _ in switched(engine)[1]] == ["terminal", "terminal"]

    @pytest.mark.parametrize(
        "words",
        [
            ("off", "facebook", "--reason", "x"),
            ("off", "web", "--reason", "  "),
            ("off", "web", "--reason", "a" * 201),
            ("off", "web"),
            ("on", "web", "--reason", "x"),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(self, engine, run, words):
        answer = run(*words)
        assert (answer.exit_code != 0, switched(engine)) == (True, (False, []))

    def test_the_list_is_for_programs_too(self, run):
        import json

        shown = json.loads(run("switches", "--json").output)
        assert {row["channel"]: row["assistant"] for row in shown} == dict.fromkeys(
            ("web", "zalo_oa", "zalo_bot", "telegram"), "on"
        )
