"""Spelling variants that mean the same word: place of the tone mark, and i for y."""

import re
import unicodedata
from functools import lru_cache

from vietnamese.accents import has_accents
from vietnamese.syllable import parse_syllable, spell, split_tone

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_SYLLABLE = 8  # "nghiêng" has 7 letters; longer words cannot be syllables


def _with_case_of(model: str, word: str) -> str:
    """`word` in the capitals of `model`; both have the same letters, only marks moved."""
    if model.islower():
        return word
    return "".join(new.upper() if old.isupper() else new for old, new in zip(model, word, strict=True))


@lru_cache(maxsize=8192)
def _fold_word_tone(word: str) -> str:
    lower = word.lower()
    if len(lower) > _LONGEST_SYLLABLE or not split_tone(lower)[1]:
        return word
    syllable = parse_syllable(lower)
    if syllable is None:
        return word
    folded = spell(syllable)
    return _with_case_of(word, folded) if len(folded) == len(word) else word


def fold_tones(text: str) -> str:
    """Every syllable with its tone mark in the older place: hoà→hòa, thuý→thúy, qúy→quý. NFC comes back."""
    composed = unicodedata.normalize("NFC", text)
    if not has_accents(composed):
        return composed
    return _WORD.sub(lambda match: _fold_word_tone(match.group()), composed)


_ENDS_IN_Y = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,3}[yýỳỷỹỵYÝỲỶỸỴ](?![^\W\d_])")
_Y_TO_I = str.maketrans("yýỳỷỹỵYÝỲỶỸỴ", "iíìỉĩịIÍÌỈĨỊ")


@lru_cache(maxsize=8192)
def _fold_word_i_y(word: str) -> str:
    syllable = parse_syllable(word.lower())
    if syllable is None or syllable.rime != "y" or not syllable.onset:
        return word
    return word[:-1] + word[-1].translate(_Y_TO_I)


def fold_i_y(text: str) -> str:
    """lý→lí, quý→quí, kỳ→kì, for search keys only; y alone, thúy and yên stay."""
    composed = unicodedata.normalize("NFC", text)
    return _ENDS_IN_Y.sub(lambda match: _fold_word_i_y(match.group()), composed)
