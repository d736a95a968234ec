"""A reply that is the fixed sentence of its status. Pure."""

from __future__ import annotations

from dataclasses import replace

from actions.base import Reply
from actions.handing_over import offer_person
from actions.memory import Memory, settled
from actions.payload import Payload
from actions.texts import DialogueTexts
from knowledge.answer import AnswerStatus


def fixed_status(status: AnswerStatus, memory: Memory, texts: DialogueTexts, offer: str = "") -> Reply:
    """With `offer` a person is offered as well."""
    after = replace(settled(memory), last_status=status.value, options=(), abstentions=0)
    reply = Reply(Payload(texts.for_status(status), status.value), after)
    return offer_person(reply, texts, offer) if offer else reply
