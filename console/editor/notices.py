"""What a page says after it was come back to: what was done, or why it was not; both by their names in the address."""

from __future__ import annotations

from console.operator.room import Room
from console.security.access import Visit
from editing.reason import REASON_LIMITS


def said_before(room: Room, visit: Visit) -> str:
    """Empty when the address names nothing that was done."""
    return room.editor.texts.said.get(visit.query("said", 40), "")


def refused_before(room: Room, visit: Visit) -> str:
    """Empty when the address names no refusal, or one whose sentence needs more than the limits of a reason."""
    sentence = room.pages.texts.refusals.get(visit.query("refused", 40), "")
    try:
        return sentence.format_map(REASON_LIMITS)
    except KeyError:
        return ""
