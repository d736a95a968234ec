"""The name an operator signs in with: plain ASCII, so that no look-alike letter can pass for another's."""

from __future__ import annotations

import re

LOGIN_CHARACTERS = 32
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,31}")


def folded_login(typed: str) -> str | None:
    """Lower case, without spaces around it; None for what can be nobody's login.

    ASCII is asked for before lowering: the Kelvin sign, for one, lowers to an ordinary k.
    """
    if len(typed) > 2 * LOGIN_CHARACTERS or not typed.isascii():
        return None
    folded = typed.strip().lower()
    return folded if _LOGIN.fullmatch(folded) else None
