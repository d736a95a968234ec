"""What claiming promises, on SQLite and on PostgreSQL alike."""

import threading

import pytest

from connectors.claim import (
    Lease,
    LeaseLostError,
    claim_accepted,
    postpone,
    release_leases_of,
    renew,
)
from connectors.inbox import accept
from connectors.outbox import outbox
from desk.database import writing
from tests.fakes.stored import at, claim, count, end, message, put, transcript


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
