"""What people add for mood: emoji, emoticons, laughter, letters held down."""

import re
from functools import lru_cache
from itertools import groupby

from vietnamese.accents import strip_accents

_EMOJI = re.compile(
    "[\u200d\u20e3\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\ufe0f"
    "\U0001f000-\U0001faff]+"
)
_EMOTICON = re.compile(
    r"(?<!\S)(?:[:;=][-'o]?[)(\]\[|/\\>*]{1,40}|[:;=][-']?[dpvo]{1,40}|:3|<3+|xd+|>[._]?<"
    r"|\^[_.\-o]?\^+|[t;]_+[t;]|-_+-+|@[_.]?@+|o[._]o|u_u|\(y\)|:[a-z]{2,12}:)(?!\S)",
    re.IGNORECASE,
)
_ATTACHED_SMILE = re.compile(r"(?:[:=;][)(\]]{1,40}|\){2,40}|\^{2,40})(?![^\W_])")
_LAUGH = re.compile(r"(?:(?:h[aeiouêìíèéơ]|hj|k[ae]){2,30}h?|k{3,40}|h[iì][cx]s?|hazz+)\Z")
_THREE_ALIKE = re.compile(r"([a-z])\1\1")
_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})\Z")
_WEB = "www"


def remove_emoticons(text: str) -> str:
    """Text without emoji and emoticons; words of laughter stay (see is_laughter)."""
    without_emoji = text if text.isascii() else _EMOJI.sub(" ", text)
    return _ATTACHED_SMILE.sub(" ", _EMOTICON.sub(" ", without_emoji))


@lru_cache(maxsize=4096)
def is_laughter(word: str) -> bool:
    """True for the lower-case words "hihi", "kkk", "hix"."""
    return _LAUGH.match(word) is not None


def _one_of(letters: str) -> str:
    """The letter that was held down: the marked one if the run has one; ưu is two letters."""
    if len(letters) < 3:
        return letters
    if letters[0] == "ư" and letters[-1] == "u":
        return "ưu"
    return next((letter for letter in letters if not letter.isascii()), letters[0])


@lru_cache(maxsize=4096)
def release_held_letters(word: str) -> str:
    """quááá→quá, ơiiii→ơi, helppp→help; Roman numerals and www stay. Expects one lower-case word."""
    if not _THREE_ALIKE.search(strip_accents(word)) or not word.isalpha() or word == _WEB or _ROMAN.match(word):
        return word
    return "".join(_one_of("".join(run)) for _, run in groupby(word, key=strip_accents))
