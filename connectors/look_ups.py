"""Case codes cannot be tried out one after the other: a conversation may ask for a few of them at a time.

Nothing is kept for it: what was asked stands in the inbox.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from connectors.inbox import inbox
from desk.case_code import PREFIX, read_case_code
from vietnamese.normalise import clean

MOST_CODES = 5
"""Nobody has more cases than that at once; asking again for one's own is free."""
LOOK_UP_MINUTES = 10
LOOKED_AT = 200


def code_in_chat(text: str) -> str | None:
    """None for anything else: eight bare letters and digits may be anything, so the prefix is needed here."""
    return read_case_code(text) if clean(text).upper().startswith(PREFIX) else None


def is_one_too_many(connection: Connection, conversation_id: str, code: str, now: datetime) -> bool:
    """Whether this conversation has asked for enough other codes lately."""
    since = now - timedelta(minutes=LOOK_UP_MINUTES)
    lately = select(inbox.c.text).where(inbox.c.conversation_id == conversation_id, inbox.c.received_at > since)
    newest = connection.execute(lately.order_by(inbox.c.sequence.desc()).limit(LOOKED_AT)).scalars().all()
    asked = dict.fromkeys(found for text in reversed(newest) if (found := code_in_chat(text)) is not None)
    return code not in list(asked)[:MOST_CODES] and len(asked) >= MOST_CODES
