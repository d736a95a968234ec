"""What came beside the words: attachments, and the form of name and telephone. Pure; nothing is ever fetched."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from connectors.message import Attachment, Contact
from connectors.stored_text import storable
from connectors.zalo_oa.wire import inner, words

MOST_ATTACHMENTS = 20
MOST_CHARACTERS = 500
TEXT = "text"
KINDS = frozenset({"image", "gif", "link", "audio", "video", "sticker", "location", "business_card", "file"})
OTHER = "other"


def read_attachments(event_kind: str, message: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """`event_kind` is the end of the event's name. A visiting card comes as a link, so the event's word counts.

    An event of something attached gives at least one, however little Zalo said of it.
    """
    listed = message.get("attachments")
    elements = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    if event_kind == TEXT and not elements:
        return ()
    if not elements:
        return (Attachment(_kind(event_kind, "")),)
    return tuple(_attachment(event_kind, element) for element in elements[:MOST_ATTACHMENTS])


def _attachment(event_kind: str, element: Mapping[str, Any]) -> Attachment:
    payload = inner(element, "payload")
    kind = _kind(event_kind, words(element, "type"))
    name = _place(inner(payload, "coordinates")) if kind == "location" else words(payload, "name")
    return Attachment(kind, _short(name), _short(words(payload, "url")))


def _kind(event_kind: str, said: str) -> str:
    return next((kind for kind in (event_kind, said) if kind in KINDS), OTHER)


def _place(coordinates: Mapping[str, Any]) -> str:
    """Latitude and longitude in degrees, or nothing when they are no place on earth."""
    try:
        latitude, longitude = (float(words(coordinates, name)) for name in ("latitude", "longitude"))
    except ValueError:
        return ""
    on_earth = math.isfinite(latitude) and abs(latitude) <= 90 and abs(longitude) <= 180
    return f"{latitude:.6f},{longitude:.6f}" if on_earth else ""


def read_contact(info: Mapping[str, Any]) -> Contact | None:
    """Name, telephone and address; date of birth and gender are left where they are: nobody here needs them.

    None when none of the three was filled in.
    """
    where = inner(info, "full_address") or info
    lines = (_short(words(where, name)).strip() for name in ("user_address", "user_ward", "user_city"))
    address = ", ".join(filter(None, (*lines, _short(words(info, "address")).strip())))
    contact = Contact(_short(words(info, "name")).strip(), _short(words(info, "phone")).strip(), address)
    return contact if contact.name or contact.telephone or contact.address else None


def _short(text: str) -> str:
    return storable(text)[:MOST_CHARACTERS]
