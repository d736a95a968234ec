"""What was said in conversations, as the console may see it, and the console's own words on their way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select, union

from app.held_answers import Compose, held_of, settle
from connectors.answered import known_of
from connectors.deliveries import deliveries
from connectors.held_answer import HeldState
from connectors.inbox import inbox
from connectors.message import InboundKind, Reply
from connectors.outbox import OPERATOR, SYSTEM, Render, outbox
from connectors.plain_text import plain_text
from connectors.satisfaction import Satisfactions
from connectors.spoken import Spoken, conversation_key, speak
from connectors.transcript import TranscriptEntry, entries_after
from connectors.undelivered import ENDED_BADLY, Undelivered, is_by_operator, repeating, sent_since, undelivered
from console.ports import Entry, HeldAnswer, Known, LastSaid, Manner, Nearby, Repeatable, Source, Trouble
from desk.answer_log import ANSWERED, GIVEN
from desk.calendar.zone import VIETNAM
from desk.conversation import conversations, lock_conversation
from desk.handoff.moves import Sentence
from desk.handoff.sentences import HandoffTexts, in_words
from desk.masking import masked

SHOWN_AT_ONCE = 300
WORDLESS = (InboundKind.FOLLOWED, InboundKind.LEFT, InboundKind.WITHDRAWN, InboundKind.STAFF_WROTE)
LAST_WORDS_CHARACTERS = 240
NOT_TRIED = "not_tried"
OTHER_CHANNEL = Manner(1_000, None)


class ChannelMessages:
    """See console.ports.Messages."""

    def __init__(
        self,
        texts: HandoffTexts,
        satisfactions: Satisfactions,
        renders: Mapping[str, Render],
        manners: Mapping[str, Manner],
        compose: Compose,
    ) -> None:
        self._texts = texts
        self._satisfactions = satisfactions
        self._renders = renders
        self._manners = manners
        self._compose = compose

    def say(
        self,
        connection: Connection,
        conversation_id: str,
        operator_name: str,
        text: str,
        request_id: str,
        now: datetime,
    ) -> int:
        """See Messages. Who they are was said when they came in: the name is not repeated with each message."""
        return self._speak(connection, conversation_id, OPERATOR, Reply(text), request_id, now)

    def tell(self, connection: Connection, conversation_id: str, sentences: Sequence[Sentence], now: datetime) -> None:
        """See Messages."""
        for sentence in sentences:
            # The status tells the citizen's page whether a person or the assistant goes on.
            reply = Reply(in_words(sentence, self._texts, VIETNAM), status=f"desk_{sentence.say}")
            self._speak(connection, conversation_id, SYSTEM, reply, None, now)
        key = conversation_key(connection, conversation_id)
        for question in self._satisfactions.after(connection, key, sentences, now) if key is not None else ():
            self._speak(connection, conversation_id, SYSTEM, question, None, now)

    def inform(self, connection: Connection, conversation_id: str, text: str, request_id: str, now: datetime) -> None:
        """See Messages."""
        self._speak(connection, conversation_id, SYSTEM, Reply(text), request_id, now)

    def transcript(self, connection: Connection, conversation_id: str, after: int) -> tuple[Entry, ...]:
        """See Messages."""
        last = _last_sequence(connection, conversation_id)
        position = max(after, last - SHOWN_AT_ONCE)
        found: list[TranscriptEntry] = []
        while page := entries_after(connection, conversation_id, position):
            found += page
            position = page[-1].sequence
        bad = [each.sequence for each in found if each.delivery in ENDED_BADLY]
        troubles = undelivered(connection, conversation_id, bad) if bad else {}
        return tuple(_entry(each, troubles.get(each.sequence)) for each in found)

    def unmasked(self, connection: Connection, conversation_id: str, sequence: int) -> str | None:
        """See Messages."""
        found = entries_after(connection, conversation_id, sequence - 1)
        return found[0].reply.text if found and found[0].sequence == sequence else None

    def last_said(self, connection: Connection, conversation_ids: Sequence[str]) -> Mapping[str, LastSaid]:
        """See Messages."""
        theirs = (inbox.c.conversation_id.in_(conversation_ids), inbox.c.kind.not_in(WORDLESS))
        newest = select(func.max(inbox.c.id)).where(*theirs).group_by(inbox.c.conversation_id)
        columns = (inbox.c.conversation_id, inbox.c.sequence, inbox.c.text, inbox.c.received_at)
        rows = connection.execute(select(*columns).where(inbox.c.id.in_(newest))).all()
        answered = _last_of_operators(connection, conversation_ids)
        return {
            row.conversation_id: LastSaid(
                _masked(row.text)[0][:LAST_WORDS_CHARACTERS],
                row.received_at,
                row.sequence > answered.get(row.conversation_id, 0),
            )
            for row in rows
        }

    def find(self, connection: Connection, words: str, conversation_ids: Sequence[str]) -> frozenset[str]:
        """See Messages."""
        heard = select(inbox.c.conversation_id).where(
            inbox.c.conversation_id.in_(conversation_ids), inbox.c.text.icontains(words, autoescape=True)
        )
        said = select(outbox.c.conversation_id).where(
            outbox.c.conversation_id.in_(conversation_ids), outbox.c.text.icontains(words, autoescape=True)
        )
        return frozenset(connection.execute(union(heard, said)).scalars())

    def pulse(self, connection: Connection, conversation_id: str) -> str:
        """See Messages."""
        mine = deliveries.c.conversation_id == conversation_id
        counted = select(deliveries.c.state, func.count().label("rows")).where(mine).group_by(deliveries.c.state)
        states = sorted(f"{row.state}{row.rows}" for row in connection.execute(counted))
        return ".".join([str(_last_sequence(connection, conversation_id)), *states])

    def manner(self, channel: str) -> Manner:
        """See Messages."""
        return self._manners.get(channel, OTHER_CHANNEL)

    def known(self, connection: Connection, conversation_id: str) -> Known | None:
        """See Messages."""
        known = known_of(connection, conversation_id)
        if known.answer is None and known.dialogue is None:
            return None
        reply = None if known.answer is None else known.answer.reply
        state = known.dialogue
        return Known(
            question="" if state is None else _masked(state.question)[0],
            role="" if state is None else state.role,
            abstentions=0 if state is None else state.abstentions,
            sequence=0 if known.answer is None else known.answer.sequence,
            status="" if reply is None else reply.status,
            sources=() if reply is None else _sources(reply),
            nearby=() if reply is None else _nearby(reply),
        )

    def repeatable(self, connection: Connection, conversation_id: str, sequence: int) -> Repeatable | None:
        """See Messages. Locks the conversation: a supervisor may be sending the same again at this moment."""
        lock_conversation(connection, conversation_id)
        if not is_by_operator(connection, conversation_id, sequence):
            return None
        missing = undelivered(connection, conversation_id, [sequence]).get(sequence)
        if missing is None or not missing.is_settled or not missing.text.strip():  # its words were erased since
            return None
        return Repeatable(missing.text, missing.may_have_arrived)

    def say_again(self, connection: Connection, conversation_id: str, sequence: int, text: str, now: datetime) -> int:
        """See Messages."""
        return self._speak(connection, conversation_id, OPERATOR, Reply(text), repeating(sequence), now)

    def held(self, connection: Connection, conversation_id: str) -> HeldAnswer | None:
        """See Messages."""
        return held_of(connection, conversation_id, self._compose)

    def send_held(
        self, connection: Connection, conversation_id: str, held_id: int, operator_id: int, now: datetime
    ) -> bool:
        """See Messages. A form that came twice finds it decided: it is said once."""
        lock_conversation(connection, conversation_id)
        kept = self.held(connection, conversation_id)
        if kept is None or kept.id != held_id:
            return False
        sequence = self._speak(connection, conversation_id, OPERATOR, Reply(kept.whole), None, now)
        return settle(connection, conversation_id, held_id, HeldState.SENT, operator_id, sequence, now)

    def settle_held(
        self,
        connection: Connection,
        conversation_id: str,
        held_id: int,
        operator_id: int,
        sequence: int | None,
        now: datetime,
    ) -> bool:
        """See Messages."""
        state = HeldState.DROPPED if sequence is None else HeldState.EDITED
        return settle(connection, conversation_id, held_id, state, operator_id, sequence, now)

    def sent_since(self, connection: Connection, conversation_id: str, since: datetime) -> int:
        """See Messages."""
        return sent_since(connection, conversation_id, since)

    def _speak(
        self,
        connection: Connection,
        conversation_id: str,
        author: str,
        reply: Reply,
        request_id: str | None,
        now: datetime,
    ) -> int:
        key = conversation_key(connection, conversation_id)
        if key is None:
            raise LookupError("no such conversation")
        spoken = Spoken(key, author, reply, request_id)
        return speak(connection, spoken, self._renders.get(key.channel), now)


def _entry(entry: TranscriptEntry, missing: Undelivered | None) -> Entry:
    reply = entry.reply
    text, hidden = _masked(reply.text)
    return Entry(
        sequence=entry.sequence,
        role=entry.role,
        text=text,
        hidden=hidden,
        status=reply.status,
        sources=_sources(reply),
        choices=tuple(button.title for button in reply.buttons),
        sent_at=entry.sent_at,
        delivery=entry.delivery,
        trouble=None if missing is None else _trouble(missing, entry.role),
        is_given=reply.status == ANSWERED or (reply.status in GIVEN and reply.source is not None),
    )


def _sources(reply: Reply) -> tuple[Source, ...]:
    """With the score that the passage behind each had."""
    scores = {found.passage_id: found.score for found in reply.found}
    return tuple(
        Source(each.label or each.document, each.validity, each.url, scores.get(each.passage_id))
        for each in reply.citations
    )


def _nearby(reply: Reply) -> tuple[Nearby, ...]:
    return tuple(Nearby(each.title, each.document, each.section, each.score) for each in reply.found)


def _trouble(missing: Undelivered, role: str) -> Trouble:
    return Trouble(
        reason=missing.reason or NOT_TRIED,
        may_have_arrived=missing.may_have_arrived,
        can_be_repeated=role == OPERATOR and missing.is_settled and not missing.was_repeated,
        was_repeated=missing.was_repeated,
    )


def _masked(text: str) -> tuple[str, int]:
    """Each identifier as "•••123", and how many there were."""
    return masked(plain_text(text))


def _last_sequence(connection: Connection, conversation_id: str) -> int:
    mine = conversations.c.id == conversation_id
    return connection.execute(select(conversations.c.last_sequence).where(mine)).scalar_one_or_none() or 0


def _last_of_operators(connection: Connection, conversation_ids: Sequence[str]) -> dict[str, int]:
    statement = (
        select(outbox.c.conversation_id, func.max(outbox.c.sequence).label("sequence"))
        .where(outbox.c.conversation_id.in_(conversation_ids), outbox.c.author == OPERATOR)
        .group_by(outbox.c.conversation_id)
    )
    return {row.conversation_id: row.sequence for row in connection.execute(statement)}
