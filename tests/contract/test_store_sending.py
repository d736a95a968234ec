"""Claiming a send and writing down its end, when a commit went through and nobody heard of it; on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from connectors.claim import Lease
from connectors.deliveries import deliveries
from connectors.outgoing import NotSent, OutgoingMessage, SendFailure
from connectors.sending import claim_delivery, due_deliveries, end_abandoned, give_up, mark_sent, put_off
from desk.database import reading, writing
from tests.fakes.stored import at, claim, conversation, end, message, put

LEASE = Lease("one", at(60))
TEMPORARY = NotSent(SendFailure.TEMPORARY, "503")
CHANNEL = "fake"


def render(reply, _sequence):
    return (OutgoingMessage(reply.text),)


@pytest.fixture
def due(engine):
    """One reply that waits to be sent."""
    put(engine, message("an", 1, channel=CHANNEL))
    (claimed,) = claim(engine)
    end(engine, claimed, render=render)
    with reading(engine) as connection:
        (found,) = due_deliveries(connection, CHANNEL, "main", at(0), 10)
    assert found.conversation_id == conversation("an", CHANNEL).id
    return found


def claim_it(engine, due, lease=LEASE, seconds=0):
    with writing(engine) as connection:
        return claim_delivery(connection, due, lease, at(seconds))


def state(engine):
    with reading(engine) as connection:
        return connection.execute(select(deliveries.c.state)).scalar_one()


def test_a_claim_that_is_repeated_is_the_same_claim(engine, due):
    first = claim_it(engine, due)
    assert claim_it(engine, due) == first
    assert first.attempts == 1


@pytest.mark.parametrize("lease", [Lease("two", at(60)), Lease("one", at(61))], ids=["of another", "a later one"])
def test_a_send_on_its_way_is_claimed_by_no_other_lease(engine, due, lease):
    claim_it(engine, due)
    assert claim_it(engine, due, lease) is None


def test_what_was_claimed_and_put_off_is_claimed_again_as_the_next_attempt(engine, due):
    first = claim_it(engine, due)
    with writing(engine) as connection:
        put_off(connection, first, TEMPORARY, at(1))
    second = claim_it(engine, due, Lease("one", at(62)), 2)
    assert (first.attempts, second.attempts) == (1, 2)


@pytest.mark.parametrize("repeat", [put_off, give_up], ids=["put off", "given up"])
def test_the_failure_of_a_former_attempt_says_nothing_about_the_one_on_its_way(engine, due, repeat):
    first = claim_it(engine, due)
    with writing(engine) as connection:
        put_off(connection, first, TEMPORARY, at(1))
    claim_it(engine, due, Lease("one", at(62)), 2)
    with writing(engine) as connection:
        repeat(connection, first, TEMPORARY, at(1))
    assert state(engine) == "sending"


def test_only_the_sends_of_the_channel_that_is_looked_after_are_called_unknown(engine, due):
    claim_it(engine, due)
    later = at(60) + timedelta(hours=1)
    with writing(engine) as connection:
        assert end_abandoned(connection, "another", "main", later, "one") == 0
        assert end_abandoned(connection, CHANNEL, "another", later) == 0
        assert end_abandoned(connection, CHANNEL, "main", later) == 1
    assert state(engine) == "unknown"


def test_who_called_the_channel_knows_better_than_who_gave_it_up(engine, due):
    claimed = claim_it(engine, due)
    with writing(engine) as connection:
        end_abandoned(connection, CHANNEL, "main", at(60))
        mark_sent(connection, claimed, "m1", at(61))
    assert state(engine) == "sent"
