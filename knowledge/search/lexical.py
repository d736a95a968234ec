"""BM25 over short texts, several of which may belong to one passage: a passage scores as its best text."""

from __future__ import annotations

import json
import logging
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

K1 = 2.0
B = 1.0
"""Whole documents of questions and text differ much in length, and repeated words do tell (leave-one-out on FAQs)."""
VOCABULARY_FILE = "terms.json"
OWNERS_FILE = "owners.npy"


class LexicalIndex:
    """`owners[i]` is the number of the passage that text i belongs to."""

    def __init__(
        self, bm25: bm25s.BM25 | None, frequencies: dict[str, int], owners: NDArray[np.int32], passages: int
    ) -> None:
        self._bm25 = bm25
        self._owners = owners
        self._passages = passages
        self._frequencies = frequencies
        self._numbers = {term: number for number, term in enumerate(frequencies)}

    def scores(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """One score for each passage, 0 to about 1: the share of the question's weight that its best text holds.

        A term that the question repeats counts once.
        """
        terms = tuple(dict.fromkeys(terms))
        best = np.zeros(self._passages, dtype=np.float32)
        known = [self._numbers[term] for term in terms if term in self._numbers]
        if self._bm25 is None or not known:
            return best
        of_texts = np.asarray(self._bm25.get_scores_from_ids(known), dtype=np.float32)
        np.maximum.at(best, self._owners, of_texts)
        return np.asarray(best / self.weight(terms), dtype=np.float32)

    def coverage(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """For each passage the share of the terms' weight that stands in its texts, 0 to 1; each term counts once."""
        terms = frozenset(terms)
        covered = np.zeros(self._passages, dtype=np.float32)
        for term in terms & self._numbers.keys():
            owners = np.unique(self._owners[self._texts_with(term)])
            covered[owners] += self._inverse_frequency(self._frequencies[term])
        return np.asarray(covered / self.weight(terms), dtype=np.float32)

    def _texts_with(self, term: str) -> NDArray[np.int32]:
        matrix = self._bm25.scores if self._bm25 else {"indptr": [0, 0], "indices": []}
        start, stop = matrix["indptr"][self._numbers[term] : self._numbers[term] + 2]
        return np.asarray(matrix["indices"][start:stop], dtype=np.int32)

    def weight(self, terms: Iterable[str]) -> float:
        """Sum of the terms' inverse document frequencies; a term never seen weighs most."""
        return sum(self._inverse_frequency(self._frequencies.get(term, 0)) for term in terms) or 1.0

    def _inverse_frequency(self, texts: int) -> float:
        return math.log(1 + (len(self._owners) - texts + 0.5) / (texts + 0.5))

    def save(self, folder: Path) -> None:
        """Plain arrays and JSON, no pickles."""
        folder.mkdir(parents=True)
        (folder / VOCABULARY_FILE).write_text(json.dumps(self._frequencies, ensure_ascii=False), encoding="utf-8")
        np.save(folder / OWNERS_FILE, self._owners)
        if self._bm25 is not None:
            self._bm25.save(str(folder), show_progress=False)


def build_lexical_index(texts: Sequence[Sequence[str]], owners: Sequence[int], passages: int) -> LexicalIndex:
    """`texts` are lists of terms."""
    frequencies = Counter(term for terms in texts for term in dict.fromkeys(terms))
    numbers = {term: number for number, term in enumerate(frequencies)}
    bm25 = None
    if frequencies:
        # It reports each step at DEBUG, and sets its own logger to that level when it is imported.
        logging.getLogger("bm25s").setLevel(logging.WARNING)
        bm25 = bm25s.BM25(k1=K1, b=B, method="lucene")
        bm25.index(([[numbers[term] for term in terms] for terms in texts], numbers), show_progress=False)
    return LexicalIndex(bm25, dict(frequencies), np.array(owners, dtype=np.int32), passages)


def load_lexical_index(folder: Path, passages: int) -> LexicalIndex:
    """What `save` wrote."""
    frequencies = json.loads((folder / VOCABULARY_FILE).read_text(encoding="utf-8"))
    owners = np.load(folder / OWNERS_FILE, allow_pickle=False)
    bm25 = bm25s.BM25.load(str(folder), show_progress=False) if frequencies else None
    return LexicalIndex(bm25, frequencies, owners, passages)
