"""One question in, one answer out: rules that win over search, then search, then the three bands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Protocol

from knowledge.answer import Answer, AnswerStatus
from knowledge.answering.compose import Composer
from knowledge.answering.policy import Band, Strength, choose_band, choose_options, is_clear, rivals, strength_of
from knowledge.passage import Collection, Passage
from knowledge.search_result import Hit, SearchResult
from knowledge.settings import AnsweringSettings
from vietnamese.acts import Act, recognise_act
from vietnamese.asked_time import AskedTime, asked_time
from vietnamese.normalise import clean, is_blank

STATUS_OF_ACT = {
    Act.EMERGENCY: AnswerStatus.HANDED_OFF_EMERGENCY,
    Act.SELF_HARM: AnswerStatus.HANDED_OFF_EMERGENCY,
    Act.REQUEST_PERSON: AnswerStatus.HANDED_OFF_REQUESTED,
    Act.UNSAFE_INPUT: AnswerStatus.UNANSWERABLE_UNSAFE_INPUT,
}
"""Acts decided before retrieval, besides own cases and the business of other bodies.

The others (complaint, scam, insult) may still be questions that have an answer."""


class Search(Protocol):
    """What the assistant needs of the retriever."""

    @property
    def snapshot_id(self) -> str:
        """Of the snapshot that is searched."""

    def search(
        self, question: str, collection: Collection | None = None, limit: int = 10, day: date | None = None
    ) -> SearchResult:
        """Hits of the collection, or of all collections for None, served on the day."""

    def passage(self, passage_id: str, day: date | None = None) -> Passage | None:
        """The passage with this id in the loaded snapshot, in the period that is served on the day."""


@dataclass(frozen=True)
class AnswerRecord:
    """An answer with the search behind it, for logs, the console and the benchmark."""

    answer: Answer
    result: SearchResult
    was_chosen: bool = False
    """The citizen named the passage: the score of its hit was not measured."""
    snapshot_id: str = ""
    """Of the snapshot that it comes from."""


@dataclass(frozen=True)
class Suggested:
    """An answer that might fit, for a person who decides."""

    answer: Answer
    hit: Hit
    strength: Strength


SUGGESTION_FLOOR = 0.03
"""Calibrated chance below which an answer is noise to whoever reads suggestions."""

NO_SEARCH = SearchResult(hits=())


class Assistant:
    """Holds the retriever and the composer of one snapshot; keeps nothing of a conversation.

    `today` is asked for each question that names no day: a process runs for weeks.
    """

    def __init__(
        self, search: Search, composer: Composer, settings: AnsweringSettings, today: Callable[[], date]
    ) -> None:
        self._search = search
        self._composer = composer
        self._settings = settings
        self._today = today

    @property
    def snapshot_id(self) -> str:
        """Of the snapshot that all its answers come from."""
        return self._search.snapshot_id

    def answer(
        self, question: str, collection: Collection | None = None, as_of: date | None = None, audience: str = ""
    ) -> AnswerRecord:
        """Never raises for any text: what cannot be answered is a status. `as_of` None is today.

        `audience` is a value of `knowledge.faqs.entry.Audience` where it is known who asks, else empty.
        """
        question = clean(question)
        if is_blank(question):
            return self._record(self._composer.fixed(AnswerStatus.UNANSWERABLE_NO_CONTENT))
        act = recognise_act(question)
        if act is Act.OWN_CASE:
            return self.own_case(question, collection, as_of, audience)
        if act is Act.OTHER_BODY:
            return self.other_body(question, as_of)
        if act in STATUS_OF_ACT:
            return self._record(self._composer.fixed(STATUS_OF_ACT[act], self_harm=act is Act.SELF_HARM))
        day = as_of or self._today()
        asked = self._asked(question, day, as_of)
        result = self._search.search(question, collection, day=day)
        if asked and asked.rest and result.hits and result.hits[0].passage.collection is Collection.FAQ:
            # The year names the figure, not the entry; of a directive it may be the title.
            result = self._search.search(asked.rest, collection, day=day)
        return self._from_hits(question, self._through_lens(result, audience, day), day, asked)

    def own_case(
        self, question: str, collection: Collection | None = None, as_of: date | None = None, audience: str = ""
    ) -> AnswerRecord:
        """About somebody's own record, which nobody sees here: the rule that helps with it, and where to turn."""
        day = as_of or self._today()
        result = self._search.search(clean(question), collection, day=day)
        if is_clear(result, self._settings, self._same_lens(result, day)):
            result = self._through_lens(result, audience, day)
            hit = result.hits[0]
            answer = self._composed(question, hit, day, self._asked(question, day, as_of))
            if hit.passage.collection is Collection.FAQ and answer.status is AnswerStatus.ANSWERED:
                return self._record(self._composer.under_own_case(answer, hit.passage), result)
        return self._record(self._composer.fixed(AnswerStatus.UNANSWERABLE_OWN_CASE))

    def other_body(self, question: str, as_of: date | None = None) -> AnswerRecord:
        """What is not the agency's business: who is responsible, where an entry says so."""
        day = as_of or self._today()
        for hit in self._search.search(clean(question), Collection.FAQ, day=day).hits:
            if hit.score < self._settings.clarify_threshold:
                break
            answer = self._composer.answered(question, hit, day)
            if answer.status is AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE:
                return self._record(answer, SearchResult(hits=(hit,)))
        return self._record(self._composer.fixed(AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE))

    def answer_with(self, passage_id: str, question: str, as_of: date | None = None) -> AnswerRecord:
        """The answer of a passage that the citizen chose; abstains when the snapshot no longer holds it."""
        day = as_of or self._today()
        passage = self._search.passage(passage_id, day)
        if passage is None or not passage.answerable:
            return self._record(self._composer.fixed(AnswerStatus.UNANSWERABLE_NO_CONTENT))
        hit = Hit(passage=passage, score=1.0, rank=1)
        answer = self._composed(question, hit, day, self._asked(question, day, as_of))
        return AnswerRecord(answer, SearchResult(hits=(hit,)), was_chosen=True, snapshot_id=self.snapshot_id)

    def shorter(self, passage_id: str, as_of: date | None = None) -> AnswerRecord:
        """The first sentences of a passage already shown, as a list of short steps."""
        day = as_of or self._today()
        passage = self._search.passage(passage_id, day)
        if passage is None:
            return self._record(self._composer.fixed(AnswerStatus.UNANSWERABLE_NO_CONTENT))
        hits = (Hit(passage=passage, score=1.0, rank=1),)
        answer = self._composer.shortened(passage, day)
        return AnswerRecord(answer, SearchResult(hits), was_chosen=True, snapshot_id=self.snapshot_id)

    def suggest(self, question: str, limit: int) -> tuple[Suggested, ...]:
        """Different answers, best first, whatever the band and the act: a person reads them. Empty if nothing fits."""
        question = clean(question)
        if is_blank(question):
            return ()
        day = self._today()
        hits = self._search.search(question, day=day).hits
        different = (hits[0], *rivals(hits)) if hits else ()
        asked = self._asked(question, day, None)
        made = (
            Suggested(self._composed(question, hit, day, asked), hit, strength_of(hit.score, self._settings))
            for hit in different
            if hit.score >= SUGGESTION_FLOOR
        )
        return tuple(islice((each for each in made if each.answer.status is AnswerStatus.ANSWERED), limit))

    def _record(self, answer: Answer, result: SearchResult = NO_SEARCH) -> AnswerRecord:
        return AnswerRecord(answer, result, snapshot_id=self.snapshot_id)

    def _through_lens(self, result: SearchResult, audience: str, day: date) -> SearchResult:
        """Where the best hit answers for other people, the entry for those who ask takes its place."""
        if not audience or not result.hits:
            return result
        best = result.hits[0]
        facet = self._composer.facet_for(best.passage, audience, day)
        passage = self._search.passage(facet.passage_id, day) if facet else None
        if passage is None:
            return result
        others = tuple(hit for hit in result.hits[1:] if hit.passage.id != passage.id)
        return replace(result, hits=(replace(best, passage=passage), *others))

    def _same_lens(self, result: SearchResult, day: date) -> frozenset[str]:
        return self._composer.same_lens(result.hits[0].passage, day) if result.hits else frozenset()

    @staticmethod
    def _asked(question: str, day: date, as_of: date | None) -> AskedTime | None:
        """The past time that is asked about; None as well where the caller names the day."""
        return asked_time(question, day) if as_of is None else None

    def _composed(self, question: str, hit: Hit, day: date, asked: AskedTime | None) -> Answer:
        return self._composer.as_of(hit, asked, day) if asked else self._composer.answered(question, hit, day)

    def _from_hits(self, question: str, result: SearchResult, day: date, asked: AskedTime | None) -> AnswerRecord:
        return self._record(self._answer_from(question, result, day, asked), result)

    def _answer_from(self, question: str, result: SearchResult, day: date, asked: AskedTime | None) -> Answer:
        band = choose_band(result, self._settings, self._same_lens(result, day))
        if band is Band.ANSWER:
            return self._composed(question, result.hits[0], day, asked)
        if band is Band.CLARIFY:
            return self._composer.clarification(choose_options(result.hits))
        status = {
            Band.ABSTAIN: AnswerStatus.UNANSWERABLE_LOW_SCORE,
            Band.NOTHING: AnswerStatus.UNANSWERABLE_NO_CONTENT,
        }[band]
        return self._composer.fixed(status)
