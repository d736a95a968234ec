"""Satisfaction by what was judged; who did not answer is no vote."""

from datetime import UTC, datetime

from desk.report.satisfaction import satisfaction_figures
from desk.satisfaction import About, Rating

NOW = datetime(2026, 10, 5, tzinfo=UTC)


def rated(about, *scores):
    return [Rating("web-an", f"{about}-{n}", about, NOW, NOW, score) for n, score in enumerate(scores)]


def test_four_and_five_are_satisfied_of_those_who_answered():
    verdict = satisfaction_figures(rated(About.BOT, 5, 4, 3, None, 1)).by_about[About.BOT]
    assert (verdict.satisfied.part, verdict.satisfied.of) == (2, 4)
    assert (verdict.answered.part, verdict.answered.of) == (4, 5)
    assert verdict.scores == (1, 0, 1, 1, 1)
    assert verdict.mean == 13 / 4


def test_waiting_does_not_hide_behind_good_answers():
    figures = satisfaction_figures(rated(About.BOT, 5, 5, 5) + rated(About.WAITING, 1))
    assert figures.by_about[About.BOT].satisfied.value == 1
    assert figures.by_about[About.WAITING].satisfied.value == 0
    assert figures.overall.satisfied.value == 0.75


def test_nobody_asked_is_no_data():
    figures = satisfaction_figures([])
    assert all(verdict.satisfied.value is None for verdict in figures.by_about.values())
    assert figures.overall.mean is None
