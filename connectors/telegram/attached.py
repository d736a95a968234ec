"""What came with a message instead of words, or besides them."""

from __future__ import annotations

from connectors.message import Attachment
from connectors.telegram.fields import Fields

# Telegram repeats an animation as a document and a venue as a location: the telling name comes first.
KINDS = (
    "animation",
    "audio",
    "document",
    "paid_media",
    "photo",
    "sticker",
    "story",
    "video",
    "video_note",
    "voice",
    "checklist",
    "contact",
    "dice",
    "game",
    "invoice",
    "poll",
    "venue",
    "location",
)


def attached(message: Fields) -> tuple[Attachment, ...]:
    """One attachment or none: an album arrives as a message for each picture. No address: nothing is fetched."""
    for kind in KINDS:
        if kind in message:
            return (Attachment(kind, message.file_name(kind)),)
    return ()
