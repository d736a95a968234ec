"""Which characters of a citizen's text the database can hold."""

from __future__ import annotations

import re

# PostgreSQL refuses NUL, no encoder takes a lone surrogate, and no terminal should meet the other controls.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def storable(text: str) -> str:
    """The same text without control characters (tab and line ends stay) and lone surrogates."""
    return _UNSTORABLE.sub("", text)
