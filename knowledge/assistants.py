"""Makes assistants: of a snapshot on disk with its own documents, or of any snapshot with any documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.answering.assistant import Assistant
from knowledge.answering.compose import Composer
from knowledge.answering.texts import Texts
from knowledge.catalogue import Catalogue
from knowledge.embedding.embedder import Embedder
from knowledge.library import Documents, load_documents
from knowledge.pointer import content_of
from knowledge.search.retriever import Retriever
from knowledge.search.snapshot import Snapshot
from knowledge.search.storage import load_snapshot
from knowledge.settings import KnowledgeSettings


@dataclass(frozen=True)
class AssistantMaker:
    """What all assistants of a process share; `index` is the folder of snapshots."""

    index: Path
    embedder: Embedder
    texts: Texts
    settings: KnowledgeSettings
    today: Callable[[], date]

    def load(self, snapshot_id: str) -> Assistant:
        """Of one snapshot and the documents kept in it. Raises KnowledgeError naming what is missing or damaged."""
        snapshot = load_snapshot(self.index, snapshot_id)
        return self.of(snapshot, load_documents(content_of(self.index, snapshot.id), self.today()))

    def of(self, snapshot: Snapshot, documents: Documents) -> Assistant:
        """Of a snapshot that may be in memory only."""
        retriever = Retriever(snapshot, self.embedder, self.settings.search)
        catalogue = Catalogue(documents, snapshot.passages, self.texts)
        composer = Composer(self.texts, catalogue, self.settings.answering.max_answer_characters)
        return Assistant(retriever, composer, self.settings.answering, self.today)
