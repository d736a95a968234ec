"""The bases that people try questions on: what is live, a built release, the live one with a draft in it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from desk.database import reading
from editing.documents import document_by_id
from editing.release_store import release_by_id
from editing.trial import TrySubject
from editing.versions import version_by_id
from editing.workshop.base import Base, BaseShelf, open_base
from editing.workshop.overlay import overlaid
from knowledge.assistants import AssistantMaker
from knowledge.pointer import current_id, snapshot_ids


@dataclass(frozen=True)
class Bench:
    """One for a process; safe between threads."""

    engine: Engine
    maker: AssistantMaker
    shelf: BaseShelf

    def live(self) -> Base:
        """What action servers answer from. Raises KnowledgeError."""
        return self.base(current_id(self.maker.index))

    def base(self, snapshot_id: str) -> Base:
        """Raises KnowledgeError."""
        return self.shelf.take(snapshot_id, lambda: open_base(self.maker, snapshot_id))

    def subject(self, subject: TrySubject) -> Base | None:
        """None when the release or version is not there, or not built, or its snapshot was tidied away.

        Raises KnowledgeError or ContentError for a draft that cannot be read yet.
        """
        if subject.version_id is not None:
            return self._with_version(subject.version_id)
        return self.live() if subject.release_id is None else self._of_release(subject.release_id)

    def _of_release(self, release_id: int) -> Base | None:
        with reading(self.engine) as connection:
            release = release_by_id(connection, release_id)
        if release is None or release.snapshot_id not in snapshot_ids(self.maker.index):
            return None
        return self.base(release.snapshot_id or "")

    def _with_version(self, version_id: int) -> Base | None:
        with reading(self.engine) as connection:
            version = version_by_id(connection, version_id)
            document = document_by_id(connection, version.document_id) if version else None
        if version is None or document is None:
            return None
        live = self.live()
        key = f"{live.id}+{version.id}+{version.digest}"
        return self.shelf.take(key, lambda: overlaid(live, self.maker, document, version))
