"""Token by token: what each stands for, given its neighbours."""

from dataclasses import dataclass
from functools import lru_cache

from vietnamese.accents import strip_accents
from vietnamese.dictionary import Entry, look_up
from vietnamese.document_numbers import document_number_positions
from vietnamese.phrases import LONGEST_PHRASE, PHRASE_STARTS, PHRASES
from vietnamese.reading import EDGE, NUMBER, Reading
from vietnamese.tokens import Token

_REPEATABLE_SIGNS = frozenset("?!.,;:-_~*=+^@#'\"")


@dataclass(frozen=True)
class Choice:
    """A written token whose other readings stay possible."""

    at: int
    others: tuple[str, ...]


def write_out(tokens: list[Token]) -> tuple[list[Token], list[Choice]]:
    """The tokens in their best reading, and where others remain."""
    written: list[Token] = []
    choices: list[Choice] = []
    texts, entries = _looked_up(tokens)
    kept = document_number_positions(texts)
    residue = any(entry is not None and entry.is_residue for entry in entries)
    at = 0
    while at < len(tokens):
        entry, length = entries[at], 1
        phrase = _phrase_at(texts, at) if texts[at] in PHRASE_STARTS and at not in kept else ()
        if phrase:
            length = len(phrase)
            written.append(Token(PHRASES[phrase], "word", tokens[at].spaced))
        elif entry is None or at in kept:
            _write_sign(tokens[at], written)
        elif entry.is_laughter:
            pass
        elif entry.readings:
            _write_reading(entry.readings, written, tokens, at, choices)
        else:
            words = entry.words_in_residue_text if residue else entry.words
            written.append(Token(words, "word", tokens[at].spaced))
        at += length
    return written, choices


def _looked_up(tokens: list[Token]) -> tuple[list[str], list[Entry | None]]:
    entries = [look_up(token.text) if token.kind == "word" else None for token in tokens]
    texts = [entry.typed if entry else token.text for token, entry in zip(tokens, entries, strict=True)]
    return texts, entries


def _write_sign(token: Token, written: list[Token]) -> None:
    if token.text == "%":
        written.append(Token("phần trăm", "word", True))
    elif not (written and written[-1].text == token.text and token.text in _REPEATABLE_SIGNS):
        written.append(token)


def _phrase_at(texts: list[str], at: int) -> tuple[str, ...]:
    window = tuple(texts[at : at + LONGEST_PHRASE])
    return next((window[:length] for length in range(len(window), 1, -1) if window[:length] in PHRASES), ())


def _write_reading(
    readings: tuple[Reading, ...], written: list[Token], tokens: list[Token], at: int, choices: list[Choice]
) -> None:
    best = _best(readings, _neighbours(written[-2:], -1), _neighbours(tokens[at + 1 : at + 3], 0))
    if not best.only_in_context:
        others = tuple(each.words for each in readings if not each.only_in_context and each is not best)
        if others:
            choices.append(Choice(len(written), others))
    written.append(Token(best.words, "word", tokens[at].spaced))


def _best(readings: tuple[Reading, ...], left: frozenset[str], right: frozenset[str]) -> Reading:
    """The first reading that a neighbour asks for, else the first of all."""
    for each in readings:
        if not left.isdisjoint(each.after) or not right.isdisjoint(each.before):
            return each
    return readings[0]


def _neighbours(tokens: list[Token], nearest: int) -> frozenset[str]:
    """What contexts name: the nearest word, the two nearest, `#` for a number, `^` for no neighbour."""
    if not tokens:
        return frozenset((EDGE,))
    return _names(" ".join([token.text for token in tokens]), nearest, tokens[nearest].kind == "number")


@lru_cache(maxsize=16384)
def _names(text: str, nearest: int, is_number: bool) -> frozenset[str]:
    words = strip_accents(text).split()
    two = " ".join(words[-2:] if nearest else words[:2])
    return frozenset((NUMBER if is_number else words[nearest], two))
