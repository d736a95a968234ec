"""A base that can be asked: a snapshot, the documents in it, and the assistant over both; a few are kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from knowledge.answering.assistant import Assistant
from knowledge.assistants import AssistantMaker
from knowledge.library import Documents, load_documents
from knowledge.pointer import content_of
from knowledge.search.builder import CODE_FOLDERS
from knowledge.search.expansions import load_expansions
from knowledge.search.manifest import code_digest, read_manifest
from knowledge.search.snapshot import Snapshot
from knowledge.search.storage import load_known_vectors, load_snapshot
from knowledge.search.vectors import KnownVectors


@dataclass(frozen=True)
class Base:
    """Nothing in it changes.

    `known` are the vectors of its texts and `expanded` their terms, for what is put together from them.
    """

    snapshot: Snapshot
    documents: Documents
    assistant: Assistant
    known: KnownVectors
    expanded: Mapping[str, str]

    @property
    def id(self) -> str:
        """Of the snapshot."""
        return self.snapshot.id


def open_base(maker: AssistantMaker, snapshot_id: str) -> Base:
    """From disk (seconds). Raises KnowledgeError naming what is missing or damaged."""
    snapshot = load_snapshot(maker.index, snapshot_id)
    documents = load_documents(content_of(maker.index, snapshot_id), maker.today())
    folder = maker.index / snapshot_id
    known = load_known_vectors(maker.index, read_manifest(folder))
    expanded = load_expansions(folder, code_digest(CODE_FOLDERS))
    return Base(snapshot, documents, maker.of(snapshot, documents), known, expanded)


class BaseShelf:
    """The bases asked last. Whoever asks for one that another thread is opening waits for it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bases: OrderedDict[str, Base] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str, make: Callable[[], Base]) -> Base:
        """The kept base of that name, or the one that `make` gives, whose errors go up."""
        with self._lock:
            if key not in self._bases:
                self._bases[key] = make()
            self._bases.move_to_end(key)
            while len(self._bases) > self._most:
                self._bases.popitem(last=False)
            return self._bases[key]
