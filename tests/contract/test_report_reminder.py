"""The report of last month is asked for from the 10th on, until somebody has taken it."""

from datetime import timedelta

import pytest

from desk.alert import open_alerts, settle_alert
from desk.audit import AuditAction, AuditFilter, entries
from desk.database import reading, writing
from desk.report.month import ReportMonth
from desk.report.reminder import ALERT_REPORT_DUE, exported_at, keep_reminded, note_export
from desk.transactions import ThreadedTransactions
from tests.fakes.report import OCTOBER, Month, october

NINTH, TENTH, FIFTEENTH = (october(31) + timedelta(days=days) for days in (9, 10, 15))


@pytest.fixture
def transactions(engine):
    made = ThreadedTransactions(engine)
    yield made
    made.close()


@pytest.fixture
def month(engine):
    made = Month(engine)
    made.says("an", "hỏi", october(5))
    return made


def alerts(engine):
    with reading(engine) as connection:
        return [one for one in open_alerts(connection, 10) if one.alert.kind == ALERT_REPORT_DUE]


def export(engine, month, moment):
    with writing(engine) as connection:
        note_export(connection, month, "operator:1", "xlsx", moment)


async def test_nothing_is_said_before_the_tenth(engine, transactions, month):
    await keep_reminded(transactions, NINTH)
    assert alerts(engine) == []


async def test_from_the_tenth_on_once(engine, transactions, month):
    for moment in (TENTH, TENTH + timedelta(seconds=15), FIFTEENTH):
        await keep_reminded(transactions, moment)
    (one,) = alerts(engine)
    assert (one.alert.account, one.alert.code, one.occurrences) == ("2026-10", "before 2026-11-15", 1)


async def test_the_export_ends_it_for_good(engine, transactions, month):
    await keep_reminded(transactions, TENTH)
    export(engine, OCTOBER, TENTH + timedelta(hours=1))
    await keep_reminded(transactions, FIFTEENTH)
    assert alerts(engine) == []


async def test_who_was_early_is_not_reminded(engine, transactions, month):
    export(engine, OCTOBER, NINTH)
    await keep_reminded(transactions, TENTH)
    assert alerts(engine) == []


async def test_the_report_of_an_unfinished_month_does_not_count(engine, transactions, month):
    export(engine, OCTOBER, october(20))
    await keep_reminded(transactions, TENTH)
    assert len(alerts(engine)) == 1


async def test_the_report_of_another_month_does_not_count(engine, transactions, month):
    export(engine, ReportMonth(2026, 9), NINTH)
    await keep_reminded(transactions, TENTH)
    assert len(alerts(engine)) == 1


async def test_settled_by_hand_it_does_not_come_back(engine, transactions, month):
    await keep_reminded(transactions, TENTH)
    with writing(engine) as connection:
        assert settle_alert(connection, alerts(engine)[0].id, TENTH)
    await keep_reminded(transactions, FIFTEENTH)
    assert alerts(engine) == []


async def test_the_next_month_has_a_reminder_of_its_own(engine, transactions, month):
    await keep_reminded(transactions, TENTH)
    await keep_reminded(transactions, TENTH + timedelta(days=31))
    assert {one.alert.account for one in alerts(engine)} == {"2026-10", "2026-11"}


async def test_a_product_that_had_no_citizens_yet_owes_nothing(engine, transactions):
    await keep_reminded(transactions, TENTH)
    assert alerts(engine) == []


def test_the_export_is_an_audit_line(engine):
    export(engine, OCTOBER, TENTH)
    with reading(engine) as connection:
        (line,) = entries(connection, AuditFilter(action=AuditAction.REPORT_EXPORTED), 5)
        assert exported_at(connection, OCTOBER) == TENTH
    assert (line.actor, line.subject, line.detail) == (
        "operator:1",
        "report:2026-10",
        {"format": "xlsx", "whole_month": True},
    )
