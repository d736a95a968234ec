"""Tickets on both databases: filed, changed, forgotten."""

import threading
from datetime import time, timedelta

import pytest
from sqlalchemy import delete, select, update

from connectors.erasure import erase_conversation
from desk.calendar.holidays import CalendarDay, correct_day
from desk.calendar.kept_hours import UNTOUCHED, keep_hours
from desk.calendar.office_hours import Shift
from desk.database import metadata, reading, writing
from desk.tickets import changes
from desk.tickets.changes import By, TicketOvertakenError
from desk.tickets.late_dossier import LateDossier, dossier_of
from desk.tickets.log import events_of, replayed, ticket_events
from desk.tickets.progress import ChangeRefusedError, Outcome, TicketEventKind, TicketState
from desk.tickets.ticket import TicketKind, tickets
from tests.databases import unguarded
from tests.fakes.calendar import day, moment
from tests.fakes.tickets import MONDAY, RULES, Desk

DOSSIER = LateDossier("G22.99.00-261101-0001", "BHXH cơ sở Thử Nghiệm", day("2026-11-10"))


def by(hours=0, operator=7):
    return By(f"operator:{operator}", MONDAY + timedelta(hours=hours))


@pytest.fixture
def desk(engine):
    return Desk(engine)


class TestFiling:
    def test_a_ticket_knows_its_deadline_from_the_first_moment(self, desk):
        ticket = desk.file(TicketKind.UNIT_QUESTION)
        assert ticket.progress.due_at == moment("2026-11-19 17:00")
        assert ticket.progress.warn_at == moment("2026-11-19 13:00")
        assert (ticket.progress.state, ticket.progress.version) == (TicketState.NEW, 1)

    def test_a_form_that_comes_twice_is_one_ticket_with_one_event(self, desk):
        assert desk.file().id == desk.file(now=MONDAY + timedelta(minutes=1)).id
        (event,) = desk.read(events_of, desk.file().id)
        assert (event.kind, event.actor, event.at) == (TicketEventKind.FILED, "citizen", MONDAY)

    def test_hours_entered_by_hand_move_the_warning(self, desk, engine):
        mornings = {weekday: (Shift(time(8), time(12)),) for weekday in range(5)}
        with writing(engine) as connection:
            assert keep_hours(connection, RULES.team.key, mornings, UNTOUCHED, 7, MONDAY)
        progress = desk.file(TicketKind.UNIT_QUESTION).progress
        assert (progress.due_at, progress.warn_at) == (moment("2026-11-19 17:00"), moment("2026-11-19 08:00"))

    def test_a_day_off_entered_by_hand_moves_the_deadline(self, desk):
        with writing(desk.engine) as connection:
            correct_day(connection, CalendarDay(day("2026-11-18"), True, "nghỉ bão"), None, MONDAY)
        assert desk.file(TicketKind.UNIT_QUESTION).progress.due_at == moment("2026-11-20 17:00")

    def test_a_late_dossier_keeps_its_form(self, desk):
        ticket = desk.file(TicketKind.LATE_DOSSIER, dossier=DOSSIER)
        assert desk.read(dossier_of, ticket.id) == DOSSIER
        assert desk.read(dossier_of, desk.file(number=2).id) is None

    def test_a_ticket_from_before_the_desk_kept_a_log_can_be_worked_off(self, desk):
        ticket = desk.file()
        with writing(desk.engine) as connection:
            with unguarded(connection, "ticket_events"):
                connection.execute(delete(ticket_events))
            before = {"version": 0, "clock_from": None, "due_at": None, "warn_at": None}
            connection.execute(update(tickets).values(before))
        ticket = desk.do(changes.refer_to_unit, desk.again(ticket), "Ban Thu", "", RULES, by(1))
        ticket = desk.do(changes.answer, ticket, "…", by(2))
        assert ticket.progress.due_at == moment("2026-11-19 17:00")
        assert desk.read(replayed, ticket.id) == desk.again(ticket).progress


class TestChanges:
    def test_the_whole_way_of_a_question_for_a_unit(self, desk):
        ticket = desk.file()
        ticket = desk.do(changes.assign, ticket, 7, by(1))
        ticket = desk.do(changes.note, ticket, "Gọi lại chiều nay", by(2))
        ticket = desk.do(changes.refer_to_unit, ticket, "Ban Sổ - Thẻ", "Xin cho biết…", RULES, by(3))
        assert (ticket.progress.state, ticket.progress.due_at) == (TicketState.WITH_UNIT, moment("2026-11-19 17:00"))
        ticket = desk.do(changes.take_unit_reply, ticket, "Đã in sổ", by(26))
        ticket = desk.do(changes.answer, ticket, "Sổ đã in xong.", by(27))
        assert ticket.progress.answered_at == MONDAY + timedelta(hours=27)
        ticket = desk.do(changes.close, ticket, Outcome.ANSWERED, "", RULES, by(28))
        assert (ticket.progress.state, ticket.progress.outcome) == (TicketState.CLOSED, Outcome.ANSWERED)
        kinds = [event.kind.value for event in desk.read(events_of, ticket.id)]
        assert kinds == ["filed", "assigned", "noted", "referred", "unit_replied", "answered", "closed"]
        assert desk.again(ticket).progress == ticket.progress == desk.read(replayed, ticket.id)

    def test_a_second_unit_moves_the_question_into_the_second_class(self, desk):
        ticket = desk.file(TicketKind.UNIT_QUESTION)
        for unit in ("Ban Thu", "Ban Thu", "Ban Chế độ"):
            ticket = desk.do(changes.refer_to_unit, ticket, unit, "", RULES, by(1))
        assert (ticket.progress.units, ticket.progress.due_at) == (
            ("Ban Thu", "Ban Chế độ"),
            moment("2026-11-20 17:00"),
        )

    def test_what_was_promised_for_a_complaint_stays(self, desk):
        ticket = desk.file(TicketKind.COMPLAINT)
        for unit in ("Ban Thu", "Ban Chế độ"):
            ticket = desk.do(changes.refer_to_unit, ticket, unit, "", RULES, by(1))
        assert ticket.progress.due_at == moment("2026-11-19 17:00")

    def test_a_breach_is_not_undone_by_asking_a_unit_afterwards(self, desk):
        ticket = desk.do(changes.refer_to_unit, desk.file(), "Ban Thu", "", RULES, by(48))
        assert ticket.progress.due_at == moment("2026-11-17 17:00")

    def test_a_ticket_goes_back_to_all(self, desk):
        ticket = desk.do(changes.assign, desk.do(changes.assign, desk.file(), 7, by()), None, by())
        assert desk.again(ticket).progress.assignee_id is None

    def test_a_callback_is_tried_as_often_as_the_settings_ask_before_it_is_given_up(self, desk):
        ticket = desk.file(TicketKind.CALLBACK)
        for hour in range(2):
            ticket = desk.do(changes.fail_to_reach, ticket, "Không nghe máy", by(hour))
        with pytest.raises(ChangeRefusedError, match="2 of 3 attempts"):
            desk.do(changes.close, ticket, Outcome.NOT_REACHED, "", RULES, by(3))
        ticket = desk.do(changes.fail_to_reach, ticket, "Thuê bao", by(3))
        closed = desk.do(changes.close, ticket, Outcome.NOT_REACHED, "", RULES, by(4))
        assert (closed.progress.attempts, closed.progress.answered_at) == (3, None)

    def test_who_was_reached_waits_no_longer(self, desk):
        ticket = desk.do(changes.reach, desk.file(TicketKind.CALLBACK), "Đã hướng dẫn", by(2))
        assert (ticket.progress.state, ticket.progress.answered_at) == (TicketState.REACHED, by(2).now)

    def test_only_a_late_dossier_gets_a_new_day(self, desk):
        ticket = desk.file(TicketKind.LATE_DOSSIER, dossier=DOSSIER)
        told = desk.do(changes.reappoint, ticket, day("2026-12-01"), "Chờ xác minh", by(2))
        assert desk.again(told).progress.reappointed_on == day("2026-12-01")
        with pytest.raises(ChangeRefusedError, match="kind message"):
            desk.do(changes.reappoint, desk.file(number=2), day("2026-12-01"), "", by(2))

    def test_a_reopened_ticket_has_a_clock_of_its_own_also_with_a_unit(self, desk):
        ticket = desk.do(changes.answer, desk.file(), "…", by(1))
        ticket = desk.do(changes.close, ticket, Outcome.ANSWERED, "", RULES, by(2))
        ticket = desk.do(changes.reopen, ticket, "Chưa đúng câu hỏi", RULES, by(72))
        assert ticket.progress.due_at == moment("2026-11-20 17:00")
        ticket = desk.do(changes.refer_to_unit, ticket, "Ban Thu", "", RULES, by(73))
        assert ticket.progress.due_at == moment("2026-11-25 17:00")
        assert desk.read(replayed, ticket.id) == desk.again(ticket).progress

    def test_who_comes_second_is_told_how_it_stands_and_changes_nothing(self, desk):
        seen = desk.file()
        desk.do(changes.assign, seen, 7, by())
        with pytest.raises(TicketOvertakenError) as caught:
            desk.do(changes.assign, seen, 8, by(operator=8))
        assert caught.value.current.progress.assignee_id == 7
        assert len(desk.read(events_of, seen.id)) == 2

    def test_of_many_who_take_a_ticket_at_once_one_gets_it(self, desk):
        seen, won, lost = desk.file(), [], []

        def take(operator):
            try:
                won.append(desk.do(changes.assign, seen, operator, by(operator=operator)).progress.assignee_id)
            except TicketOvertakenError as error:
                lost.append(error.current.progress.assignee_id)

        threads = [threading.Thread(target=take, args=(operator,)) for operator in range(1, 13)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(won), lost) == (1, won * 11)
        assert desk.again(seen).progress.assignee_id == won[0]

    def test_a_refused_change_leaves_no_trace(self, desk):
        ticket = desk.file()
        with pytest.raises(ChangeRefusedError):
            desk.do(changes.take_unit_reply, ticket, "", by())
        assert desk.again(ticket) == ticket


class TestErasure:
    SECRETS = ("bí mật", "0900000001", "Nguyễn Văn Thử", DOSSIER.dossier_code, DOSSIER.place)

    def test_nothing_that_a_citizen_left_is_found_anywhere_afterwards(self, desk):
        ticket = desk.file(TicketKind.LATE_DOSSIER, dossier=DOSSIER, question="bí mật")
        ticket = desk.do(changes.note, ticket, "bí mật", by())
        ticket = desk.do(changes.reappoint, ticket, day("2026-12-01"), "bí mật", by())
        desk.do(changes.refer_to_unit, ticket, "Ban Thu", "bí mật", RULES, by())
        with writing(desk.engine) as connection:
            erase_conversation(connection, ticket.conversation_id, by(2).now)
        with reading(desk.engine) as connection:
            rows = [row for table in metadata.sorted_tables for row in connection.execute(select(table))]
        assert [secret for secret in self.SECRETS if secret in str(rows)] == []

    def test_who_withdrew_is_waited_for_no_longer_and_the_times_stay(self, desk):
        ticket = desk.file()
        with writing(desk.engine) as connection:
            erase_conversation(connection, ticket.conversation_id, by(2).now)
        erased = desk.again(ticket).progress
        assert (erased.outcome, erased.due_at) == (Outcome.WITHDRAWN, ticket.progress.due_at)
        assert desk.strike("2026-11-30 09:00") == []
        assert desk.read(replayed, ticket.id) == erased

    def test_others_keep_what_is_theirs(self, desk):
        mine, other = desk.file(), desk.do(changes.note, desk.file(name="ba"), "ghi chú", by())
        with writing(desk.engine) as connection:
            erase_conversation(connection, mine.conversation_id, by(2).now)
        assert desk.again(other).name == "Nguyễn Văn Thử"
        assert desk.read(events_of, other.id)[-1].data == {"text": "ghi chú"}
