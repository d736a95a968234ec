"""Pictures of the pages of keeping for the documentation, with invented people."""

from datetime import date, time

import pytest

from desk.accounts.operator import find, operators
from desk.accounts.role import Role
from desk.accounts.session import open_session
from desk.audit import AuditAction, record
from desk.calendar.office_hours import Shift
from desk.calendar.roster import Duty, enter_duty
from desk.database import writing
from tests.fakes.accounts import SETTINGS as ACCOUNTS
from tests.fakes.console import add_colleague
from tests.fakes.gateway import now

pytestmark = pytest.mark.browser
WIDE = {"width": 1280, "height": 900}
TET = date(2027, 2, 4)
STAFF = (
    ("hoang.ha", "Hoàng Thu Hà", (Role.OPERATOR, Role.SUPERVISOR), False),
    ("vu.hoa", "Vũ Thị Hoa", (Role.OPERATOR,), False),
    ("bui.long", "Bùi Đức Long", (Role.EDITOR,), False),
    ("dang.mai", "Đặng Ngọc Mai", (Role.APPROVER,), False),
    ("ho.nam", "Hồ Văn Nam", (Role.OPERATOR,), True),
)


@pytest.fixture
def staffed(gateway):
    """More colleagues, a few turns at Tết, a morning's lines in the log; the administrator's number."""
    for login, name, roles, is_gone in STAFF:
        number = add_colleague(gateway.engine, login, name, roles)
        with writing(gateway.engine) as connection:
            values = {"last_signed_in_at": now(), "totp_secret": "x" if Role.SUPERVISOR in roles else None}
            values["disabled_at"] = now() if is_gone else None
            connection.execute(operators.update().where(operators.c.id == number).values(values))
    with writing(gateway.engine) as connection:
        for offset, (name, number) in enumerate((("Trần Thị Lan", 1), ("Lê Văn Minh", 2), ("Vũ Thị Hoa", 4))):
            day = TET.replace(day=TET.day + offset)
            for shift in (Shift(time(8), time(12)), Shift(time(13), time(17))):
                enter_duty(connection, Duty(day, "hotline", shift, name, "1900 0000", number), 3, now())
        record(connection, "operator:1", AuditAction.CONVERSATION_READ, "conversation:web-thu-1", {}, now())
        revealed = {"sequence": 4, "episode": 12}
        record(connection, "operator:1", AuditAction.IDENTIFIERS_REVEALED, "conversation:web-thu-1", revealed, now())
        turn = {"what": "added", "person": "operator:1", "team": "hotline", "hours": "08:00–12:00"}
        record(connection, "operator:3", AuditAction.ROSTER_CHANGED, "roster:2027-02-04", turn, now())
    return add_colleague(gateway.engine, "do.an", "Đỗ Thanh An", (Role.ADMIN, Role.SUPERVISOR))


def test_pictures(gateway, staffed, open_page, shoot):
    page = open_page("/console/sign-in", WIDE)
    with writing(gateway.engine) as connection:
        token, _ = open_session(connection, find(connection, staffed), now(), ACCOUNTS.session)
    page.context.add_cookies([{"name": "bhxh_console", "value": token, "url": gateway.url}])
    for name, path in (
        ("roster", f"/console/roster?break={TET}"),
        ("operators", "/console/operators"),
        ("audit", "/console/audit"),
        ("calendar", "/console/calendar?year=2027"),
    ):
        page.goto(gateway.url + path)
        shoot(page, f"console-{name}")
    page.goto(gateway.url + "/console/operators/1")
    page.get_by_text("Cấp lại mật khẩu tạm", exact=True).click()
    shoot(page, "console-account")
    page.get_by_role("button", name="Cấp mật khẩu tạm").click()
    page.wait_for_selector("#secret")
    shoot(page, "console-secret")
    page.goto(gateway.url + f"/console/roster?break={TET}")
    page.emulate_media(media="print")
    shoot(page, "console-roster-print")
