"""Where the dialogue and the desk meet: what a reply sets off, and what is said while a person is waited for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import Connection, func, select

from connectors.claim import Claim
from connectors.heard import heard
from connectors.look_ups import LOOK_UP_MINUTES, code_in_chat, is_one_too_many
from connectors.message import Reply
from connectors.outbox import outbox
from connectors.satisfaction import Satisfactions
from desk.channel_switch import is_off
from desk.conversation import ConversationKey
from desk.handoff.cool_down import was_asked_since
from desk.handoff.log import open_episode
from desk.handoff.moves import (
    Moved,
    Say,
    Sentence,
    decline,
    offer,
    queue_sentence,
    raise_priority,
    request,
    return_to_assistant,
)
from desk.handoff.office import Office
from desk.handoff.sentences import HandoffTexts, in_words
from desk.handoff.state import Reason, State
from vietnamese.acts import Act, recognise_act
from vietnamese.normalise import clean

Moves = Callable[[Connection, datetime], tuple[Reply, ...]]
"""Runs in the transaction that ends a message, before its replies are stored: gives what is said besides."""

REMINDER = timedelta(seconds=60)
"""Who waits is told their place again, but not after every line that they add."""
FORM_CHANNEL = "web"
OFFER_PAYLOADS = frozenset({"/affirm", "/deny"})
"""Of the two buttons under the question whether a person is wanted."""
EMERGENCY = "handed_off_emergency"
WHILE_OFF = "desk_assistant_off"
"""Status of what the desk says where the assistant is switched off."""


@dataclass(frozen=True)
class Handoffs:
    """One for each process. For as long as `offer_pause` after a person was offered or declined, none is offered."""

    office: Office
    texts: HandoffTexts
    zone: tzinfo
    satisfactions: Satisfactions
    offer_pause: timedelta

    def set_off_by(self, claim: Claim, replies: Sequence[Reply]) -> tuple[tuple[Reply, ...], Moves | None]:
        """The replies without what the desk says itself, and what happens when they are stored."""
        wanted = next((reply.handoff for reply in replies if reply.handoff), None)
        if wanted is not None:
            reason = Reason(wanted)
            kept = tuple(replace(reply, form=None) for reply in replies if not _is_empty_handoff(reply))
            return kept, lambda connection, now: self.request(connection, claim, reason, now)
        offering = next((reply for reply in replies if reply.offer), None)
        if offering is not None:
            others = tuple(reply for reply in replies if reply is not offering)
            return others, lambda connection, now: (self._offer(connection, claim, offering, now),)
        if any(reply.declines for reply in replies):
            return tuple(replies), lambda connection, now: _decline(connection, claim, now)
        return tuple(replies), None

    def while_with_person(self, claim: Claim) -> Moves:
        """The citizen goes on writing: stored for the operator; answered only about the waiting itself."""
        wants_back = _folded(claim.text) in {_folded(words) for words in self.texts.continue_words}
        act = recognise_act(heard(claim.text)) if claim.payload is None else None

        def moves(connection: Connection, now: datetime) -> tuple[Reply, ...]:
            if wants_back:
                moved = return_to_assistant(connection, claim.conversation.id, now)
                return () if moved is None else self.words_of(connection, claim.conversation, moved, now)
            danger = self.in_danger(act)
            if danger and raise_priority(connection, claim.conversation.id, Reason.EMERGENCY, now):
                return danger
            return self.remind(connection, claim.conversation, now)

        return moves

    def look_up(self, claim: Claim) -> Moves | None:
        """None unless the message is a case code."""
        code = code_in_chat(claim.text)
        if code is None:
            return None

        def moves(connection: Connection, now: datetime) -> tuple[Reply, ...]:
            if is_one_too_many(connection, claim.conversation.id, code, now):
                return (Reply(self.texts.look_ups_limited.format(minutes=LOOK_UP_MINUTES)),)
            return (Reply(self.office.case_status(connection, code, now)),)

        return moves

    def in_danger(self, act: Act | None) -> tuple[Reply, ...]:
        """The number to call, for who writes of a danger to life; known without the dialogue engine."""
        words = self.texts.while_off
        said = {Act.EMERGENCY: words.emergency, Act.SELF_HARM: words.self_harm}
        return (Reply(said[act], EMERGENCY),) if act in said else ()

    def _offer(self, connection: Connection, claim: Claim, offering: Reply, now: datetime) -> Reply:
        """The reply with the question whether a person is wanted, or, where that would be tiresome, without."""
        conversation = claim.conversation.id
        is_tiresome = was_asked_since(connection, conversation, now - self.offer_pause)
        if is_tiresome or offer(connection, conversation, Reason(offering.offer or ""), now) is None:
            kept = tuple(button for button in offering.buttons if button.payload not in OFFER_PAYLOADS)
            return replace(offering, offer=None, offer_question="", buttons=kept)
        return replace(offering, text=f"{offering.text}\n{offering.offer_question}".strip())

    def request(self, connection: Connection, claim: Claim, reason: Reason, now: datetime) -> tuple[Reply, ...]:
        """A person is wanted: what the citizen hears of it. In the transaction that ends the message."""
        key = claim.conversation
        availability = self.office.availability(connection, key.channel, now)
        moved = request(connection, key.id, reason, availability, now)
        return self.words_of(connection, key, moved, now, claim.text)

    def remind(self, connection: Connection, key: ConversationKey, now: datetime) -> tuple[Reply, ...]:
        """Their place in the queue; nothing for who does not wait, or heard of it a moment ago."""
        stored = open_episode(connection, key.id)
        if stored is None or stored.episode.state is not State.QUEUED:
            return ()
        last = connection.execute(
            select(func.max(outbox.c.created_at)).where(outbox.c.conversation_id == key.id)
        ).scalar_one()
        if last is not None and now - last < REMINDER:
            return ()
        availability = self.office.availability(connection, key.channel, now)
        sentence = queue_sentence(connection, stored, availability, Say.STILL_QUEUED)
        off = is_off(connection, key.channel)
        return (Reply(in_words(sentence, self.texts, self.zone, is_off=off), _status(sentence, off)),)

    def words_of(
        self, connection: Connection, key: ConversationKey, moved: Moved, now: datetime, question: str = ""
    ) -> tuple[Reply, ...]:
        """What the citizen hears of a move; a call-back is filed for it, with `question` as what it is about."""
        said, off = [], is_off(connection, key.channel)
        for sentence in moved.sentences:
            promised = sentence.say is Say.CALLBACK
            promise = self.office.promise(connection, key, moved.stored, question, now) if promised else None
            form = "leave_message" if promised and key.channel == FORM_CHANNEL else None
            reason = moved.stored.episode.reason
            words = in_words(sentence, self.texts, self.zone, promise, is_off=off, reason=reason)
            said.append(Reply(words, _status(sentence, off), form=form))
        return (*said, *self.satisfactions.after(connection, key, moved.sentences, now))


def _decline(connection: Connection, claim: Claim, now: datetime) -> tuple[Reply, ...]:
    decline(connection, claim.conversation.id, now)
    return ()


def _status(sentence: Sentence, is_off: bool) -> str:
    return WHILE_OFF if is_off else f"desk_{sentence.say}"


def _is_empty_handoff(reply: Reply) -> bool:
    return reply.handoff is not None and not reply.text.strip()


def _folded(text: str) -> str:
    return " ".join(clean(text).casefold().strip(" .!").split())
