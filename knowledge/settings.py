"""What can be set for the knowledge room: the `knowledge` section of `settings.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class AnsweringSettings:
    """Bands of the answer policy. Scores are calibrated, 0 to 1; `docs/benchmark.md` has the curve they come from."""

    answer_threshold: float
    """At or above: answer. Below: ask back or abstain."""
    clarify_threshold: float
    """At or above, and below `answer_threshold`: offer up to three readings. Below: abstain, but for a bare subject."""
    subject_syllables: int
    """A question no longer than this may be a bare subject, which is asked back about instead of abstained from."""
    ambiguity_margin: float
    """Two different hits closer than this, both below `certain_threshold`: ask back."""
    certain_threshold: float
    """At or above: answer even if a second hit is close."""
    own_case_threshold: float
    """At or above, and far before any other hit, a rule is told beside an own case."""
    own_case_margin: float
    """A rule is told beside an own case only where no other hit comes closer to it than this."""
    max_answer_characters: int


@dataclass(frozen=True)
class EmbeddingSettings:
    """Which embedding model serves, and how its inputs are prefixed."""

    model: str
    """A folder, or any name that sentence-transformers can load."""
    backend: str
    """`onnx` or `torch`."""
    query_prefix: str
    passage_prefix: str
    threads: int


@dataclass(frozen=True)
class FusionWeights:
    """What each signal of a search counts; only their proportions matter."""

    whole: float
    """BM25 on context, title, text and sample questions together."""
    questions: float
    """BM25 on the title and the sample questions, best of them."""
    dense_text: float
    """Cosine with the text, best of its parts."""
    dense_questions: float
    """Cosine with the title and the sample questions, best of them."""
    topic: float
    """Cosine with the mean of the questions, in the space that tells passages apart."""
    named_document: float
    """The question names the number of the passage's document."""


@dataclass(frozen=True)
class CalibrationWeights:
    """Logistic regression from the features of a hit to the chance that it is right.

    Made by `python -m knowledge.evaluation.calibration`.
    """

    intercept: float
    topic: float
    """As in `FusionWeights`."""
    margin: float
    """Lead over the best hit that says something else, in fused score."""
    coverage: float
    """Share of the question's syllables, weighed by how telling they are, that the passage holds."""
    pair_coverage: float
    """The same of pairs of neighbouring syllables."""
    length: float
    """Logarithm of the number of different terms in the question."""


@dataclass(frozen=True)
class SearchSettings:
    """How signals are weighed, and what their sum is worth."""

    fusion: FusionWeights
    calibration: CalibrationWeights


@dataclass(frozen=True)
class KnowledgeSettings:
    """Folders are relative to the project's root."""

    content_folder: Path
    index_folder: Path
    embedding: EmbeddingSettings
    search: SearchSettings
    answering: AnsweringSettings
