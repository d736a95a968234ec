"""What the stores promise, on SQLite and on PostgreSQL alike."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select

from connectors.claim import (
    Lease,
    LeaseLostError,
    claim_accepted,
    claim_due,
    finish,
    postpone,
    release_leases_of,
    renew,
)
from connectors.inbox import accept, dead_letters, inbox, queue_state
from connectors.message import Button, Citation, InboundMessage, Reply
from connectors.outbox import DeliveryState, is_answer, offered_button, outbox
from connectors.transcript import PAGE, entries_after, last_sequences
from desk.case_code import PATTERN
from desk.conversation import ConversationKey
from desk.database import reading, writing
from desk.feedback import Feedback, Thumb, feedback, record_feedback
from desk.ticket import CaseCodesExhaustedError, TicketRequest, file_ticket, tickets

START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
HANOI = timezone(timedelta(hours=7))
ANSWER = Reply("Theo điểm a…", "answered", feedback=True)


def at(seconds):
    return START + timedelta(seconds=seconds)


def conversation(name, channel="web"):
    return ConversationKey(f"{channel}-{name}", channel, "main", name)


def message(name, number, seconds=0, payload=None, channel="web"):
    key = conversation(name, channel)
    return InboundMessage(key, f"{name}:{number}", f"câu {number}", payload, at(seconds))


def put(engine, *messages):
    with writing(engine) as connection:
        return [accept(connection, each) for each in messages]


def claim(engine, owner="one", seconds=0, limit=10):
    with writing(engine) as connection:
        return claim_due(connection, Lease(owner, at(seconds + 30)), at(seconds), limit)


def end(engine, claimed, *replies, seconds=0, error_class=None):
    with writing(engine) as connection:
        finish(connection, claimed, replies or (ANSWER,), at(seconds), error_class)


def transcript(engine, name, after=0):
    with reading(engine) as connection:
        return entries_after(connection, conversation(name).id, after)


def count(engine, table):
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


class TestInbox:
    def test_a_message_is_there_for_the_next_who_looks(self, engine):
        put(engine, message("an", 1))
        (found,) = claim(engine)
        assert (found.conversation, found.text, found.attempts) == (conversation("an"), "câu 1", 1)

    def test_the_same_message_id_is_accepted_once(self, engine):
        first, again = put(engine, message("an", 1), message("an", 1))
        assert first is not None
        assert again is None
        assert count(engine, inbox) == 1

    def test_one_message_id_on_two_accounts_is_two_messages(self, engine):
        ours = message("an", 1)
        other_account = ConversationKey("web-other", "web", "second", "an")
        theirs = InboundMessage(other_account, ours.message_id, "câu", None, START)
        assert None not in put(engine, ours, theirs)

    def test_a_storm_of_fifty_copies_leaves_one(self, engine):
        barrier = threading.Barrier(50)

        def deliver():
            barrier.wait()
            return put(engine, message("an", 1))[0]

        with ThreadPoolExecutor(50) as pool:
            results = [task.result() for task in [pool.submit(deliver) for _ in range(50)]]
        assert sum(result is not None for result in results) == 1
        assert count(engine, inbox) == 1

    def test_numbers_grow_in_the_order_in_which_messages_become_visible(self, engine):
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda number: put(engine, message("an", number)), range(40)))
        assert [entry.sequence for entry in transcript(engine, "an")] == list(range(1, 41))

    def test_characters_that_a_database_cannot_hold_are_dropped(self, engine):
        key = conversation("an")
        put(engine, InboundMessage(key, "an:1", "lương\x00 hưu \ud800?\x1b[31m", None, START))
        assert transcript(engine, "an")[0].reply.text == "lương hưu ?[31m"

    def test_an_id_that_belongs_to_somebody_else_is_refused(self, engine):
        put(engine, message("an", 1))
        stranger = ConversationKey("another-id", "web", "main", "an")
        with pytest.raises(LookupError):
            put(engine, InboundMessage(stranger, "x", "câu", None, START))

    def test_a_naive_time_is_refused(self, engine):
        naive = InboundMessage(conversation("an"), "an:1", "câu", None, datetime(2026, 11, 20))  # noqa: DTZ001
        with pytest.raises(Exception, match="naive datetime"):
            put(engine, naive)

    def test_times_come_back_as_the_same_moment_in_utc(self, engine):
        local = datetime(2026, 11, 20, 15, 30, tzinfo=HANOI)
        put(engine, InboundMessage(conversation("an"), "an:1", "câu", None, local))
        sent_at = transcript(engine, "an")[0].sent_at
        assert sent_at == local
        assert sent_at.utcoffset() == timedelta(0)

    def test_the_queue_tells_how_many_wait_and_since_when(self, engine):
        put(engine, message("an", 1, seconds=5), message("ba", 1, seconds=9))
        with reading(engine) as connection:
            state = queue_state(connection)
        assert (state.waiting, state.dead, state.oldest_at) == (2, 0, at(5))


class TestClaim:
    def test_a_claimed_conversation_is_nobody_elses(self, engine):
        put(engine, message("an", 1), message("an", 2))
        assert len(claim(engine, "one")) == 1
        assert claim(engine, "two") == ()

    def test_messages_of_one_conversation_come_in_order(self, engine):
        put(engine, *(message("an", number) for number in range(1, 4)))
        said = []
        for _ in range(3):
            (claimed,) = claim(engine)
            said.append(claimed.text)
            end(engine, claimed)
        assert said == ["câu 1", "câu 2", "câu 3"]

    def test_many_conversations_are_claimed_together_the_oldest_first(self, engine):
        put(engine, message("an", 1), message("an", 2), message("ba", 1), message("cu", 1))
        assert [claimed.conversation.participant for claimed in claim(engine, limit=2)] == ["an", "ba"]

    def test_a_conversation_whose_first_message_waits_does_not_hide_the_others(self, engine):
        put(engine, *(message("an", number) for number in range(20)))
        (first,) = claim(engine)
        with writing(engine) as connection:
            postpone(connection, first, at(60), 1.0, "dialogue_timeout")
        put(engine, message("ba", 1))
        assert [claimed.conversation.participant for claimed in claim(engine, seconds=1, limit=1)] == ["ba"]

    def test_a_postponed_message_comes_back_when_it_is_due_and_remembers_its_past(self, engine):
        put(engine, message("an", 1))
        (first,) = claim(engine)
        with writing(engine) as connection:
            postpone(connection, first, at(60), 12.5, "dialogue_timeout")
        assert claim(engine, seconds=59) == ()
        (again,) = claim(engine, seconds=60)
        assert (again.attempts, again.tried_seconds) == (2, 12.5)

    def test_an_expired_lease_frees_the_conversation(self, engine):
        put(engine, message("an", 1))
        claim(engine, "one", seconds=0)
        assert claim(engine, "two", seconds=29) == ()
        assert len(claim(engine, "two", seconds=31)) == 1

    def test_a_renewed_lease_lasts(self, engine):
        put(engine, message("an", 1))
        held = claim(engine, "one")
        with writing(engine) as connection:
            renew(connection, held, Lease("one", at(90)))
        assert claim(engine, "two", seconds=60) == ()

    def test_renewing_gives_no_lost_lease_back(self, engine):
        put(engine, message("an", 1))
        lost = claim(engine, "one")
        (mine,) = claim(engine, "two", seconds=31)
        with writing(engine) as connection:
            renew(connection, lost, Lease("one", at(500)))
        end(engine, mine, seconds=32)
        assert count(engine, outbox) == 1

    def test_who_lost_the_lease_may_not_answer(self, engine):
        put(engine, message("an", 1))
        (late,) = claim(engine, "one")
        (current,) = claim(engine, "two", seconds=31)
        with pytest.raises(LeaseLostError):
            end(engine, late)
        end(engine, current, seconds=32)
        assert count(engine, outbox) == 1

    def test_who_lost_the_lease_may_not_postpone(self, engine):
        put(engine, message("an", 1))
        (late,) = claim(engine, "one")
        claim(engine, "two", seconds=31)
        with pytest.raises(LeaseLostError), writing(engine) as connection:
            postpone(connection, late, at(99), 1.0, "dialogue_timeout")

    def test_a_restarted_owner_finds_its_work_at_once(self, engine):
        put(engine, message("an", 1), message("ba", 1))
        (before,) = claim(engine, "one", limit=1)
        claim(engine, "two", limit=1)
        with writing(engine) as connection:
            assert release_leases_of(connection, "one") == 1
        (again,) = claim(engine, "one")
        assert again.inbox_id == before.inbox_id

    def test_a_former_life_of_the_owner_may_not_answer(self, engine):
        put(engine, message("an", 1))
        (before,) = claim(engine, "one")
        with writing(engine) as connection:
            release_leases_of(connection, "one")
        with pytest.raises(LeaseLostError):
            end(engine, before)

    def test_a_message_can_be_claimed_by_who_accepts_it(self, engine):
        new = message("an", 1)
        with writing(engine) as connection:
            accepted = accept(connection, new)
            mine = claim_accepted(connection, accepted, new, Lease("one", at(30)))
        assert accepted.is_next
        assert claim(engine, "two") == ()
        end(engine, mine)
        assert [entry.role for entry in transcript(engine, "an")] == ["citizen", "assistant"]

    def test_a_message_is_not_next_while_another_waits_or_is_in_work(self, engine):
        waiting, behind = put(engine, message("an", 1), message("an", 2))
        claim(engine)
        (while_in_work,) = put(engine, message("an", 3))
        assert (waiting.is_next, behind.is_next, while_in_work.is_next) == (True, False, False)

    def test_two_workers_that_race_never_hold_one_conversation_together(self, engine):
        put(engine, *(message(f"citizen{who}", number) for number in range(4) for who in range(10)))
        held, overlaps, answered, guard = set(), [], [], threading.Lock()

        def work(owner):
            while len(answered) < 40:
                for mine in claim(engine, owner, limit=3):
                    with guard:
                        overlaps.extend(held & {mine.conversation.id})
                        held.add(mine.conversation.id)
                    transcript(engine, mine.conversation.participant)  # takes its time, so that an overlap would show
                    with guard:
                        held.discard(mine.conversation.id)
                        answered.append(mine.inbox_id)
                    end(engine, mine)

        threads = [threading.Thread(target=work, args=(f"worker{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert overlaps == []
        assert sorted(answered) == sorted(set(answered))
        assert (len(answered), count(engine, outbox)) == (40, 40)


class TestOutbox:
    def test_replies_and_the_end_of_the_message_are_one_transaction(self, engine):
        put(engine, message("an", 1))
        (claimed,) = claim(engine)
        connection = engine.connect()
        connection.begin()
        finish(connection, claimed, (ANSWER,), at(1))
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

    def test_a_web_reply_waits_to_be_fetched_and_others_wait_to_be_sent(self, engine):
        put(engine, message("an", 1), message("ba", 1, channel="telegram"))
        for claimed in claim(engine):
            end(engine, claimed)
        with reading(engine) as connection:
            states = dict(connection.execute(select(outbox.c.channel, outbox.c.delivery)).all())
        assert states == {"web": DeliveryState.AVAILABLE, "telegram": DeliveryState.PENDING}

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


class TestTickets:
    REQUEST = TicketRequest("request-1", "Nguyễn Văn Thử", "0900000001", "Khi nào có thẻ?")

    def file(self, engine, request=REQUEST, name="an", **options):
        with writing(engine) as connection:
            return file_ticket(connection, conversation(name), request, START, **options)

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
