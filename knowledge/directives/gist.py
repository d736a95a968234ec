"""A few words that say what a text is about: its first clause."""

from __future__ import annotations

import re

MAX_GIST_CHARACTERS = 90
_CLAUSE_END = re.compile(r"[;:](?=\s|$)|\.(?=\s+[A-Z]|$)|\.\.\.")


def gist(text: str, limit: int = MAX_GIST_CHARACTERS) -> str:
    """The first clause; shortened at a word with `…` when longer than `limit`."""
    match = _CLAUSE_END.search(text)
    clause = (text[: match.start()] if match else text).rstrip(" ,.;:")
    return shorten(clause, limit)


def shorten(text: str, limit: int) -> str:
    """The text itself, or as many whole words as fit before `…`."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
