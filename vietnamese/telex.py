"""Words whose marks stayed behind as typed keys: Telex (hieemr) and VNI (hie63m)."""

import re
from functools import lru_cache

from vietnamese.syllable import Syllable, is_bare_syllable, is_syllable, parse_syllable, spell
from vietnamese.word_set import word_set

_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_DOUBLES = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ"}
_HORNS = {"u": "ư", "o": "ơ", "a": "ă", "ư": "ư", "â": "ă", "ô": "ơ"}
_VNI_SHAPES = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_VOWELS = frozenset("aăâeêioôơuưy")
_LONGEST = 11  # "nghieengs" and its kind; longer tokens are not one syllable
_TELEX_TOKEN = re.compile(r"[a-z]{2,11}\Z")
_VNI_TOKEN = re.compile(r"[a-z]{1,7}[1-9][a-z1-9]{0,6}\Z")
_WHOLE_VNI = re.compile(r"[a-z]+[1-5]\Z")

# Words people mean as they stand although their keys would spell a Vietnamese syllable ("test" = tét).
LOAN_WORDS = word_set(
    """
    as bar best bis bits boss box bus bits cars cos cost dos gas her here his hers host is its las last list los lost
    max mix mod more most mos news nos off or os pas pass pos post pos puts res sax sex six sos spas ss star tax test
    tests text this thus tour tours us user users vs wow yes boss class less loss miss mass press plus toss sms
    how now low row cow hose nose rose lose those dose
    paris mobi mobis nike los der dear car care core sure tars taxi taxes bas has was apps app oops see been too book
    loop tool tools room door good look took seen deep feel keep meet need week free three bee food book soon moon
    """
)
# A digit after one of these counts things ("quý1", "lần2"); it is not a VNI tone key.
_COUNTED = word_set(
    "so lan dot quy nhom muc dieu buoc cau ca thang nam ngay quan phuong to khu tang phong khoan diem hang loai "
    "mau chuong phan bang an be tuan buoi covid sap con lop doan"
)


def _add_shape(letters: list[str], key: str) -> bool:
    """Apply w or a doubled letter to what is typed so far; False when it is an ordinary letter."""
    if key == "w":
        return _add_horn(letters)
    if letters and letters[-1] + key in _DOUBLES:
        letters[-1] = _DOUBLES[letters[-1] + key]
        return True
    return False


def _add_horn(letters: list[str]) -> bool:
    if letters and not any(letter in _VOWELS for letter in letters):
        letters.append("ư")
        return True
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in _HORNS:
            letters[at] = _HORNS[letters[at]]
            if letters[at] == "ơ" and at and letters[at - 1] == "u" and letters[: at - 1] != ["q"]:
                letters[at - 1] = "ư"
            return True
    return False


def _assemble(letters: list[str], tone: str) -> str | None:
    word = "".join(letters)
    syllable = parse_syllable(word)
    if syllable is None and word.replace("ươ", "uơ") != word:
        syllable = parse_syllable(word.replace("ươ", "uơ"))
    if syllable is None:
        return None
    spelt = spell(Syllable(syllable.onset, syllable.rime, tone or syllable.tone))
    return spelt if is_syllable(spelt) else None


@lru_cache(maxsize=8192)
def decode_telex(word: str) -> str | None:
    """The syllable these lower-case keys spell, or None: hieemr→hiểm, dduwowcj→được, truowcs→trước."""
    if not _TELEX_TOKEN.match(word):
        return None
    letters: list[str] = []
    tone = ""
    changed = False
    for key in word:
        has_vowel = any(letter in _VOWELS for letter in letters)
        if key in _TELEX_TONES and has_vowel:
            if tone:
                return None
            tone, changed = _TELEX_TONES[key], True
        elif tone and key in _VOWELS:
            return None  # "visa", "reset": a mark typed before the last vowel is a loan word more often than a slip
        elif _add_shape(letters, key):
            changed = True
        else:
            letters.append(key)
    return _assemble(letters, tone) if changed else None


@lru_cache(maxsize=8192)
def decode_vni(word: str) -> str | None:
    """The syllable these lower-case keys spell, or None: hie63m→hiểm, d9o1ng→đóng, d9u7o75c→được."""
    if not _VNI_TOKEN.match(word) or len(word) > _LONGEST:
        return None
    letters: list[str] = []
    tone = ""
    for key in word:
        if key.isalpha():
            letters.append(key)
        elif key in _VNI_TONES:
            if tone:
                return None
            tone = _VNI_TONES[key]
        elif not _add_vni_shape(letters, key):
            return None
    return _assemble(letters, tone)


def _add_vni_shape(letters: list[str], key: str) -> bool:
    shapes = _VNI_SHAPES[key]
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in shapes:
            letters[at] = shapes[letters[at]]
            if letters[at] == "ơ" and at and letters[at - 1] == "u":
                letters[at - 1] = "ư"
            return True
    return False


@lru_cache(maxsize=8192)
def repair_residue(word: str, in_residue_text: bool = False) -> str | None:
    """The syllable meant, or None when the word stands as it is.

    A word that is already a syllable (typed without marks too) is left alone. Loan words ("test") and counted
    things ("quý1") are decoded only `in_residue_text`, that is where other words certainly are residue.
    """
    if not word.isascii() or len(word) > _LONGEST or is_bare_syllable(word):
        return None
    if word.isalpha():
        return decode_telex(word) if in_residue_text or word not in LOAN_WORDS else None
    if len(word) <= 2 or (not in_residue_text and _WHOLE_VNI.match(word) and word[:-1] in _COUNTED):
        return None
    return decode_vni(word)
