"""What travels between a channel, the inbox, the dialogue engine and the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.conversation import ConversationKey

NO_STATUS = "no_status"
"""Status of a fixed dialogue line: a greeting is no answer."""


@dataclass(frozen=True)
class InboundMessage:
    """`text` is what the citizen sees as their own words; `payload` is set when they pressed a button."""

    conversation: ConversationKey
    message_id: str
    text: str
    payload: str | None
    received_at: datetime


@dataclass(frozen=True)
class Button:
    """One quick reply; the payload is what the dialogue engine gets when it is pressed."""

    title: str
    payload: str


@dataclass(frozen=True)
class Citation:
    """Where an answer stands, as the dialogue engine sent it. `url` is a path on our own pages."""

    document: str
    section: str
    label: str
    date: str
    validity: str
    url: str
    passage_id: str


@dataclass(frozen=True)
class Reply:
    """One message of the assistant. `handoff` is the reason why a person is wanted, `form` the form to show."""

    text: str
    status: str = NO_STATUS
    citations: tuple[Citation, ...] = ()
    buttons: tuple[Button, ...] = ()
    feedback: bool = False
    handoff: str | None = None
    form: str | None = None
