"""Each question leaves one line with the entry and version that answered it. On SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import select

from actions.payload import BESIDE_AN_ENTRY
from connectors.claim import Ending, LeaseLostError, finish
from connectors.message import AnswerSource, DialogueState, Reply
from connectors.outbox import OPERATOR, SYSTEM
from connectors.spoken import Spoken, speak
from desk.answer_log import GIVEN, QUESTION_CHARACTERS, LoggedAnswer, Trouble, answer_log, log_answer, note_trouble
from desk.database import reading, writing
from desk.feedback import Feedback, Thumb, record_feedback
from knowledge.answer import AnswerStatus
from tests.fakes.stored import at, claim, conversation, count, end, message, put

SOURCE = AnswerSource("faq/thai-san#0", "faq/thai-san", "Mục 1", "3", "Thai sản", "20261120-a", 0.91)
ANSWERED = Reply("Được 06 tháng.", "answered", feedback=True, source=SOURCE)
UNKNOWN = Reply("Chưa có thông tin.", "unanswerable_low_score")
ASKED_BACK = Reply("Ý anh/chị là…?", "clarification")
REJECTION = Reply("Xin lỗi anh/chị.", rejects=True)


def lines(engine):
    with reading(engine) as connection:
        return connection.execute(select(answer_log).order_by(answer_log.c.id)).all()


def answer(engine, number, *replies, text=None, payload=None):
    said = message("an", number, number, payload)
    put(engine, said if text is None else type(said)(**{**said.__dict__, "text": text}))
    (claimed,) = claim(engine, seconds=number)
    return claimed, end(engine, claimed, *replies, seconds=number)


class TestOneLineForEachQuestion:
    def test_it_says_which_version_of_which_entry_answered(self, engine):
        answer(engine, 1, ANSWERED, text="nghỉ thai sản mấy tháng")
        (line,) = lines(engine)
        assert (line.question, line.status, line.sequence, line.channel) == (
            "nghỉ thai sản mấy tháng",
            "answered",
            2,
            "web",
        )
        assert (line.passage_id, line.document, line.version, line.topic, line.snapshot, line.score) == (
            "faq/thai-san#0",
            "faq/thai-san",
            "3",
            "Thai sản",
            "20261120-a",
            0.91,
        )
        assert (line.trouble, line.was_chosen) == ("", False)

    def test_numbers_of_people_are_masked_and_long_words_cut(self, engine):
        answer(engine, 1, UNKNOWN, text="mã số BHXH 0123456789 của tôi " + "a" * 2_000)
        (line,) = lines(engine)
        assert "0123456789" not in line.question
        assert len(line.question) == QUESTION_CHARACTERS

    def test_greetings_and_what_the_desk_says_leave_none(self, engine):
        answer(engine, 1, Reply("Xin chào"), Reply("Đã chuyển cán bộ.", "desk_queued"))
        answer(engine, 2, Reply("Chuyển cán bộ", "handed_off_requested", handoff="requested"))
        assert lines(engine) == []

    def test_an_answer_in_parts_is_one(self, engine):
        answer(engine, 1, Reply("Chào anh/chị."), ANSWERED, ANSWERED)
        assert [line.sequence for line in lines(engine)] == [3]

    def test_of_a_pressed_button_it_keeps_what_was_understood(self, engine):
        chosen = AnswerSource("faq/om", "faq/om", "", "1", "Ốm đau", "s", None)
        reply = Reply("…", "answered", source=chosen, dialogue=DialogueState("điều kiện hưởng ốm đau", "", 0))
        answer(engine, 1, reply, text="Ốm đau", payload='/choose_option{"option": "faq/om"}')
        (line,) = lines(engine)
        assert (line.question, line.was_chosen, line.score) == ("điều kiện hưởng ốm đau", True, None)

    def test_who_lost_the_lease_leaves_none_and_a_second_try_one(self, engine):
        put(engine, message("an", 1))
        (dead,) = claim(engine)
        (claimed,) = claim(engine, owner="two", seconds=60)
        with pytest.raises(LeaseLostError), writing(engine) as connection:
            finish(connection, dead, Ending((UNKNOWN,)), None, at(61))
        end(engine, claimed, UNKNOWN, seconds=62)
        assert count(engine, answer_log) == 1

    def test_what_was_dropped_because_the_assistant_is_off_was_no_answer(self, engine):
        put(engine, message("an", 1))
        (claimed,) = claim(engine)
        with writing(engine) as connection:
            finish(connection, claimed, Ending((UNKNOWN,), author=SYSTEM), None, at(1))
            speak(connection, Spoken(conversation("an"), OPERATOR, Reply("Chào", "answered"), "r-1"), None, at(2))
        assert lines(engine) == []


class TestTrouble:
    def test_what_is_not_answered_waits_for_the_editors_and_own_cases_do_not(self, engine):
        answer(engine, 1, UNKNOWN)
        answer(engine, 2, Reply("Xem VssID.", "unanswerable_own_case"))
        assert [line.trouble for line in lines(engine)] == [Trouble.UNANSWERED, ""]

    def test_a_no_means_the_answer_before_it(self, engine):
        answer(engine, 1, ANSWERED)
        answer(engine, 2, ANSWERED)
        answer(engine, 3, REJECTION)
        assert [line.trouble for line in lines(engine)] == ["", Trouble.REJECTED]

    def test_a_no_to_a_rule_beside_an_own_case_is_kept_and_to_the_bare_ways_is_not(self, engine):
        answer(engine, 1, Reply("Xem VssID.", "unanswerable_own_case"))
        answer(engine, 2, REJECTION)
        answer(engine, 3, Reply("Được 06 tháng. Xem VssID.", "unanswerable_own_case", source=SOURCE))
        answer(engine, 4, REJECTION)
        assert [line.trouble for line in lines(engine)] == ["", Trouble.REJECTED]

    def test_a_no_to_what_was_asked_back_refuses_the_options(self, engine):
        answer(engine, 1, ASKED_BACK)
        answer(engine, 2, REJECTION)
        assert [line.trouble for line in lines(engine)] == [Trouble.OPTIONS_REFUSED]

    def test_a_no_before_any_answer_changes_nothing(self, engine):
        answer(engine, 1, REJECTION)
        assert lines(engine) == []

    def test_a_thumb_down_counts_until_it_is_turned(self, engine):
        answer(engine, 1, ANSWERED)
        for thumb, trouble in ((Thumb.DOWN, Trouble.THUMBS_DOWN), (Thumb.UP, "")):
            with writing(engine) as connection:
                record_feedback(connection, Feedback("web-an", 2, thumb, ""), at(5))
            assert [line.trouble for line in lines(engine)] == [trouble]

    def test_only_what_was_answered_can_be_wrong(self, engine):
        answer(engine, 1, ANSWERED)
        with writing(engine) as connection:
            assert note_trouble(connection, "web-an", 2, Trouble.MARKED, at(3))
            assert not note_trouble(connection, "web-an", 1, Trouble.MARKED, at(3))


def test_what_does_not_fit_its_column_is_cut(engine):
    put(engine, message("an", 1))
    long = "x" * 400
    given = LoggedAnswer("web-an", 2, "web", at(1), long, "answered", long, long, long, long, long, long)
    with writing(engine) as connection:
        log_answer(connection, given)
    (line,) = lines(engine)
    assert (len(line.document), len(line.version), len(line.topic)) == (160, 16, 200)


def test_the_desk_and_the_actions_mean_the_same_by_an_entry_that_spoke():
    assert set(GIVEN) == {AnswerStatus.ANSWERED.value, *(status.value for status in BESIDE_AN_ENTRY)}
