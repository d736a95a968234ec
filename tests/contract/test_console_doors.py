"""Who may pass which door of the console: every route, every role, and what hostile requests get."""

import re
from datetime import timedelta

import pyotp
import pytest

from console.operator.doors import operator_doors
from console.security.access import Open
from console.security.form import FORM_BYTES, MOST_FIELDS
from console.security.headers import HEADERS
from desk.accounts.operator import operators
from desk.accounts.permissions import ALLOWED, Permission
from desk.accounts.role import Role
from desk.accounts.session import operator_sessions
from desk.audit import AuditAction, AuditFilter, entries
from desk.database import reading, writing
from tests.fakes.accounts import PASSWORD, SETTINGS
from tests.fakes.console import ConsoleSite, add_colleague
from tests.fakes.gateway import now

pytestmark = pytest.mark.page

ORIGIN = {"Origin": "http://test", "Sec-Fetch-Site": "same-origin"}
SCRIPT = {"X-Console": "1"}
UNKNOWN_EPISODE = "999"


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine)
    yield made
    made.close()


def doors():
    """Doors do not depend on the room behind them; any object will do to list them."""
    return operator_doors(object())


DOORS = list(doors())


def path_of(door):
    path = door.path.replace("{episode}", UNKNOWN_EPISODE)
    return path.replace("{digest}/{name:path}", "x/css/shell.css")


def named(door):
    return f"{door.method} {door.path}"


async def knock(browser, door, csrf="", **headers):
    if door.method == "GET":
        return await browser.get(path_of(door), headers=SCRIPT | headers)
    data = {"csrf": csrf}
    return await browser.post(path_of(door), data=data, headers=SCRIPT | ORIGIN | headers)


def test_every_door_needs_a_permission_but_those_of_signing_in():
    open_doors = {named(door) for door in DOORS if isinstance(door.need, Open)}
    assert open_doors == {
        "GET /console",
        "GET /console/sign-in",
        "POST /console/sign-in",
        "POST /console/sign-out",
        "GET /console/password",
        "POST /console/password",
        "GET /console/authenticator",
        "POST /console/authenticator",
        "POST /console/authenticator/confirm",
        "GET /console/static/{digest}/{name:path}",
    }


@pytest.mark.parametrize("role", [*Role, "nobody"])
async def test_each_role_passes_exactly_the_doors_it_may(site, role):
    if role == "nobody":
        token, csrf, allowed = None, "", frozenset()
    else:
        token, session = site.token(add_colleague(site.engine, "lan", "Trần Thị Lan", (role,)))
        csrf, allowed = session.csrf_token, ALLOWED[role]
    outcomes = {}
    async with site.browser(token) as browser:
        for door in DOORS:
            if isinstance(door.need, Permission):
                outcomes[named(door)] = ((await knock(browser, door, csrf)).status_code, door.need in allowed)
    for name, (status, is_allowed) in outcomes.items():
        if role == "nobody":
            assert status == 401, name
        elif is_allowed:
            assert status not in {401, 403, 500, 503}, name
        else:
            assert status == 403, name


async def test_whoever_owes_a_password_passes_only_the_doors_to_pay_it(site):
    token, session = site.token(add_colleague(site.engine, "lan", "Trần Thị Lan", ready=False))
    async with site.browser(token) as browser:
        for door in DOORS:
            if isinstance(door.need, Permission):
                assert (await knock(browser, door, session.csrf_token)).status_code == 403, named(door)
        assert (await browser.get("/console/desk")).headers["location"] == "/console/password"
        assert (await browser.get("/console/password")).status_code == 200


@pytest.mark.parametrize("door", [door for door in DOORS if door.method == "POST"], ids=named)
async def test_no_form_is_taken_without_its_token_or_from_elsewhere(site, door):
    token, session = site.token(add_colleague(site.engine, "lan", "Trần Thị Lan", tuple(Role)))
    async with site.browser(token) as browser:
        foreign = {"Origin": "http://evil.test", "Sec-Fetch-Site": "cross-site"}
        good = session.csrf_token
        assert (await knock(browser, door, good, **foreign)).status_code == 403
        assert (await knock(browser, door, good, Origin="null")).status_code == 403
        assert (await browser.post(path_of(door), data={"csrf": good}, headers=SCRIPT)).status_code == 403
        if door.need is not Open.ANYBODY:
            assert (await knock(browser, door, "")).status_code == 403
            assert (await knock(browser, door, "x" * 43)).status_code == 403


async def test_a_denial_is_noted(site):
    operator_id = add_colleague(site.engine, "lan", "Trần Thị Lan", (Role.EDITOR,))
    token, _ = site.token(operator_id)
    async with site.browser(token) as browser:
        assert (await browser.get("/console/desk")).status_code == 403
    with reading(site.engine) as connection:
        noted = entries(connection, AuditFilter(action=AuditAction.ACCESS_DENIED), 5)
    assert [entry.detail for entry in noted] == [{"door": "GET /console/desk"}]


async def test_forms_too_large_or_of_another_kind_are_refused(site):
    token, session = site.token(add_colleague(site.engine, "lan", "Trần Thị Lan"))
    headers = ORIGIN | SCRIPT | {"X-CSRF-Token": session.csrf_token}
    async with site.browser(token) as browser:
        path = "/console/conversations/1/reply"
        big = await browser.post(path, data={"text": "a" * FORM_BYTES}, headers=headers)
        many = await browser.post(path, data={f"f{n}": "x" for n in range(MOST_FIELDS + 1)}, headers=headers)
        json = await browser.post(path, json={"text": "a"}, headers=headers)
        file = await browser.post(path, files={"text": b"a"}, headers=headers)
        bytes_ = await browser.post(
            path,
            content=b"text=%ff%fe",
            headers=headers | {"Content-Type": "application/x-www-form-urlencoded"},
        )
    codes = [answer.status_code for answer in (big, many, json, file, bytes_)]
    assert codes == [413, 400, 400, 400, 400]


async def test_every_answer_carries_the_headers_and_no_inline_script(site):
    token, _ = site.token(add_colleague(site.engine, "lan", "Trần Thị Lan"))
    async with site.browser(token) as browser:
        for path in ("/console/desk", "/console/canned", "/console/password", "/console/authenticator", "/console/x"):
            answer = await browser.get(path)
            if answer.status_code == 404:
                continue
            assert {name: answer.headers[name] for name in HEADERS} == HEADERS
            assert not re.search(r"<script(?![^>]*\bsrc=)|\bon\w+=\"|style=\"", answer.text), path


class TestSignIn:
    async def enter(self, browser, login="lan", password=PASSWORD, **more):
        data = {"login": login, "password": password, **more}
        return await browser.post("/console/sign-in", data=data, headers=ORIGIN)

    async def test_a_planted_session_is_never_taken_over(self, site):
        add_colleague(site.engine, "lan", "Trần Thị Lan")
        planted = "A" * 43
        async with site.browser(planted) as browser:
            answer = await self.enter(browser)
            given = answer.cookies["bhxh_console"]
        assert answer.status_code == 303
        assert given != planted
        async with site.browser(planted) as browser:
            assert (await browser.get("/console/desk")).status_code == 303

    async def test_the_session_that_was_open_here_ends(self, site):
        before, _ = site.token(add_colleague(site.engine, "lan", "Trần Thị Lan"))
        async with site.browser(before) as browser:
            await self.enter(browser)
        async with site.browser(before) as browser:
            assert (await browser.get("/console/desk", headers=SCRIPT)).status_code == 401

    async def test_the_cookie_is_for_this_site_alone(self, site):
        add_colleague(site.engine, "lan", "Trần Thị Lan")
        async with site.browser() as browser:
            cookie = (await self.enter(browser)).headers["set-cookie"]
        assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
        assert "Max-Age" not in cookie

    async def test_over_https_nobody_else_can_plant_the_cookie(self, engine):
        add_colleague(engine, "lan", "Trần Thị Lan")
        site = ConsoleSite(engine, public_url="https://bhxh.test")
        async with site.browser() as browser:
            cookie = (await self.enter(browser)).headers["set-cookie"]
        site.close()
        assert cookie.startswith("__Host-bhxh_console=")
        assert "Secure" in cookie

    @pytest.mark.parametrize(
        "following",
        [
            "https://evil.test/",
            "//evil.test",
            "/\\evil.test",
            "/console/../x",
            "/",
            "javascript:alert(1)",
            "/console//e",
        ],
    )
    async def test_nobody_is_sent_elsewhere_afterwards(self, site, following):
        add_colleague(site.engine, "lan", "Trần Thị Lan")
        async with site.browser() as browser:
            assert (await self.enter(browser, next=following)).headers["location"] == "/console"

    async def test_one_comes_back_to_the_page_one_wanted(self, site):
        add_colleague(site.engine, "lan", "Trần Thị Lan")
        async with site.browser() as browser:
            asked = await browser.get("/console/conversations/7")
            assert asked.headers["location"] == "/console/sign-in?next=/console/conversations/7"
            entered = await self.enter(browser, next="/console/conversations/7")
        assert entered.headers["location"] == "/console/conversations/7"

    async def test_a_wrong_password_says_nothing_of_the_account(self, site):
        add_colleague(site.engine, "co-nguoi", "Trần Thị Lan")
        async with site.browser() as browser:
            wrong = await self.enter(browser, login="co-nguoi", password="sai")
            unknown = await self.enter(browser, login="khong-co", password="sai")
        assert (wrong.status_code, unknown.status_code) == (422, 422)
        assert wrong.text.replace("co-nguoi", "") == unknown.text.replace("khong-co", "")

    async def test_who_guesses_has_to_wait(self, site):
        add_colleague(site.engine, "lan", "Trần Thị Lan")
        async with site.browser() as browser:
            codes = [
                (await self.enter(browser, password="sai")).status_code for _ in range(SETTINGS.lockout.attempts + 2)
            ]
        assert codes[-1] == 429

    async def test_the_name_typed_comes_back_as_text(self, site):
        async with site.browser() as browser:
            answer = await self.enter(browser, login='"><script>alert(1)</script>')
        assert "<script>alert" not in answer.text

    async def test_signing_out_ends_the_session_on_the_server(self, site):
        token, session = site.token(add_colleague(site.engine, "lan", "Trần Thị Lan"))
        async with site.browser(token) as browser:
            done = await browser.post("/console/sign-out", data={"csrf": session.csrf_token}, headers=ORIGIN)
            assert done.headers["location"] == "/console/sign-in"
        async with site.browser(token) as browser:
            assert (await browser.get("/console/desk", headers=SCRIPT)).status_code == 401


class TestOwnAccount:
    async def test_the_first_password_is_changed_before_anything_else(self, site):
        add_colleague(site.engine, "lan", "Trần Thị Lan", ready=False)
        async with site.browser() as browser:
            data = {"login": "lan", "password": PASSWORD}
            await browser.post("/console/sign-in", data=data, headers=ORIGIN)
            assert (await browser.get("/console")).headers["location"] == "/console/password"
            page = await browser.get("/console/password")
            csrf = re.search(r'name="csrf" content="([^"]+)"', page.text)[1]
            new = {"csrf": csrf, "old": PASSWORD, "new": "Con-ga-gay-sang-som-7", "again": "Con-ga-gay-sang-som-8"}
            differs = await browser.post("/console/password", data=new, headers=ORIGIN)
            weak = await browser.post("/console/password", data=new | {"new": "a", "again": "a"}, headers=ORIGIN)
            changed = await browser.post("/console/password", data=new | {"again": new["new"]}, headers=ORIGIN)
            assert (differs.status_code, weak.status_code, changed.status_code) == (422, 422, 303)
            assert (await browser.get("/console/desk")).status_code == 200

    async def test_an_authenticator_is_set_up_with_its_picture(self, engine):
        site = ConsoleSite(engine)
        operator_id = add_colleague(engine, "lan", "Trần Thị Lan", (Role.ADMIN,))
        with writing(engine) as connection:
            owing = operators.update().where(operators.c.id == operator_id).values(must_enrol_totp=True)
            connection.execute(owing)
        token, session = site.token(operator_id)
        async with site.browser(token) as browser:
            assert (await browser.get("/console")).headers["location"] == "/console/authenticator"
            data = {"csrf": session.csrf_token}
            page = (await browser.post("/console/authenticator", data=data, headers=ORIGIN)).text
            assert "<svg" in page
            secret = "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", page))
            wrong = await browser.post("/console/authenticator/confirm", data=data | {"code": "000000"}, headers=ORIGIN)
            code = pyotp.TOTP(secret).at(now())
            right = await browser.post("/console/authenticator/confirm", data=data | {"code": code}, headers=ORIGIN)
        site.close()
        assert (wrong.status_code, right.status_code) == (422, 303)


async def test_an_idle_session_is_over(site):
    token, _ = site.token(add_colleague(site.engine, "lan", "Trần Thị Lan"))
    with writing(site.engine) as connection:
        connection.execute(operator_sessions.update().values(seen_at=now() - timedelta(hours=1)))
    async with site.browser(token) as browser:
        assert (await browser.get("/console/worklist", headers=SCRIPT)).status_code == 401
