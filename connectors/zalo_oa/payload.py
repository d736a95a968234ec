"""What a webhook event of the Official Account says. Pure.

Events and their fields: https://developers.zalo.me/docs/official-account/webhook. Ids and timestamps are text there; a
whole number is taken digit by digit (connectors/zalo_oa/wire.py), so no id is ever rounded.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from connectors.channel import UnreadableError
from connectors.message import Echo, Ignored, Inbound, InboundKind, InboundMessage
from connectors.stored_text import storable
from connectors.zalo_oa.attached import read_attachments, read_contact
from connectors.zalo_oa.events import ECHOED, WRITTEN, unanswered
from connectors.zalo_oa.wire import InexactNumber, inner, read_object, words
from desk.conversation import ID_CHARACTERS, ConversationKey

CHANNEL = "zalo_oa"
ZALO_BEGAN = datetime(2012, 1, 1, tzinfo=UTC)
"""A timestamp before this is no time: the documentation's own samples are from 1974."""

_IDENTIFIER = re.compile(r"[!-~]{1,128}")  # digits as far as documented; never more than visible ASCII
_MILLISECONDS = re.compile(r"\d{1,15}")


@dataclass(frozen=True)
class _Event:
    name: str
    fields: Mapping[str, Any]
    account: str
    digest: str
    received_at: datetime

    @property
    def message(self) -> Mapping[str, Any]:
        return inner(self.fields, "message")

    @property
    def text(self) -> str:
        """Empty when nothing of it can be read."""
        text = words(self.message, "text")
        return text if storable(text).strip() else ""


def parse(body: bytes, oa_id: str, event_days: float, received_at: datetime) -> tuple[Inbound, ...]:
    """One event gives one item. Raises UnreadableError, which names the field and never its content.

    An event older than `event_days` is a replay: Zalo repeats for about two hours, with the original timestamp.
    """
    fields = read_object(body)
    name = fields.get("event_name")
    if not isinstance(name, str):
        return (Ignored("no_event"),)
    reason = unanswered(name)
    if reason is not None:
        return (Ignored(reason),)
    event = _Event(name, fields, oa_id, f"sha256:{hashlib.sha256(body).hexdigest()}", received_at)
    if _is_old(event, event_days):
        return (Ignored("too_old"),)
    read = _WHAT.get(name, _written if name.startswith(WRITTEN) else _echoed)
    return (read(event),)


def _is_old(event: _Event, event_days: float) -> bool:
    stamp = event.fields.get("timestamp")
    if not isinstance(stamp, str) or _MILLISECONDS.fullmatch(stamp) is None:
        return False
    try:
        happened_at = datetime.fromtimestamp(int(stamp) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return False
    return ZALO_BEGAN <= happened_at < event.received_at - timedelta(days=event_days)


def _written(event: _Event) -> Inbound:
    """user_send_…: the citizen wrote or attached something."""
    sender = _id_of(event, "sender")
    if sender == event.account:
        return Ignored("own_message")
    if _id_of(event, "recipient") != event.account:
        return Ignored("other_account")
    attachments = read_attachments(event.name.removeprefix(WRITTEN), event.message)
    if not event.text and not attachments:
        return Ignored("empty")
    return InboundMessage(
        conversation=_conversation(event, sender),
        message_id=_message_id(event),
        text=event.text,
        payload=None,
        received_at=event.received_at,
        kind=InboundKind.TEXT if event.text else InboundKind.ATTACHMENT,
        attachments=attachments,
        quoted_id=_exact(event.message.get("quote_msg_id")),
    )


def _echoed(event: _Event) -> Inbound:
    """oa_send_…: what went out to the citizen, by us or by a person in Zalo's own tool, who alone has an admin_id."""
    if _id_of(event, "sender") != event.account:
        return Ignored("other_account")
    conversation = _conversation(event, _id_of(event, "recipient"))
    if not inner(event.fields, "sender").get("admin_id"):
        return Echo(conversation, _exact(event.message.get("msg_id")) or "", storable(event.text))
    attachments = read_attachments(event.name.removeprefix(ECHOED), event.message)
    return _deed(event, conversation, InboundKind.STAFF_WROTE, text=event.text, attachments=attachments)


def _followed(event: _Event) -> Inbound:
    return _about(event, InboundKind.FOLLOWED)


def _left(event: _Event) -> Inbound:
    return _about(event, InboundKind.LEFT)


def _withdrawn(event: _Event) -> Inbound:
    return _about(event, InboundKind.WITHDRAWN)


def _about(event: _Event, kind: InboundKind) -> Inbound:
    """Events that have an `oa_id` and no sender, recipient or message."""
    if event.fields.get("oa_id", _id_in(event, "recipient")) != event.account:
        return Ignored("other_account")
    for name in ("follower", "sender", "user"):
        if inner(event.fields, name):
            return _deed(event, _conversation(event, _id_of(event, name)), kind)
    return _deed(event, _conversation(event, _identifier(event.fields.get("user_id"), "user_id")), kind)


def _submitted(event: _Event) -> Inbound:
    """user_submit_info: the form of name and telephone."""
    if _id_of(event, "recipient") != event.account:
        return Ignored("other_account")
    contact = read_contact(inner(event.fields, "info"))
    if contact is None:
        return Ignored("empty")
    return _deed(event, _conversation(event, _id_of(event, "sender")), InboundKind.CONTACT, contact=contact)


def _deed(event: _Event, conversation: ConversationKey, kind: InboundKind, text: str = "", **more: Any) -> Inbound:
    return InboundMessage(conversation, _message_id(event), text, None, event.received_at, kind, **more)


def _message_id(event: _Event) -> str:
    """Events that are no messages have none: the same bytes are the same event."""
    return _exact(event.message.get("msg_id")) or event.digest


def _conversation(event: _Event, participant: str) -> ConversationKey:
    conversation_id = f"{CHANNEL}:{event.account}:{participant}"
    if len(conversation_id) > ID_CHARACTERS:
        raise UnreadableError("id: too long")
    return ConversationKey(conversation_id, CHANNEL, event.account, participant)


def _id_of(event: _Event, who: str) -> str:
    return _identifier(_id_in(event, who), f"{who}.id")


def _id_in(event: _Event, who: str) -> object:
    return inner(event.fields, who).get("id")


def _identifier(value: object, name: str) -> str:
    exact = _exact(value)
    if exact is None:
        raise UnreadableError(f"{name}: missing, or no id")
    return exact


def _exact(value: object) -> str | None:
    """None for what is no id: of a number with a point or an exponent nobody knows which id it was."""
    if not isinstance(value, str) or isinstance(value, InexactNumber):
        return None
    return value if _IDENTIFIER.fullmatch(value) else None


_WHAT: Mapping[str, Callable[[_Event], Inbound]] = {
    "follow": _followed,
    "unfollow": _left,
    "user_click_chatnow": _followed,
    "user_withdraw": _withdrawn,
    "user_submit_info": _submitted,
}
