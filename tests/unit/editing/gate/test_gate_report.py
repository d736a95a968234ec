import json
from datetime import date

import pytest

from editing.gate.change import AnswerChange, ChangeKind, Missed
from editing.gate.question import GateQuestion, Origin
from editing.gate.report import GateReport, MovedFigure, read_report, report_as_json
from editing.gate.said import Said

DAY = date(2026, 11, 22)
BEFORE = Said("answered", "Cũ.", "faq/mat-the", "", "1")
AFTER = Said("clarification", "Ý anh/chị là?", options=("thẻ", "sổ"))
GOLDEN = GateQuestion("mat the", Origin.GOLDEN, ("faq/mat-the",))
CITIZEN = GateQuestion("tôi tên An, mất thẻ", Origin.CITIZEN, ("faq/mat-the",), cluster_id=7)
REPORT = GateReport(
    base_snapshot="a",
    candidate_snapshot="b",
    days=(DAY, date(2027, 1, 1)),
    asked=4,
    left_out=1,
    met_before=4,
    met_after=2,
    expecting=4,
    counts={"now_asks_back": 2},
    regressions=2,
    missed_count=1,
    moved_count=1,
    changes=(AnswerChange(GOLDEN, DAY, ChangeKind.NOW_ASKS_BACK, BEFORE, AFTER),),
    missed=(Missed(GOLDEN, DAY, AFTER),),
    moved=(MovedFigure("faq/muc-dong", "Mức đóng?", DAY, "1 đồng", "2 đồng"),),
    elapsed_seconds=1.5,
)


def through_json(report):
    return json.loads(json.dumps(report_as_json(report)))


def test_a_report_comes_back_as_it_was_written():
    assert read_report(through_json(REPORT)) == REPORT
    assert REPORT.needs_reason
    assert (REPORT.count(ChangeKind.NOW_ASKS_BACK), REPORT.count(ChangeKind.OTHER_TEXT)) == (2, 0)
    assert REPORT.of_kind(ChangeKind.NOW_ASKS_BACK) == REPORT.changes


def test_the_words_of_citizens_are_not_kept_with_a_release():
    changes = (AnswerChange(CITIZEN, DAY, ChangeKind.NOW_ASKS_BACK, BEFORE, AFTER),)
    written = through_json(GateReport(**{**vars(REPORT), "changes": changes, "missed": (Missed(CITIZEN, DAY, AFTER),)}))
    assert "An" not in json.dumps(written, ensure_ascii=False).replace("Ý anh/chị", "")
    (change,) = read_report(written).changes
    assert (change.question.text, change.question.cluster_id) == ("", 7)


@pytest.mark.parametrize("change", [{"format": 2}, {"days": ["x"]}, {"changes": [{}]}, {"moved": 3}, {"surplus": 1}])
def test_a_report_of_another_version_of_the_product_is_none(change):
    assert read_report({**through_json(REPORT), **change}) is None


def test_a_release_that_is_not_built_has_none():
    assert read_report(None) is None
    assert read_report({}) is None
