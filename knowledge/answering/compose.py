"""Puts an answer into words: approved text verbatim, where it stands, whether it is still in force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.answer import Answer, AnswerStatus, Citation, Option
from knowledge.answering.excerpt import Excerpt, excerpt
from knowledge.answering.past import past_answer, time_words
from knowledge.answering.policy import MAX_OPTIONS
from knowledge.answering.sources import Facet, Sources
from knowledge.answering.texts import Texts
from knowledge.passage import Collection, Passage
from knowledge.search_result import Hit
from vietnamese.asked_time import AskedTime

SHORT_ANSWER_CHARACTERS = 260
_LIST_ITEM = re.compile(r"(?:^|[\s:;(])(?:\w\)|\(\d\)|[-–•]\s|\d[.)]\s)")
MAX_OPTION_CHARACTERS = 120


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

    def answered(self, question: str, hit: Hit, day: date) -> Answer:
        """A FAQ verbatim; of a directive the sentences that answer, introduced by where they stand.

        Without a text or a citation on that day nothing is answered.
        """
        passage = hit.passage
        text, citations = self._sources.text_on(passage, day), self._sources.citations(passage, day)
        if text is None or not citations:
            return self.fixed(AnswerStatus.UNANSWERABLE_NO_CONTENT)
        if not self._sources.is_ours(passage):
            return Answer(AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE, text)
        if passage.collection is Collection.FAQ:
            return Answer(AnswerStatus.ANSWERED, text, citations, self._others(passage, day))
        return self._from_directive(passage, excerpt(text, question, self._limit), citations, day)

    def as_of(self, hit: Hit, asked: AskedTime, today: date) -> Answer:
        """For a question about the past: the figures of then, or today's rule, told as such.

        An entry holds the rule of today: it is given as the rule of then only where nothing has changed since.
        """
        passage = hit.passage
        answer = self.answered(asked.rest, hit, today)
        if answer.status is not AnswerStatus.ANSWERED or passage.collection is not Collection.FAQ:
            return answer
        found = self._sources.past_figures(passage, asked.first, asked.last, today)
        if found:
            past = past_answer(found, asked, self._texts)
            return replace(answer, text=past.text, citations=past.citations or answer.citations)
        since = self._sources.in_force_since(passage, today)
        if since is None or since <= asked.first:
            return answer
        words = {"time": time_words(asked, self._texts), "first": f"{since:%d/%m/%Y}"}
        return replace(answer, text=f"{self._texts.past['later_law'].format(**words)}\n{answer.text}")

    def under_own_case(self, answer: Answer, passage: Passage) -> Answer:
        """A rule that helps with somebody's own matter, the question that it answers, and where the matter is seen."""
        before = self._texts.own_case_before_rule.format(question=passage.title)
        text = f"{before}\n{answer.text}\n{self._texts.own_case_after_rule}"
        return Answer(AnswerStatus.UNANSWERABLE_OWN_CASE, text, answer.citations, answer.options)

    def facet_for(self, passage: Passage, audience: str, day: date) -> Facet | None:
        """The entry of the same lens that is for these people; None when the passage is, or no entry says so."""
        facets = self._sources.facets(passage, day)
        if any(facet.passage_id == passage.id and audience in facet.audience for facet in facets):
            return None
        return next((facet for facet in facets if audience in facet.audience), None)

    def same_lens(self, passage: Passage, day: date) -> frozenset[str]:
        """Ids of the passages that answer the same question for other people."""
        return frozenset(facet.passage_id for facet in self._sources.facets(passage, day)) - {passage.id}

    def _others(self, passage: Passage, day: date) -> tuple[Option, ...]:
        """The same question for other people, to be asked with one touch."""
        others = (facet for facet in self._sources.facets(passage, day) if facet.passage_id != passage.id)
        return tuple(Option(_cut(facet.question), facet.passage_id) for facet in others)[:MAX_OPTIONS]

    def shortened(self, passage: Passage, day: date) -> Answer:
        """The beginning of a passage, for the wish to hear it more simply; the citations stay.

        A list is never shortened: a condition left out would change the law.
        """
        text, citations = self._sources.text_on(passage, day), self._sources.citations(passage, day)
        if text is None:
            return self.fixed(AnswerStatus.UNANSWERABLE_NO_CONTENT)
        if _LIST_ITEM.search(text):
            return Answer(AnswerStatus.ANSWERED, text, citations)
        short = excerpt(text, passage.title, SHORT_ANSWER_CHARACTERS)
        return Answer(AnswerStatus.ANSWERED, short.text, citations)

    def clarification(self, hits: Sequence[Hit]) -> Answer:
        """Up to three readings as options; what each would cite is shown only once chosen."""
        options = tuple(Option(self._option_title(hit.passage), hit.passage.id) for hit in hits)
        return Answer(AnswerStatus.CLARIFICATION, self._texts.answers["clarification"].strip(), options=options)

    def _from_directive(self, passage: Passage, part: Excerpt, citations: tuple[Citation, ...], day: date) -> Answer:
        best = citations[0]
        lines = [self._texts.directive_introduction.format(label=best.label), part.text]
        if not part.complete:
            lines.append(self._texts.directive_shortened)
        if best.validity:
            lines.append(best.validity)
        similar = self._sources.similar(passage, day)
        if similar:
            lines.append(self._texts.directive_also.format(label=similar[0].label))
        return Answer(AnswerStatus.ANSWERED, "\n".join(lines), citations + similar[:1])

    def _option_title(self, passage: Passage) -> str:
        title = passage.title
        if passage.collection is Collection.DIRECTIVES:
            title = f"{title} ({passage.document})"
        return _cut(title)


def _cut(title: str) -> str:
    return title if len(title) <= MAX_OPTION_CHARACTERS else title[: MAX_OPTION_CHARACTERS - 1].rstrip() + "…"
