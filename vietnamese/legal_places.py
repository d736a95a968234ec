"""Legal texts and places in them as people cite them: compared by what they mean, not by how they are written."""

import re

from vietnamese.accents import strip_accents

_NUMBER = re.compile(r"\d+(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+")
_HAS_LETTER = re.compile(r"[a-z]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_UNITS = ("phu luc", "chuong", "dieu", "muc", "phan")
_VALUE = r"(?:\d+[a-z]?|[ivxl]+)\b"
_PLACE = re.compile(rf"\b({'|'.join(_UNITS)})\s+({_VALUE}(?:\s*(?:-|,|;|\bva\b|\bden\b)\s*{_VALUE}(?!\s*[)./]))*)")
_MEMBER = re.compile(rf"(-|den\b)?\s*({_VALUE})")
_DASHES = str.maketrans({"\u2013": "-", "\u2014": "-", "\u2011": "-", "\u2010": "-"})
_LONGEST_RANGE = 500


def document_key(cited: str) -> str:
    """Number of the text cited, "161/2026/nd-cp" of "Nghị định số 161/2026/NĐ-CP"; its name where it has no number.

    Letter case, diacritics, "số" and zeros in front do not matter. Empty for what names nothing.
    """
    plain = strip_accents(cited.translate(_DASHES)).lower()
    plain = re.sub(r"\s*([/-])\s*", r"\1", plain)
    for found in _NUMBER.finditer(plain):
        if _HAS_LETTER.search(found[0]):  # a day such as 19/01/2024 is no number of a text
            return found[0].lstrip("0")
    words = _NOT_WORD.sub(" ", plain).split()
    return " ".join(word for word in words if word != "so")


def places(cited: str) -> frozenset[str]:
    """Articles (or sections, chapters, annexes) named: {"dieu 5", "dieu 6"} of "Điều 5 đến Điều 6 khoản 2".

    Empty where none is named: then the whole text is meant.
    """
    plain = strip_accents(cited.translate(_DASHES)).lower()
    # "Điều 5 đến Điều 9" is a range; a comma before the next article only begins another one.
    joined = re.sub(rf"(-|\bden)\s*({'|'.join(_UNITS)})\s+(?=\d)", r"\1 ", plain)
    return frozenset(
        f"{unit} {member}" for unit, members in _PLACE.findall(joined) for member in _members(members.strip())
    )


def touch(one: str, other: str) -> bool:
    """Whether two citations of the same text may mean the same place: yes unless both name places, and others."""
    mine, theirs = places(one), places(other)
    return not mine or not theirs or bool(mine & theirs)


def _members(listed: str) -> list[str]:
    members: list[str] = []
    for joint, member in _MEMBER.findall(listed):
        if joint and members and members[-1].isdigit() and member.isdigit():
            first, last = int(members[-1]), int(member)
            members += [str(number) for number in range(first + 1, min(last, first + _LONGEST_RANGE) + 1)]
        else:
            members.append(member)
    return members
