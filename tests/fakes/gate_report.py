"""A gate's report with one answer of each kind that an editor looks at."""

from datetime import date

from editing.gate.change import AnswerChange, ChangeKind
from editing.gate.question import GateQuestion, Origin
from editing.gate.report import GateReport, MovedFigure
from editing.gate.said import Said

DAY = date(2026, 11, 22)
OLD = Said("answered", "Nghỉ việc đủ 12 tháng thì được xem xét.", "faq/rut-mot-lan", "", "1")
NEW = Said("answered", "Nghỉ việc đủ 12 tháng và chưa đủ 20 năm đóng thì được xem xét.", "faq/rut-mot-lan", "", "2")
NOTHING = Said("unanswerable_low_score", "Tôi chưa tìm thấy thông tin đủ chắc chắn.")


def question(text, origin=Origin.ENTRY, expected=("faq/rut-mot-lan",)):
    return GateQuestion(text, origin, expected)


def gate_report(regressions=0):
    """One text changed; with `regressions`, as many questions are not answered any more."""
    changed = AnswerChange(question("Khi nào được rút BHXH một lần?"), DAY, ChangeKind.OTHER_TEXT, OLD, NEW)
    lost = AnswerChange(question("rút một lần ở đâu", Origin.GOLDEN), DAY, ChangeKind.NOW_ABSTAINS, OLD, NOTHING)
    found = (changed, *(lost,) * regressions)
    counts = {ChangeKind.OTHER_TEXT.value: 1} | ({ChangeKind.NOW_ABSTAINS.value: regressions} if regressions else {})
    moved = MovedFigure("faq/sinh-con-tro-cap", "Trợ cấp khi sinh con?", DAY, "4.680.000 đồng", "5.060.000 đồng")
    return GateReport(
        base_snapshot="a",
        candidate_snapshot="b",
        days=(DAY,),
        asked=183,
        left_out=0,
        met_before=180,
        met_after=180 - regressions,
        expecting=181,
        counts=counts,
        regressions=regressions,
        missed_count=0,
        moved_count=1,
        changes=found,
        missed=(),
        moved=(moved,),
        elapsed_seconds=2.4,
    )
