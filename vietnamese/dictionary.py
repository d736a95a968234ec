"""What the tables say about one typed word, looked up once and remembered."""

import re
from functools import lru_cache
from typing import NamedTuple

from vietnamese.abbreviations import ABBREVIATIONS
from vietnamese.accents import strip_accents
from vietnamese.ambiguous_abbreviations import AMBIGUOUS_ABBREVIATIONS
from vietnamese.ambiguous_chat_words import AMBIGUOUS_CHAT_WORDS
from vietnamese.chat_words import CHAT_WORDS
from vietnamese.emoticons import is_laughter, release_held_letters
from vietnamese.quantities import write_quantity
from vietnamese.reading import Reading
from vietnamese.syllable import is_bare_syllable, is_syllable
from vietnamese.telex import repair_residue

_ROMAN = re.compile(r"[ivxlc]+\Z")
_WORDS = ABBREVIATIONS | CHAT_WORDS
_AMBIGUOUS = AMBIGUOUS_ABBREVIATIONS | AMBIGUOUS_CHAT_WORDS


class Entry(NamedTuple):
    """`typed` is the word without held letters; `words` what it stands for if it has no `readings`."""

    typed: str
    words: str
    words_in_residue_text: str
    readings: tuple[Reading, ...]
    is_residue: bool
    is_laughter: bool


@lru_cache(maxsize=16384)
def look_up(word: str) -> Entry:
    """The entry of a lower-case word; unknown words stand for themselves."""
    typed = word if word in _WORDS or word in _AMBIGUOUS else release_held_letters(word)
    return Entry(
        typed,
        _written_out(typed, in_residue_text=False),
        _written_out(typed, in_residue_text=True),
        _AMBIGUOUS.get(typed, ()),
        typed not in _WORDS and repair_residue(typed) is not None,
        is_laughter(word),
    )


def _written_out(word: str, in_residue_text: bool) -> str:
    known = _WORDS.get(word)
    if known is not None:
        return known
    quantity = None if word.isalpha() else write_quantity(word)
    return quantity or repair_residue(word, in_residue_text) or _undoubled(word)


def _undoubled(word: str) -> str:
    """ơii→ơi, vậyy→vậy where the doubled end is what keeps the word from being a syllable."""
    doubled = len(word) > 2 and strip_accents(word[-1]) == strip_accents(word[-2])
    if not doubled or _ROMAN.match(word) or is_syllable(word) or is_bare_syllable(word):
        return word
    shorter = word[:-1] if word[-1].isascii() else word[:-2] + word[-1]
    return shorter if is_syllable(shorter) else word
