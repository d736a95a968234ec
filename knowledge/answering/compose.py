"""Puts an answer into words: approved text verbatim, where it stands, whether it is still in force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from knowledge.answer import Answer, AnswerStatus, Citation, Option
from knowledge.answering.excerpt import Excerpt, excerpt
from knowledge.answering.texts import Texts
from knowledge.passage import Collection, Passage
from knowledge.search_result import Hit

SHORT_ANSWER_CHARACTERS = 260
_LIST_ITEM = re.compile(r"(?:^|[\s:;(])(?:\w\)|\(\d\)|[-–•]\s|\d[.)]\s)")
MAX_OPTION_CHARACTERS = 120


class Sources(Protocol):
    """Knows the documents behind the passages."""

    def citations(self, passage: Passage) -> tuple[Citation, ...]:
        """Where the passage stands, most important first; empty when its document is no longer filed."""

    def similar(self, passage: Passage) -> tuple[Citation, ...]:
        """Where the same is said elsewhere (body and annex)."""


class Composer:
    """Turns hits and statuses into answers; all wording comes from `Texts` and the passages."""

    def __init__(self, texts: Texts, sources: Sources, max_answer_characters: int) -> None:
        self._texts = texts
        self._sources = sources
        self._limit = max_answer_characters

    def fixed(self, status: AnswerStatus, *, self_harm: bool = False) -> Answer:
        """The fixed sentence of a status that has one."""
        if self_harm:
            return Answer(status, self._texts.answers["handed_off_emergency_self_harm"].strip())
        return Answer(status, self._texts.for_status(status))

    def answered(self, question: str, hit: Hit) -> Answer:
        """A FAQ verbatim; of a directive the sentences that answer, introduced by where they stand.

        Without a citation nothing is answered: the document was withdrawn.
        """
        passage = hit.passage
        citations = self._sources.citations(passage)
        if not citations:
            return self.fixed(AnswerStatus.UNANSWERABLE_NO_CONTENT)
        if passage.collection is Collection.FAQ:
            return Answer(AnswerStatus.ANSWERED, passage.text, citations)
        return self._from_directive(passage, excerpt(passage.text, question, self._limit), citations)

    def shortened(self, passage: Passage) -> Answer:
        """The beginning of a passage, for the wish to hear it more simply; the citations stay.

        A list is never shortened: a condition left out would change the law.
        """
        citations = self._sources.citations(passage)
        if _LIST_ITEM.search(passage.text):
            return Answer(AnswerStatus.ANSWERED, passage.text, citations)
        short = excerpt(passage.text, passage.title, SHORT_ANSWER_CHARACTERS)
        return Answer(AnswerStatus.ANSWERED, short.text, citations)

    def clarification(self, hits: Sequence[Hit]) -> Answer:
        """Up to three readings as options; what each would cite is shown only once chosen."""
        options = tuple(Option(self._option_title(hit.passage), hit.passage.id) for hit in hits)
        return Answer(AnswerStatus.CLARIFICATION, self._texts.answers["clarification"].strip(), options=options)

    def _from_directive(self, passage: Passage, part: Excerpt, citations: tuple[Citation, ...]) -> Answer:
        best = citations[0]
        lines = [self._texts.directive_introduction.format(label=best.label), part.text]
        if not part.complete:
            lines.append(self._texts.directive_shortened)
        if best.validity:
            lines.append(best.validity)
        similar = self._sources.similar(passage)
        if similar:
            lines.append(self._texts.directive_also.format(label=similar[0].label))
        return Answer(AnswerStatus.ANSWERED, "\n".join(lines), citations + similar[:1])

    def _option_title(self, passage: Passage) -> str:
        title = passage.title
        if passage.collection is Collection.DIRECTIVES:
            title = f"{title} ({passage.document})"
        return title if len(title) <= MAX_OPTION_CHARACTERS else title[: MAX_OPTION_CHARACTERS - 1].rstrip() + "…"
