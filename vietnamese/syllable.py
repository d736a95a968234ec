"""How a Vietnamese syllable is spelt: onset + rime + tone, and where the tone mark stands."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from vietnamese.accents import strip_accents
from vietnamese.word_set import word_set

TONE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHARP_OR_HEAVY = frozenset("\u0301\u0323")

_ONSETS = ("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", *"bcdđghklmnprstvx", "")
_RIMES = word_set(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oi om on ong op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
    uy uya uych uyên uyêt uynh uyt uyu uyp uyn
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ynh ych yt
    """
)
_AFTER_QU = word_set(
    """
    a ac ach ai am an ang anh ao at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât âu ây e en eo et ê êch ên êt ênh
    i it ít in inh ich ơ ơi ôc y yên yêt ynh ych yt yn yp
    """
)
# "oong" and "ooc" are left out: typed "khoong" is Telex for "không"; the few true words are listed.
_RARE_WORDS = frozenset(("xoong", "boong", "soóc", "coong", "ừ", "ờ", "ới", "quơ", "đăk", "đắk", "lắk", "đak", "lak"))
_FRONT_VOWELS = frozenset("eêiy")
_VOWELS = frozenset("aăâeêioôơuưy")
_SHAPED_VOWELS = frozenset("ăâêôơư")
_STOPS = frozenset("cpt")


@dataclass(frozen=True)
class Syllable:
    onset: str
    rime: str
    tone: str  # a combining mark, or "" for the level tone


@lru_cache(maxsize=8192)
def split_tone(word: str) -> tuple[str, str]:
    """(word without its tone mark, that mark or ""); of several marks the last one counts."""
    if word.isascii():
        return word, ""
    decomposed = unicodedata.normalize("NFD", word)
    marks = [letter for letter in decomposed if letter in TONE_MARKS]
    bare = "".join(letter for letter in decomposed if letter not in TONE_MARKS)
    return unicodedata.normalize("NFC", bare), marks[-1] if marks else ""


def _fits(onset: str, rime: str) -> bool:
    if onset == "qu":
        return rime in _AFTER_QU
    if rime not in _RIMES:
        return False
    front = rime[0] in _FRONT_VOWELS
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "ng"):
        return not front
    if onset == "g":
        return not front or rime in ("i", "in", "iêng")
    return True


@lru_cache(maxsize=8192)
def parse_syllable(word: str) -> Syllable | None:
    """Onset, rime and tone of a lower-case NFC word; None when no Vietnamese syllable is spelt so."""
    base, tone = split_tone(word)
    for onset in _ONSETS:
        rime = base[len(onset) :]
        if base.startswith(onset) and rime and _fits(onset, rime):
            return Syllable(onset, rime, tone)
    return None


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """A correctly spelt syllable; those ending in c, ch, p, t must carry sắc or nặng."""
    if word in _RARE_WORDS:
        return True
    syllable = parse_syllable(word)
    if syllable is None:
        return False
    ends_in_stop = syllable.rime[-1] in _STOPS or syllable.rime.endswith("ch")
    return not ends_in_stop or syllable.tone in _SHARP_OR_HEAVY


_BARE_RIMES = frozenset(strip_accents(rime) for rime in _RIMES)
_BARE_AFTER_QU = frozenset(strip_accents(rime) for rime in _AFTER_QU)


@lru_cache(maxsize=8192)
def is_bare_syllable(word: str) -> bool:
    """True for a syllable typed without any marks, as in "khong duoc"."""
    if word in _RARE_WORDS:
        return True
    for onset in _ONSETS:
        rime = word[len(onset) :]
        rimes = _BARE_AFTER_QU if onset == "qu" else _BARE_RIMES
        if word.startswith(onset) and rime in rimes:
            return True
    return False


def tone_position(syllable: Syllable) -> int:
    """Index in the rime of the letter that carries the mark, in the older style (hòa, thúy, khỏe)."""
    rime = syllable.rime
    shaped = [index for index, letter in enumerate(rime) if letter in _SHAPED_VOWELS]
    if shaped:
        return shaped[-1]
    vowels = len(rime) - len(rime.lstrip("aeiouy"))
    if vowels == 3:
        return 1
    return 1 if vowels == 2 and len(rime) > 2 else 0


def spell(syllable: Syllable) -> str:
    """The written syllable, NFC, with its tone mark in the older place."""
    at = tone_position(syllable) + 1
    marked = syllable.rime[:at] + syllable.tone + syllable.rime[at:]
    return syllable.onset + unicodedata.normalize("NFC", marked)
