"""Vectors of erased questions go also where the erasure knew nothing of gaps; no round asks for all gaps at once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, update

from desk.answer_log import LoggedAnswer, answer_log, log_answer
from desk.conversation import ConversationKey, ensure_conversation
from desk.database import reading, writing
from editing.gaps.asking_again import GAPS_AT_ONCE, GapRechecker, NowSaid
from editing.gaps.beginning import begin_gap
from editing.gaps.cluster import GapState, gap_clusters
from editing.gaps.question import gap_questions
from editing.gaps.sorting import GapSorter
from editing.settings import GapSettings
from tests.fakes.stored import at

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def gap(engine):
    """Of one question, sorted already."""
    key = ConversationKey("web-an", "web", "main", "an")
    with writing(engine) as connection:
        ensure_conversation(connection, key, at(0))
        log_answer(connection, LoggedAnswer(key.id, 2, "web", NOW, "sinh đôi", "unanswerable_low_score"))
        answer = connection.execute(select(answer_log.c.id)).scalar_one()
        connection.execute(update(answer_log).values(is_sorted=True))
        gap = begin_gap(connection, NOW)
        made = insert(gap_questions).values(answer_id=answer, cluster_id=gap).returning(gap_questions.c.id)
        central = connection.execute(made).scalar_one()
        connection.execute(update(gap_clusters).values(central_id=central, vector=b"1234", model="fake"))
    return gap


def after_a_round(engine):
    GapSorter(engine, GapSettings(likeness=0.6, batch=50)).run(None, NOW)  # nothing is left for the model
    with reading(engine) as connection:
        return connection.execute(select(gap_clusters.c.vector)).scalar_one()


def test_the_next_round_takes_the_vector_of_what_was_erased_and_no_other(engine, gap):
    assert after_a_round(engine) == b"1234"
    with writing(engine) as connection:
        connection.execute(update(answer_log).values(question=""))
    assert after_a_round(engine) is None


def test_a_round_asks_for_some_gaps_and_the_next_for_the_rest(engine):
    with writing(engine) as connection:
        for _ in range(GAPS_AT_ONCE + 2):
            begin_gap(connection, NOW)
        connection.execute(update(gap_clusters).values(state=GapState.ANSWERED, document="faq/x"))
    rechecker = GapRechecker(engine)
    asked = [rechecker.run("s1", lambda _: NowSaid("answered", "faq/x"), NOW) for _ in range(3)]
    assert asked == [GAPS_AT_ONCE, 2, 0]
