"""One question in, one answer out: rules that win over search, then search, then the three bands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from knowledge.answer import Answer, AnswerStatus
from knowledge.answering.compose import Composer
from knowledge.answering.policy import Band, choose_band, choose_options
from knowledge.passage import Collection, Passage
from knowledge.search_result import Hit, SearchResult
from knowledge.settings import AnsweringSettings
from vietnamese.acts import Act, recognise_act
from vietnamese.normalise import clean, is_blank

STATUS_OF_ACT = {
    Act.EMERGENCY: AnswerStatus.HANDED_OFF_EMERGENCY,
    Act.SELF_HARM: AnswerStatus.HANDED_OFF_EMERGENCY,
    Act.REQUEST_PERSON: AnswerStatus.HANDED_OFF_REQUESTED,
    Act.OWN_CASE: AnswerStatus.UNANSWERABLE_OWN_CASE,
    Act.UNSAFE_INPUT: AnswerStatus.UNANSWERABLE_UNSAFE_INPUT,
    Act.OTHER_BODY: AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE,
}
"""Acts decided before retrieval; the others (complaint, scam, insult) may still be questions that have an answer."""


class Search(Protocol):
    """What the assistant needs of the retriever."""

    def search(self, question: str, collection: Collection | None = None, limit: int = 10) -> SearchResult:
        """Hits of the collection, or of all collections for None."""

    def passage(self, passage_id: str) -> Passage | None:
        """The passage with this id in the loaded snapshot."""


@dataclass(frozen=True)
class AnswerRecord:
    """An answer with the search behind it, for logs, the console and the benchmark."""

    answer: Answer
    result: SearchResult


NO_SEARCH = SearchResult(hits=())


class Assistant:
    """Holds the retriever and the composer; keeps nothing of a conversation."""

    def __init__(self, search: Search, composer: Composer, settings: AnsweringSettings) -> None:
        self._search = search
        self._composer = composer
        self._settings = settings

    def answer(self, question: str, collection: Collection | None = None) -> AnswerRecord:
        """Never raises for any text: what cannot be answered is a status."""
        question = clean(question)
        if is_blank(question):
            return AnswerRecord(self._composer.fixed(AnswerStatus.UNANSWERABLE_NO_CONTENT), NO_SEARCH)
        act = recognise_act(question)
        if act in STATUS_OF_ACT:
            return AnswerRecord(self._composer.fixed(STATUS_OF_ACT[act], self_harm=act is Act.SELF_HARM), NO_SEARCH)
        result = self._search.search(question, collection)
        return AnswerRecord(self._from_hits(question, result), result)

    def answer_with(self, passage_id: str, question: str) -> AnswerRecord:
        """The answer of a passage that the citizen chose; abstains when the snapshot no longer holds it."""
        passage = self._search.passage(passage_id)
        if passage is None or not passage.answerable:
            return AnswerRecord(self._composer.fixed(AnswerStatus.UNANSWERABLE_NO_CONTENT), NO_SEARCH)
        hit = Hit(passage=passage, score=1.0, rank=1)
        return AnswerRecord(self._composer.answered(question, hit), SearchResult(hits=(hit,)))

    def shorter(self, passage_id: str) -> Answer:
        """The first sentences of a passage already shown, as a list of short steps."""
        passage = self._search.passage(passage_id)
        if passage is None:
            return self._composer.fixed(AnswerStatus.UNANSWERABLE_NO_CONTENT)
        return self._composer.shortened(passage)

    def _from_hits(self, question: str, result: SearchResult) -> Answer:
        band = choose_band(result, self._settings)
        if band is Band.ANSWER:
            return self._composer.answered(question, result.hits[0])
        if band is Band.CLARIFY:
            return self._composer.clarification(choose_options(result.hits))
        status = {
            Band.ABSTAIN: AnswerStatus.UNANSWERABLE_LOW_SCORE,
            Band.NOTHING: AnswerStatus.UNANSWERABLE_NO_CONTENT,
        }[band]
        return self._composer.fixed(status)
