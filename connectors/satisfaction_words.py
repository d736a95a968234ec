"""What a citizen's words say of their satisfaction. Pure."""

from __future__ import annotations

import re

from connectors.satisfaction_texts import SatisfactionTexts
from vietnamese.keys import plain_key
from vietnamese.normalise import clean

LONGEST_CHARACTERS = 40
"""A longer message asks or tells something, whatever it begins with."""

_BEFORE, _AFTER = "em|toi|minh|cho|cham|danh gia|diem", "diem|sao|d|tren 5|5"
_SCORE = re.compile(rf"(?:(?:{_BEFORE}) )*([1-5])(?: (?:{_AFTER}))?(?: (?:a|nha|nhe))*")
_AFTER_WORDS = " :.,-–\n"


def score_in(text: str) -> int | None:
    """Of "5", "4 điểm", "3/5"; None for everything else."""
    if len(text) > LONGEST_CHARACTERS:
        return None
    found = _SCORE.fullmatch(plain_key(text))
    return None if found is None else int(found[1])


def comment_in(text: str, texts: SatisfactionTexts) -> str:
    """What follows "Góp ý:"; empty where the message does not begin so."""
    whole = text.strip()
    for beginning in texts.words_begin:
        if whole.casefold().startswith(beginning):
            return whole[len(beginning) :].lstrip(_AFTER_WORDS)
    return ""


def is_skipping(text: str, texts: SatisfactionTexts) -> bool:
    """Whether the citizen says that they do not want to answer."""
    return " ".join(clean(text).casefold().strip(" .!").split()) in texts.skip_words


def is_farewell(text: str, texts: SatisfactionTexts) -> bool:
    """Thanks or good-bye and nothing besides."""
    if len(text) > LONGEST_CHARACTERS:
        return False
    padded = f" {plain_key(text)} "
    said = [words for words in texts.farewells if f" {words} " in padded]
    for words in sorted((*said, *texts.small_words), key=len, reverse=True):
        padded = padded.replace(f" {words} ", "  ")
    return bool(said) and not padded.strip()
