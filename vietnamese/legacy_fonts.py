"""Text that was typed with fonts from before Unicode: TCVN3 (".VnTime", ABC) and VNI ("VNI-Times").

Such files hold the codes of Western letters; only the font made them look Vietnamese. The tables are those of
TCVN 5712:1993 (VN3) and of VNI for Windows, written as the letters that code page 1252 shows in their place.
"""

import re
import unicodedata
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from vietnamese.syllable import is_syllable

FEWEST_MARKED_WORDS = 2
"""Fewer words with marks say nothing about a line."""
FEWEST_OF_ANOTHER = 5
"""So many marked words of a line may say that it is of another font than the rest."""
SURE = 0.7
"""Share of marked words that must be Vietnamese syllables for a conversion to be believed."""
LEAD = 0.25
"""And how much better than the text as it stands."""
READABLE = 0.5
"""Below this share, text that no table mends is called unreadable."""
FEWEST_TO_REFUSE = 8
_LAST_LEGACY_CODE = "\u00ff"
_ORDINALS = "ªº"
_UNICODE_ONLY = frozenset("ăđĩũơưĂĐĨŨƠƯ")
_EDGES = re.compile(r"^[\x00-\x40\[-`{-\x7f–—“”‘’…]+|[\x00-\x40\[-`{-\x7f–—“”‘’…]+$")

_TCVN3_LETTERS = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_TONES = "øùûõï"
_VNI_SIGNS = {
    "a": zip(_TONES + "êéèúüë" + "âáàåãä", "àáảãạ" + "ăắằẳẵặ" + "âấầẩẫậ", strict=True),
    "e": zip(_TONES + "âáàåãä", "èéẻẽẹ" + "êếềểễệ", strict=True),
    "o": zip(_TONES + "âáàåãä", "òóỏõọ" + "ôốồổỗộ", strict=True),
    "u": zip(_TONES, "ùúủũụ", strict=True),
    "y": zip(_TONES[:4], "ỳýỷỹ", strict=True),
    "ô": zip(_TONES, "ờớởỡợ", strict=True),
    "ö": zip(_TONES, "ừứửữự", strict=True),
}
_VNI_PAIRS = {base + sign: letter for base, signs in _VNI_SIGNS.items() for sign, letter in signs}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI = re.compile("|".join((*map(re.escape, _VNI_PAIRS), *map(re.escape, _VNI_SINGLE))), re.IGNORECASE)


class LegacyFont(Enum):
    """Families of fonts whose codes we know."""

    TCVN3 = "tcvn3"
    VNI = "vni"


class Recovered(NamedTuple):
    """`fonts` that lines were converted from, in the order of their lines; `is_readable` is False for a riddle."""

    text: str
    fonts: tuple[LegacyFont, ...]
    is_readable: bool


def font_family(name: str) -> LegacyFont | None:
    """The table that a font of this name needs; None for fonts of Unicode."""
    folded = name.strip().casefold()
    if folded.startswith(".vn"):
        return LegacyFont.TCVN3
    return LegacyFont.VNI if folded.startswith("vni-") else None


def from_font(text: str, family: LegacyFont, font: str = "") -> str:
    """Unicode (NFC) of what was typed in such a font; the fonts of TCVN3 that end in H show capitals."""
    converted = _from_tcvn3(text) if family is LegacyFont.TCVN3 else _VNI.sub(_vni_letter, text)
    is_capital = family is LegacyFont.TCVN3 and font.strip().endswith("H")
    return unicodedata.normalize("NFC", converted.upper() if is_capital else converted)


def is_unicode(text: str) -> bool:
    """Whether it holds letters that no font from before Unicode has, whatever font it is shown in."""
    composed = unicodedata.normalize("NFC", text)
    return any(letter in _UNICODE_ONLY or "\u1ea0" <= letter <= "\u1ef9" for letter in composed)


def recover(text: str) -> Recovered:
    """Each line as it stands, or converted where that clearly makes Vietnamese of it. NFC."""
    lines = unicodedata.normalize("NFC", text).split("\n")
    usual = _best_font(" ".join(lines))
    fonts: dict[LegacyFont, None] = {}
    mended = []
    for line in lines:
        font = _best_font(line)
        if usual is not None and (_may_be_of(line, usual) if font is None else _is_short(line)):
            font = usual
        if font is not None:
            fonts[font] = None
        mended.append(line if font is None else from_font(line, font))
    whole = "\n".join(mended)
    marked, share = marked_share(whole)
    return Recovered(whole, tuple(fonts), marked < FEWEST_TO_REFUSE or share >= READABLE)


def marked_share(text: str) -> tuple[int, float]:
    """How many words hold letters outside ASCII, and the share of them that are Vietnamese syllables."""
    words = [word for word in map(_bare, text.split()) if not word.isascii()]
    if not words:
        return 0, 1.0
    return len(words), sum(_is_vietnamese(word) for word in words) / len(words)


def _best_font(text: str) -> LegacyFont | None:
    # A sign that stands alone is a bullet or belongs to a sum: in TCVN3 it would be a word of one letter.
    text = " ".join(word for word in text.split() if any(map(_is_letter, _bare(word))))
    marked, as_it_is = marked_share(text)
    if marked < FEWEST_MARKED_WORDS or as_it_is >= SURE:
        return None
    shares = {font: marked_share(from_font(text, font))[1] for font in LegacyFont}
    best = max(shares, key=lambda font: shares[font])
    return best if shares[best] >= SURE and shares[best] - as_it_is >= LEAD else None


def _is_short(line: str) -> bool:
    """Too short to speak against the font of the rest."""
    return marked_share(line)[0] < FEWEST_OF_ANOTHER


def _may_be_of(line: str, font: LegacyFont) -> bool:
    """In a text of such a font, a line without letters of Unicode: it has signs for letters, or is not worse for it."""
    if any(letter > _LAST_LEGACY_CODE and letter.isalpha() for letter in line):
        return False
    if font is LegacyFont.TCVN3 and any(sign in _TCVN3_LETTERS and not sign.isalpha() for sign in line):
        return True
    return marked_share(from_font(line, font))[1] >= marked_share(line)[1]


def _is_letter(sign: str) -> bool:
    return sign.isalpha() and sign not in _ORDINALS


def _bare(word: str) -> str:
    return _EDGES.sub("", word).lower()


@lru_cache(maxsize=16384)
def _is_vietnamese(word: str) -> bool:
    parts = [part for part in re.split(r"[-/.,–]", word) if part]
    return bool(parts) and all(part.isascii() or is_syllable(part) for part in parts)


def _from_tcvn3(text: str) -> str:
    return "".join(_TCVN3_LETTERS.get(letter, letter) for letter in text)


def _vni_letter(match: re.Match[str]) -> str:
    typed = match[0]
    folded = typed.lower()
    letter = _VNI_PAIRS.get(folded) or _VNI_SINGLE[folded]
    return letter.upper() if typed[0].isupper() else letter
