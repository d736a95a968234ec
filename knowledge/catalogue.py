"""The documents behind the passages: what an answer cites, and whether that is still in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from knowledge.answer import Citation
from knowledge.answering.texts import Texts
from knowledge.directives.citation import citation_label
from knowledge.directives.directive import Directive
from knowledge.directives.parts import anchor
from knowledge.faqs.entry import FaqEntry, LegalBasis
from knowledge.passage import Collection, Passage

DIRECTIVE_PATH = "/van-ban"
FAQ_PATH = "/hoi-dap"


class Catalogue:
    """Directives by number, FAQ entries by id, passages by id, as of one day."""

    def __init__(
        self,
        directives: Iterable[Directive],
        entries: Iterable[FaqEntry],
        passages: Iterable[Passage],
        texts: Texts,
        today: date,
    ) -> None:
        self._directives = {directive.number: directive for directive in directives}
        self._entries = {entry.id: entry for entry in entries}
        self._passages = {passage.id: passage for passage in passages}
        self._texts = texts
        self._today = today

    def citations(self, passage: Passage) -> tuple[Citation, ...]:
        """Of a FAQ one for each legal basis, or the entry itself when it rests on none.

        Empty when the document was taken out of the content folder after the index was made.
        """
        if passage.collection is Collection.DIRECTIVES:
            return (self._of_directive(passage),) if passage.document in self._directives else ()
        entry = self._entries.get(passage.document)
        if entry is None:
            return ()
        return tuple(self._of_basis(passage, basis) for basis in entry.legal_basis) or (self._of_entry(passage),)

    def similar(self, passage: Passage) -> tuple[Citation, ...]:
        """Sections that say the same, of directives only."""
        alike = (self._passages.get(passage_id) for passage_id in passage.near_duplicates)
        return tuple(self._of_directive(one) for one in alike if one is not None and one.document in self._directives)

    def _of_directive(self, passage: Passage) -> Citation:
        directive = self._directives[passage.document]
        return Citation(
            document=directive.number,
            section=passage.section,
            label=citation_label(directive, passage.section),
            date=directive.issued_on.isoformat(),
            validity=self._period(directive.validity.effective_from, directive.validity.effective_to)
            or directive.validity.note,
            url=f"{DIRECTIVE_PATH}/{directive.slug}?doan={quote(passage.section)}#{anchor(passage.section)}",
            passage_id=passage.id,
        )

    def _of_basis(self, passage: Passage, basis: LegalBasis) -> Citation:
        return Citation(
            document=basis.document,
            section=basis.article,
            label=f"{basis.article} {basis.document}".strip(),
            date=basis.effective_from.isoformat() if basis.effective_from else "",
            validity=self._period(basis.effective_from, basis.effective_to) or self._in_force(basis.effective_from),
            url=f"{FAQ_PATH}/{passage.document}",
            passage_id=passage.id,
        )

    def _of_entry(self, passage: Passage) -> Citation:
        label = self._texts.faq_entry_label.format(question=passage.title)
        return Citation(passage.document, "", label, "", "", f"{FAQ_PATH}/{passage.document}", passage.id)

    def _period(self, effective_from: date | None, effective_to: date | None) -> str:
        """A sentence when the text is not in force today, else empty."""
        if effective_to is not None and effective_to < self._today:
            return self._texts.validity["past"].format(effective_to=f"{effective_to:%d/%m/%Y}")
        if effective_from is not None and effective_from > self._today:
            return self._texts.validity["future"].format(effective_from=f"{effective_from:%d/%m/%Y}")
        return ""

    def _in_force(self, effective_from: date | None) -> str:
        if effective_from is None:
            return ""
        return self._texts.validity["in_force"].format(effective_from=f"{effective_from:%d/%m/%Y}")
