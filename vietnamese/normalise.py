"""The first step of everything: text as one spelling of itself, nothing of its meaning changed."""

import re
import unicodedata

from vietnamese.confusables import fold_confusables
from vietnamese.emoticons import remove_emoticons

_FULLWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\u00ad"), "-")
_QUOTES = dict.fromkeys(map(ord, "“”„‟«»″〝〞"), '"') | dict.fromkeys(map(ord, "‘’‚‛′´`ʼ"), "'")
_FOLDS: dict[int, str | int] = {**_FULLWIDTH, **_DASHES, **_QUOTES, 0x2026: "...", 0x2044: "/", 0x2215: "/"}
_FOLDS[0x00AD] = ""  # soft hyphen: a hint for line breaking, not a dash

# Zero-width and direction marks, tags, variation selectors, private use, lone surrogates, controls but not \t\n\r.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_LOOSE_MARKS = re.compile("[\u0300-\u036f]+")
_STYLED = re.compile("[\U0001d400-\U0001d7ff]")
_WORD_CHARACTER = re.compile(r"[^\W_]")


def _compose(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """One line of NFC text: no invisible characters, plain quotes, dashes and single spaces; case and marks kept."""
    visible = _INVISIBLE.sub("", text)
    if not visible.isascii():
        visible = _STYLED.sub(lambda match: unicodedata.normalize("NFKC", match.group()), visible)
        visible = _LOOSE_MARKS.sub("", _compose(visible).translate(_FOLDS))
    return " ".join(_compose(fold_confusables(visible)).split())


def is_blank(text: str) -> bool:
    """True when nothing but emoji, emoticons and punctuation is left."""
    return _WORD_CHARACTER.search(remove_emoticons(clean(text))) is None
