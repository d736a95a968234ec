"""One question of a conversation: which question it is, how it is answered, what is remembered of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions.answering import Answering
from actions.base import Reply
from actions.follow_up import follow_up_questions
from actions.handing_over import offer_person
from actions.memory import Memory, settled
from actions.payload import BESIDE_AN_ENTRY, HandoffReason, Payload, record_payload
from actions.texts import DialogueTexts
from knowledge.answer import AnswerStatus
from knowledge.answering.assistant import AnswerRecord
from vietnamese.asked_time import split_time
from vietnamese.keys import plain_key

ABSTAINED = frozenset({AnswerStatus.UNANSWERABLE_LOW_SCORE, AnswerStatus.UNANSWERABLE_NO_CONTENT})
SPOKE = frozenset({AnswerStatus.ANSWERED, *BESIDE_AN_ENTRY})
"""With a hit an entry spoke."""
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
    questions = follow_up_questions(text, memory.last_question)
    question, record = _best(questions or (text,), assistant, lambda asked: audience_of(asked, memory, texts))
    if record.answer.status in UNCLEAR and memory.role:
        record = _with_role(question, record, memory.role, texts, assistant)
    if questions and record.answer.status in ABSTAINED:
        question = memory.last_question
    reply = reply_to(question, record, memory, texts)
    same = questions and not split_time(text)[0] and _says_the_same(reply, memory)
    return _said_again(reply, texts) if same else reply


def reply_to(question: str, record: AnswerRecord, memory: Memory, texts: DialogueTexts) -> Reply:
    """The answer with what is remembered; after two abstentions in a row a person is offered."""
    status = record.answer.status
    if status in ABSTAINED:
        return _abstained(question, record, memory, texts)
    found = tuple(citation.passage_id for citation in record.answer.citations)
    after = replace(
        settled(memory),
        last_question=question,
        last_passage_ids=found or _best_hit(record),
        last_status=status.value,
        # Beside an answer they are only buttons: the next words are a new question.
        options=record.answer.options if status is AnswerStatus.CLARIFICATION else (),
        abstentions=0,
    )
    return Reply(_payload(record), after)


def _abstained(question: str, record: AnswerRecord, memory: Memory, texts: DialogueTexts) -> Reply:
    """The passages of the last answer stay, so that its source can still be asked for."""
    abstentions = memory.abstentions + 1
    status = record.answer.status.value
    after = replace(settled(memory), last_question=question, last_status=status, options=(), abstentions=abstentions)
    reply = Reply(_payload(record), after)
    if abstentions < ABSTENTIONS_BEFORE_OFFER:
        return reply
    return offer_person(reply, texts, OFFER_AFTER_ABSTENTIONS)


def _says_the_same(reply: Reply, before: Memory) -> bool:
    """The same entry tells the same, unless another time was asked about."""
    return reply.memory.last_status in SPOKE and reply.memory.last_passage_ids == before.last_passage_ids


def _said_again(reply: Reply, texts: DialogueTexts) -> Reply:
    """Says openly that nothing more is known than what was just said."""
    return replace(reply, payload=replace(reply.payload, text=f"{texts.line('same_answer')}\n{reply.payload.text}"))


def audience_of(question: str, memory: Memory, texts: DialogueTexts) -> str:
    """For whom the citizen said that they ask; empty where the words name others.

    Who is named need not be who asks ("my company owes my insurance"): there the search weighs the words by itself.
    """
    named = texts.role_of(plain_key(question))
    return memory.role if named is None or named.key == memory.role else ""


def _best(
    questions: tuple[str, ...], assistant: Answering, audience_of: Callable[[str], str]
) -> tuple[str, AnswerRecord]:
    """The first reading that is answered; else the first that can be asked back about; else the likeliest."""
    records: list[tuple[str, AnswerRecord]] = []
    for question in questions:
        record = assistant.answer(question, audience=audience_of(question))
        if record.answer.status not in UNCLEAR:
            return question, record
        records.append((question, record))
    asked_back = (found for found in records if found[1].answer.status not in ABSTAINED)
    return next(asked_back, records[0])


def _with_role(
    question: str, record: AnswerRecord, role: str, texts: DialogueTexts, assistant: Answering
) -> AnswerRecord:
    told = assistant.answer(f"{question} ({texts.role_name(role)})", audience=role)
    return told if told.answer.status is AnswerStatus.ANSWERED else record


def _best_hit(record: AnswerRecord) -> tuple[str, ...]:
    """A FAQ without a legal basis is answered without citations, and still has a source; so has another body's name."""
    if record.answer.status in SPOKE and record.result.hits:
        return (record.result.hits[0].passage.id,)
    return ()


def _payload(record: AnswerRecord) -> Payload:
    payload = record_payload(record)
    reason = HANDOFF_OF_STATUS.get(record.answer.status)
    return payload if reason is None else replace(payload, handoff=reason)
