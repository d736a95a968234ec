"""What tickets and feedback promise, on SQLite and on PostgreSQL alike."""

import pytest
from sqlalchemy import select

from desk.case_code import PATTERN
from desk.database import reading, writing
from desk.feedback import Feedback, Thumb, feedback, record_feedback
from desk.tickets.ticket import CaseCodesExhaustedError, TicketRequest, file_ticket, tickets
from tests.fakes.stored import START, at, conversation, count, message, put
from tests.fakes.tickets import RULES


class TestTickets:
    REQUEST = TicketRequest("request-1", "Nguyễn Văn Thử", "0900000001", "Khi nào có thẻ?")

    def file(self, engine, request=REQUEST, name="an", **options):
        with writing(engine) as connection:
            return file_ticket(connection, conversation(name), request, START, RULES, **options)

    def test_a_ticket_needs_no_earlier_message(self, engine):
        assert PATTERN.fullmatch(self.file(engine))

    def test_the_same_request_gets_the_same_code(self, engine):
        assert self.file(engine) == self.file(engine)
        assert count(engine, tickets) == 1

    def test_two_citizens_may_use_the_same_request_id(self, engine):
        assert self.file(engine) != self.file(engine, name="ba")

    def test_a_code_that_is_taken_is_not_given_again(self, engine):
        codes = iter(["BHXH-AAAA-AAAA", "BHXH-AAAA-AAAA", "BHXH-BBBB-BBBB"])
        first = self.file(engine, make_code=lambda: next(codes))
        second = self.file(engine, name="ba", make_code=lambda: next(codes))
        assert (first, second) == ("BHXH-AAAA-AAAA", "BHXH-BBBB-BBBB")

    def test_a_broken_code_maker_is_an_error_and_files_nothing(self, engine):
        self.file(engine, make_code=lambda: "BHXH-AAAA-AAAA")
        with pytest.raises(CaseCodesExhaustedError):
            self.file(engine, name="ba", make_code=lambda: "BHXH-AAAA-AAAA")
        assert count(engine, tickets) == 1


class TestFeedback:
    def give(self, engine, value, comment="", seconds=0):
        with writing(engine) as connection:
            record_feedback(connection, Feedback("web-an", 2, value, comment), at(seconds))

    def test_the_last_verdict_on_an_answer_counts(self, engine):
        put(engine, message("an", 1))
        self.give(engine, Thumb.UP)
        self.give(engine, Thumb.DOWN, "không đúng", seconds=5)
        with reading(engine) as connection:
            (row,) = connection.execute(select(feedback)).all()
        assert (row.value, row.comment, row.created_at, row.updated_at) == ("down", "không đúng", at(0), at(5))
