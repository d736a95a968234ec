from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.tickets.progress import (
    RUNNING,
    ChangeRefusedError,
    Outcome,
    Progress,
    TicketEvent,
    TicketEventKind,
    TicketState,
    apply,
    replay,
)
from desk.tickets.ticket import is_breached, is_warning

START = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
DUE = {"due_at": (START + timedelta(hours=8)).isoformat(), "warn_at": (START + timedelta(hours=4)).isoformat()}
SAMPLES = {
    TicketEventKind.FILED: DUE,
    TicketEventKind.ASSIGNED: {"operator_id": 7},
    TicketEventKind.REFERRED: {"unit": "Ban Chế độ", "text": "?", **DUE},
    TicketEventKind.REAPPOINTED: {"new_date": "2026-12-01", "reason": "?"},
    TicketEventKind.REOPENED: {"text": "?", **DUE},
}


def event(kind, minutes=0, **data):
    return TicketEvent(kind, START + timedelta(minutes=minutes), "operator:7", {**SAMPLES.get(kind, {}), **data})


def after(*kinds):
    return replay(event(kind, number) for number, kind in enumerate((TicketEventKind.FILED, *kinds)))


EVENTS = st.one_of(
    st.sampled_from([kind for kind in TicketEventKind if kind is not TicketEventKind.CLOSED]).map(event),
    st.sampled_from(Outcome).map(lambda outcome: event(TicketEventKind.CLOSED, outcome=outcome.value)),
    st.sampled_from(["Ban Thu", "Ban Chế độ", "Ban Pháp chế"]).map(
        lambda unit: event(TicketEventKind.REFERRED, unit=unit)
    ),
)


@given(st.lists(EVENTS, max_size=30))
def test_whatever_is_tried_the_log_of_what_happened_gives_the_same_ticket(tried):
    happened, progress = [], Progress()
    for each in [event(TicketEventKind.FILED), *tried]:
        try:
            progress = apply(progress, each)
        except ChangeRefusedError:
            continue
        happened.append(each)
    assert replay(happened) == progress
    assert progress.version == len(happened)
    assert (progress.state is TicketState.CLOSED) == (progress.closed_at is not None)
    assert (progress.state in RUNNING) == (progress.answered_at is None and progress.closed_at is None)
    assert len(set(progress.units)) == len(progress.units)
    assert progress.outcome is not Outcome.ANSWERED or progress.answered_at is not None


def test_taking_a_new_ticket_is_starting_on_it():
    taken = after(TicketEventKind.ASSIGNED)
    assert (taken.state, taken.assignee_id) == (TicketState.IN_PROGRESS, 7)


def test_a_ticket_with_a_unit_stays_there_when_somebody_else_takes_it():
    assert after(TicketEventKind.REFERRED, TicketEventKind.ASSIGNED).state is TicketState.WITH_UNIT


def test_the_same_unit_asked_twice_is_one_unit():
    assert after(TicketEventKind.REFERRED, TicketEventKind.REFERRED).units == ("Ban Chế độ",)


def test_the_clock_stands_at_the_first_answer():
    twice = after(TicketEventKind.ANSWERED, TicketEventKind.NOTED, TicketEventKind.ANSWERED)
    assert twice.answered_at == START + timedelta(minutes=1)


def test_a_unit_that_was_not_asked_cannot_reply():
    with pytest.raises(ChangeRefusedError, match="unit_replied is not possible in state new"):
        after(TicketEventKind.UNIT_REPLIED)


def test_a_closed_ticket_takes_notes_and_nothing_else():
    closed = apply(after(TicketEventKind.ANSWERED), event(TicketEventKind.CLOSED, outcome="answered"))
    assert apply(closed, event(TicketEventKind.NOTED)).state is TicketState.CLOSED
    with pytest.raises(ChangeRefusedError):
        apply(closed, event(TicketEventKind.ASSIGNED))


@pytest.mark.parametrize("outcome", ["answered", "not_reached"])
def test_nothing_is_closed_with_an_outcome_that_did_not_happen(outcome):
    with pytest.raises(ChangeRefusedError, match="closed is not possible in state new"):
        apply(after(), event(TicketEventKind.CLOSED, outcome=outcome))


def test_reopening_starts_a_clock_of_its_own():
    reopened = after(TicketEventKind.ANSWERED, TicketEventKind.REOPENED)
    assert (reopened.state, reopened.answered_at) == (TicketState.IN_PROGRESS, None)
    assert reopened.clock_from == START + timedelta(minutes=2)


@pytest.mark.parametrize(
    ("hours", "warns", "breaches"), [(3.9, False, False), (4, True, False), (8, True, False), (8.1, False, True)]
)
def test_a_warning_comes_before_the_breach(hours, warns, breaches):
    now = START + timedelta(hours=hours)
    assert (is_warning(after(), now), is_breached(after(), now)) == (warns, breaches)


def test_who_was_answered_in_time_is_never_late():
    answered = after(TicketEventKind.ANSWERED)
    later = START + timedelta(days=9)
    assert not is_breached(answered, later)
    assert not is_warning(answered, START + timedelta(hours=5))


def test_who_was_answered_too_late_stays_late():
    late = apply(after(), event(TicketEventKind.ANSWERED, minutes=9 * 60))
    assert is_breached(late, START + timedelta(days=9))
