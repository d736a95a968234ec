"""Fits the weights that turn a hit's features into its chance of being right, from the knowledge base alone.

    python -m knowledge.evaluation.calibration [SETTINGS_FILE]

prints the line for `settings.yml`. Each sample question is asked while it is left out of the index, in four ways: of
everything, of its own collection, of its own collection without the passage it belongs to, and of the other
collection. In the last two nothing right can come: they are the questions that the knowledge base does not answer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from knowledge.embedding.sentence_transformer import load_embedder
from knowledge.evaluation.held_out import HeldOutIndexes, spellings
from knowledge.library import load_passages
from knowledge.passage import Passage
from knowledge.search.calibration import Features
from knowledge.search.query import Query
from knowledge.search.ranking import Wanted, margins, rank, says_the_same
from knowledge.search.retriever import features_of
from knowledge.search.signals import Signals
from knowledge.search.syllable_table import LAW_TABLE, read_counts
from knowledge.settings import CalibrationWeights, FusionWeights, KnowledgeSettings
from settings.reader import read_section

ROUNDS_APART = 2
"""Every second sample question is enough for six numbers, in half the time."""
LOOKED_AT = 10
DECIMALS = 2
Allowed = Callable[[Passage], bool]


@dataclass(frozen=True)
class Example:
    """The best hit of one search."""

    features: Features
    is_right: bool


def collect_examples(
    indexes: HeldOutIndexes, fusion: FusionWeights, on_progress: Callable[[int, int], None]
) -> list[Example]:
    """Four for each question asked; with and without diacritics in turn."""
    examples: list[Example] = []
    for number in range(0, indexes.rounds, ROUNDS_APART):
        on_progress(number, indexes.rounds)
        retriever = indexes.retriever(number)
        for place, passage in enumerate(indexes.passages):
            if passage.answerable and number < len(passage.questions):
                both = spellings(passage.questions[number])
                query, signals = retriever.compare(both[place % len(both)])
                examples += _examples(passage, indexes.passages, query, signals, fusion)
    on_progress(indexes.rounds, indexes.rounds)
    return examples


def fit(examples: Sequence[Example]) -> CalibrationWeights:
    """Logistic regression with a weak pull towards zero, on features of equal spread."""
    # Imported here: only this command needs it.
    from sklearn.linear_model import LogisticRegression

    features = np.array([astuple(example.features) for example in examples])
    labels = np.array([example.is_right for example in examples])
    means, spreads = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-9)
    model = LogisticRegression(max_iter=2_000).fit((features - means) / spreads, labels)
    weights = model.coef_[0] / spreads
    names = [field.name for field in fields(Features)]
    rounded = {name: round(float(weight), DECIMALS) for name, weight in zip(names, weights, strict=True)}
    return CalibrationWeights(intercept=round(float(model.intercept_[0] - weights @ means), DECIMALS), **rounded)


def _examples(
    asked_for: Passage, passages: Sequence[Passage], query: Query, signals: Signals, fusion: FusionWeights
) -> Iterator[Example]:
    def own_collection(passage: Passage) -> bool:
        return passage.collection is asked_for.collection

    def is_right(passage: Passage) -> bool:
        return says_the_same(passage, asked_for)

    searches: Iterable[Allowed] = (
        lambda passage: True,
        own_collection,
        lambda passage: own_collection(passage) and not is_right(passage),
        lambda passage: not own_collection(passage),
    )
    fused = signals.fused(fusion)
    for allowed in searches:
        visible = [replace(one, answerable=one.answerable and allowed(one)) for one in passages]
        hits = rank(visible, fused, Wanted(), LOOKED_AT).hits
        if hits:
            lead = margins(passages, fused, hits)[0]
            yield Example(features_of(query, signals, hits[0], lead), is_right(passages[hits[0]]))


def main(settings_file: str = "settings.yml") -> None:
    """Prints the YAML line."""
    path = Path(settings_file).resolve()
    settings = read_section(path, "knowledge", KnowledgeSettings)
    passages = load_passages(path.parent / settings.content_folder, datetime.now(UTC).date())
    embedder = load_embedder(settings.embedding, path.parent)
    indexes = HeldOutIndexes(passages, embedder, settings.search, read_counts(LAW_TABLE))
    weights = fit(collect_examples(indexes, settings.search.fusion, _show))
    inner = ", ".join(f"{field.name}: {getattr(weights, field.name)}" for field in fields(weights))
    sys.stdout.write(f"    calibration: {{{inner}}}\n")


def _show(done: int, total: int) -> None:
    sys.stderr.write(f"\r{done}/{total} rounds" + ("\n" if done == total else ""))


if __name__ == "__main__":
    main(*sys.argv[1:])
