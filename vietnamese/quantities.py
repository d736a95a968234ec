"""Numbers with a unit glued to them: 10tr, 500k, t6, 7h30, nđ143."""

import re

from vietnamese.abbreviations import ABBREVIATIONS
from vietnamese.accents import strip_accents

_NUMBER_UNIT = re.compile(r"(\d+(?:[.,]\d+)?)([^\W\d_]{1,6})(\d{0,3})\Z")
_PREFIX_NUMBER = re.compile(r"([^\W\d_]{1,6})(\d{1,4})\Z")
_UNITS = {
    "tr": "triệu",
    "trieu": "triệu",
    "triệu": "triệu",
    "củ": "triệu",
    "cu": "triệu",
    "k": "nghìn",
    "ng": "nghìn",
    "nghìn": "nghìn",
    "ngàn": "nghìn",
    "ngan": "nghìn",
    "nghin": "nghìn",
    "tỷ": "tỷ",
    "tỉ": "tỷ",
    "ty": "tỷ",
    "tỏi": "tỷ",
    "đ": "đồng",
    "d": "đồng",
    "vnđ": "đồng",
    "vnd": "đồng",
    "dong": "đồng",
    "đồng": "đồng",
    "h": "giờ",
    "t": "tháng",
    "th": "tháng",
    "thg": "tháng",
    "thang": "tháng",
    "tháng": "tháng",
    "nam": "năm",
    "năm": "năm",
    "ngay": "ngày",
    "ngày": "ngày",
    "tuoi": "tuổi",
    "tuổi": "tuổi",
    "tuan": "tuần",
    "tuần": "tuần",
    "lan": "lần",
    "lần": "lần",
    "l": "lần",
}
_FRACTION_UNITS = frozenset(("triệu", "tỷ", "giờ"))
_COUNTED = {
    "t": "tháng",
    "th": "tháng",
    "thg": "tháng",
    "thang": "tháng",
    "tháng": "tháng",
    "q": "quận",
    "quận": "quận",
    "p": "phường",
    "đ": "điều",
    "nđ": "nghị định",
    "nd": "nghị định",
    "tt": "thông tư",
    "năm": "năm",
    "nam": "năm",
    "ngày": "ngày",
    "ngay": "ngày",
    "quý": "quý",
    "quy": "quý",
    "lần": "lần",
    "lan": "lần",
    "khoản": "khoản",
    "khoan": "khoản",
    "mục": "mục",
    "muc": "mục",
    "điều": "điều",
    "dieu": "điều",
}
_LAST_MONTH = 12
_LIFE = 120


def _unit_words(number: str, unit: str) -> str | None:
    if unit == "t" and number.isdigit() and _LAST_MONTH < int(number) <= _LIFE:
        return "tuổi" if int(number) > 2 * _LAST_MONTH else "tháng"
    return _UNITS.get(unit)


def write_quantity(token: str) -> str | None:
    """10tr→10 triệu, 5tr5→5,5 triệu, 500k→500 nghìn, t6→tháng 6, nđ143→nghị định 143; None for other tokens."""
    if token[0].isdigit():
        return _number_then_unit(token)
    match = _PREFIX_NUMBER.match(token)
    if not match:
        return None
    word, number = match.groups()
    if word in ("t", "th") and int(number) > _LAST_MONTH:
        return None
    meaning = _COUNTED.get(word)
    if meaning is None and len(word) > 1 and not number.startswith("0"):
        meaning = ABBREVIATIONS.get(word)
    return f"{meaning} {number}" if meaning else None


def _number_then_unit(token: str) -> str | None:
    match = _NUMBER_UNIT.match(token)
    if not match:
        return None
    number, unit, rest = match.groups()
    words = _unit_words(number, unit)
    if words is None:
        return None
    if not rest:
        return "một lần" if (number, strip_accents(words)) == ("1", "lan") else f"{number} {words}"
    if words not in _FRACTION_UNITS:
        return None
    if words == "giờ":
        return f"{number} giờ {rest}"
    return f"{number},{rest} {words}" if number.isdigit() else None
