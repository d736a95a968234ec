"""The code a citizen writes down or reads over the telephone to ask about a case."""

from __future__ import annotations

import re
import secrets

# No 0/O, 1/I/L, U/V: they are misread on paper and misheard on the telephone. 29^8 codes cannot be guessed through.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
PREFIX = "BHXH"
GROUP = 4
_TYPED = re.compile(rf"(?:{PREFIX})?([{ALPHABET}]{{{GROUP}}})([{ALPHABET}]{{{GROUP}}})")
_SPACING = re.compile(r"[\s\u200b._/\u2010-\u2015-]+")
PATTERN = re.compile(rf"{PREFIX}-[{ALPHABET}]{{{GROUP}}}-[{ALPHABET}]{{{GROUP}}}")


def new_case_code() -> str:
    """Random, like `BHXH-7K3M-42QX`; whoever stores it makes sure that it is new."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(2))
    return "-".join((PREFIX, *groups))


def read_case_code(typed: str) -> str | None:
    """The code that somebody typed: any case, spaces, other dashes or none, with or without the prefix; else None."""
    found = _TYPED.fullmatch(_SPACING.sub("", typed).upper())
    return None if found is None else "-".join((PREFIX, *found.groups()))
