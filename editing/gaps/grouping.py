"""Puts questions to the gap that they mean, or begins a new one: incremental, so that gaps keep their ids. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from editing.gaps.meaning import Meaning, Vectors


@dataclass
class Centre:
    """The mean of a gap's questions. `cluster_id` is None for one that begins here; `added` are places in the input."""

    cluster_id: int | None
    vector: Vectors
    questions: int
    added: list[int] = field(default_factory=list)

    def take(self, place: int, vector: Vectors) -> None:
        """One more question moves the mean a little."""
        self.vector = np.asarray((self.vector * self.questions + vector) / (self.questions + 1), dtype=np.float32)
        self.questions += 1
        self.added.append(place)


def group(vectors: Vectors, centres: Sequence[Centre], meaning: Meaning, least: float) -> tuple[Centre, ...]:
    """The centres that got something, the new ones last. `least` is the likeness from which two are one question."""
    known = list(centres)
    compared = [meaning.compared(centre.vector[None])[0] for centre in known]
    for place, vector in enumerate(vectors):
        own = meaning.compared(vector[None])[0]
        likeness = np.dot(np.stack(compared), own) if compared else np.zeros(0, np.float32)
        nearest = int(likeness.argmax()) if len(likeness) else -1
        if nearest < 0 or likeness[nearest] < least:
            known.append(Centre(None, vector, 0))
            compared.append(own)
            nearest = len(known) - 1
        known[nearest].take(place, vector)
        compared[nearest] = meaning.compared(known[nearest].vector[None])[0]
    return tuple(centre for centre in known if centre.added)


def most_central(vectors: Vectors, meaning: Meaning) -> int:
    """The place of the question that is most like all others."""
    compared = meaning.compared(vectors)
    return int(np.dot(compared, compared.mean(axis=0)).argmax())
