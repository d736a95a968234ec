"""Text as a channel may show it: nothing in it but what a reader sees."""

from __future__ import annotations

import re
import unicodedata

import regex

from connectors.stored_text import storable

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Marks that turn the direction of writing around, or do nothing but hide: with them a link can be shown backwards.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# Sorting a run of marks takes the square of its length: the "stream-safe text" of Unicode's UAX 15 bounds the run.
_LONG_RUN = regex.compile(r"((?:(?!\u034f)\p{M}){30})(?=(?!\u034f)\p{M})")
_JOINER = "\u034f"
_SEEN = regex.compile(r"[^\p{Z}\p{C}\p{Default_Ignorable_Code_Point}\u2800]")


def plain_text(text: str) -> str:
    """NFC, line ends as \\n, without controls, direction marks and lone surrogates; once is as good as twice."""
    kept = _DIRECTION.sub("", storable(_LINE_END.sub("\n", text)))
    if kept.isascii():
        return kept
    return _bounded(unicodedata.normalize("NFC", _bounded(kept)))


def is_seen(text: str) -> bool:
    """Whether anything of it is visible: channels refuse a message of spaces and joiners."""
    return _SEEN.search(text) is not None


def _bounded(text: str) -> str:
    return str(_LONG_RUN.sub(lambda run: run.group(1) + _JOINER, text))
