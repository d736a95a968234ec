"""The past year or month that a question is about: "lương cơ sở năm 2020 là bao nhiêu". Pure.

A year in somebody's story ("tôi đóng từ năm 2018") is not what the question is about.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vietnamese.accents import strip_accents

FIRST_YEAR = 1995
"""Social insurance in its present form began then."""

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_LEAD = r"(?:(?:vao|trong|hoi|cua|luc|thoi|o)\s+)*"
_IN_MONTH = re.compile(rf"\b{_LEAD}thang\s+(?P<month>0?[1-9]|1[0-2])\s*(?:/|-|\s+nam\s+){_YEAR}\b")
_IN_YEAR = re.compile(rf"\b{_LEAD}nam\s+{_YEAR}\b")
_BARE = re.compile(
    rf"(?:\b(?:hoi|thoi)\s+{_YEAR}\b)|(?:^\W*(?:con\s+)?(?P<first>(?:19|20)\d\d)\s+(?=thi\b|sao\b|la\b))"
)
_AGO = re.compile(r"\b(?:vao|trong|hoi|cua)?\s*nam\s+(?P<ago>ngoai|truoc nua|kia)\b")
_YEARS_BACK = {"ngoai": 1, "kia": 2, "truoc nua": 2}
_STORY = re.compile(
    r"(?:\b(?:tu|den|toi|truoc|sau|qua|ke|het|cuoi|dau|giua|sinh|nghi|lam|tham gia|ky|bat dau|viec|con|mat|ra|doi"
    r"|ngay|nghi huu|\d[\d/.]*|(?<!muc )(?<!le )(?<!phi )dong)"
    r"|\b(?:luat|nghi dinh|quyet dinh|thong tu|cong van|nd|qd|tt|bo luat)\b(?:\s+\w+){0,4})\W*$"
)
"""What stands before a year that dates something else than the rule that is asked for."""
_NARROWED = re.compile(r"^\W*(?:den|toi|tro|tro di|tro ve|toi nay|-|–)\b")


@dataclass(frozen=True)
class AskedTime:
    """From `first` to `last`, both included; `rest` is the question without it."""

    first: date
    last: date
    rest: str

    @property
    def is_month(self) -> bool:
        return self.first.month == self.last.month


def asked_time(question: str, today: date) -> AskedTime | None:
    """None when the question is about no time that is wholly past."""
    plain = _plain(question)
    for match in _single_times(plain):
        if not _dates_a_story(plain, match):
            return _time(question, match, today)
    return None


def split_time(text: str) -> tuple[str, str]:
    """The words of the one time that is named, past or not, and the text without them: `("năm 2020", "thì sao")`.

    The first is empty where none is named, or several.
    """
    match = next(_single_times(_plain(text)), None)
    if match is None:
        return "", text
    bare = match.groupdict().get("first")
    return f"năm {bare}" if bare else text[match.start() : match.end()].strip(), _without(text, match)


def at_time(question: str, time: str) -> str:
    """The question asked for another time: in the place of the one that it names, else in front of it."""
    match = next(_single_times(_plain(question)), None)
    if match is None:
        return f"{time} {question}"
    return f"{question[: match.start()]}{time} {question[match.end() :].lstrip()}".strip()


def _plain(text: str) -> str:
    """Letter for letter as the text, so that places in it are the same; empty where that cannot be."""
    plain = strip_accents(text).lower()
    return plain if len(plain) == len(text) else ""


def _single_times(plain: str) -> Iterator[re.Match[str]]:
    """Of each way to name a time, where it occurs exactly once."""
    for pattern in (_IN_MONTH, _IN_YEAR, _BARE, _AGO):
        matches = list(pattern.finditer(plain))
        if len(matches) == 1:
            yield matches[0]


def _dates_a_story(plain: str, match: re.Match[str]) -> bool:
    return bool(_STORY.search(plain[: match.start()])) or bool(_NARROWED.match(plain[match.end() :]))


def _time(question: str, match: re.Match[str], today: date) -> AskedTime | None:
    named = match.groupdict()
    written = named.get("year") or named.get("first")
    year = int(written) if written else today.year - _YEARS_BACK[named["ago"]]
    month = int(named.get("month") or 0)
    first = date(year, month or 1, 1)
    last = date(year, month or 12, monthrange(year, month or 12)[1])
    if last >= today or year < FIRST_YEAR:
        return None
    return AskedTime(first, last, _without(question, match))


def _without(text: str, match: re.Match[str]) -> str:
    return " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
