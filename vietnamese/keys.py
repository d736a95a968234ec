"""The two keys by which text is compared: with and without diacritics."""

import re

from vietnamese.accents import strip_accents
from vietnamese.expansion import expand
from vietnamese.tones import fold_i_y, fold_tones

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LIST_LABEL = re.compile(r"(?<![^\W_])[a-zđ]\)")


def fold_expanded(expanded: str) -> str:
    """search_key of text that `expand` has already written out."""
    return fold_i_y(fold_tones(expanded))


def strip_key(key: str) -> str:
    """plain_key of text that already is a search key; list labels such as "a)" go, they name nothing."""
    return " ".join(_NOT_WORD.sub(" ", strip_accents(_LIST_LABEL.sub(" ", key)).lower()).split())


def search_key(text: str) -> str:
    """What was meant, in one spelling, with diacritics: expanded, tone marks placed, y folded to i."""
    return fold_expanded(expand(text).text)


def plain_key(text: str) -> str:
    """search_key without diacritics: tokens of [a-z0-9] with one space between ("288 bhxh vp")."""
    return strip_key(search_key(text))
