"""Why somebody decided so, as others will read it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from editing.errors import WrongStateError

LEAST_REASON, MOST_REASON = 10, 500
"""Characters of a reason that somebody else can still understand in a year."""
REASON_LIMITS: Mapping[str, object] = MappingProxyType({"shortest": LEAST_REASON, "longest": MOST_REASON})
"""As sentences name them."""


def checked_reason(reason: str) -> str:
    """On one line. Raises WrongStateError when it says too little or too much."""
    line = " ".join(reason.split())
    if not LEAST_REASON <= len(line) <= MOST_REASON:
        raise WrongStateError(f"a reason has {LEAST_REASON} to {MOST_REASON} characters, not {len(line)}")
    return line
