"""Diacritics: the letters of Vietnamese with and without their marks."""

import unicodedata

_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_BARE = "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd"
_TO_BARE = str.maketrans(_MARKED + _MARKED.upper(), _BARE + _BARE.upper())
MARKED_LETTERS = frozenset(_MARKED + _MARKED.upper())


def strip_accents(text: str) -> str:
    """The same letters without marks (đ→d); equal for NFC and NFD input, other scripts keep their letters."""
    bare = text.translate(_TO_BARE)
    if bare.isascii():
        return bare
    decomposed = unicodedata.normalize("NFD", bare)
    without_marks = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", without_marks).translate(_TO_BARE)


def has_accents(text: str) -> bool:
    """True when at least one Vietnamese letter carries a mark (đ counts)."""
    if text.isascii():
        return False
    return not MARKED_LETTERS.isdisjoint(unicodedata.normalize("NFC", text))
