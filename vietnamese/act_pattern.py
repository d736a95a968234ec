"""The small language in which act lexicons are written, and its translation to regular expressions.

One alternative a line, over the words of a key: `{name}` a word class, `{name}?` an optional one, `(a|b c)`
alternatives, `[x y]` optional,
`..` up to two words, `...` up to five, `....` up to twelve, `#` a number, `^` start and `$` end of the message.
A line that begins with `|` continues the one before.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PART = re.compile(
    r"\{(?P<name>\w+)\}(?P<optional>\??)|\((?P<either>[^()]*)\)|\[(?P<maybe>[^\[\]]*)\]|(?P<gap>\.{2,4})|(?P<word>\S+)"
)
_CONTINUATION = re.compile(r"\n\s*\|")
_GAPS = {"..": 2, "...": 5, "....": 12}
_ENDS = {"^": r"\A", "$": r"(?= \Z)"}
_NUMBER = "#"


class UnknownWordClassError(KeyError):
    """A pattern names a word class that no table defines."""


@dataclass(frozen=True)
class KeyWords:
    """The words of a key as patterns read them: with single blanks around each, and as a set."""

    text: str
    words: frozenset[str]


@dataclass(frozen=True)
class _Line:
    """`needs` holds, for each part that must be there, the words it can begin with: a cheap test before the search."""

    expression: re.Pattern[str]
    needs: tuple[frozenset[str], ...]

    def found_in(self, key: KeyWords) -> bool:
        if any(key.words.isdisjoint(words) for words in self.needs):
            return False
        return self.expression.search(key.text) is not None


@dataclass(frozen=True)
class Pattern:
    lines: tuple[_Line, ...]

    def found_in(self, key: KeyWords) -> bool:
        """True when any line is found. Linear in the length of the key: all gaps are bounded."""
        return any(line.found_in(key) for line in self.lines)


def read_words(key: str) -> KeyWords:
    """The words of a key; signs are dropped."""
    words = re.findall(r"[^\W_]+", key)
    return KeyWords(" " + " ".join(words) + " ", frozenset(words))


def translate(pattern: str, classes: Mapping[str, str]) -> Pattern:
    """The pattern compiled; raises UnknownWordClassError."""
    lines = [line.strip() for line in _CONTINUATION.sub("|", pattern).splitlines()]
    return Pattern(tuple(_line(line, classes) for line in lines if line))


def phrases_of(pattern: str, classes: Mapping[str, str]) -> frozenset[str]:
    """Every phrase a pattern names, its word classes included: what lexicon checks look at."""
    joined = _CONTINUATION.sub("|", pattern)
    return frozenset(phrase for match in _PART.finditer(joined) for phrase in _phrases(match, classes))


def _line(line: str, classes: Mapping[str, str]) -> _Line:
    expression, needs = "", []
    for match in _PART.finditer(line):
        phrases = _phrases(match, classes)
        if not phrases:
            expression += _ENDS.get(match.group()) or rf"(?: [^ ]+){{0,{_GAPS[match.group()]}}}?"
            continue
        expression += "(?:" + "|".join(" " + _escape(phrase) for phrase in phrases) + ")"
        if match["maybe"] is not None or match["optional"]:
            expression += "?"
        elif not any(_NUMBER in phrase for phrase in phrases):
            needs.append(frozenset(phrase.split()[0] for phrase in phrases))
    return _Line(re.compile(expression + "(?= )"), tuple(sorted(needs, key=len)))


def _phrases(match: re.Match[str], classes: Mapping[str, str]) -> list[str]:
    """The alternatives of one part; none for gaps and ends."""
    if match["gap"] or match.group() in _ENDS:
        return []
    if match["name"] and match["name"] not in classes:
        raise UnknownWordClassError(match["name"])
    words = classes[match["name"]] if match["name"] else match["either"] or match["maybe"] or match["word"]
    phrases = [" ".join(phrase.split()) for phrase in words.replace("\n", "|").split("|")]
    return [phrase for phrase in phrases if phrase]


def _escape(phrase: str) -> str:
    return re.escape(phrase).replace(r"\ ", " ").replace("\\" + _NUMBER, r"\d+")
