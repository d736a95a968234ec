"""When the entry for a gap is live, the gap's real questions are asked again: how many of them are answered now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, select, update

from desk.answer_log import GIVEN
from desk.calendar.zone import vietnam_date
from desk.database import reading, writing
from editing.document import DocumentKind
from editing.documents import find_document
from editing.gaps.cluster import GapState, gap_clusters
from editing.gaps.history import GapEvent, note_event
from editing.gaps.listing import questions_of
from editing.gaps.question import GapQuestion, gap_questions
from editing.gaps.reopening import SYSTEM
from editing.versions import live_version

ASKED_AT_MOST = 100
"""Of one gap, the newest."""
GAPS_AT_ONCE = 10
"""A build that is wished for comes first; the next round asks for the next ones."""


@dataclass(frozen=True)
class NowSaid:
    """What the live base says to a question: status of the answer, and the entry that it stands in, or empty."""

    status: str
    document: str


Ask = Callable[[str], NowSaid]


@dataclass(frozen=True)
class GapRechecker:
    """One for a process. The assistant is asked outside of any transaction."""

    engine: Engine

    def run(self, snapshot_id: str, ask: Ask, now: datetime) -> int:
        """How many gaps were asked again: those with an entry that this snapshot has not been asked for yet."""
        with writing(self.engine) as connection:
            settle_published(connection, now)
        with reading(self.engine) as connection:
            due = _due(connection, snapshot_id)
        for cluster_id, document in due:
            with reading(self.engine) as connection:
                questions = [one for one in questions_of(connection, cluster_id, ASKED_AT_MOST) if one.question]
            said = [ask(one.question) for one in questions]
            with writing(self.engine) as connection:
                _keep(connection, cluster_id, document, list(zip(questions, said, strict=True)), snapshot_id, now)
        return len(due)


def settle_published(connection: Connection, now: datetime) -> int:
    """Gaps whose entry has gone live since it was named for them count as answered; how many these were."""
    columns = gap_clusters.c
    writing_ = columns.state == GapState.WRITING.value
    settled = 0
    for row in connection.execute(
        select(columns.id, columns.document, columns.document_at, columns.revision).where(writing_)
    ):
        if not _went_live(connection, row.document, row.document_at, now):
            continue
        values = {"state": GapState.ANSWERED.value, "settled_at": now, "updated_at": now, "checked_snapshot": ""}
        same = (columns.id == row.id, columns.revision == row.revision)
        changed = connection.execute(update(gap_clusters).where(*same).values({**values, "revision": row.revision + 1}))
        if changed.rowcount:
            note_event(connection, row.id, SYSTEM, GapEvent.ANSWERED, row.document, now)
            settled += 1
    return settled


def is_answered_now(question: GapQuestion, document: str) -> bool:
    """By the gap's entry, or by another than the one that was wrong then."""
    if question.status_now not in GIVEN or not question.document_now:
        return False
    return (
        question.document_now == document or question.document_now != question.document or question.status not in GIVEN
    )


def _went_live(connection: Connection, name: str, since: datetime | None, now: datetime) -> bool:
    kind, _, key = name.partition("/")
    document = find_document(connection, DocumentKind(kind), key) if kind in set(DocumentKind) else None
    version = None if document is None else live_version(connection, document.id, vietnam_date(now))
    return version is not None and version.published_at is not None and (since is None or version.published_at > since)


def _due(connection: Connection, snapshot_id: str) -> tuple[tuple[int, str], ...]:
    columns = gap_clusters.c
    answered = (columns.state == GapState.ANSWERED.value, columns.checked_snapshot != snapshot_id)
    rows = connection.execute(
        select(columns.id, columns.document).where(*answered).order_by(columns.id).limit(GAPS_AT_ONCE)
    )
    return tuple((row.id, row.document) for row in rows)


def _keep(
    connection: Connection,
    cluster_id: int,
    document: str,
    asked: list[tuple[GapQuestion, NowSaid]],
    snapshot_id: str,
    now: datetime,
) -> None:
    answered = 0
    for question, said in asked:
        values = {"status_now": said.status, "document_now": said.document, "asked_again_at": now}
        connection.execute(update(gap_questions).where(gap_questions.c.id == question.id).values(values))
        told = GapQuestion(**{**question.__dict__, "status_now": said.status, "document_now": said.document})
        answered += is_answered_now(told, document)
    columns = gap_clusters.c
    before = connection.execute(select(columns.checked, columns.answered).where(columns.id == cluster_id)).one()
    values = {"checked_snapshot": snapshot_id, "checked_at": now, "checked": len(asked), "answered": answered}
    connection.execute(update(gap_clusters).where(columns.id == cluster_id).values(values))
    if (before.checked, before.answered) != (len(asked), answered):
        note_event(connection, cluster_id, SYSTEM, GapEvent.ASKED_AGAIN, f"{answered}/{len(asked)}", now)
