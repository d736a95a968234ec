"""The two keys by which text is compared: with and without diacritics."""

import re

from vietnamese.accents import strip_accents
from vietnamese.expansion import expand_best
from vietnamese.tones import fold_i_y, fold_tones

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LIST_LABEL = re.compile(r"(?<![^\W_])[a-zđ]\)")
_MOST_PASSES = 4


def search_key(text: str) -> str:
    """What was meant, in one spelling, with diacritics: expanded, tone marks placed, y folded to i."""
    return fold_i_y(fold_tones(expand_best(text)))


def plain_key(text: str) -> str:
    """search_key without diacritics: tokens of [a-z0-9] with one space between ("288 bhxh vp").

    List labels such as "a)" go, they name nothing. The plain key of a plain key is itself.
    """
    return plain_key_of(search_key(text))


def plain_key_of(key: str) -> str:
    """plain_key of a text whose search key is at hand."""
    plain = _strip(_LIST_LABEL.sub(" ", key))
    for _ in range(_MOST_PASSES):
        again = fold_i_y(expand_best(plain))
        if again == plain:
            break
        plain = _strip(again)
    return plain


def _strip(key: str) -> str:
    return " ".join(_NOT_WORD.sub(" ", strip_accents(key).lower()).split())
