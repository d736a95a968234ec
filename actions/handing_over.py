"""Replies that offer a person, or take the citizen to the form for one. Pure."""

from __future__ import annotations

from dataclasses import replace

from actions.base import Reply
from actions.memory import Memory, settled
from actions.payload import LEAVE_MESSAGE, NO_STATUS, Button, HandoffReason, Payload
from actions.texts import DialogueTexts
from knowledge.answer import AnswerStatus, Citation

ACCEPT = "/affirm"
DECLINE = "/deny"


def hand_over(
    memory: Memory,
    text: str,
    reason: HandoffReason,
    status: AnswerStatus | None = None,
    citations: tuple[Citation, ...] = (),
) -> Reply:
    """Says the text and opens the form; without a status it is a dialogue line."""
    said = status.value if status else NO_STATUS
    payload = Payload(text, said, citations=citations, handoff=reason, form=LEAVE_MESSAGE)
    return Reply(payload, replace(settled(memory), last_status=said, options=(), abstentions=0))


def offer_person(reply: Reply, texts: DialogueTexts, why: str) -> Reply:
    """Adds yes and no to a reply; the next message may accept. `why` goes into the memory."""
    buttons = (Button(texts.buttons["accept"], ACCEPT), Button(texts.buttons["decline"], DECLINE))
    payload = replace(reply.payload, buttons=reply.payload.buttons + buttons)
    return Reply(payload, replace(reply.memory, offer=why))


def line(texts: DialogueTexts, name: str, memory: Memory) -> Reply:
    """A fixed dialogue line; what was remembered stays."""
    return Reply(Payload(texts.line(name)), settled(memory))
