"""Wishes for a person, read from events with times that anybody can add up."""

from datetime import UTC, datetime, timedelta

from desk.handoff.episode import Event
from desk.handoff.state import EventKind, Priority, Reason
from desk.report.handoffs import handoff_figures
from desk.report.person_request import Course, requests_of

START = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
K = EventKind


def happened(minutes, kind, **data):
    return Event(kind, START + timedelta(minutes=minutes), "system", data)


def queued(minutes, reason=Reason.REQUESTED):
    return happened(minutes, K.QUEUED, reason=reason, priority=Priority.NORMAL)


def only(*events):
    (request,) = requests_of(events)
    return request


def test_somebody_who_was_answered():
    request = only(queued(0), happened(4, K.CLAIMED, operator_id=1), happened(14, K.CLOSED, reason="answered"))
    assert (request.course, request.waited_seconds, request.handled_seconds) == (Course.PERSON, 240, 600)
    assert request.was_handled


def test_a_call_back_at_once_is_no_waiting():
    request = only(happened(0, K.CALLBACK_PROMISED, reason="requested", obstacle="closed"))
    assert (request.course, request.waited_seconds) == (Course.CALLBACK, None)


def test_a_call_back_after_waiting():
    request = only(queued(0), happened(15, K.CALLBACK_PROMISED, reason="requested", obstacle="queue_full"))
    assert (request.course, request.waited_seconds) == (Course.CALLBACK, 900)


def test_a_call_back_that_an_operator_keeps_is_handled_and_stays_a_call_back():
    request = only(
        happened(0, K.CALLBACK_PROMISED, reason="requested", obstacle="closed"),
        happened(600, K.CLAIMED, operator_id=1),
        happened(605, K.CLOSED, reason="answered"),
    )
    assert (request.course, request.handled_seconds, request.waited_seconds) == (Course.CALLBACK, 300, None)


def test_who_goes_back_to_the_assistant_has_left():
    request = only(queued(0), happened(2, K.CITIZEN_RETURNED))
    assert (request.course, request.waited_seconds, request.is_over) == (Course.LEFT, 120, True)


def test_an_episode_that_ends_while_somebody_waits():
    assert only(queued(0), happened(3, K.CLOSED, reason="left")).course is Course.LEFT


def test_who_still_waits():
    request = only(queued(0))
    assert (request.course, request.waited_seconds, request.is_over) == (Course.WAITING, None, False)


def test_an_operator_who_goes_away_makes_no_second_request_and_no_second_wait():
    request = only(
        queued(0),
        happened(1, K.CLAIMED, operator_id=1),
        happened(6, K.REQUEUED, why="silence"),
        happened(16, K.CLAIMED, operator_id=2),
        happened(18, K.GIVEN_BACK),
    )
    assert (request.waited_seconds, request.handled_seconds) == (60, 7 * 60)


def test_a_call_back_after_an_operator_went_away_is_still_somebody_who_got_a_person():
    request = only(
        queued(0),
        happened(1, K.CLAIMED, operator_id=1),
        happened(6, K.REQUEUED, why="silence"),
        happened(30, K.CALLBACK_PROMISED, obstacle="closed"),
    )
    assert (request.course, request.handled_seconds) == (Course.PERSON, 300)


def test_forwarding_does_not_stop_the_handling():
    request = only(
        queued(0),
        happened(1, K.CLAIMED, operator_id=1),
        happened(3, K.FORWARD_ASKED, operator_id=2),
        happened(4, K.FORWARD_ACCEPTED, operator_id=2),
        happened(11, K.CLOSED, reason="answered"),
    )
    assert request.handled_seconds == 600


def test_a_supervisor_who_takes_it_from_the_queue_ends_the_waiting():
    assert only(queued(0), happened(5, K.REASSIGNED, operator_id=3)).waited_seconds == 300


def test_what_is_not_over_has_no_handling_time_yet():
    assert not only(queued(0), happened(1, K.CLAIMED, operator_id=1)).was_handled


def test_a_second_wish_in_one_episode_is_a_second_request():
    first, second = requests_of(
        [
            queued(0),
            happened(2, K.CLAIMED, operator_id=1),
            happened(5, K.GIVEN_BACK),
            queued(50, Reason.COMPLAINT),
            happened(51, K.CITIZEN_RETURNED),
        ]
    )
    assert (first.course, first.reason) == (Course.PERSON, Reason.REQUESTED)
    assert (second.course, second.reason) == (Course.LEFT, Reason.COMPLAINT)


def test_asking_again_during_a_call_back_is_a_second_request():
    events = [
        happened(0, K.CALLBACK_PROMISED, reason="requested", obstacle="closed"),
        queued(500),
        happened(501, K.CLAIMED, operator_id=1),
    ]
    assert [request.course for request in requests_of(events)] == [Course.CALLBACK, Course.PERSON]


def test_an_offer_alone_is_no_request_but_gives_its_reason():
    assert requests_of([happened(0, K.OFFERED, reason="abstained"), happened(1, K.DECLINED)]) == ()
    offered = [happened(0, K.OFFERED, reason="abstained"), happened(1, K.QUEUED, priority="normal")]
    assert only(*offered).reason is Reason.ABSTAINED


def test_what_turns_out_to_be_urgent_while_waiting_is_the_reason_of_the_same_request():
    request = only(
        queued(0),
        happened(2, K.RAISED, reason=Reason.SCAM, priority=Priority.URGENT),
        happened(5, K.CLAIMED, operator_id=1),
    )
    assert (request.reason, request.asked_at, request.waited_seconds) == (Reason.SCAM, START, 300)


def test_a_call_back_keeps_the_urgent_reason_that_was_told_while_waiting():
    raised = happened(2, K.RAISED, reason=Reason.EMERGENCY, priority=Priority.URGENT)
    request = only(queued(0), raised, happened(9, K.CALLBACK_PROMISED, obstacle="closed"))
    assert (request.course, request.reason) == (Course.CALLBACK, Reason.EMERGENCY)


def test_what_an_operator_left_and_turned_urgent_is_counted_as_urgent():
    raised = happened(7, K.RAISED, reason=Reason.SCAM, priority=Priority.URGENT)
    request = only(queued(0), happened(1, K.CLAIMED, operator_id=1), happened(6, K.REQUEUED, why="silence"), raised)
    assert (request.course, request.reason) == (Course.PERSON, Reason.SCAM)


class TestFigures:
    def requests(self):
        return [
            only(queued(0), happened(4, K.CLAIMED, operator_id=1), happened(14, K.CLOSED, reason="answered")),
            only(queued(0), happened(5, K.CLAIMED, operator_id=1)),
            only(queued(0), happened(9, K.CLAIMED, operator_id=1)),
            only(queued(0, Reason.SCAM), happened(1, K.CITIZEN_RETURNED)),
            only(queued(0), happened(15, K.CALLBACK_PROMISED, obstacle="closed")),
            only(happened(0, K.CALLBACK_PROMISED, reason="requested", obstacle="closed")),
            only(queued(0)),
        ]

    def test_courses_add_up_to_all(self):
        figures = handoff_figures(self.requests(), 5)
        parts = {course: share.part for course, share in figures.courses.items()}
        assert parts == {Course.PERSON: 3, Course.CALLBACK: 2, Course.LEFT: 1, Course.WAITING: 1}
        assert {share.of for share in figures.courses.values()} == {7}

    def test_waiting_is_that_of_people_who_got_somebody(self):
        waiting = handoff_figures(self.requests(), 5).waiting
        assert (waiting.count, waiting.median_seconds, waiting.p90_seconds) == (3, 300, 540)

    def test_the_goal_counts_everybody_who_left_the_queue(self):
        within = handoff_figures(self.requests(), 5).within_goal
        assert (within.part, within.of) == (2, 5)

    def test_handling_is_that_of_what_is_over(self):
        handling = handoff_figures(self.requests(), 5).handling
        assert (handling.count, handling.median_seconds) == (1, 600)

    def test_reasons_go_by_number_then_by_name(self):
        assert handoff_figures(self.requests(), 5).reasons == (("requested", 6), ("scam", 1))

    def test_of_nothing(self):
        figures = handoff_figures([], 5)
        assert (figures.total, figures.reasons, figures.within_goal.value) == (0, (), None)
