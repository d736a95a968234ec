"""Asks a base one question and says why it answers as it does."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

from editing.trial import GONE, NOT_READY, Tried, TriedCitation, TriedHit, TrySubject, WhyNot
from editing.workshop.base import Base
from editing.workshop.bench import Bench
from editing.workshop.faults import sentences_of
from knowledge.answer import Answer, AnswerStatus, Citation
from knowledge.answering.assistant import AnswerRecord
from knowledge.answering.policy import Band, choose_band, strength_of
from knowledge.errors import KnowledgeError
from knowledge.search_result import Hit
from knowledge.settings import AnsweringSettings
from settings.yaml_text import load_yaml

RULE = "rule"
SCORE_DIGITS = 4
TEXT_CHARACTERS = 1_200
_TEXTS = Path(__file__).with_name("texts.yml")

_BAND_OF = {AnswerStatus.ANSWERED: Band.ANSWER, AnswerStatus.CLARIFICATION: Band.CLARIFY}


@dataclass(frozen=True)
class Trying:
    """One trial after another; keeps nothing of them."""

    bench: Bench
    settings: AnsweringSettings

    def try_question(self, question: str, subject: TrySubject) -> Tried:
        """What a citizen would be told, and the passages behind it; a fault of the draft is told in its text."""
        started = time.perf_counter()
        try:
            base = self.bench.subject(subject)
        except KnowledgeError as error:
            return _nothing(NOT_READY, _texts()[NOT_READY].format(problem="; ".join(sentences_of(error))), started)
        if base is None:
            return _nothing(GONE, _texts()[GONE], started)
        day = subject.as_of or self.bench.maker.today()
        record = base.assistant.answer(question, as_of=day)
        return Tried(
            status=record.answer.status.value,
            text=_whole(record.answer),
            band=self._band(record),
            citations=tuple(map(_citation, record.answer.citations)),
            hits=self._hits(base, record, day),
            elapsed_ms=_elapsed(started),
        )

    def _band(self, record: AnswerRecord) -> str:
        """A rule decides before any search is made."""
        searched = bool(record.result.timings)
        said = _BAND_OF.get(record.answer.status)  # as it was: rivals that are for other people were not counted
        if searched and said is not None:
            return said.value
        return choose_band(record.result, self.settings).value if searched else RULE

    def _hits(self, base: Base, record: AnswerRecord, day: date) -> tuple[TriedHit, ...]:
        offered = {option.passage_id for option in record.answer.options}
        taken = [self._hit(hit, self._why_not_said(base, hit, day, offered)) for hit in record.result.hits]
        rejected = [self._hit(hit, _why_rejected(hit, day)) for hit in record.result.rejected]
        return (*taken, *rejected)

    def _hit(self, hit: Hit, why_not: str) -> TriedHit:
        passage = hit.passage
        return TriedHit(
            passage_id=passage.id,
            document=passage.document_name,
            section=passage.section,
            title=passage.title,
            text=passage.text[:TEXT_CHARACTERS],
            version=passage.version,
            score=round(hit.score, SCORE_DIGITS),
            dense_score=round(hit.dense_score, SCORE_DIGITS),
            lexical_score=round(hit.lexical_score, SCORE_DIGITS),
            band=strength_of(hit.score, self.settings).value,
            why_not=why_not,
        )

    def _why_not_said(self, base: Base, hit: Hit, day: date, offered: Collection[str]) -> str:
        if not _has_value(base, hit, day):
            return WhyNot.NO_VALUE.value
        is_weak = hit.score < self.settings.clarify_threshold and hit.passage.id not in offered
        return WhyNot.LOW_SCORE.value if is_weak else ""


def _why_rejected(hit: Hit, day: date) -> str:
    if not hit.passage.answerable:
        return WhyNot.NOT_ANSWERABLE.value
    if not hit.passage.is_served(day):
        return WhyNot.NOT_ON_DAY.value
    return WhyNot.SAYS_THE_SAME.value


def _has_value(base: Base, hit: Hit, day: date) -> bool:
    of_entry = (one for one in base.documents.templates if one.passage_id == hit.passage.id)
    template = next(of_entry, None)
    return template is None or template.on(day) is not None


def _whole(answer: Answer) -> str:
    """What is offered stands below, one line each."""
    return "\n".join((answer.text, *(f"• {option.title}" for option in answer.options)))


def _citation(citation: Citation) -> TriedCitation:
    place = (citation.label, citation.document, citation.section)
    return TriedCitation(*place, citation.date, citation.validity, citation.url)


def _nothing(status: str, text: str, started: float) -> Tried:
    return Tried(status, text, Band.NOTHING.value, (), (), _elapsed(started))


def _elapsed(started: float) -> float:
    return round((time.perf_counter() - started) * 1_000, 1)


@cache
def _texts() -> Mapping[str, str]:
    return cast(Mapping[str, str], load_yaml(_TEXTS.read_text(encoding="utf-8")))
