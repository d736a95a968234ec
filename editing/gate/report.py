"""What the gate found: all changes counted, the first of them in words. Kept as JSON with the release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from editing.gate.change import AnswerChange, ChangeKind, Missed
from editing.gate.question import GateQuestion, Origin
from editing.gate.said import Said

FORMAT = 1
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)


@dataclass(frozen=True)
class MovedFigure:
    """An entry that nobody touched, whose answer moves because a figure of law did."""

    document: str
    title: str
    day: date
    before: str
    """Empty where it could not be answered on that day."""
    after: str


@dataclass(frozen=True)
class GateReport:
    """`changes`, `missed` and `moved` hold at most the number set; the counts are complete."""

    base_snapshot: str
    candidate_snapshot: str
    days: tuple[date, ...]
    """Today first, then days on which something scheduled begins."""
    asked: int
    """Questions, each on each day."""
    left_out: int
    """Main questions of entries far from the change, not asked because there are so many."""
    met_before: int
    met_after: int
    """Questions with an expectation that is met."""
    expecting: int
    """Questions with an expectation."""
    counts: Mapping[str, int]
    """By kind of change."""
    regressions: int
    missed_count: int
    """All that are listed in `missed`, or would be."""
    moved_count: int
    changes: tuple[AnswerChange, ...]
    missed: tuple[Missed, ...]
    """Changed or new documents that are not found as expected, and questions that go wrong now."""
    moved: tuple[MovedFigure, ...]
    elapsed_seconds: float

    @property
    def needs_reason(self) -> bool:
        """Something that was right goes wrong, or what was written is not found."""
        return self.regressions > 0

    def count(self, kind: ChangeKind) -> int:
        """Of all changes, listed or not."""
        return self.counts.get(kind.value, 0)

    def of_kind(self, kind: ChangeKind) -> tuple[AnswerChange, ...]:
        """Those that are listed."""
        return tuple(change for change in self.changes if change.kind is kind)


def report_as_json(report: GateReport) -> dict[str, Any]:
    """For the release's column; without the words of citizens."""
    document = asdict(report)
    document["format"] = FORMAT
    document["days"] = [day.isoformat() for day in report.days]
    document["counts"] = dict(report.counts)
    for name in ("changes", "missed", "moved"):
        document[name] = [{**row, "day": row["day"].isoformat()} for row in document[name]]
    for row in (*document["changes"], *document["missed"]):
        if row["question"]["origin"] == Origin.CITIZEN:
            row["question"]["text"] = ""
    return document


def read_report(document: Mapping[str, Any] | None) -> GateReport | None:
    """None for a release that is not built, and for a report of another version of the product."""
    if not document or document.get("format") != FORMAT:
        return None
    fields = {name: value for name, value in document.items() if name != "format"}
    try:
        return GateReport(
            **{
                **fields,
                "days": tuple(map(date.fromisoformat, fields["days"])),
                "changes": tuple(map(_change, fields["changes"])),
                "missed": tuple(map(_missed, fields["missed"])),
                "moved": tuple(MovedFigure(**_with_day(row)) for row in fields["moved"]),
            }
        )
    except _UNREADABLE:
        return None


def _change(row: Mapping[str, Any]) -> AnswerChange:
    return AnswerChange(
        question=_question(row["question"]),
        day=date.fromisoformat(row["day"]),
        kind=ChangeKind(row["kind"]),
        before=_said(row["before"]),
        after=_said(row["after"]),
    )


def _missed(row: Mapping[str, Any]) -> Missed:
    return Missed(_question(row["question"]), date.fromisoformat(row["day"]), _said(row["after"]))


def _question(row: Mapping[str, Any]) -> GateQuestion:
    return GateQuestion(row["text"], Origin(row["origin"]), _texts(row["expected"]), row["cluster_id"])


def _said(row: Mapping[str, Any]) -> Said:
    return Said(**{**row, "options": _texts(row["options"])})


def _with_day(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "day": date.fromisoformat(row["day"])}


def _texts(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(str, values))
