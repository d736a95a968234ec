"""Which word pieces of the 250,000 are kept: those that Vietnamese text is made of.

`vocabulary.txt` holds them, one a line. It was made once with `python -m knowledge.embedding.vocabulary MODEL_FILE
TEXT…` from laws and procedures of the State, so that set-up needs no corpus.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.errors import ModelFileError
from knowledge.embedding.q4_file import Pieces, read_q4_file
from knowledge.embedding.tokenizer import build_tokenizer
from vietnamese.accents import strip_accents

VOCABULARY_FILE = Path(__file__).with_name("vocabulary.txt")
SPECIAL_PIECES = ("<s>", "<pad>", "</s>", "<unk>")
MIN_OCCURRENCES = 2
SYLLABLE = re.compile(
    r"▁?(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(ng|nh|ch|[cimnoptuy])?", re.IGNORECASE
)
SHORT_LATIN = re.compile(r"▁?([\x21-\x7e]{1,2}|[0-9]{1,4})")


@dataclass(frozen=True)
class KeptPieces:
    """`numbers` are the rows of the full embedding matrix, in the order of the new ids."""

    texts: tuple[str, ...]
    scores: NDArray[np.float32]
    numbers: NDArray[np.int64]


def keep_pieces(pieces: Pieces, wanted: Iterable[str]) -> KeptPieces:
    """Special pieces first (ids 0 to 3), then the wanted ones in the order of the full vocabulary."""
    number_of = {text: number for number, text in enumerate(pieces.texts)}
    missing = [text for text in (*SPECIAL_PIECES, *wanted) if text not in number_of]
    if missing:
        raise ModelFileError(f"{len(missing)} wanted word pieces are not in the model, first {missing[0]!r}")
    special = [number_of[text] for text in SPECIAL_PIECES]
    numbers = special + sorted({number_of[text] for text in wanted} - set(special))
    return KeptPieces(
        tuple(pieces.texts[number] for number in numbers), pieces.scores[numbers], np.array(numbers, dtype=np.int64)
    )


def read_vocabulary(path: Path = VOCABULARY_FILE) -> tuple[str, ...]:
    """The kept pieces without the special ones."""
    return tuple(path.read_text(encoding="utf-8").splitlines())


def derive_vocabulary(pieces: Pieces, texts: Iterable[str]) -> list[str]:
    """Pieces seen at least twice in the texts (as written, lower case, without diacritics), and all syllables."""
    tokenizer = build_tokenizer(pieces.texts, pieces.scores, unknown=pieces.unknown)
    counts: Counter[str] = Counter()
    for text in texts:
        for form in (text, text.lower(), strip_accents(text.lower())):
            counts.update(tokenizer.encode(form, add_special_tokens=False).tokens)
    seen = {piece for piece, count in counts.items() if count >= MIN_OCCURRENCES}
    return [piece for piece in pieces.texts if piece in seen or _always_kept(piece)]


def _always_kept(piece: str) -> bool:
    return bool(SYLLABLE.fullmatch(strip_accents(piece)) or SHORT_LATIN.fullmatch(piece))


def main(model_file: str, *text_files: str) -> None:
    """Prints the vocabulary derived from text files, one text a line."""
    lines = (line for name in text_files for line in Path(name).read_text(encoding="utf-8").splitlines())
    sys.stdout.write("\n".join(derive_vocabulary(read_q4_file(Path(model_file)).pieces, lines)) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
