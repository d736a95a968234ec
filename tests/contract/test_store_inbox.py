"""What the inbox promises, on SQLite and on PostgreSQL alike."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from connectors.inbox import inbox, queue_state
from connectors.message import InboundMessage
from desk.conversation import ConversationKey
from desk.database import reading
from tests.fakes.stored import HANOI, START, at, claim, conversation, count, message, put, transcript


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
