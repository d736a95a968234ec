"""The key under which editors find a text: small letters without diacritics, one space between words.

Unlike vietnamese.keys.plain_key it writes no abbreviation out: that takes a thousand times as long, and a base of ten
thousand documents must be taken over in seconds.
"""

from __future__ import annotations

import re

from vietnamese.accents import strip_accents

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def folded(text: str) -> str:
    """Of `Được rút BHXH?` it is `duoc rut bhxh`; empty for what has no letters and digits."""
    return _NOT_WORD.sub(" ", strip_accents(text).lower()).strip()
