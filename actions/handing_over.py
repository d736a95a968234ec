"""Replies that offer a person, or hand the citizen over to one. Pure."""

from __future__ import annotations

from dataclasses import replace

from actions.base import Reply
from actions.memory import Memory, settled
from actions.payload import NO_STATUS, Button, HandoffReason, Payload
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
    """Says the text; the desk says what happens then. Without a status it is a dialogue line."""
    said = status.value if status else NO_STATUS
    payload = Payload(text, said, citations=citations, handoff=reason)
    return Reply(payload, replace(settled(memory), last_status=said, options=(), abstentions=0))


def offer_person(reply: Reply, texts: DialogueTexts, why: str) -> Reply:
    """Adds the question, yes and no to a reply; the next message may accept. `why` goes into the memory."""
    buttons = (Button(texts.buttons["accept"], ACCEPT), Button(texts.buttons["decline"], DECLINE))
    question = texts.line("offer_person")
    payload = replace(reply.payload, buttons=reply.payload.buttons + buttons, offer=why, offer_question=question)
    return Reply(payload, replace(reply.memory, offer=why))


def line(texts: DialogueTexts, name: str, memory: Memory) -> Reply:
    """A fixed dialogue line; what was remembered stays."""
    return Reply(Payload(texts.line(name)), settled(memory))


def rejecting(reply: Reply) -> Reply:
    """The same, and our log learns that the answer before it was wrong."""
    return replace(reply, payload=replace(reply.payload, rejects=True))
