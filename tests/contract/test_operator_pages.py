"""The pages of accounts: what an administrator does, what the rules forbid, and that a secret shows once."""

import asyncio
import re

import pytest

from connectors.outbox import outbox
from desk.accounts.operator import find, find_by_login, operators
from desk.accounts.role import Role
from desk.accounts.session import session_of
from desk.audit import AuditAction
from desk.database import reading, writing
from desk.handoff.log import episode_by_id
from desk.handoff.state import State
from tests.contract.test_console_desk import Operator as Colleague
from tests.contract.test_console_desk import citizen_waits
from tests.fakes.accounts import account_rules, rows_of, try_to_sign_in
from tests.fakes.console import ConsoleSite, add_colleague
from tests.fakes.gateway import now
from tests.fakes.keeping import HOSTILE, audited, keeper

pytestmark = pytest.mark.page

PAGE = "/console/operators"
NEW = {"login": "tran.lan", "name": "Trần Thị Lan", "team": "hotline", "role-operator": "1"}
SECRET = re.compile(r'id="secret"[^>]*>([^<]+)<')


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine)
    yield made
    made.close()


def admin(site, login="do.an", name="Đỗ An"):
    return keeper(site, login, name, (Role.ADMIN,))


def account(site, operator_id):
    with reading(site.engine) as connection:
        return find(connection, operator_id)


def seen(site, operator_id):
    """As the form of a new password carries it."""
    return account(site, operator_id).password_changed_at.isoformat()


class TestCreating:
    async def test_the_temporary_password_shows_once_and_opens_only_its_change(self, site):
        async with admin(site) as an:
            made = await an.post(PAGE, **NEW)
            password = SECRET.search(made.text)[1]
            assert made.headers["cache-control"] == "no-store"
            lists = [(await an.get(path)).text for path in (PAGE, f"{PAGE}/2")]
            again = await an.post(PAGE, **NEW)
        assert all(password not in page for page in lists)
        assert again.status_code == 422
        assert "đã có người dùng" in again.text
        assert password not in again.text
        async with site.browser() as browser:
            origin = {"Origin": "http://test"}
            await browser.post("/console/sign-in", data={"login": "tran.lan", "password": password}, headers=origin)
            assert (await browser.get("/console")).headers["location"] == "/console/password"
        noted = audited(site.engine, AuditAction.OPERATOR_CREATED)
        assert noted[0] == ("operator:2", {"login": "tran.lan", "roles": "operator"})
        assert password not in str(noted)

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"login": "Lan Trần"}, "Tên đăng nhập gồm"),
            ({"login": "a" * 400}, "Tên đăng nhập gồm"),
            ({"name": " "}, "Chưa nhập họ tên"),
            ({"role-operator": "0"}, "Chưa chọn vai trò"),
            ({"role-operator": "", "role-root": "1"}, "Chưa chọn vai trò"),
            ({"team": "khac"}, "chưa chọn bộ phận"),
            ({"login": HOSTILE}, "Tên đăng nhập gồm"),
        ],
    )
    async def test_what_cannot_be_is_refused_and_what_was_typed_stays(self, site, changed, sentence):
        async with admin(site) as an:
            answer = await an.post(PAGE, **NEW | changed)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert "<script>alert" not in answer.text
        assert f'name="name" value="{(NEW | changed)["name"]}"' in answer.text

    async def test_of_two_who_take_the_same_login_one_gets_it(self, site):
        async with admin(site) as an, admin(site, "ly.ba", "Lý Ba") as ba:
            answers = await asyncio.gather(an.post(PAGE, **NEW), ba.post(PAGE, **NEW))
        assert sorted(answer.status_code for answer in answers) == [200, 422]


class TestList:
    async def test_it_says_what_a_review_of_rights_needs(self, site):
        add_colleague(site.engine, "lan", "Trần Thị Lan")
        gone = add_colleague(site.engine, "ho.cu", "Hồ Cũ")
        with writing(site.engine) as connection:
            long_ago = now().replace(year=2025)
            connection.execute(operators.update().where(operators.c.id == gone).values(created_at=long_ago))
        for _ in range(3):
            try_to_sign_in(site.engine, "lan", "sai", rules=account_rules())
        async with admin(site) as an:
            page = (await an.get(PAGE)).text
            unused = (await an.get(PAGE + "?state=unused")).text
            nobody = (await an.get(PAGE + "?words=khong-co")).text
        assert {"Lâu không dùng", "Chưa cài, bắt buộc", "Chưa lần nào"} <= set(re.findall(r">([^<>]+)<", page))
        assert "Hồ Cũ" in unused
        assert "Trần Thị Lan" not in unused
        assert "Không có tài khoản nào khớp" in nobody

    async def test_a_supervisor_reads_it_and_changes_nothing(self, site):
        lan = add_colleague(site.engine, "lan", "Trần Thị Lan")
        async with keeper(site) as binh:
            assert "Tạo tài khoản mới" not in (await binh.get(PAGE)).text
            assert "Khóa tài khoản" not in (await binh.get(f"{PAGE}/{lan}")).text
            for path in ("", *(f"/{lan}/{what}" for what in ("edit", "roles", "disable", "password", "authenticator"))):
                assert (await binh.post(PAGE + path, **NEW)).status_code == 403
        async with keeper(site, "cuong", "Lê Cường", (Role.OPERATOR,)) as cuong:
            assert (await cuong.get(PAGE)).status_code == 403

    @pytest.mark.parametrize("number", ["999", "0", "x", "9" * 30, "１"])
    async def test_nobody_has_this_number(self, site, number):
        async with admin(site) as an:
            assert (await an.get(f"{PAGE}/{number}")).status_code == 404
            for what in ("roles", "disable", "enable", "sessions", "authenticator"):
                answer = await an.post(f"{PAGE}/{number}/{what}", **{"role-operator": "1"})
                assert answer.status_code in {303, 404}, what


class TestChanging:
    async def test_roles_follow_and_the_sessions_end(self, site):
        lan = add_colleague(site.engine, "lan", "Trần Thị Lan")
        token, _ = site.token(lan)
        async with admin(site) as an:
            fields = {"seen": "operator", "role-operator": "1", "role-supervisor": "1"}
            assert (await an.post(f"{PAGE}/{lan}/roles", **fields)).status_code == 303
        assert account(site, lan).roles == {Role.OPERATOR, Role.SUPERVISOR}
        with reading(site.engine) as connection:
            assert session_of(connection, token, now()) is None
        detail = {"before": "operator", "after": "operator, supervisor"}
        assert audited(site.engine, AuditAction.ROLES_CHANGED) == [(f"operator:{lan}", detail)]

    async def test_of_two_administrators_the_second_looks_again(self, site):
        lan = add_colleague(site.engine, "lan", "Trần Thị Lan")
        async with admin(site) as an, admin(site, "ly.ba", "Lý Ba") as ba:
            answers = await asyncio.gather(
                an.post(f"{PAGE}/{lan}/roles", **{"seen": "operator", "role-editor": "1"}),
                ba.post(f"{PAGE}/{lan}/roles", **{"seen": "operator", "role-supervisor": "1"}),
            )
        assert sorted(answer.status_code for answer in answers) == [303, 409]
        told = next(answer for answer in answers if answer.status_code == 409)
        assert "vừa được người khác thay đổi" in told.text
        assert len(audited(site.engine, AuditAction.ROLES_CHANGED)) == 1

    async def test_two_administrators_who_disable_each_other_leave_one(self, site):
        async with admin(site) as an, admin(site, "ly.ba", "Lý Ba") as ba:
            answers = await asyncio.gather(an.post(f"{PAGE}/{ba.id}/disable"), ba.post(f"{PAGE}/{an.id}/disable"))
        assert 303 in {answer.status_code for answer in answers}
        assert [account(site, one.id).is_disabled for one in (an, ba)].count(False) == 1

    async def test_nobody_raises_or_disables_themselves(self, site):
        async with admin(site) as an:
            own = f"{PAGE}/{an.id}"
            raised = await an.post(own + "/roles", **{"seen": "admin", "role-admin": "1", "role-supervisor": "1"})
            answers = [raised, await an.post(own + "/disable"), await an.post(own + "/authenticator")]
            answers.append(await an.post(own + "/password", seen=seen(site, an.id)))
            assert "Đây là tài khoản của anh/chị" in (await an.get(own)).text
        assert [answer.status_code for answer in answers] == [422] * 4
        assert account(site, an.id).roles == {Role.ADMIN}
        assert not SECRET.search(answers[-1].text)

    async def test_a_new_password_shows_once_also_when_the_form_comes_again(self, site):
        lan = add_colleague(site.engine, "lan", "Trần Thị Lan")
        async with admin(site) as an:
            form = {"seen": seen(site, lan)}
            first = await an.post(f"{PAGE}/{lan}/password", **form)
            second = await an.post(f"{PAGE}/{lan}/password", **form)
            path, senseless = f"{PAGE}/{lan}/password", ("", "x", "2026-01-01")
            codes = [(await an.post(path, seen=at)).status_code for at in senseless]
        assert SECRET.search(first.text)
        assert second.status_code == 409
        assert not SECRET.search(second.text)
        assert codes == [400, 400, 400]
        assert account(site, lan).must_change_password
        assert len(audited(site.engine, AuditAction.PASSWORD_RESET)) == 1

    async def test_an_account_is_disabled_and_opened_again(self, site):
        lan = add_colleague(site.engine, "lan", "Trần Thị Lan")
        async with admin(site) as an:
            done = await an.post(f"{PAGE}/{lan}/disable")
            page = (await an.get(done.headers["location"])).text
            assert account(site, lan).is_disabled
            assert "Đã khóa tài khoản." in page
            await an.post(f"{PAGE}/{lan}/disable")
            await an.post(f"{PAGE}/{lan}/enable")
        assert not account(site, lan).is_disabled
        assert len(audited(site.engine, AuditAction.OPERATOR_DISABLED)) == 1

    @pytest.mark.parametrize("change", ["disable", "roles"])
    async def test_whom_somebody_had_goes_back_to_the_queue_and_hears_of_it(self, site, change):
        lan = Colleague(site)
        episode = citizen_waits(site)
        assert (await lan.on(episode, "claim")).status_code == 200
        async with admin(site) as an:
            fields = {"seen": "operator", "role-editor": "1"}
            assert (await an.post(f"{PAGE}/{lan.id}/{change}", **fields)).status_code == 303
        with reading(site.engine) as connection:
            stored = episode_by_id(connection, episode)
        assert (stored.episode.state, stored.episode.operator_id) == (State.QUEUED, None)
        assert len(rows_of(site.engine, outbox)) == 2

    async def test_an_authenticator_is_taken_away_and_sessions_are_closed(self, site):
        lan = add_colleague(site.engine, "lan", "Trần Thị Lan")
        site.token(lan)
        async with admin(site) as an:
            assert (await an.post(f"{PAGE}/{lan}/sessions")).status_code == 303
            with writing(site.engine) as connection:
                connection.execute(operators.update().where(operators.c.id == lan).values(totp_secret="x"))
            assert "Gỡ mã xác thực hai bước" in (await an.get(f"{PAGE}/{lan}")).text
            await an.post(f"{PAGE}/{lan}/authenticator")
        assert not account(site, lan).has_totp
        assert audited(site.engine, AuditAction.SESSIONS_CLOSED) == [(f"operator:{lan}", {"count": 1})]
        assert len(audited(site.engine, AuditAction.TOTP_REMOVED)) == 1

    async def test_a_name_is_changed_and_stays_a_word(self, site):
        lan = add_colleague(site.engine, "lan", "Trần Thị Lan")
        async with admin(site) as an:
            await an.post(f"{PAGE}/{lan}/edit", name=HOSTILE, team="hotline")
            pages = [(await an.get(path)).text for path in (PAGE, f"{PAGE}/{lan}", "/console/audit")]
            assert (await an.post(f"{PAGE}/{lan}/edit", name=" ", team="hotline")).status_code == 422
            assert (await an.post(f"{PAGE}/{lan}/edit", name="Lan", team="khac")).status_code == 422
        assert all("<script>alert" not in page for page in pages)
        with reading(site.engine) as connection:
            assert find_by_login(connection, "lan").display_name == HOSTILE
