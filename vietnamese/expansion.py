"""What the citizen meant to type: abbreviations, teencode and keyboard residue written out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

from vietnamese.emoticons import remove_emoticons
from vietnamese.normalise import clean
from vietnamese.tokens import Token, join, tokenise
from vietnamese.writing_out import Choice, write_out

MOST_READINGS = 8
_MOST_PASSES = 4
_UNTIDY = re.compile(r"[^\w\s.,?!/%-]")  # signs of which emoticons are made; without them there is nothing to tidy
_PLAIN = re.compile(r"[a-z0-9 ]*\Z")
_MOST_VARIANTS = 4 * MOST_READINGS


@dataclass(frozen=True)
class Expansion:
    """`text` is the best reading in lower case; `readings` all of them, best first, at most eight."""

    text: str
    readings: tuple[str, ...]


def expand(text: str) -> Expansion:
    """The readings of a message; expanding its own best reading changes nothing."""
    tidy = _tidy(text)
    tokens, choices = write_out(tokenise(tidy))
    best = _settle(join(tokens), tidy)
    readings = dict.fromkeys([best])
    for variant in islice(_variants(tokens, choices), _MOST_VARIANTS):
        readings.setdefault(variant)
        if len(readings) == MOST_READINGS:
            break
    return Expansion(best, tuple(readings))


def expand_best(text: str) -> str:
    """Only the best reading: what keys need."""
    return _settle(_tidy(text))


def _tidy(text: str) -> str:
    if _PLAIN.match(text):
        return " ".join(text.split())
    return remove_emoticons(clean(text)).lower()


def _settle(text: str, before: str = "") -> str:
    """Written-out neighbours can decide a token that was open before: go on until nothing changes."""
    if text == before:
        return text
    for _ in range(_MOST_PASSES):
        again = join(write_out(tokenise(_tidy(text) if _UNTIDY.search(text) else text))[0])
        if again == text:
            return text
        text = again
    return text


def _variants(tokens: list[Token], choices: list[Choice]) -> Iterator[str]:
    """One token changed at a time, then two neighbours."""
    for choice in choices[:MOST_READINGS]:
        for other in choice.others:
            yield join(_replaced(tokens, {choice.at: other}))
    for first, second in pairwise(choices):
        for one in first.others:
            for two in second.others:
                yield join(_replaced(tokens, {first.at: one, second.at: two}))


def _replaced(tokens: list[Token], words: Mapping[int, str]) -> list[Token]:
    return [Token(words[at], token.kind, token.spaced) if at in words else token for at, token in enumerate(tokens)]
