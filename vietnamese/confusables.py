"""Letters that look Latin but are not, and letters typed where digits were meant."""

import re

_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαιονρυχκτ", "ABEZHIKMNOPTYXaiovpuxkt", strict=True))
_CYRILLIC = dict(zip("АВЕКМНОРСТУХІЈЅЗаеорсухіјѕқһԁԛԝ", "ABEKMHOPCTYXIJSZaeopcyxijskhdqw", strict=True))
_CYRILLIC["З"] = "3"
_LOOK_ALIKES = str.maketrans(_GREEK | _CYRILLIC)
_LOOK_ALIKE_SET = frozenset(_GREEK) | frozenset(_CYRILLIC)
_ETH = str.maketrans({"ð": "đ", "Ð": "Đ", "Ɖ": "Đ", "ɖ": "đ"})

_WORD = re.compile(r"[^\W_]+")
_FOREIGN = re.compile("[" + "".join(sorted(_LOOK_ALIKE_SET)) + "]")
_DIGIT_LIKE = re.compile(r"(?<![^\W_])[lIoO\d]{4,15}(?![^\W_])")
_DIGITS = str.maketrans("lIoO", "1100")
_LEAST_DIGITS = 3


def _is_latin(letter: str) -> bool:
    return letter.isascii() or "\u00c0" <= letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff"


def _latinise(match: re.Match[str]) -> str:
    word = match.group()
    latin = any(letter.isalpha() and _is_latin(letter) for letter in word)
    if latin and all(_is_latin(letter) or letter in _LOOK_ALIKE_SET for letter in word):
        return word.translate(_LOOK_ALIKES)
    return word


def _digitise(match: re.Match[str]) -> str:
    token = match.group()
    digits = sum(character.isdigit() for character in token)
    # A letter at the end is more likely a unit ("300l") than a slip.
    if digits < _LEAST_DIGITS or digits == len(token) or not token[-1].isdigit() or digits * 2 < len(token):
        return token
    return token.translate(_DIGITS)


def fold_confusables(text: str) -> str:
    """Greek and Cyrillic look-alikes inside otherwise Latin words (`BHΧΗ`), ð→đ, and `l900 9O68`→`1900 9068`."""
    folded = text.translate(_ETH)
    if _FOREIGN.search(folded):
        folded = _WORD.sub(_latinise, folded)
    return _DIGIT_LIKE.sub(_digitise, folded)
