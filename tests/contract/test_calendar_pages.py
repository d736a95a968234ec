"""The pages of the calendar: what a supervisor changes, what follows, and what is refused."""

import asyncio

import pytest

from desk.accounts.role import Role
from desk.audit import AuditAction
from desk.calendar.confirmation import confirmation_of_year
from desk.calendar.holidays import read_holidays
from desk.calendar.kept_hours import kept_hours
from desk.calendar.team import read_hours
from desk.database import reading
from tests.fakes.calendar import day, moment
from tests.fakes.console import ConsoleSite, console_settings
from tests.fakes.keeping import HOSTILE, audited, keeper

pytestmark = pytest.mark.page

PAGE = "/console/calendar"
OFF = {"day": "2026-12-31", "kind": "off", "name": "Nghỉ hoán đổi", "source": "Thông báo thử số 1/TB"}
HOTLINE = console_settings().calendar.teams[0]


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine)
    yield made
    made.close()


def holidays(site):
    with reading(site.engine) as connection:
        return read_holidays(connection)


def hours(site):
    with reading(site.engine) as connection:
        return read_hours(connection, HOTLINE)


def week(version=0, **more):
    """Monday morning alone, as the form sends it."""
    return {"team": "hotline", "version": version, "opens-0-0": "07:30", "closes-0-0": "11:30", **more}


class TestDays:
    async def test_the_year_is_shown_with_its_holidays_and_that_it_is_an_estimate(self, site):
        async with keeper(site) as binh:
            page = (await binh.get(PAGE + "?year=2027")).text
        assert "Tết Nguyên Đán" in page
        assert "mới là dự tính" in page
        assert '<a href="/console/calendar?year=2027" aria-current="page">' in page

    async def test_a_day_off_counts_at_once_and_is_audited(self, site):
        async with keeper(site) as binh:
            done = await binh.post(PAGE + "/days", **OFF)
            assert done.headers["location"] == f"{PAGE}?year=2026&said=day_kept"
            page = (await binh.get(done.headers["location"])).text
        assert "Đã lưu điều chỉnh" in page
        assert "Thông báo thử số 1/TB" in page
        assert holidays(site).name_of(day("2026-12-31")) == "Nghỉ hoán đổi"
        expected = {"what": "off", "source": "Thông báo thử số 1/TB"}
        assert audited(site.engine, AuditAction.HOLIDAYS_CHANGED) == [("calendar:2026-12-31", expected)]

    async def test_a_saturday_is_worked_in_exchange(self, site):
        async with keeper(site) as binh:
            await binh.post(PAGE + "/days", **OFF | {"day": "2026-12-26", "kind": "worked"})
        assert holidays(site).is_working_day(day("2026-12-26"))

    async def test_a_correction_is_taken_back_once(self, site):
        async with keeper(site) as binh:
            await binh.post(PAGE + "/days", **OFF)
            assert (await binh.post(PAGE + "/days/drop", day=OFF["day"])).status_code == 303
            assert (await binh.post(PAGE + "/days/drop", day=OFF["day"])).status_code == 404
        assert holidays(site).is_working_day(day("2026-12-31"))
        assert len(audited(site.engine, AuditAction.HOLIDAYS_CHANGED)) == 2

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"day": ""}, "Ngày không hợp lệ"),
            ({"day": "2026-02-30"}, "Ngày không hợp lệ"),
            ({"day": "9999-12-31"}, "Ngày không hợp lệ"),
            ({"day": "0001-01-01"}, "Ngày không hợp lệ"),
            ({"day": "２０２６-12-31"}, "Ngày không hợp lệ"),
            ({"name": " \u200b\n "}, "chưa nhập “Tên gọi”"),
            ({"source": ""}, "chưa nhập “Căn cứ”"),
            ({"name": "a" * 121}, "dài quá 120 ký tự"),
            ({"source": "a" * 301}, "dài quá 300 ký tự"),
        ],
    )
    async def test_what_cannot_be_is_refused_and_what_was_typed_stays(self, site, changed, sentence):
        async with keeper(site) as binh:
            answer = await binh.post(PAGE + "/days", **OFF | changed)
        assert answer.status_code == 422
        assert sentence in answer.text
        kept = {"name": OFF["name"], "source": OFF["source"]} | changed
        assert f'name="source" value="{kept["source"]}"' in answer.text
        assert audited(site.engine, AuditAction.HOLIDAYS_CHANGED) == []

    async def test_hostile_words_stay_words(self, site):
        async with keeper(site) as binh:
            await binh.post(PAGE + "/days", **OFF | {"name": HOSTILE, "source": HOSTILE})
            page = (await binh.get(PAGE)).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page

    @pytest.mark.parametrize("year", ["1900", "x", "99999", "-1", HOSTILE])
    async def test_a_year_that_nobody_keeps_is_this_year(self, site, year):
        async with keeper(site) as binh:
            page = await binh.get(f"{PAGE}?year={year}")
        assert page.status_code == 200
        assert "Ngày nghỉ năm 2026" in page.text


class TestYears:
    async def test_a_confirmed_year_says_with_what_and_by_whom(self, site):
        async with keeper(site) as binh:
            await binh.post(PAGE + "/years", year="2027", source="Thông báo thử số 2/TB")
            page = (await binh.get(PAGE + "?year=2027")).text
        with reading(site.engine) as connection:
            assert confirmation_of_year(connection, 2027).source == "Thông báo thử số 2/TB"
            assert confirmation_of_year(connection, 2026) is None
        assert "người xác nhận: Phạm Thị Bình" in page
        assert audited(site.engine, AuditAction.HOLIDAYS_CHANGED)[0][0] == "calendar:2027"

    async def test_nothing_is_confirmed_without_its_source_or_for_another_year(self, site):
        async with keeper(site) as binh:
            assert (await binh.post(PAGE + "/years", year="2027", source=" ")).status_code == 422
            assert (await binh.post(PAGE + "/years", year="1999", source="a")).status_code == 404
            assert (await binh.post(PAGE + "/years", year="x", source="a")).status_code == 404


class TestHours:
    async def test_hours_entered_stand_in_place_of_the_settings_until_they_are_given_back(self, site):
        async with keeper(site) as binh:
            assert (await binh.post(PAGE + "/hours", **week())).status_code == 303
            assert set(hours(site).week) == {0}
            page = (await binh.get(PAGE)).text
            assert "Phạm Thị Bình đã sửa lúc" in page
            assert 'name="opens-0-0" value="07:30"' in page
            assert (await binh.post(PAGE + "/hours/reset", team="hotline", version=1)).status_code == 303
        assert set(hours(site).week) == {0, 1, 2, 3, 4}
        noted = audited(site.engine, AuditAction.HOURS_CHANGED)
        assert noted == [("team:hotline", {"hours": "settings"}), ("team:hotline", {"hours": "1 07:30-11:30"})]

    async def test_midnight_ends_a_day(self, site):
        async with keeper(site) as binh:
            await binh.post(PAGE + "/hours", **week(**{"opens-6-0": "18:00", "closes-6-0": "00:00"}))
        (evening,) = hours(site).week[6]
        assert evening.on(day("2026-11-22")).closes == moment("2026-11-23 00:00")

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"team": "hotline"}, "ít nhất một ca"),
            (week(team="khac"), "chưa chọn bộ phận"),
            (week(**{"closes-0-0": ""}), "thứ Hai"),
            (week(**{"closes-0-0": "07:00"}), "thứ Hai"),
            (week(**{"opens-2-0": "25:00", "closes-2-0": "26:00"}), "thứ Tư"),
            (week(**{"opens-0-1": "11:00", "closes-0-1": "12:00"}), "thứ Hai"),
            (week(**{"closes-0-0": "00:00", "opens-0-1": "12:00", "closes-0-1": "13:00"}), "thứ Hai"),
            (week(**{"opens-0-0": HOSTILE}), "thứ Hai"),
        ],
    )
    async def test_hours_that_cannot_be_are_refused(self, site, fields, sentence):
        async with keeper(site) as binh:
            answer = await binh.post(PAGE + "/hours", **fields)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert "<script>alert" not in answer.text
        with reading(site.engine) as connection:
            assert kept_hours(connection, "hotline") is None

    async def test_of_two_who_change_the_same_hours_the_second_looks_again(self, site):
        async with keeper(site) as binh, keeper(site, "cuong", "Lê Cường") as cuong:
            later = {"opens-0-0": "09:00"}
            answers = await asyncio.gather(
                binh.post(PAGE + "/hours", **week()), cuong.post(PAGE + "/hours", **week(**later))
            )
            assert sorted(answer.status_code for answer in answers) == [303, 409]
            assert (await binh.post(PAGE + "/hours", **week(version=7))).status_code == 409
            assert (await binh.post(PAGE + "/hours", **week(version=1))).status_code == 303
        assert len(audited(site.engine, AuditAction.HOURS_CHANGED)) == 2


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ADMIN, Role.EDITOR])
async def test_only_supervisors_keep_the_calendar(site, role):
    async with keeper(site, roles=(role,)) as other:
        assert (await other.get(PAGE)).status_code == 403
        assert (await other.post(PAGE + "/days", **OFF)).status_code == 403
        assert (await other.post(PAGE + "/hours", **week())).status_code == 403
        assert "/console/calendar" not in (await other.get("/console/password")).text
