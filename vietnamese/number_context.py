"""Which words around a number say what it is: "sđt", "mã số BHXH", "stk", "lương"."""

import re

from vietnamese.accents import strip_accents
from vietnamese.identifier_kind import IdentifierKind

_WINDOW_BEFORE = 40
_WINDOW_AFTER = 28

_KINDS = re.compile(
    r"""(?<![a-z])(?:
      (?P<cccd>cccd|can\s?cuoc|dinh\s?danh|ddcn|cc)
    | (?P<cmnd>cmnd|cmt|chung\s?minh)
    | (?P<dossier_code>ma\s?(?:so\s?)?(?:ho\s?so|hs)|so\s?(?:ho\s?so|hs|bien\s?nhan|tiep\s?nhan)|bien\s?nhan|giay\s?hen)
    | (?P<bank_account>stk|so\s?tai\s?khoan|tai\s?khoan|so\s?tk|tk|vcb|bidv|vietcombank|agribank|vietinbank|techcombank)
    | (?P<phone>sdt|so\s?dt|dien\s?thoai|dthoai|dt|phone|zalo|goi|lien\s?he|lh|lien\s?lac|hotline|alo|so\s?may|tel)
    | (?P<bhyt_card>the\s?bhyt|ma\s?the|so\s?the|bhyt)
    | (?P<bhxh_code>bhxh|bao\s?hiem|msbh|ma\s?(?:so|bh)|so\s?so|so\s?bh)
    )(?![a-z])""",
    re.VERBOSE,
)
_MONEY_BEFORE = re.compile(r"(?:luong|tien|muc|tong|phi|gia|thu nhap|dong|tru)[a-z :]{0,16}\Z")
_MONEY_AFTER = re.compile(r"\s{0,2}(?:d|dong|vnd|vnđ|k|tr|trieu|nghin|ngan|ty|ti)(?![a-z])")


def kind_by_words(text: str, start: int, end: int) -> IdentifierKind | None:
    """The kind named nearest before the span, else first after it; None when no word says."""
    before = [match.lastgroup for match in _KINDS.finditer(_plain(text[max(0, start - _WINDOW_BEFORE) : start]))]
    if before and before[-1]:
        return IdentifierKind(before[-1])
    after = _KINDS.search(re.split(r"[\d.;?!\n]", _plain(text[end : end + _WINDOW_AFTER]), maxsplit=1)[0])
    return IdentifierKind(after.lastgroup) if after and after.lastgroup else None


def is_amount(text: str, start: int, end: int) -> bool:
    """True for sums of money: a unit follows, or a word for money stands before a round number."""
    if _MONEY_AFTER.match(_plain(text[end : end + 10])):
        return True
    round_sum = text[start:end].endswith("000")
    return round_sum and bool(_MONEY_BEFORE.search(_plain(text[max(0, start - _WINDOW_BEFORE) : start])))


def _plain(text: str) -> str:
    return strip_accents(text).lower()
