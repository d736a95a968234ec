"""The page of the audit log: what is found, what is exported, and that reading leaves a line too."""

import csv
import io
from datetime import timedelta

import pytest

from desk.accounts.role import Role
from desk.audit import AuditAction, record
from desk.calendar.zone import vietnam_date
from desk.database import writing
from tests.fakes.calendar import moment
from tests.fakes.console import ConsoleSite, add_colleague
from tests.fakes.gateway import now
from tests.fakes.keeping import HOSTILE, audited, keeper

pytestmark = pytest.mark.page

PAGE = "/console/audit"
DAYS = {"since": "2026-11-01", "until": "2026-11-30"}


@pytest.fixture
def site(engine):
    made = ConsoleSite(engine)
    yield made
    made.close()


def note(
    site, actor="operator:1", action=AuditAction.CONVERSATION_READ, subject="conversation:web-1", at=None, **detail
):
    with writing(site.engine) as connection:
        record(connection, actor, action, subject, detail, at or moment("2026-11-20 09:00"))


class TestReading:
    async def test_a_line_is_told_in_words(self, site):
        add_colleague(site.engine, "lan", "Trần Thị Lan")
        note(site, action=AuditAction.ROLES_CHANGED, subject="operator:1", before="operator", after="operator, admin")
        note(site, actor="terminal:root", subject="address:::1")
        async with keeper(site, roles=(Role.ADMIN,)) as an:
            page = (await an.get(PAGE)).text
        assert "Trần Thị Lan" in page
        assert "Thay đổi vai trò" in page
        assert "Cán bộ trực, Quản trị tài khoản" in page
        assert "20/11/2026 09:00:00" in page
        assert "Dòng lệnh trên máy chủ (root)" in page

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("actor=lan", 2),
            ("actor=operator:1", 2),
            ("actor=system", 1),
            ("actor=khong-co", 0),
            ("action=ticket_read", 1),
            ("subject=conversation:web-2", 1),
            ("since=2026-11-20", 2),
            ("until=2026-11-19", 1),
            ("since=2026-11-19&until=2026-11-19&actor=lan", 1),
            ("since=2026-11-21", 0),
        ],
    )
    async def test_it_is_narrowed_down(self, site, query, found):
        add_colleague(site.engine, "lan", "Trần Thị Lan")
        note(site, subject="conversation:web-2", at=moment("2026-11-19 23:59"))
        note(site, at=moment("2026-11-20 00:00"))
        note(site, actor="system", action=AuditAction.TICKET_READ, subject="ticket:T1")
        async with keeper(site) as binh:
            page = (await binh.get(f"{PAGE}?{query}")).text
        # The accounts of this test stand in the log too, made at another time by the terminal.
        assert page.count('<td class="nowrap">') - page.count("<td>Tạo tài khoản</td>") == found

    async def test_pages_follow_each_other_without_loss(self, site):
        for number in range(120):
            note(site, subject=f"conversation:web-{number}")
        async with keeper(site) as binh:
            path, seen = f"{PAGE}?actor=operator:1", []
            while path:
                page = (await binh.get(path)).text
                seen += [line.split("<")[0] for line in page.split("Cuộc trò chuyện web-")[1:]]
                older = page.split('push" href="')[1].split('"')[0] if 'push" href="' in page else ""
                path = older.replace("&amp;", "&")
        assert seen == [str(number) for number in reversed(range(120))]

    @pytest.mark.parametrize(
        "query",
        ["since=hôm+nay", "until=2026-02-30", "since=2026-11-21&until=2026-11-20", "action=x", "since=9999-12-31"],
    )
    async def test_a_filter_that_cannot_be_is_refused(self, site, query):
        async with keeper(site) as binh:
            answer = await binh.get(f"{PAGE}?{query}")
        assert answer.status_code == 422
        assert "Điều kiện lọc chưa đúng" in answer.text

    @pytest.mark.parametrize(
        "query",
        ["before=x", "before=" + "9" * 18, "actor=" + "a" * 5000, "actor=%00", "actor=a%0Ab%0D%09c", "before=-1"],
    )
    async def test_senseless_addresses_do_no_harm(self, site, query):
        async with keeper(site) as binh:
            assert (await binh.get(f"{PAGE}?{query}")).status_code == 200

    async def test_hostile_words_stay_words(self, site):
        note(site, subject=f"conversation:{HOSTILE}", person=HOSTILE)
        async with keeper(site) as binh:
            pages = [(await binh.get(path)).text for path in (PAGE, f"{PAGE}?actor={HOSTILE}")]
        assert all("<script>alert" not in page for page in pages)

    async def test_whoever_reads_it_stands_in_it(self, site):
        async with keeper(site) as binh:
            await binh.get(f"{PAGE}?actor=binh&since=2026-11-01")
        (noted,) = audited(site.engine, AuditAction.AUDIT_READ)
        assert noted == ("audit:log", {"actor": "binh", "since": "2026-11-01", "rows": 0})

    @pytest.mark.parametrize("role", [Role.OPERATOR, Role.EDITOR, Role.APPROVER])
    async def test_others_do_not_read_it(self, site, role):
        async with keeper(site, roles=(role,)) as other:
            assert (await other.get(PAGE)).status_code == 403


class TestExport:
    async def test_all_that_fits_in_a_table_that_calculates_nothing(self, site):
        with writing(site.engine) as connection:
            for number in range(1100):
                record(
                    connection,
                    "operator:1",
                    AuditAction.CONVERSATION_READ,
                    f"conversation:web-{number}",
                    {},
                    moment("2026-11-20 09:00"),
                )
        note(site, subject="=1+1", person="@SUM(A1)")
        async with keeper(site, roles=(Role.ADMIN,)) as an:
            answer = await an.post(PAGE + "/export", actor="operator:1", **DAYS)
        table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(table) == 1102
        assert table[0][0] == "Thời điểm"
        assert table[1][3] == "'=1+1"
        assert answer.headers["content-disposition"].startswith('attachment; filename="nhat-ky-')
        assert audited(site.engine, AuditAction.AUDIT_EXPORTED) == [
            ("audit:log", {"actor": "operator:1", **DAYS, "rows": 1101})
        ]

    async def test_a_filter_that_cannot_be_exports_nothing(self, site):
        async with keeper(site, roles=(Role.ADMIN,)) as an:
            answer = await an.post(PAGE + "/export", since="x")
        assert answer.status_code == 422
        assert audited(site.engine, AuditAction.AUDIT_EXPORTED) == []

    @pytest.mark.parametrize(
        "days",
        [
            {},
            {"since": "2026-11-01"},
            {"until": "2026-11-30"},
            {"since": "2025-11-20", "until": "2026-11-21"},
            {"since": "2000-01-01", "until": "9998-12-31"},
        ],
    )
    async def test_years_are_not_exported_at_once(self, site, days):
        async with keeper(site, roles=(Role.ADMIN,)) as an:
            answer = await an.post(PAGE + "/export", actor="operator:1", **days)
        assert answer.status_code == 422
        assert "mỗi lần xuất nhiều nhất 366 ngày" in answer.text
        assert 'value="operator:1"' in answer.text
        assert audited(site.engine, AuditAction.AUDIT_EXPORTED) == []

    async def test_a_whole_leap_year_is_exported_with_both_its_ends(self, site):
        for at in ("2027-12-31 23:59", "2028-01-01 00:00", "2028-12-31 23:59", "2029-01-01 00:00"):
            note(site, at=moment(at))
        async with keeper(site, roles=(Role.ADMIN,)) as an:
            days = {"since": "2028-01-01", "until": "2028-12-31"}
            answer = await an.post(PAGE + "/export", actor="operator:1", **days)
        table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [row[0] for row in table[1:]] == ["31/12/2028 23:59:00", "01/01/2028 00:00:00"]

    @pytest.mark.parametrize(
        ("query", "first", "last"),
        [
            ("", "{earlier}", "{today}"),
            ("since={earlier}", "{earlier}", "{today}"),
            ("since=2020-02-29", "2020-02-29", "2021-02-28"),
            ("since=2999-01-01", "2999-01-01", "2999-01-01"),
            ("until=2026-03-31", "2026-03-01", "2026-03-31"),
            ("since=2026-01-01&until=2026-01-31", "2026-01-01", "2026-01-31"),
            ("since=9999-12-31", "9999-12-31", "9999-12-31"),
            ("until=0001-01-01", "0001-01-01", "0001-01-01"),
            ("since=x", "{earlier}", "{today}"),
        ],
    )
    async def test_the_days_to_export_are_filled_in(self, site, query, first, last):
        async with keeper(site, roles=(Role.ADMIN,)) as an:
            today = vietnam_date(now())
            days = {"today": today, "earlier": today - timedelta(days=30)}
            page = (await an.get(f"{PAGE}?{query.format(**days)}")).text
        for field, expected in (("since", first), ("until", last)):
            assert f'name="{field}" type="date" value="{expected.format(**days)}" required' in page

    async def test_a_supervisor_reads_but_does_not_export(self, site):
        async with keeper(site) as binh:
            assert "Xuất CSV" not in (await binh.get(PAGE)).text
            assert (await binh.post(PAGE + "/export")).status_code == 403
