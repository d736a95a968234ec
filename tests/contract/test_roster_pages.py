"""The pages of the roster: who is on duty in a break, what gaps there are, and what is refused."""

import asyncio
from datetime import date, timedelta

import pytest

from desk.accounts.role import Role
from desk.audit import AuditAction
from desk.calendar.holidays import read_holidays
from desk.calendar.office_hours import is_open
from desk.calendar.roster import duties_between
from desk.calendar.team import read_hours
from desk.calendar.zone import vietnam_date
from desk.database import reading
from tests.fakes.calendar import day, moment
from tests.fakes.console import ConsoleSite, add_colleague, console_settings
from tests.fakes.gateway import now
from tests.fakes.keeping import HOSTILE, audited, keeper

pytestmark = pytest.mark.page

PAGE = "/console/roster"
HOTLINE = console_settings().calendar.teams[0]
TURN = {"team": "hotline", "day": "2027-02-05", "opens": "08:00", "closes": "17:00", "person": "Nguyễn Văn Thử"}
TET = "break=2027-02-04"


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine)
    yield made
    made.close()


def duties(site):
    with reading(site.engine) as connection:
        return [stored.duty for stored in duties_between(connection, date.min, date.max)]


class TestView:
    async def test_a_break_is_shown_whole_with_its_gaps(self, site):
        async with keeper(site) as binh:
            page = (await binh.get(f"{PAGE}?break=2027-02-08")).text
        assert page.count('<li class="day ') == 7
        assert page.count("Chưa có người trực") == 7
        assert "Còn 7 ngày nghỉ chưa có người trực" in page

    async def test_a_day_with_somebody_on_duty_is_no_gap(self, site):
        async with keeper(site) as binh:
            await binh.post(PAGE, **TURN)
            page = (await binh.get(f"{PAGE}?{TET}")).text
        assert page.count("Chưa có người trực") == 6
        assert "Còn 6 ngày trống" in page

    async def test_plain_weekends_are_no_gaps(self, site):
        async with keeper(site) as binh:
            page = (await binh.get(f"{PAGE}?from=2026-12-07")).text
        assert "Chưa có người trực" not in page
        assert "07/12 – 13/12/2026" in page

    @pytest.mark.parametrize("query", ["break=x", "from=2026-02-30", "from=9999-12-31", "break=0001-01-01", "x=1", ""])
    async def test_a_day_that_cannot_be_is_this_week(self, site, query):
        async with keeper(site) as binh:
            page = await binh.get(f"{PAGE}?{query}")
        assert page.status_code == 200
        today = vietnam_date(now())
        monday = today - timedelta(days=today.weekday())
        assert f"{monday:%d/%m} – {monday + timedelta(days=6):%d/%m/%Y}" in page.text

    async def test_operators_see_their_own_turns_and_change_nothing(self, site):
        lan = add_colleague(site.engine, "lan", "Trần Thị Lan")
        async with keeper(site) as binh:
            await binh.post(PAGE, **TURN | {"operator": lan, "telephone": "1900 0000"})
        token, session = site.token(lan)
        async with site.browser(token) as browser:
            page = (await browser.get(PAGE)).text
            assert "Ca trực của tôi" in page
            assert "1900 0000" in page
            assert "Thêm người trực" not in page
        async with keeper(site, "cuong", "Lê Cường", (Role.OPERATOR,)) as cuong:
            assert "Ca trực của tôi" not in (await cuong.get(PAGE)).text
            for path in ("", "/remove", "/copy"):
                assert (await cuong.post(PAGE + path, **TURN)).status_code == 403
        assert session

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.EDITOR, Role.APPROVER])
    async def test_others_do_not_see_it(self, site, role):
        async with keeper(site, roles=(role,)) as other:
            assert (await other.get(PAGE)).status_code == 403


class TestAdding:
    async def test_whoever_is_on_duty_opens_the_office_and_it_is_audited(self, site):
        async with keeper(site) as binh:
            done = await binh.post(PAGE, **TURN, view=TET)
        assert done.headers["location"] == f"{PAGE}?{TET}&said=duty_added"
        with reading(site.engine) as connection:
            hours, holidays = read_hours(connection, HOTLINE), read_holidays(connection)
        assert is_open(hours, holidays, moment("2027-02-05 09:00"))
        detail = {"what": "added", "person": "Nguyễn Văn Thử", "team": "hotline", "hours": "08:00–17:00"}
        assert audited(site.engine, AuditAction.ROSTER_CHANGED) == [("roster:2027-02-05", detail)]

    async def test_several_days_at_once(self, site):
        async with keeper(site) as binh:
            await binh.post(PAGE, **TURN, until="2027-02-08")
        assert [duty.day for duty in duties(site)] == [day(f"2027-02-0{n}") for n in (5, 6, 7, 8)]

    async def test_a_night_becomes_two_turns(self, site):
        async with keeper(site) as binh:
            await binh.post(PAGE, **TURN | {"opens": "22:00", "closes": "06:00"})
        assert [(duty.day.day, duty.shift.opens.hour, duty.shift.closes.hour) for duty in duties(site)] == [
            (5, 22, 0),
            (6, 0, 6),
        ]

    async def test_a_colleague_stands_there_with_the_name_of_the_account(self, site):
        lan = add_colleague(site.engine, "lan", "Trần Thị Lan")
        async with keeper(site) as binh:
            await binh.post(PAGE, **TURN | {"operator": lan, "person": ""})
        (duty,) = duties(site)
        assert (duty.name, duty.operator_id) == ("Trần Thị Lan", lan)

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"day": "hôm nay"}, "Ngày không hợp lệ"),
            ({"day": "2062-02-05"}, "Ngày không hợp lệ"),
            ({"until": "2027-02-04"}, "Khoảng ngày không hợp lệ"),
            ({"until": "2027-12-31"}, "không quá 31 ngày"),
            ({"opens": "8"}, "Giờ trực chưa đúng"),
            ({"closes": "25:00"}, "Giờ trực chưa đúng"),
            ({"team": "khac"}, "chưa chọn bộ phận"),
            ({"person": "  "}, "chưa nhập “Họ tên người trực”"),
            ({"person": "a" * 121}, "dài quá 120"),
            ({"operator": "999", "person": ""}, "chưa nhập"),
            ({"telephone": "gọi tôi"}, "Số điện thoại trực"),
            ({"telephone": "0" * 21}, "Số điện thoại trực"),
        ],
    )
    async def test_what_cannot_be_is_refused_and_what_was_typed_stays(self, site, changed, sentence):
        async with keeper(site) as binh:
            answer = await binh.post(PAGE, **{"view": TET, "telephone": "19000000"} | TURN | changed)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'name="closes" type="time" value="' + changed.get("closes", "17:00") in answer.text
        assert duties(site) == []

    async def test_nobody_is_on_duty_twice_at_once(self, site):
        async with keeper(site) as binh:
            await binh.post(PAGE, **TURN)
            again = await binh.post(PAGE, **TURN)
            overlapping = await binh.post(PAGE, **TURN | {"day": "2027-02-04", "until": "2027-02-05", "opens": "12:00"})
        assert (again.status_code, overlapping.status_code) == (409, 409)
        assert "đã có ca trực trùng giờ vào 05/02/2027" in again.text
        assert len(duties(site)) == 1

    async def test_of_two_who_enter_the_same_turn_together_one_is_told(self, site):
        async with keeper(site) as binh, keeper(site, "cuong", "Lê Cường") as cuong:
            answers = await asyncio.gather(binh.post(PAGE, **TURN), cuong.post(PAGE, **TURN))
        assert sorted(answer.status_code for answer in answers) == [303, 409]
        assert len(duties(site)) == 1

    async def test_hostile_words_stay_words_and_lead_nowhere(self, site):
        async with keeper(site) as binh:
            done = await binh.post(PAGE, **TURN | {"person": HOSTILE}, view="https://evil.test")
            page = (await binh.get(f"{PAGE}?{TET}")).text
        assert done.headers["location"] == f"{PAGE}?said=duty_added"
        assert "<script>alert" not in page


class TestChanging:
    async def test_of_two_who_remove_the_same_turn_the_second_is_told(self, site):
        async with keeper(site) as binh, keeper(site, "cuong", "Lê Cường") as cuong:
            await binh.post(PAGE, **TURN)
            answers = await asyncio.gather(*(one.post(PAGE + "/remove", id=1, view=TET) for one in (binh, cuong)))
            assert (await binh.post(PAGE + "/remove", id="x")).status_code == 409
        assert sorted(answer.status_code for answer in answers) == [303, 409]
        assert [detail["what"] for _, detail in audited(site.engine, AuditAction.ROSTER_CHANGED)] == [
            "removed",
            "added",
        ]

    async def test_a_day_is_copied_to_the_others_once(self, site):
        async with keeper(site) as binh:
            await binh.post(PAGE, **TURN)
            days = {"source": "2027-02-05", "first": "2027-02-04", "last": "2027-02-07"}
            done = await binh.post(PAGE + "/copy", **days, view=TET)
            again = await binh.post(PAGE + "/copy", **days, view=TET)
        assert (done.status_code, again.status_code) == (303, 422)
        assert [duty.day.day for duty in duties(site)] == [4, 5, 6, 7]
        assert audited(site.engine, AuditAction.ROSTER_CHANGED)[0][1]["count"] == 3

    @pytest.mark.parametrize(
        "standing",
        [
            {"day": "2027-02-07", "opens": "12:00", "closes": "20:00"},
            {"day": "2027-02-07", "closes": "16:00"},
            {"day": "2027-02-06", "opens": "22:00", "closes": "09:00"},
            {"day": "2027-02-07", "person": "nguyễn văn thử", "opens": "16:00", "closes": "18:00"},
        ],
    )
    async def test_copying_puts_nobody_on_duty_twice_at_once_and_then_copies_nothing(self, site, standing):
        async with keeper(site) as binh:
            await binh.post(PAGE, **TURN)
            await binh.post(PAGE, **TURN | standing)
            before = duties(site)
            days = {"source": "2027-02-05", "first": "2027-02-06", "last": "2027-02-08"}
            refused = await binh.post(PAGE + "/copy", **days, view=TET)
        assert refused.status_code == 409
        assert "đã có ca trực trùng giờ vào 07/02/2027. Chưa có ca nào được thêm." in refused.text
        assert duties(site) == before
        assert {detail["what"] for _, detail in audited(site.engine, AuditAction.ROSTER_CHANGED)} == {"added"}

    async def test_an_empty_day_or_too_many_days_are_not_copied(self, site):
        async with keeper(site) as binh:
            empty = await binh.post(PAGE + "/copy", source="2027-02-05", first="2027-02-06", last="")
            many = await binh.post(PAGE + "/copy", source="2027-02-05", first="2027-02-06", last="2028-02-06")
        assert (empty.status_code, many.status_code) == (422, 422)
