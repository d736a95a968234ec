"""Personal data as operators see it before they ask for more: enough to tell two citizens apart, not to use."""

from __future__ import annotations

from vietnamese.identifiers import find_identifiers
from vietnamese.normalise import clean

MASK = "•••"
VISIBLE_END = 3
SHORTEST_WITH_END = 8


def masked(text: str) -> tuple[str, int]:
    """Each identifier as "•••123", and how many there were."""
    found, tidy = find_identifiers(text), clean(text)
    if len(find_identifiers(tidy)) > len(found):  # written in look-alike digits: what is safe to show loses its lines
        text, found = tidy, find_identifiers(tidy)
    parts, end = [], 0
    for identifier in found:
        parts += [text[end : identifier.start], masked_code(text[identifier.start : identifier.end])]
        end = identifier.end
    return "".join([*parts, text[end:]]), len(found)


def masked_code(code: str) -> str:
    """A number or code as its last digits; all of it hidden when it is short or ends in letters."""
    has_end = len(code) >= SHORTEST_WITH_END and code[-VISIBLE_END:].isdigit()
    return MASK + (code[-VISIBLE_END:] if has_end else "")


def masked_name(name: str) -> str:
    """Like "N••• V••• A•••" of "Nguyễn Văn An"."""
    return " ".join(word[0] + MASK for word in name.split())


def masked_contact(contact: str) -> str:
    """A telephone number as its last digits, everything else hidden."""
    if not contact.strip():
        return ""
    return masked_code("".join(sign for sign in contact if sign.isdigit()))
