"""What the citizen meant to type: abbreviations, teencode and keyboard residue written out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from vietnamese.abbreviations import ABBREVIATIONS
from vietnamese.accents import strip_accents
from vietnamese.ambiguous_abbreviations import AMBIGUOUS_ABBREVIATIONS
from vietnamese.ambiguous_chat_words import AMBIGUOUS_CHAT_WORDS
from vietnamese.chat_words import CHAT_WORDS
from vietnamese.document_numbers import document_number_positions
from vietnamese.emoticons import release_held_letters, remove_emoticons, remove_laughter
from vietnamese.normalise import clean
from vietnamese.phrases import LONGEST_PHRASE, PHRASE_STARTS, PHRASES
from vietnamese.quantities import write_quantity
from vietnamese.reading import EDGE, NUMBER, Reading
from vietnamese.syllable import is_syllable
from vietnamese.telex import repair_residue
from vietnamese.tokens import Token, join, tokenise

MOST_READINGS = 8
_MOST_PASSES = 3
_WORDS = ABBREVIATIONS | CHAT_WORDS
_AMBIGUOUS = AMBIGUOUS_ABBREVIATIONS | AMBIGUOUS_CHAT_WORDS
_REPEATABLE_SIGNS = frozenset("?!.,;:-_~*=+^@#'\"")


@dataclass(frozen=True)
class Expansion:
    """`text` is the best reading in lower case; `readings` all of them, best first, at most eight."""

    text: str
    readings: tuple[str, ...]


@dataclass(frozen=True)
class _Choice:
    at: int
    others: tuple[str, ...]


def expand(text: str) -> Expansion:
    """The readings of a message; applying it to its own best reading changes nothing."""
    tokens, choices = _write_out(tokenise(_tidy(text)))
    best = _settle(tokens)
    if not choices:
        return Expansion(best, (best,))
    readings = dict.fromkeys([best])
    for variant in islice(_variants(tokens, choices), 4 * MOST_READINGS):
        readings.setdefault(variant)
        if len(readings) == MOST_READINGS:
            break
    return Expansion(best, tuple(readings))


def _tidy(text: str) -> str:
    visible = remove_emoticons(clean(text))
    return release_held_letters(remove_laughter(visible.lower()))


def _settle(tokens: list[Token]) -> str:
    """Written-out neighbours can decide a token that was open before: go on until nothing changes."""
    text = join(tokens)
    for _ in range(_MOST_PASSES):
        again = join(_write_out(tokenise(_tidy(text)))[0])
        if again == text:
            break
        text = again
    return text


def _variants(tokens: list[Token], choices: list[_Choice]) -> Iterator[str]:
    """One token changed at a time, then two."""
    for choice in choices[:MOST_READINGS]:
        for other in choice.others:
            yield join(_replaced(tokens, {choice.at: other}))
    for first, second in pairwise(choices):
        for one in first.others:
            for two in second.others:
                yield join(_replaced(tokens, {first.at: one, second.at: two}))


def _replaced(tokens: list[Token], words: dict[int, str]) -> list[Token]:
    return [Token(words[at], token.kind, token.spaced) if at in words else token for at, token in enumerate(tokens)]


def _write_out(tokens: list[Token]) -> tuple[list[Token], list[_Choice]]:
    written: list[Token] = []
    choices: list[_Choice] = []
    kept = document_number_positions([token.text for token in tokens])
    residue = any(token.kind == "word" and repair_residue(token.text) for token in tokens)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        length, words = (0, "") if at in kept else _phrase_at(tokens, at)
        if length:
            written.append(Token(words, "word", token.spaced))
        elif token.kind == "word" and at not in kept:
            readings = _AMBIGUOUS.get(token.text)
            if readings:
                best, others = _choose(readings, written, tokens, at)
                if others:
                    choices.append(_Choice(len(written), others))
                written.append(Token(best, "word", token.spaced))
            else:
                written.append(Token(_word(token.text, residue), "word", token.spaced))
        elif not (token.kind == "sign" and _repeats(token, written)):
            written.append(_percent(token))
        at += length or 1
    return written, choices


def _percent(token: Token) -> Token:
    return Token("phần trăm", "word", True) if token.text == "%" else token


def _repeats(token: Token, written: list[Token]) -> bool:
    return bool(written) and written[-1].text == token.text and token.text in _REPEATABLE_SIGNS


def _phrase_at(tokens: list[Token], at: int) -> tuple[int, str]:
    if tokens[at].text not in PHRASE_STARTS:
        return 0, ""
    texts = tuple(token.text for token in tokens[at : at + LONGEST_PHRASE])
    for length in range(len(texts), 1, -1):
        words = PHRASES.get(texts[:length])
        if words:
            return length, words
    return 0, ""


def _choose(
    readings: tuple[Reading, ...], written: list[Token], tokens: list[Token], at: int
) -> tuple[str, tuple[str, ...]]:
    """The reading a neighbour asks for, else the first; and the others that stay possible."""
    left = _left_neighbours(written)
    right = _right_neighbours(tokens, at)
    best = next(
        (each for each in readings if not left.isdisjoint(each.after) or not right.isdisjoint(each.before)), None
    )
    if best is not None and best.only_in_context:
        return best.words, ()
    open_readings = [each.words for each in readings if not each.only_in_context]
    chosen = best.words if best else open_readings[0]
    return chosen, tuple(words for words in open_readings if words != chosen)


def _left_neighbours(written: list[Token]) -> frozenset[str]:
    if not written:
        return frozenset((EDGE,))
    words = strip_accents(" ".join(token.text for token in written[-2:])).split()
    last = NUMBER if written[-1].kind == "number" else words[-1]
    return frozenset((last, words[-1], " ".join(words[-2:])))


def _right_neighbours(tokens: list[Token], at: int) -> frozenset[str]:
    following = tokens[at + 1 : at + 3]
    if not following:
        return frozenset((EDGE,))
    words = strip_accents(" ".join(token.text for token in following)).split()
    first = NUMBER if following[0].kind == "number" else words[0]
    return frozenset((first, words[0], " ".join(words[:2])))


@lru_cache(maxsize=8192)
def _word(word: str, in_residue_text: bool) -> str:
    known = _WORDS.get(word)
    if known is not None:
        return known
    if not word.isalpha():
        quantity = write_quantity(word)
        if quantity:
            return quantity
    return repair_residue(word, in_residue_text) or _undoubled(word)


def _undoubled(word: str) -> str:
    """ơii→ơi, vậyy→vậy where the doubled end is what keeps the word from being a syllable."""
    if len(word) > 2 and strip_accents(word[-1]) == strip_accents(word[-2]) and not is_syllable(word):
        shorter = word[:-1] if word[-1].isascii() else word[:-2] + word[-1]
        if is_syllable(shorter):
            return shorter
    return word
