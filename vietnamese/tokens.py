"""Text cut into words, numbers and signs, each knowing what stood before it."""

import re
from typing import NamedTuple

_FIXED = r"""
    (?P<fixed>
        https?://\S{1,2000} | www\.\S{1,2000}
      | [\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{2,24}){1,4}
      | \[[^\[\]]{1,40}\]                                          # a masked identifier
      | \d{1,6}[a-z]?(?:/\d{4})?/[a-zđ]{1,10}\d{0,2}(?:[-&][a-zđ]{1,10}\d{0,2}){1,3}   # 288/bhxh-vp, 24/2023/nđ-cp
      | \d{1,4}-[a-zđ]{2,6}/[a-zđ]{2,6}(?![\w])                    # 28-nq/tw
      | (?:[\w\-]{1,63}\.){1,4}(?:vn|com|net|org)(?![\w])(?:/\S{0,2000})?     # baohiemxahoi.gov.vn
      | \d{1,6}/\d{4}/[a-zđ]{2,8}\d{1,2}                           # 41/2024/qh15
      | (?:[a-z]\d{1,3}[a-z]?|tk\d|\d{2}[a-z]?)-[a-z]{1,4}(?![\w])  # d02-lt, 01b-hsb, tk1-ts
    ) |
"""
_COMMON = r"""
    (?P<number>\d+(?:[.,/:\-]\d+){0,8}(?![^\W_]))
  | (?P<word>[^\W_]+)
  | (?P<sign>\S)
"""
_ANY_TOKEN = re.compile(_FIXED + _COMMON, re.VERBOSE)
_COMMON_TOKEN = re.compile(_COMMON, re.VERBOSE)
_MARK_OF_FIXED = re.compile(r"[/@\[\-]|www\.|\.(?:vn|com|net|org)")


class Token(NamedTuple):
    """A tuple rather than a dataclass: thousands are made for a long text."""

    text: str
    kind: str  # fixed, number, word or sign
    spaced: bool  # white space stood before it


def tokenise(lower_text: str) -> list[Token]:
    """All non-space characters of the text, in order; "10tr" is one word, "31.12.2024" one number."""
    pattern = _ANY_TOKEN if _MARK_OF_FIXED.search(lower_text) else _COMMON_TOKEN
    tokens = []
    end = 0
    for match in pattern.finditer(lower_text):
        start = match.start()
        tokens.append(Token(match.group(), match.lastgroup or "word", start > end))
        end = match.end()
    return tokens


def join(tokens: list[Token]) -> str:
    """The text back, white space as single blanks."""
    return "".join([" " + text if spaced else text for text, _, spaced in tokens]).strip()
