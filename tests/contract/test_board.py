"""The supervisor's board: honest numbers, nobody's words, and what hostile requests get; on both databases."""

from datetime import timedelta

import pytest

from connectors.outbox import outbox
from desk.accounts.role import Role
from desk.alert import Alert, open_alerts, raise_alert
from desk.audit import AuditAction, AuditFilter, entries
from desk.board import day_of, late_waits, loads, oldest_wait, wishes
from desk.conversation import ConversationKey, ensure_conversation
from desk.database import reading, writing
from desk.handoff.availability import Obstacle
from desk.handoff.log import episode_by_id, open_episode
from desk.handoff.moves import claim, end_waiting, request
from desk.handoff.state import Reason
from desk.presence import Presence
from desk.report.person_request import Course
from desk.worklist import open_work
from tests.fakes.console import ConsoleSite, add_colleague, console_settings
from tests.fakes.console_operator import ConsoleOperator, citizen_waits
from tests.fakes.gateway import now
from tests.fakes.office import OPEN

SECRET = "Nguyễn Văn Thử, CCCD 001099000001"
GOAL = timedelta(minutes=5)


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine)
    yield made
    made.close()


def at_desk(site, login="hoa", name="Nguyễn Thị Hoa", *roles):
    return ConsoleOperator(
        site.engine, lambda cookies: site.browser(cookies["bhxh_console"]), login, name, *(roles or (Role.SUPERVISOR,))
    )


def waits_since(engine, name, minutes, moment, reason=Reason.REQUESTED, channel="web"):
    key = ConversationKey(f"{channel}-{name}", channel, "main", name)
    with writing(engine) as connection:
        ensure_conversation(connection, key, moment)
        return request(connection, key.id, reason, OPEN, moment - timedelta(minutes=minutes)).stored


def read(engine, work):
    with reading(engine) as connection:
        return work(connection)


class TestNumbers:
    def test_a_wait_counts_until_somebody_comes_or_nobody_can(self, engine):
        moment = now().replace(hour=9, minute=0)
        for name, minutes in (("an", 3), ("ba", 7), ("chi", 20), ("dung", 16)):
            waits_since(engine, name, minutes, moment)
        with writing(engine) as connection:
            claim(connection, open_episode(connection, "web-ba"), 7, "Lan", moment)
            end_waiting(connection, open_episode(connection, "web-dung"), Obstacle.QUEUE_FULL, moment)
        found = read(engine, lambda connection: wishes(connection, moment - timedelta(hours=1), moment))
        late = late_waits(found, GOAL, moment)
        shown = [(one.course, round(one.waited.total_seconds() / 60)) for one in late]
        assert shown == [(Course.WAITING, 20), (Course.PERSON, 7), (Course.CALLBACK, 16)]

    def test_a_promise_given_at_once_is_no_wait(self, engine):
        moment, key = now(), ConversationKey("web-an", "web", "main", "an")
        with writing(engine) as connection:
            ensure_conversation(connection, key, moment)
            closed = OPEN.__class__(**{**OPEN.__dict__, "operators_online": 0})
            request(connection, key.id, Reason.REQUESTED, closed, moment - timedelta(hours=1))
        found = read(engine, lambda connection: wishes(connection, moment - timedelta(hours=2), moment))
        assert (len(found), late_waits(found, GOAL, moment)) == (1, ())

    def test_yesterday_is_another_day(self, engine):
        moment = day_of(now()) + timedelta(hours=8)
        waits_since(engine, "an", 24 * 60, moment)
        waits_since(engine, "ba", 30, moment)
        found = read(engine, lambda connection: wishes(connection, day_of(moment), moment))
        assert [wish.request.asked_at for wish in found] == [moment - timedelta(minutes=30)]

    def test_the_day_begins_at_midnight_in_vietnam(self):
        moment = now().replace(hour=18, minute=30)  # 01:30 of the next day in Hà Nội
        assert moment - day_of(moment) == timedelta(
            hours=1, minutes=30, seconds=moment.second, microseconds=moment.microsecond
        )

    def test_who_works_on_what(self, site):
        lan = at_desk(site, "lan", "Trần Thị Lan", Role.OPERATOR)
        add_colleague(site.engine, "minh", "Lê Văn Minh")
        add_colleague(site.engine, "bien", "Biên Tập", (Role.EDITOR,))
        episode = citizen_waits(site.engine)
        with writing(site.engine) as connection:
            claim(connection, episode_by_id(connection, episode), lan.id, "Lan", now())
        rules = console_settings().presence
        found = read(site.engine, lambda connection: loads(connection, open_work(connection), now(), rules))
        assert [(load.operator.login, load.presence, len(load.items)) for load in found] == [
            ("lan", Presence.ONLINE, 1),
            ("minh", Presence.OFFLINE, 0),
        ]
        assert oldest_wait(read(site.engine, open_work), now()) is None


class TestPage:
    async def test_an_empty_day_says_so(self, site):
        page = (await at_desk(site).get("/console/board")).text
        for sentence in (
            "Hiện không có công dân nào chờ.",
            "Không có cảnh báo nào đang mở.",
            "Hôm nay chưa có ai phải chờ quá mục tiêu.",
            "Từ 0 giờ hôm nay trợ lý chưa trả lời câu hỏi nào.",
            "Không có phiếu quá hạn và không có lịch hẹn nào đang mở.",
        ):
            assert sentence in page

    async def test_it_shows_who_waits_and_for_how_long_but_nobodys_words(self, site):
        citizen_waits(site.engine, "an", SECRET)
        waits_since(site.engine, "ba", 9, now(), Reason.SCAM, "zalo_oa")
        page = (await at_desk(site).get("/console/board/live")).text
        assert ("Nghi lừa đảo" in page, "9 phút" in page, "quá mục tiêu" in page) == (True, True, True)
        assert page.index("Nghi lừa đảo") < page.index("Xin gặp cán bộ")
        assert "Thử" not in page
        assert "001099000001" not in page

    async def test_answers_of_today_by_channel(self, site):
        citizen_waits(site.engine)
        for number, (status, days) in enumerate(
            (("answered", 0), ("answered", 0), ("unanswerable_low_score", 0), ("no_status", 0), ("answered", 2)), 10
        ):
            with writing(site.engine) as connection:
                connection.execute(outbox.insert().values(said_row(number, status, now() - timedelta(days=days))))
        ground = site.console  # the page itself is asked, as a supervisor would
        assert ground is not None
        page = (await at_desk(site).get("/console/board")).text
        row = page[page.index('<th scope="row">Trang web</th>') :]
        assert row.startswith('<th scope="row">Trang web</th><td>2</td><td>0</td><td>1</td><td>0</td><td>0</td>')

    async def test_breaches_of_any_day_and_nonsense_for_a_day(self, site):
        hoa = at_desk(site)
        waits_since(site.engine, "an", 9, now())
        assert "9 phút" in (await hoa.get("/console/board/breaches")).text
        for day in ("2020-02-30", "<script>", "9999-12-31", "0001-01-01", "", "2026-01-01"):
            answer = await hoa.get(f"/console/board/breaches?day={day}")
            assert (answer.status_code, "<script>alert" in answer.text) == (200, False)

    async def test_what_a_channel_says_is_never_markup(self, site):
        with writing(site.engine) as connection:
            raise_alert(connection, Alert("web", "main", "<b>", "<i>x", "<script>alert(1)</script>"), now())
        page = (await at_desk(site).get("/console/board")).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


class TestAlerts:
    async def test_one_is_settled_once_and_noted(self, site):
        with writing(site.engine) as connection:
            raise_alert(connection, Alert("zalo_oa", "main", "quota", "-32"), now())
        (alert,) = read(site.engine, lambda connection: open_alerts(connection, 5))
        hoa = at_desk(site)
        first, second = [await hoa.post(f"/console/board/alerts/{alert.id}/settle") for _ in range(2)]
        assert (first.status_code, second.status_code) == (200, 409)
        noted = read(site.engine, lambda c: entries(c, AuditFilter(action=AuditAction.ALERT_SETTLED), 5))
        assert [(entry.actor, entry.detail["kind"]) for entry in noted] == [(f"operator:{hoa.id}", "quota")]

    @pytest.mark.parametrize("number", ["0", "999", "-1", "abc", "9" * 30])
    async def test_what_does_not_exist_is_refused(self, site, number):
        assert (await at_desk(site).post(f"/console/board/alerts/{number}/settle")).status_code in {404, 409}


def said_row(number, status, moment):
    return {
        "part": number,
        "conversation_id": "web-an",
        "channel": "web",
        "account": "main",
        "sequence": number,
        "author": "assistant",
        "status": status,
        "text": "",
        "content": {},
        "has_buttons": False,
        "ownership_version": 0,
        "created_at": moment,
    }
