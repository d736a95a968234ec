"""Unanswered questions are sorted by the workshop, and what answers them later is guarded by the gate."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from desk.answer_log import LoggedAnswer, log_answer
from desk.conversation import ConversationKey, ensure_conversation
from desk.database import writing
from editing.gaps.cluster import GapState, gap_clusters
from editing.gaps.listing import GapFilter, gap_by_id, gaps
from editing.gate.question import Origin
from editing.workshop.gap_chore import EVERY, GapChore, guarded_questions
from tests.fakes.workshop_desk import CARD, WorkshopDesk

QUESTION = "Mất thẻ bảo hiểm y tế thì làm sao nhỉ?"


@pytest.fixture
def desk(engine, tmp_path):
    return WorkshopDesk(engine, tmp_path)


@pytest.fixture
def chore(desk):
    (chore,) = [one for one in desk.workshop.loop.chores if isinstance(one, GapChore)]
    return chore


def ask(desk, question, sequence):
    key = ConversationKey("web-an", "web", "web", "an")
    with writing(desk.engine) as connection:
        ensure_conversation(connection, key, desk.now)
        log_answer(connection, LoggedAnswer(key.id, sequence, "web", desk.now, question, "unanswerable_low_score"))


def listed(desk):
    return desk.read(gaps, GapFilter(), 10)


def test_new_questions_are_sorted_when_it_is_time_again(desk, chore):
    ask(desk, QUESTION, 2)
    chore(desk.now)
    assert [gap.questions for gap in listed(desk)] == [1]
    ask(desk, QUESTION, 4)
    chore(desk.now + EVERY - timedelta(seconds=1))
    assert [gap.questions for gap in listed(desk)] == [1]
    chore(desk.now + EVERY)
    assert [gap.questions for gap in listed(desk)] == [2]


def test_what_an_entry_answers_at_last_is_asked_again_and_then_guarded_by_the_gate(desk, chore):
    ask(desk, QUESTION, 2)
    chore(desk.now)
    (gap,) = listed(desk)
    with writing(desk.engine) as connection:
        answered = {"state": GapState.ANSWERED.value, "document": CARD, "document_at": desk.now}
        connection.execute(update(gap_clusters).where(gap_clusters.c.id == gap.cluster.id).values(answered))
    chore(desk.now + EVERY)
    checked = desk.read(gap_by_id, gap.cluster.id).cluster
    assert (checked.checked, checked.answered) == (1, 1)
    (guarded,) = desk.read(guarded_questions)
    assert (guarded.text, guarded.origin, guarded.expected) == (QUESTION, Origin.CITIZEN, (CARD,))
    report = desk.report(desk.candidate(desk.withdrawal(CARD)))
    (lost,) = [change for change in report.changes if change.question.origin is Origin.CITIZEN]
    assert (lost.is_regression, lost.question.text, lost.question.cluster_id) == (True, "", gap.cluster.id)
