"""A release as its page shows it: how far it is, what the gate found, whether the action servers have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from console.editor.list_filters import PAGE
from console.editor.texts import EditorTexts
from console.operator.room import names_of_operators
from console.security.access import Visit
from console.security.refusal import Refusal, RefusedError
from desk.answer_log import answer_log
from editing.build_fault import BuildFault, read_fault
from editing.difference import Mark, Piece, marked
from editing.gate.change import AnswerChange, ChangeKind
from editing.gate.report import GateReport, read_report
from editing.gate.said import Said
from editing.pointer import pointed_at
from editing.release import Release, ReleaseState
from editing.release_set import Change, change_from_json
from editing.releasing import live_release, release_by_id

RELEASES_PAGE = PAGE + "/releases"
SETTLED = frozenset(ReleaseState) - {ReleaseState.REQUESTED, ReleaseState.BUILDING}


@dataclass(frozen=True)
class CaseShown:
    """One answer that changes, with the words that differ."""

    change: AnswerChange
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True)
class GateShown:
    """`report` is None until it is built. `groups` holds the kinds of change that happened, the gravest first."""

    release: Release
    report: GateReport | None
    fault: BuildFault | None
    groups: tuple[tuple[ChangeKind, int, tuple[CaseShown, ...]], ...]

    @property
    def is_settled(self) -> bool:
        """Nothing more comes by itself."""
        return self.release.state in SETTLED


@dataclass(frozen=True)
class Followed:
    """Whether the pointer names the live release, and when the first answer was given out of it."""

    pointer: bool
    answered_at: datetime | None


@dataclass(frozen=True)
class ReleaseView:
    """`live` is the release that citizens are answered from, `outcome` what going back to this one would change."""

    gate: GateShown
    changes: tuple[Change, ...]
    requested_by: str
    published_by: str
    live: Release | None
    followed: Followed | None
    outcome: tuple[str, ...]

    @property
    def release(self) -> Release:
        """The one that the page is about."""
        return self.gate.release


def release_or_refuse(connection: Connection, visit: Visit) -> Release:
    """Of the address. Raises RefusedError."""
    release = release_by_id(connection, visit.number("release"))
    if release is None:
        raise RefusedError(Refusal.NOT_FOUND)
    return release


def gate_of(release: Release) -> GateShown:
    """Pure."""
    report = read_report(release.report)
    groups = tuple(
        (kind, report.count(kind), tuple(map(_case, report.of_kind(kind))))
        for kind in ChangeKind
        if report is not None and report.count(kind)
    )
    return GateShown(release, report, read_fault(release.error), groups)


def read_release(connection: Connection, visit: Visit, texts: EditorTexts, index: Path) -> ReleaseView:
    """Of the address. Raises RefusedError."""
    release, live, names = (
        release_or_refuse(connection, visit),
        live_release(connection),
        names_of_operators(connection),
    )
    is_live = live is not None and live.id == release.id
    return ReleaseView(
        gate=gate_of(release),
        changes=tuple(change_from_json(each) for each in release.changes),
        requested_by=texts.actor(release.requested_by, names),
        published_by=texts.actor(release.published_by, names) if release.published_by else "",
        live=live,
        followed=followed(connection, release, index) if is_live else None,
        outcome=going_back(live, release) if live and release.state is ReleaseState.RETIRED else (),
    )


def followed(connection: Connection, release: Release, index: Path) -> Followed:
    """The answer log tells what the action servers really answer from."""
    columns = answer_log.c
    newest = connection.execute(
        select(columns.at, columns.snapshot).where(columns.snapshot != "").order_by(columns.at.desc()).limit(1)
    ).one_or_none()
    has_answered = newest is not None and newest.snapshot == release.snapshot_id
    return Followed(pointed_at(index) == release.snapshot_id, newest.at if newest and has_answered else None)


def going_back(live: Release, target: Release) -> tuple[str, ...]:
    """Names of the documents that citizens would be answered differently from."""
    names = {*live.versions, *target.versions}
    return tuple(sorted(name for name in names if _numbers(live, name) != _numbers(target, name)))


def _numbers(release: Release, name: str) -> tuple[int, ...]:
    versions: Mapping[str, tuple[int, ...]] = release.versions
    return tuple(versions.get(name, ()))


def _case(change: AnswerChange) -> CaseShown:
    """Words are marked where one document says it in other words: two documents share them by chance only."""
    before, after = _words(change.before), _words(change.after)
    if change.kind is ChangeKind.OTHER_TEXT:
        return CaseShown(change, *marked(before, after))
    return CaseShown(change, *((Piece(Mark.SAME, text),) if text else () for text in (before, after)))


def _words(said: Said) -> str:
    return "\n".join((said.text, *said.options)).strip()
