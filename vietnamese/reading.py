"""One meaning of an ambiguous token, and the neighbours that ask for it."""

from dataclasses import dataclass, field

from vietnamese.word_set import word_set

NUMBER = "#"  # stands for any number in the neighbour sets
EDGE = "^"  # stands for the start or the end of the text, or of the sentence


@dataclass(frozen=True)
class Reading:
    """`after` and `before` hold accent-free neighbours of one or two words; one match on either side chooses it."""

    words: str
    after: frozenset[str] = field(default_factory=frozenset)
    before: frozenset[str] = field(default_factory=frozenset)
    only_in_context: bool = False  # never offered as an alternative elsewhere


def reading(words: str, after: str = "", before: str = "", only_in_context: bool = False) -> Reading:
    """Neighbours are given as one string, separated by blanks; `_` joins a two-word neighbour."""
    return Reading(words, word_set(after), word_set(before), only_in_context)
