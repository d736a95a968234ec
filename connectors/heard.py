"""What the dialogue engine gets to hear of a citizen's words."""

from __future__ import annotations

from vietnamese.identifiers import mask_identifiers
from vietnamese.normalise import clean


def heard(text: str) -> str:
    """Cleaned, without personal identifiers, and never a command.

    Rasa takes text that begins with "/" for an intent, so leading slashes go. Cleaning comes first: it folds the
    other slashes of Unicode and removes the invisible characters that would hide one.
    """
    return mask_identifiers(clean(text).lstrip("/ ").lstrip())
