"""Text cut into words, numbers and signs, each knowing what stood before it."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<fixed>
        https?://\S{1,2000} | www\.\S{1,2000}
      | [\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{2,24}){1,4}
      | \[[^\[\]]{1,40}\]                                          # a masked identifier
      | \d{1,6}[a-z]?(?:/\d{4})?/[a-zđ]{1,10}\d{0,2}(?:[-&][a-zđ]{1,10}\d{0,2}){1,3}   # 288/bhxh-vp, 24/2023/nđ-cp
      | \d{1,6}/\d{4}/[a-zđ]{2,8}\d{1,2}                           # 41/2024/qh15
      | (?:[a-z]\d{1,3}[a-z]?|tk\d|\d{2}[a-z]?)-[a-z]{1,4}(?![\w])  # d02-lt, 01b-hsb, tk1-ts
    )
  | (?P<number>\d+(?:[.,/:\-]\d+){0,8}(?![^\W\d_]))
  | (?P<word>[^\W_]+)
  | (?P<sign>\S)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Token:
    text: str
    kind: str  # fixed, number, word or sign
    spaced: bool  # white space stood before it


def tokenise(lower_text: str) -> list[Token]:
    """All non-space characters of the text, in order; "10tr" is one word, "31.12.2024" one number."""
    tokens = []
    end = 0
    for match in _TOKEN.finditer(lower_text):
        tokens.append(Token(match.group(), match.lastgroup or "word", match.start() > end))
        end = match.end()
    return tokens


def join(tokens: list[Token]) -> str:
    """The text back, white space as single blanks."""
    return "".join((" " if token.spaced else "") + token.text for token in tokens).strip()
