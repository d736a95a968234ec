"""One question of a conversation: which question it is, how it is answered, what is remembered of it."""

from __future__ import annotations

from dataclasses import replace

from actions.answering import Answering
from actions.base import Reply
from actions.follow_up import resolve_follow_up
from actions.handing_over import offer_person
from actions.memory import Memory, settled
from actions.payload import HandoffReason, Payload, answer_payload
from actions.texts import DialogueTexts
from knowledge.answer import AnswerStatus
from knowledge.answering.assistant import AnswerRecord

ABSTAINED = frozenset({AnswerStatus.UNANSWERABLE_LOW_SCORE, AnswerStatus.UNANSWERABLE_NO_CONTENT})
UNCLEAR = ABSTAINED | {AnswerStatus.CLARIFICATION}
ABSTENTIONS_BEFORE_OFFER = 2
OFFER_AFTER_ABSTENTIONS = "abstained"

HANDOFF_OF_STATUS = {
    AnswerStatus.HANDED_OFF_EMERGENCY: HandoffReason.EMERGENCY,
    AnswerStatus.HANDED_OFF_REQUESTED: HandoffReason.REQUESTED,
}
"""What the assistant itself may recognise in a text that came as a question."""


def answer_question(text: str, memory: Memory, assistant: Answering, texts: DialogueTexts) -> Reply:
    """Follow-ups are asked as what they mean; an unclear question is tried once more with the citizen's role."""
    question, record = _ask(text, memory, assistant)
    if record.answer.status in UNCLEAR and memory.role:
        record = _with_role(question, record, texts.role_name(memory.role), assistant)
    return reply_to(question, record, memory, texts)


def reply_to(question: str, record: AnswerRecord, memory: Memory, texts: DialogueTexts) -> Reply:
    """The answer with what is remembered; after two abstentions in a row a person is offered."""
    status = record.answer.status
    abstentions = memory.abstentions + 1 if status in ABSTAINED else 0
    found = tuple(citation.passage_id for citation in record.answer.citations)
    after = replace(
        settled(memory),
        last_question=question,
        last_passage_ids=found or _best_hit(record),
        last_status=status.value,
        options=record.answer.options,
        abstentions=abstentions,
    )
    reply = Reply(_payload(record), after)
    if abstentions >= ABSTENTIONS_BEFORE_OFFER:
        text = f"{record.answer.text}\n{texts.line('offer_person')}"
        return offer_person(Reply(replace(reply.payload, text=text), after), texts, OFFER_AFTER_ABSTENTIONS)
    return reply


def _ask(text: str, memory: Memory, assistant: Answering) -> tuple[str, AnswerRecord]:
    """The question that was answered, standing on its own, and its record."""
    resolved = resolve_follow_up(text, memory.last_question)
    if resolved is None:
        return text, assistant.answer(text)
    record = assistant.answer(resolved)
    if record.answer.status in ABSTAINED:
        alone = assistant.answer(text)
        if alone.answer.status not in ABSTAINED:
            return text, alone
    return resolved, record


def _with_role(question: str, record: AnswerRecord, role: str, assistant: Answering) -> AnswerRecord:
    told = assistant.answer(f"{question} ({role})")
    return told if told.answer.status is AnswerStatus.ANSWERED else record


def _best_hit(record: AnswerRecord) -> tuple[str, ...]:
    """A FAQ without a legal basis is answered without citations, and still has a source."""
    if record.answer.status is AnswerStatus.ANSWERED and record.result.hits:
        return (record.result.hits[0].passage.id,)
    return ()


def _payload(record: AnswerRecord) -> Payload:
    payload = answer_payload(record.answer)
    reason = HANDOFF_OF_STATUS.get(record.answer.status)
    if reason is None:
        return payload
    return replace(payload, handoff=reason, form="leave_message" if reason is HandoffReason.REQUESTED else "")
