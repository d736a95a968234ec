"""Takes over what was changed in the project's files since the last time, without undoing what editors did.

Three states of a document are compared: in the files now, in the files when they were last taken over
(`knowledge_documents.file_digest`), and served by the live release.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, select, update

from desk.audit import AuditAction, record
from editing.actor import Actor
from editing.bodies.body import Body, body_from_json, columns_of, digest_of
from editing.document import Document, knowledge_documents
from editing.documents import add_document, document_by_id, document_from
from editing.errors import WrongStateError
from editing.files.filed import FiledDocument
from editing.files.grouping import Filed, filed_digest, grouped
from editing.files.reading import read_content
from editing.history import Happened, Subject, note
from editing.version import Version, VersionState
from editing.versions import add_version, open_version, published_versions, versions_of


class Taken(StrEnum):
    """What became of a document."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"  # in the files only: a new version, approved as the files are
    REMOVED = "removed"  # from the files only: it will be withdrawn
    BOTH = "both"  # changed here and there: the files' wording is a draft beside the live one
    HELD = "held"  # changed in the files while a draft is open, or with several periods: nothing was done


@dataclass(frozen=True)
class SyncReport:
    """Names of documents by what became of them, without those that are the same; versions to be published."""

    found: Mapping[Taken, tuple[str, ...]] = field(default_factory=dict)
    version_ids: tuple[int, ...] = ()
    unchanged: int = 0
    taken: Mapping[str, Filed] = field(default_factory=dict)
    """What is served once these versions are: see `remember_files`."""

    def of(self, taken: Taken) -> tuple[str, ...]:
        """Names, in the order of the files."""
        return self.found.get(taken, ())


def sync_files(connection: Connection, content_folder: Path, actor: Actor, now: datetime, dry_run: bool) -> SyncReport:
    """With `dry_run` it only says what it would do. Raises KnowledgeError for files that cannot be read.

    `version_ids` are approved and wait for a release of kind FILES; call `remember_files` when it is live. Until then
    another look finds the same versions waiting.
    """
    filed = grouped(read_content(content_folder))
    syncing = _Syncing(connection, actor, now, dry_run)
    for name, one in filed.items():
        syncing.take(name, one)
    for name in syncing.known.keys() - filed.keys():
        syncing.miss(name)
    report = syncing.report()
    if not dry_run and report.found:
        detail = {"changes": len(report.version_ids), "documents": len(filed)}
        record(connection, actor.name, AuditAction.KNOWLEDGE_EDITED, "knowledge:files", detail, now)
    return report


def remember_files(connection: Connection, report: SyncReport) -> None:
    """What was taken over is no change any more; places and topics are those of the files."""
    known = _known_documents(connection)
    for name, filed in report.taken.items():
        first, before = filed.first, known.get(name)
        place = {"file": first.file, "place": first.place, "topic": first.topic}
        if before is None or (before.file_digest == filed.digest and _place_of(before.document) == place):
            continue
        changing = update(knowledge_documents).where(knowledge_documents.c.id == before.document.id)
        connection.execute(changing.values(**place, file_digest=filed.digest))


@dataclass(frozen=True)
class _Known:
    document: Document
    file_digest: str | None


class _Syncing:
    """One look at the files."""

    def __init__(self, connection: Connection, actor: Actor, now: datetime, dry_run: bool) -> None:
        self._connection = connection
        self._actor = actor
        self._now = now
        self._dry_run = dry_run
        self.known = _known_documents(connection)
        self._found: dict[Taken, list[str]] = {}
        self._version_ids: list[int] = []
        self._taken: dict[str, Filed] = {}

    def take(self, name: str, filed: Filed) -> None:
        """A document that the files hold."""
        known = self.known.get(name)
        taken = Taken.NEW if known is None else self._compare(known, filed)
        self._found.setdefault(taken, []).append(name)
        if taken is not Taken.HELD:
            self._taken[name] = filed
        if self._dry_run:
            return
        if known is None:
            self._publish(self._added(filed), filed)
        elif taken is Taken.CHANGED:
            self._publish(known.document, filed)
        elif taken is Taken.BOTH:
            self._add(known.document, filed.first.body, VersionState.DRAFT, filed.first)
            # At once: whether the draft is ever published is for the editors to say.
            remember_files(self._connection, SyncReport(taken={name: filed}))

    def miss(self, name: str) -> None:
        """A document that the files do not hold: only what once was in them can be missing."""
        known = self.known[name]
        served = published_versions(self._connection, known.document.id)
        if known.file_digest is None or not served:
            return
        is_ours = known.file_digest == _served_digest(known.document, served)
        opened = open_version(self._connection, known.document.id)
        if opened is not None and opened.withdraws and opened.author_id is None:
            self._version_ids.append(opened.id)
            return
        is_free = opened is None
        taken = Taken.REMOVED if is_ours and is_free else Taken.HELD
        self._found.setdefault(taken, []).append(name)
        if taken is Taken.REMOVED and not self._dry_run:
            body = body_from_json(known.document.kind, served[-1].body)
            self._version_ids.append(self._add(known.document, body, VersionState.APPROVED, withdraws=True).id)

    def report(self) -> SyncReport:
        """What was found."""
        unchanged = len(self._found.pop(Taken.SAME, ()))
        found = {taken: tuple(sorted(names)) for taken, names in self._found.items()}
        return SyncReport(found, tuple(self._version_ids), unchanged, self._taken)

    def _compare(self, known: _Known, filed: Filed) -> Taken:
        if filed.digest == known.file_digest:
            return Taken.SAME
        opened = open_version(self._connection, known.document.id)
        served = published_versions(self._connection, known.document.id)
        if filed.digest == _served_digest(known.document, served):
            return Taken.SAME
        if opened is not None and _is_waiting_for(opened, filed):
            # A former try ended before its release went live.
            self._version_ids.append(opened.id)
            return Taken.SAME
        if opened is not None or len(filed.periods) > 1 or len(served) > 1:
            return Taken.HELD
        is_ours = not served or known.file_digest == _served_digest(known.document, served)
        return Taken.CHANGED if is_ours else Taken.BOTH

    def _added(self, filed: Filed) -> Document:
        first = filed.first
        document_id = add_document(self._connection, first.kind, first.key, first.file, first.topic, self._now)
        document = document_by_id(self._connection, document_id)
        if document is None:
            raise WrongStateError(f"{first.name} is gone")
        return document

    def _publish(self, document: Document, filed: Filed) -> None:
        """Of a new document with several periods the first; the others come with the next look, one a time."""
        first = filed.first
        self._version_ids.append(self._add(document, first.body, VersionState.APPROVED, first).id)

    def _add(
        self,
        document: Document,
        body: Body,
        state: VersionState,
        filed: FiledDocument | None = None,
        withdraws: bool = False,
    ) -> Version:
        numbers = [version.number for version in versions_of(self._connection, document.id)]
        values = {
            **columns_of(document.key, body),
            "document_id": document.id,
            "number": max(numbers, default=0) + 1,
            "state": state.value,
            "withdraws": withdraws,
            "revision": 1,
            "live_from": filed.live_from if filed else None,
            "live_to": filed.live_to if filed else None,
            "created_at": self._now,
            "updated_at": self._now,
        }
        version = add_version(self._connection, values)
        note(self._connection, Subject(document.id, version.id), Happened.IMPORTED, self._actor, self._now)
        return version


def _known_documents(connection: Connection) -> dict[str, _Known]:
    rows = connection.execute(select(knowledge_documents)).mappings()
    found = (_Known(document_from(row), row["file_digest"]) for row in rows)
    return {known.document.name: known for known in found}


def _served_digest(document: Document, served: Sequence[Version]) -> str:
    said = ((version.digest, version.live_from, version.last_day) for version in served)
    return filed_digest(document.topic, said)


def _is_waiting_for(opened: Version, filed: Filed) -> bool:
    is_same = opened.digest == digest_of(filed.first.body) and opened.live_from == filed.first.live_from
    return opened.state is VersionState.APPROVED and opened.author_id is None and is_same


def _place_of(document: Document) -> dict[str, object]:
    return {"file": document.file, "place": document.place, "topic": document.topic}
