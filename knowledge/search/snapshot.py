"""One index as it is searched: passages, vectors, terms and diacritics, all of one moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from knowledge.passage import Passage
from knowledge.search.dense import DenseIndex, build_dense_index
from knowledge.search.diacritics import DiacriticRestorer, SyllableCounter, SyllableCounts
from knowledge.search.expansions import Expansions
from knowledge.search.lexical import LexicalIndex, build_lexical_index
from knowledge.search.terms import accented_terms, plain_terms
from knowledge.search.topic_space import TopicSpace, build_topic_space
from knowledge.search.views import views_of
from vietnamese.accents import has_accents

OWN_TEXT_WEIGHT = 3
"""The knowledge base is small beside the laws, and nearer to what people ask."""


class Field(StrEnum):
    """Which texts of a passage a lexical index holds."""

    WHOLE = "whole"
    """Context, title, text and questions as one: the authority's words with the citizens'."""
    QUESTIONS = "questions"
    """Title and sample questions, each on its own."""


class Form(StrEnum):
    """How terms are spelled."""

    PLAIN = "plain"
    ACCENTED = "accented"


TERMS_OF_FORM = {Form.PLAIN: plain_terms, Form.ACCENTED: accented_terms}


@dataclass(frozen=True)
class PassageVectors:
    """One row for each text, and for each question, of `views_of` all passages in order."""

    texts: NDArray[np.float32]
    questions: NDArray[np.float32]


LexicalIndexes = Mapping[tuple[Field, Form], LexicalIndex]


@dataclass(frozen=True)
class Snapshot:
    """Everything the retriever reads; nothing in it changes."""

    id: str
    model: str
    passages: tuple[Passage, ...]
    dense_texts: DenseIndex
    dense_questions: DenseIndex
    topic_space: TopicSpace
    lexical: LexicalIndexes
    syllables: SyllableCounts

    def restorer(self) -> DiacriticRestorer:
        """Made anew at each call."""
        return DiacriticRestorer(self.syllables)


def assemble(
    snapshot_id: str,
    model: str,
    passages: Sequence[Passage],
    vectors: PassageVectors,
    general_counts: SyllableCounts,
    expansions: Expansions | None = None,
) -> Snapshot:
    """Pure, but that `expansions` remembers what it was asked."""
    expansions = expansions or Expansions()
    views = [views_of(passage) for passage in passages]
    text_owners = _owners([one.texts for one in views])
    question_owners = _owners([one.questions for one in views])
    count = len(passages)
    return Snapshot(
        id=snapshot_id,
        model=model,
        passages=tuple(passages),
        dense_texts=build_dense_index(vectors.texts, text_owners, count),
        dense_questions=build_dense_index(vectors.questions, question_owners, count),
        topic_space=build_topic_space(vectors.questions, question_owners, vectors.texts, text_owners, count),
        lexical={key: _lexical(passages, *key, expansions) for key in lexical_keys()},
        syllables=_count_syllables(passages, general_counts),
    )


def lexical_keys() -> tuple[tuple[Field, Form], ...]:
    """All lexical indexes of a snapshot."""
    return tuple((field, form) for field in Field for form in Form)


def _owners(texts: Iterable[tuple[str, ...]]) -> list[int]:
    return [number for number, of_passage in enumerate(texts) for _ in of_passage]


def _lexical(passages: Sequence[Passage], field: Field, form: Form, expansions: Expansions) -> LexicalIndex:
    pairs = [(number, text) for number, passage in enumerate(passages) for text in field_texts(passage, field)]
    terms = [TERMS_OF_FORM[form](expansions.of(text)) for _, text in pairs]
    return build_lexical_index(terms, [number for number, _ in pairs], len(passages))


def field_texts(passage: Passage, field: Field) -> tuple[str, ...]:
    """Each is one text of the lexical index."""
    if field is Field.QUESTIONS:
        return views_of(passage).questions
    return ("\n".join((passage.context, passage.title, passage.text, *passage.questions)),)


def _count_syllables(passages: Iterable[Passage], general: SyllableCounts) -> SyllableCounts:
    counter = SyllableCounter()
    counter.add_counts(general)
    for passage in passages:
        texts = (passage.title, passage.context, passage.text, *passage.questions)
        # Alternates that editors typed without diacritics would teach that none are wanted.
        counter.add_texts(filter(has_accents, texts), OWN_TEXT_WEIGHT)
    return counter.counts()
