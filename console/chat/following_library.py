"""The citizens' document pages, always of the snapshot that the assistant answers from. Holds no model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from console.chat.documents import DirectiveView, FaqView
from console.chat.knowledge_library import KnowledgeLibrary
from knowledge.earlier import load_earlier
from knowledge.following import NONE, Following
from knowledge.library import load_documents
from knowledge.pointer import content_of
from knowledge.settings import KnowledgeSettings
from settings.reader import read_section


class FollowingLibrary:
    """See console.chat.documents.Library; each call reads one snapshot."""

    def __init__(self, following: Following[KnowledgeLibrary]) -> None:
        self._following = following

    def directive(self, slug: str) -> DirectiveView | None:
        """See Library."""
        return self._following.current.directive(slug)

    def faq(self, faq_id: str) -> FaqView | None:
        """See Library."""
        return self._following.current.faq(faq_id)


def open_library(settings: Path, today: Callable[[], date]) -> FollowingLibrary:
    """Follows the pointer from now on; before the first snapshot, what the content folder holds.

    Raises SettingsError, or KnowledgeError when neither can be read.
    """
    root = settings.resolve().parent
    section = read_section(settings, "knowledge", KnowledgeSettings)
    index = root / section.index_folder

    def load(snapshot_id: str) -> KnowledgeLibrary:
        documents = load_documents(content_of(index, snapshot_id), today())
        return KnowledgeLibrary(documents, lambda: load_earlier(index, snapshot_id, today()), today)

    def load_files() -> KnowledgeLibrary:
        documents = load_documents(root / section.content_folder, today())
        return KnowledgeLibrary(documents, lambda: load_earlier(index, NONE, today()), today)

    following = Following(index, load, instead=load_files)
    following.start()
    return FollowingLibrary(following)
