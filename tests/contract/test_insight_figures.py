"""What insight counts, on both databases."""

from datetime import datetime

import pytest

from desk.calendar.zone import VIETNAM
from desk.database import reading
from editing.insight.insight import read_insight
from editing.insight.period import read_period
from tests.fakes.insight import LoggedYear

TODAY = datetime(2026, 11, 22, 10, 0, tzinfo=VIETNAM)


@pytest.fixture
def year(engine):
    return LoggedYear(engine, TODAY)


def insight(year, period="30"):
    with reading(year.engine) as connection:
        return read_insight(connection, read_period(period, TODAY), TODAY)


def test_questions_are_told_apart_by_how_they_ended_and_by_topic(year):
    year.answers(6, 1, topic="Lương hưu", document="faq/a")
    year.answers(2, 1, "clarification", "Lương hưu")
    year.answers(1, 10, "unanswerable_low_score", "Thai sản")
    year.answers(1, 10, "handed_off_requested")
    year.answers(4, 40, topic="Lương hưu", document="faq/a")
    found = insight(year)
    whole = found.answers.whole
    assert (whole.total, whole.answered, whole.asked_back, whole.abstained, whole.other) == (10, 6, 2, 1, 1)
    assert (whole.coverage.value, found.answers.topics["Lương hưu"].total) == (0.6, 8)
    assert (found.before.whole.total, found.topic_before("Lương hưu").answered) == (4, 4)


def test_pieces_of_time_add_up_and_follow_vietnams_midnight(year):
    night = LoggedYear(year.engine, datetime(2026, 11, 21, 23, 59, tzinfo=VIETNAM))
    night._sequence = 500
    night.answers(1, topic="Lương hưu")
    year.answers(2, 0, topic="Lương hưu")
    found = insight(year, "7")
    assert [piece.total for piece in found.answers.pieces] == [0, 0, 0, 0, 0, 1, 2]
    assert found.answers.topic_pieces["Lương hưu"] == (0, 0, 0, 0, 0, 1, 2)
    for period in ("30", "90", "2026-11", "2026-02"):
        assert sum(piece.total for piece in insight(year, period).answers.pieces) == (0 if period == "2026-02" else 3)


def test_entries_are_listed_by_answers_with_their_thumbs(year):
    year.entry("a", "Tuổi nghỉ hưu", days_ago=10)
    year.answers(5, 2, document="faq/a", up=1, down=2)
    year.answers(7, 2, document="faq/gone", up=3)
    found = insight(year)
    assert [(each.title, each.answers, each.up, each.down) for each in found.uses.most] == [
        ("faq/gone", 7, 3, 0),
        ("Tuổi nghỉ hưu", 5, 1, 2),
    ]
    assert [(each.name, round(each.satisfied.value, 2)) for each in found.uses.disliked] == [("faq/a", 0.33)]


def test_what_never_answered_is_named_once_it_had_a_month(year):
    year.entry("used", "Đã dùng")
    year.entry("never", "Chưa dùng")
    year.entry("new", "Mới", days_ago=29)
    year.entry("law", "Công văn", kind="directive")
    year.answers(1, 200, document="faq/used")
    year.answers(3, 1, "unanswerable_low_score", document="faq/never")
    assert [(each.name, each.topic) for each in insight(year).unused] == [("faq/never", "Lương hưu")]


def test_reviews_are_in_order_and_those_that_are_late_are_told(year):
    year.entry("late", "Quá hạn", review_in=-3)
    year.entry("soon", "Sắp đến", review_in=20)
    year.entry("today", "Hôm nay", review_in=0)
    found = insight(year)
    assert [each.name for each in found.reviews] == ["faq/late", "faq/today", "faq/soon"]
    assert [each.name for each in found.overdue] == ["faq/late"]


def test_versions_published_are_counted_in_their_period(year):
    year.entry("a", "A", days_ago=5)
    year.entry("b", "B", days_ago=45)
    assert (insight(year).published, insight(year).published_before) == (1, 1)


def test_an_empty_base_has_figures_too(year):
    found = insight(year, "90")
    assert (found.is_empty, found.answers.whole.coverage.value, list(found.uses.most), list(found.gaps)) == (
        True,
        None,
        [],
        [],
    )
