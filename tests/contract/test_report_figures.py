"""A month as the report reads it from either database, with everything counted by hand."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from connectors.inbox import inbox
from connectors.message import Reply
from connectors.outbox import outbox
from desk.database import reading
from desk.handoff import moves
from desk.handoff.availability import Obstacle
from desk.handoff.state import Reason
from desk.report.month_rows import rows_between
from desk.report.person_request import Course
from desk.report.traffic import Family
from desk.satisfaction import About
from desk.tickets.deadline import TicketKind
from tests.fakes.report import LOW, NO_CONTENT, OCTOBER, Month, answered, october, report_of, september


@pytest.fixture
def month(engine):
    return Month(engine)


def outcome(report, family):
    return report.now.outcomes[family].part


class TestMonthBorders:
    def test_a_message_at_midnight_in_hanoi_belongs_to_the_new_month(self, engine, month):
        month.says("an", "câu cuối tháng 9", OCTOBER.start - timedelta(seconds=2), answered("faq/rut-mot-lan"))
        month.says("an", "câu đầu tháng 10", OCTOBER.start, answered("faq/rut-mot-lan"))
        month.says("an", "câu cuối tháng 10", OCTOBER.end - timedelta(seconds=2), answered("faq/rut-mot-lan"))
        month.says("an", "câu đầu tháng 11", OCTOBER.end, answered("faq/rut-mot-lan"))
        report = report_of(engine)
        assert (report.now.all_channels.from_citizens, report.before.all_channels.from_citizens) == (2, 1)
        assert (outcome(report, Family.ANSWERED), report.before.outcomes[Family.ANSWERED].part) == (2, 1)

    def test_rows_out_of_order_by_a_day_are_found(self, engine, month):
        moments = [
            september(28),
            october(1),
            september(30, 23),
            october(2),
            OCTOBER.start,
            september(30, 22),
            october(1, 1),
        ]
        for number, moment in enumerate(moments):
            month.says(f"c{number}", "hỏi", moment)
        with reading(engine) as connection:
            wanted = rows_between(connection, inbox, inbox.c.received_at, OCTOBER.start, OCTOBER.end)
            found = connection.execute(select(func.count()).select_from(inbox).where(wanted)).scalar_one()
        assert found == 4

    @pytest.mark.parametrize("table", [inbox, outbox])
    def test_an_empty_table_has_no_rows(self, engine, table):
        at = inbox.c.received_at if table is inbox else outbox.c.created_at
        with reading(engine) as connection:
            wanted = rows_between(connection, table, at, OCTOBER.start, OCTOBER.end)
            assert connection.execute(select(table.c.id).where(wanted)).all() == []


def test_an_empty_month_measures_nothing_and_breaks_nothing(engine):
    report = report_of(engine)
    assert report.is_empty
    assert report.now.outcomes[Family.ANSWERED].value is None
    assert report.now.handoffs.waiting.median_seconds is None
    assert report.now.satisfaction.overall.satisfied.value is None
    assert report.comparison.unanswered.groups == ()


class TestTraffic:
    def test_volumes_by_channel(self, engine, month):
        month.says("an", "một", october(5), answered("faq/rut-mot-lan"))
        month.says("an", "hai", october(6), answered("faq/rut-mot-lan"), Reply("Còn gì nữa không ạ?"))
        month.says("binh", "ba", october(6), Reply("Xin chào"), channel="zalo_oa")
        month.operator_says("binh", october(6, 10), channel="zalo_oa")
        volumes = {each.channel: each for each in report_of(engine).now.channels}
        web, zalo = volumes["web"], volumes["zalo_oa"]
        assert (web.conversations, web.from_citizens, web.from_assistant, web.from_operators) == (1, 2, 3, 0)
        assert (zalo.conversations, zalo.from_citizens, zalo.from_assistant, zalo.from_operators) == (1, 1, 1, 1)

    def test_answers_by_what_became_of_them_and_by_topic(self, engine, month):
        month.says("an", "một", october(5), answered("faq/rut-mot-lan"), answered("faq/rut-mot-lan"))
        month.says("an", "hai", october(5), answered("288-BHXH-VP/1.e"))
        month.says("an", "ba", october(5), answered("faq/da-go"))
        month.says("an", "bốn", october(5), Reply("Ý anh/chị là…?", "clarification"))
        month.says("an", "năm", october(5), Reply("Chưa có", NO_CONTENT))
        month.says("an", "chào", october(5), Reply("Xin chào"))
        now = report_of(engine).now
        assert {family: share.part for family, share in now.outcomes.items() if share.part} == {
            Family.ANSWERED: 3,
            Family.CLARIFICATION: 1,
            Family.UNANSWERABLE: 1,
        }
        assert now.outcomes[Family.ANSWERED].of == 5
        assert now.topics == (("BHXH một lần", 1), ("Công văn 288/BHXH-VP", 1), (None, 1))
        assert now.abstentions == ((NO_CONTENT, 1),)

    def test_thumbs(self, engine, month):
        for number, value in enumerate(["up", "up", "down"]):
            month.says("an", "hỏi", october(5, 9, number), answered("faq/rut-mot-lan"))
            month.thumb("an", 2 * number + 2, value, october(5, 10))
        thumbs = report_of(engine).now.thumbs_up
        assert (thumbs.part, thumbs.of) == (2, 3)

    def test_questions_in_vain_of_several_people(self, engine, month):
        for who in ("an", "binh"):
            month.says(who, "Thẻ BHYT của tôi số 0912345678 đâu", october(5), Reply("Chưa chắc", LOW))
        month.says("chi", "một mình tôi hỏi", october(5), Reply("Chưa có", NO_CONTENT))
        month.says("chi", "hồ sơ của tôi", october(5), Reply("Việc riêng", "unanswerable_own_case"))
        found = report_of(engine).comparison.unanswered
        assert [(group.people, group.times) for group in found.groups] == [(2, 2)]
        assert "0912345678" not in found.groups[0].text
        assert (found.times, found.alone) == (3, 1)


class TestHandoffs:
    def test_times_and_courses(self, engine, month):
        month.wants_person("an", october(5))
        month.claimed("an", october(5, 9, 4))
        month.closed("an", october(5, 9, 14))
        month.wants_person("binh", october(6), Reason.COMPLAINT)
        month.moved("binh", moves.end_waiting, Obstacle.QUEUE_FULL, october(6, 9, 15))
        month.wants_person("chi", october(7), is_open=False)
        month.wants_person("dung", october(8))
        month.closed("dung", october(8, 9, 2), actor="system")
        now = report_of(engine).now.handoffs
        assert {course: share.part for course, share in now.courses.items()} == {
            Course.PERSON: 1,
            Course.CALLBACK: 2,
            Course.LEFT: 1,
            Course.WAITING: 0,
        }
        assert (now.waiting.median_seconds, now.handling.median_seconds) == (240, 600)
        assert (now.within_goal.part, now.within_goal.of) == (1, 3)
        assert now.reasons == (("requested", 3), ("complaint", 1))

    def test_a_wish_belongs_to_the_month_in_which_it_was_said(self, engine, month):
        month.wants_person("an", OCTOBER.start - timedelta(minutes=1))
        month.claimed("an", OCTOBER.start + timedelta(minutes=1))
        month.closed("an", OCTOBER.start + timedelta(minutes=3))
        report = report_of(engine)
        assert report.now.handoffs.total == 0
        assert report.before.handoffs.waiting.median_seconds == 120


def test_tickets_deadlines_and_slips(engine, month):
    month.ticket("an", TicketKind.CALLBACK, october(5), answered_at=october(6, 10))
    month.ticket("an", TicketKind.CALLBACK, october(5, 10), answered_at=october(9, 10))
    month.ticket("an", TicketKind.LATE_DOSSIER, october(6), slip_at=october(7))
    now = report_of(engine).now.tickets
    callbacks = next(each for each in now.kinds if each.kind is TicketKind.CALLBACK)
    assert (callbacks.filed, callbacks.answered) == (2, 2)
    assert (callbacks.in_time.part, callbacks.in_time.of) == (1, 2)
    assert (now.late_dossiers, now.slips) == (1, 1)


def test_satisfaction_of_the_month_of_the_question(engine, month):
    month.says("an", "hỏi", september(29))
    month.rates("an", About.BOT, OCTOBER.start - timedelta(seconds=1), 1)
    month.rates("an", About.BOT, OCTOBER.start, 5)
    month.rates("an", About.WAITING, october(9), 2)
    month.rates("an", About.PERSON, october(10))
    figures = report_of(engine).now.satisfaction
    assert (figures.overall.satisfied.part, figures.overall.satisfied.of) == (1, 2)
    assert figures.by_about[About.PERSON].satisfied.value is None
    assert figures.by_about[About.PERSON].answered.of == 1
