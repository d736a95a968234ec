"""A row of the act lexicons."""

import re
from dataclasses import dataclass
from functools import lru_cache

from vietnamese.act import Act


@dataclass(frozen=True)
class ActRule:
    """Patterns are regular expressions over whole words of the accent-free key.

    `unless` takes the rule back. `marked` is looked for in the key with diacritics instead of `pattern`'s match alone,
    and only when the message has diacritics: it tells "tự tử" from "từ từ".
    """

    name: str
    act: Act
    pattern: str
    unless: str = ""
    marked: str = ""

    def fires(self, plain: str, marked: str | None) -> bool:
        """`plain` and `marked` are the two keys of the message; `marked` is None when it was typed without marks."""
        if not _words(self.pattern).search(plain):
            return False
        if self.unless and _words(self.unless).search(plain):
            return False
        return not self.marked or marked is None or _words(self.marked).search(marked) is not None


@lru_cache(maxsize=512)
def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")
