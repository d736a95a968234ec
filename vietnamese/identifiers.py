"""Personal identifiers in what people write: where they are, of which kind, and the text without them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vietnamese.identifier_kind import PLACEHOLDERS, IdentifierKind
from vietnamese.number_context import is_amount, kind_by_words

__all__ = ["Identifier", "IdentifierKind", "find_identifiers", "mask_identifiers"]

_EMAIL = re.compile(r"(?<![\w.+\-])[A-Za-z0-9][\w.+%\-]{0,63}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{2,63}){1,4}")
_BHYT_CARD = re.compile(r"(?<!\w)(?:[A-Za-z]{2}|[A-Z]{2}[ \-])\d(?:[ .\-]?\d){12}(?!\w)")
_PORTAL_CODE = re.compile(r"(?<!\w)[A-Z]\d{2}(?:\.\d{2}){1,3}[-.]\d{6,8}[-.]\d{3,8}(?!\w)")
_NAMED_DOSSIER = re.compile(
    r"(?:m\w{1,3}\s(?:s\S{1,3}\s)?h\S{1,4}\ss\S{1,3}|s\S{1,3}\sbi\S{1,4}n\snh\S{1,4}n|mã hs|ma hs)"
    r"(?:\s(?:l\S{1,2}|s\S{1,2}))?[\s:]{1,3}(?P<code>[A-Z0-9][\w./\-]{4,30}\w)",
    re.IGNORECASE,
)
_BIRTH_DATE = re.compile(
    r"(?<!\w)(?:sinh|sn|ns|dob)(?P<gap>[^\d\n;.?!]{0,18})"
    r"(?P<date>\d{1,2}\s?[./\- ]\s?\d{1,2}\s?[./\- ]\s?\d{4}|\d{1,2}\sth\S{1,4}ng\s\d{1,2}\sn\S{1,3}m\s\d{4})(?!\w)",
    re.IGNORECASE,
)
_CHILDBIRTH = re.compile(r"con|bé|be|mổ|mo|đôi|hoạt", re.IGNORECASE)
_NUMBER_RUN = re.compile(r"(?<![\w/])\+?\d(?:[ .\-]?\d){7,18}(?![^\W_]|[/.,\-]\d)")
_GROUP = re.compile(r"\+?\d+")
_HOTLINE = ("1900", "1800")
_BANK_DIGITS = range(8, 20)
_GROUPED_BY_THREE = (IdentifierKind.CMND, IdentifierKind.CCCD, IdentifierKind.BHXH_CODE)
_MOST_GROUPS = 7  # "0 9 1 2 ..." with a blank after each digit is nobody's way to write


@dataclass(frozen=True)
class Identifier:
    """`start` and `end` are offsets in the text as it was given."""

    kind: IdentifierKind
    start: int
    end: int


def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """Identifiers in order of place, none overlapping. Pass text through `clean` first: it mends look-alike digits."""
    found: list[Identifier] = []
    for identifier in _candidates(text):
        if all(identifier.end <= other.start or identifier.start >= other.end for other in found):
            found.append(identifier)
    return tuple(sorted(found, key=lambda identifier: identifier.start))


def mask_identifiers(text: str) -> str:
    """The text with a placeholder such as `[số CCCD]` for each identifier; doing it twice changes nothing."""
    parts = []
    end = 0
    for identifier in find_identifiers(text):
        parts += [text[end : identifier.start], PLACEHOLDERS[identifier.kind]]
        end = identifier.end
    return "".join([*parts, text[end:]])


def _candidates(text: str) -> Iterator[Identifier]:
    """Surest forms first: those found later must not overlap them."""
    for match in _EMAIL.finditer(text):
        yield Identifier(IdentifierKind.EMAIL, *match.span())
    for match in _BHYT_CARD.finditer(text):
        yield Identifier(IdentifierKind.BHYT_CARD, *match.span())
    for match in _PORTAL_CODE.finditer(text):
        yield Identifier(IdentifierKind.DOSSIER_CODE, *match.span())
    for match in _NAMED_DOSSIER.finditer(text):
        if any(character.isdigit() for character in match["code"]):
            yield Identifier(IdentifierKind.DOSSIER_CODE, *match.span("code"))
    for match in _BIRTH_DATE.finditer(text):
        if not _CHILDBIRTH.search(match["gap"]):
            yield Identifier(IdentifierKind.BIRTH_DATE, *match.span("date"))
    for match in _NUMBER_RUN.finditer(text):
        yield from _in_number_run(text, *match.span())


def _in_number_run(text: str, start: int, end: int) -> Iterator[Identifier]:
    """Digit groups separated by single signs: the longest stretch from each group that is an identifier."""
    groups = [match.span() for match in _GROUP.finditer(text, start, end)]
    first = 0
    while first < len(groups):
        longest = min(len(groups), first + _MOST_GROUPS) - 1
        for last in [first, *range(longest, first, -1)]:
            kind = _kind_of(text, groups[first : last + 1])
            if kind:
                yield Identifier(kind, groups[first][0], groups[last][1])
                first = last
                break
        first += 1


def _kind_of(text: str, groups: list[tuple[int, int]]) -> IdentifierKind | None:
    start, end = groups[0][0], groups[-1][1]
    digits = "".join(text[begin:stop] for begin, stop in groups).lstrip("+")
    written = text[start:end]
    if len(digits) not in _BANK_DIGITS or digits.startswith(_HOTLINE) or _is_date(written):
        return None
    named = kind_by_words(text, start, end)
    if is_amount(text, start, end) or (_is_grouped_amount(written) and named not in _GROUPED_BY_THREE):
        return None
    if named in (IdentifierKind.BANK_ACCOUNT, IdentifierKind.DOSSIER_CODE) and len(digits) in _BANK_DIGITS:
        return named
    return _kind_by_shape(digits, named, joined=len(groups) > 1)


def _kind_by_shape(digits: str, named: IdentifierKind | None, joined: bool) -> IdentifierKind | None:
    length = len(digits)
    if length == 12 and digits[0] == "0":
        return IdentifierKind.CCCD
    if length == 11 and (digits[:2] == "02" or (digits[:2] == "84" and digits[2] in "35789")):
        return IdentifierKind.PHONE
    if length == 10:
        return _ten_digits(digits, named, joined)
    if length == 9 and (not joined or named is IdentifierKind.CMND):
        return IdentifierKind.CMND
    if length in (13, 15) and named is IdentifierKind.BHYT_CARD:
        return IdentifierKind.BHYT_CARD
    return None


def _ten_digits(digits: str, named: IdentifierKind | None, joined: bool) -> IdentifierKind | None:
    """BHXH codes may begin like a mobile number; only the words around tell them apart."""
    mobile = digits[0] == "0" and digits[1] in "35789"
    if named is IdentifierKind.PHONE or (mobile and named not in (IdentifierKind.BHXH_CODE, IdentifierKind.BHYT_CARD)):
        return IdentifierKind.PHONE
    if joined and named is None and digits[0] != "0":
        return None
    return IdentifierKind.BHXH_CODE


def _is_date(written: str) -> bool:
    return re.fullmatch(r"\d{1,2}[.\- ]\d{1,2}[.\- ]\d{4}|\d{4}[.\-]\d{1,2}[.\-]\d{1,2}", written) is not None


def _is_grouped_amount(written: str) -> bool:
    return re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3}){2,}", written) is not None
