"""What the passages of answers are about, for the monthly report."""

from __future__ import annotations

from console.chat.documents import Library
from knowledge.passage import without_period

FAQ = "faq"


class NoTopics:
    """Where the knowledge base is not at hand."""

    def name_of(self, passage_id: str) -> str | None:
        """See desk.report.traffic.Topics."""
        return None


NO_TOPICS = NoTopics()


class LibraryTopics:
    """Of the documents that citizens can open. Ids are like `faq/dieu-kien` and `288-BHXH-VP/1.e`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def name_of(self, passage_id: str) -> str | None:
        """See desk.report.traffic.Topics."""
        source, _, place = passage_id.partition("/")
        if source == FAQ:
            faq = self._library.faq(without_period(place))
            return None if faq is None else faq.topic
        directive = self._library.directive(source)
        return None if directive is None else f"{directive.kind} {directive.number}"
