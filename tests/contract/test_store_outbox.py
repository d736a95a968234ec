"""What outbox and transcript promise, on SQLite and on PostgreSQL alike."""

from connectors.claim import (
    Ending,
    finish,
)
from connectors.dead_letters import dead_letters
from connectors.inbox import queue_state
from connectors.message import Button, Citation, Reply
from connectors.outbox import is_answer, offered_button, outbox
from connectors.transcript import PAGE, last_sequences
from desk.database import reading
from tests.fakes.stored import ANSWER, at, claim, count, end, message, put, transcript


class TestOutbox:
    def test_replies_and_the_end_of_the_message_are_one_transaction(self, engine):
        put(engine, message("an", 1))
        (claimed,) = claim(engine)
        connection = engine.connect()
        connection.begin()
        finish(connection, claimed, Ending((ANSWER,)), None, at(1))
        connection.close()  # the process dies before the commit
        assert count(engine, outbox) == 0
        with reading(engine) as connection:
            assert queue_state(connection).waiting == 1

    def test_a_reply_comes_back_as_it_went_in(self, engine):
        citation = Citation("288/BHXH-VP", "1.e", "điểm e mục 1", "2024-01-31", "", "/documents/288#e", "d/288/e")
        reply = Reply(
            "Trả lời", "answered", (citation,), (Button("Có", "/affirm"),), True, "complaint", "leave_message"
        )
        put(engine, message("an", 1))
        end(engine, *claim(engine), reply)
        assert transcript(engine, "an")[1].reply == reply

    def test_several_replies_keep_their_order_and_their_question(self, engine):
        put(engine, message("an", 1))
        end(engine, *claim(engine), Reply("một"), Reply("hai"))
        entries = transcript(engine, "an", after=1)
        assert [(entry.sequence, entry.reply.text, entry.message_id) for entry in entries] == [
            (2, "một", "an:1"),
            (3, "hai", "an:1"),
        ]

    def test_a_dead_letter_has_told_the_citizen_and_is_listed(self, engine):
        put(engine, message("an", 1))
        end(engine, *claim(engine), Reply("Xin lỗi", "error_service"), error_class="dialogue_empty")
        with reading(engine) as connection:
            (letter,) = dead_letters(connection, 10)
            state = queue_state(connection)
        assert (letter.conversation_id, letter.error_class, letter.attempts) == ("web-an", "dialogue_empty", 1)
        assert (state.waiting, state.dead) == (0, 1)
        assert transcript(engine, "an")[1].reply.status == "error_service"

    def test_after_a_dead_letter_the_conversation_goes_on(self, engine):
        put(engine, message("an", 1), message("an", 2))
        end(engine, *claim(engine), error_class="dialogue_empty")
        assert [claimed.text for claimed in claim(engine)] == ["câu 2"]

    def test_a_button_is_known_only_in_the_conversation_it_was_offered_to(self, engine):
        offer = Button("Ốm đau", '/choose_option{"option": "faq/F01"}')
        put(engine, message("an", 1), message("ba", 1))
        for claimed in claim(engine):
            mine = claimed.conversation.participant == "an"
            end(engine, claimed, Reply("Ý anh/chị là…?", "clarification", buttons=(offer,) if mine else ()))
        with reading(engine) as connection:
            assert offered_button(connection, "web-an", offer.payload) == offer
            assert offered_button(connection, "web-ba", offer.payload) is None
            assert offered_button(connection, "web-an", "/restart") is None

    def test_only_what_the_assistant_said_here_is_an_answer(self, engine):
        put(engine, message("an", 1))
        end(engine, *claim(engine))
        with reading(engine) as connection:
            asked = [is_answer(connection, "web-an", 1), is_answer(connection, "web-an", 2)]
            elsewhere = is_answer(connection, "web-ba", 2)
        assert (asked, elsewhere) == ([False, True], False)


class TestTranscript:
    def test_nothing_is_read_twice_or_skipped(self, engine):
        put(engine, *(message("an", number) for number in range(1, 4)))
        for _ in range(3):
            end(engine, *claim(engine))
        everything = [entry.sequence for entry in transcript(engine, "an")]
        assert everything == [1, 2, 3, 4, 5, 6]
        assert [entry.sequence for entry in transcript(engine, "an", after=4)] == [5, 6]

    def test_a_long_conversation_comes_in_pages(self, engine):
        put(engine, *(message("an", number) for number in range(PAGE + 3)))
        assert len(transcript(engine, "an")) == PAGE
        assert len(transcript(engine, "an", after=PAGE)) == 3

    def test_conversations_do_not_see_each_other(self, engine):
        put(engine, message("an", 1), message("ba", 1))
        assert [entry.message_id for entry in transcript(engine, "ba")] == ["ba:1"]

    def test_the_newest_numbers_are_known_for_those_that_exist(self, engine):
        put(engine, message("an", 1), message("an", 2))
        with reading(engine) as connection:
            assert last_sequences(connection, frozenset({"web-an", "web-nobody"})) == {"web-an": 2}
