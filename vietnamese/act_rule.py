"""A row of the act lexicons."""

from dataclasses import dataclass
from functools import lru_cache

from vietnamese.act import Act
from vietnamese.act_pattern import KeyWords, Pattern, translate
from vietnamese.act_words import WORD_CLASSES


@dataclass(frozen=True)
class ActRule:
    """Patterns in the language of act_pattern: `when` makes the rule fire, `unless` takes it back.

    Both read the accent-free key; alternatives of `when` spelt with diacritics match only messages typed with them.
    `marked`, if given, must also be found in the key with diacritics where the message was typed with them: it tells
    "tự tử" from "từ từ".
    """

    name: str
    act: Act
    when: str
    unless: str = ""
    marked: str = ""

    def fires(self, plain: KeyWords, marked: KeyWords | None) -> bool:
        """`marked` is None for a message typed without diacritics."""
        if not self._asked_for(plain, marked) or _compiled(self.unless).found_in(plain):
            return False
        return not self.marked or marked is None or _compiled(self.marked).found_in(marked)

    def _asked_for(self, plain: KeyWords, marked: KeyWords | None) -> bool:
        if _compiled(self.when).found_in(plain):
            return True
        return marked is not None and not self.when.isascii() and _compiled(self.when).found_in(marked)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Pattern:
    return translate(pattern, WORD_CLASSES)
