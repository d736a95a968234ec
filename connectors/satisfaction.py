"""When a citizen is asked how satisfied they are, and what becomes of the answer. See docs/how-to/satisfaction.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import Connection, and_, func, or_, select

from connectors.claim import Claim
from connectors.inbox import inbox
from connectors.message import NO_STATUS, Button, InboundKind, InboundMessage, Reply
from connectors.outbox import OPERATOR, outbox
from connectors.satisfaction_texts import SatisfactionTexts
from connectors.satisfaction_words import comment_in, is_farewell, is_skipping, score_in
from connectors.undelivered import sent_since
from desk.answer_log import ANSWERED, GIVEN, answer_log
from desk.conversation import ConversationKey, conversations
from desk.handoff.log import StoredEpisode, open_episode
from desk.handoff.moves import Say, Sentence
from desk.handoff.state import ASSISTANT_SPEAKS, CloseReason, State
from desk.satisfaction import EPISODE, WORDS_CHARACTERS, About, Rating, ask, is_fresh, last_asked, rate
from desk.settings import SatisfactionSettings
from desk.worklist import episodes_of

ASKED, RATED, NOTED = "satisfaction_asked", "satisfaction_rated", "satisfaction_noted"
REQUEST_PERSON = "/request_person"
SKIP, COMMENT = "/rating_skip", "/rating_words"
_RATING = re.compile(r"/rating (\S{1,64}) ([1-5])")
LOW = 2
"""Who gives as little is offered a person."""

REPLIES_SPARED = 3
"""Of a channel's free replies: the words that go with the question, the question itself, and one more for an answer."""

ENDS = frozenset({Say.GIVEN_BACK, Say.CLOSED, Say.RETURNED})
ASKED_AFTER = frozenset({CloseReason.ANSWERED, CloseReason.REFERRED, CloseReason.NOT_OURS})
"""Not when nobody writes any more, nor who was abusive."""

Moves = Callable[[Connection, datetime], tuple[Reply, ...]]


@dataclass(frozen=True)
class FreeReplies:
    """What a channel lets us say within so many hours of the citizen's last words."""

    replies: int
    hours: float


@dataclass(frozen=True)
class Satisfactions:
    """One for each process. `quotas` by channel; one that is not there has none."""

    texts: SatisfactionTexts
    settings: SatisfactionSettings
    quotas: Mapping[str, FreeReplies]
    zone: tzinfo

    def after(
        self, connection: Connection, key: ConversationKey, sentences: Sequence[Sentence], now: datetime
    ) -> tuple[Reply, ...]:
        """The question that follows what the desk has just said; usually none. The end of a call-back has no words."""
        says = {sentence.say for sentence in sentences}
        if says and not says & ENDS:
            return ()
        newest = next(iter(episodes_of(connection, key.id, 1)), None)
        if newest is None or not self._is_worth_asking(newest, says, now):
            return ()
        about = About.PERSON if _operator_wrote(connection, key, newest.opened_at) else About.WAITING
        return self._question(connection, key, f"{EPISODE}{newest.id}", about, now)

    def at_farewell(self, claim: Claim, replies: Sequence[Reply]) -> Moves | None:
        """Thanks and good-byes may be followed by the question about the assistant; None for all else."""
        is_line = all(reply.status == NO_STATUS and not reply.buttons for reply in replies)
        if claim.payload is not None or not is_line or not is_farewell(claim.text, self.texts):
            return None

        def moves(connection: Connection, now: datetime) -> tuple[Reply, ...]:
            key, today = claim.conversation, now.astimezone(self.zone).date()
            before = last_asked(connection, key.id)
            if before is not None and before.asked_at.astimezone(self.zone).date() == today:
                return ()
            stored = open_episode(connection, key.id)
            is_waiting = stored is not None and stored.episode.state not in {State.BOT, State.OFFERED}
            if is_waiting or not _was_answered(connection, key, now - timedelta(days=1)):
                return ()
            return self._question(connection, key, f"bot-{today.isoformat()}", About.BOT, now)

        return moves

    def settle(self, connection: Connection, message: InboundMessage) -> InboundMessage:
        """The same message with a payload when its words answer the question, or comment on a rating."""
        if message.kind is not InboundKind.TEXT or message.payload is not None:
            return message
        score, skips = score_in(message.text), is_skipping(message.text, self.texts)
        if score is None and not skips and not comment_in(message.text, self.texts):
            return message
        rating = last_asked(connection, message.conversation.id)
        if rating is None or not self._is_fresh(rating, message.received_at):
            return message
        if score is None and not skips:
            return message if rating.score is None else replace(message, payload=COMMENT)
        if not _is_last_said(connection, message.conversation):
            return message
        return replace(message, payload=SKIP if score is None else _payload(rating.occasion, score))

    def meant(self, claim: Claim) -> Moves | None:
        """What a message that was settled so does; None for all others."""
        if claim.payload == SKIP:
            return lambda connection, now: self._say(connection, claim, Reply(self.texts.skipped))
        if claim.payload == COMMENT:
            return lambda connection, now: self._comment(connection, claim, now)
        chosen = _RATING.fullmatch(claim.payload or "")
        if chosen is None:
            return None
        return lambda connection, now: self._rate(connection, claim, chosen[1], int(chosen[2]), now)

    def _rate(
        self, connection: Connection, claim: Claim, occasion: str, score: int, now: datetime
    ) -> tuple[Reply, ...]:
        rating = last_asked(connection, claim.conversation.id)
        is_newest = rating is not None and rating.occasion == occasion
        # A pressed button is meant; words, or a number, that happen to fit an old question may mean anything.
        if claim.kind is InboundKind.TEXT and not (is_newest and rating is not None and self._is_fresh(rating, now)):
            return self._say(connection, claim, Reply(self.texts.expired))
        if not rate(connection, claim.conversation.id, occasion, score, None, now):
            return self._say(connection, claim, Reply(self.texts.expired))
        is_low = score <= LOW
        text = (self.texts.thanks_low if is_low else self.texts.thanks).format(score=score)
        buttons = (Button(self.texts.person_button, REQUEST_PERSON),) if is_low else ()
        return self._say(connection, claim, Reply(text, RATED, buttons=buttons))

    def _comment(self, connection: Connection, claim: Claim, now: datetime) -> tuple[Reply, ...]:
        rating = last_asked(connection, claim.conversation.id)
        if rating is None or rating.score is None:
            return ()
        words = "\n".join(filter(None, (rating.words, comment_in(claim.text, self.texts))))[:WORDS_CHARACTERS]
        rate(connection, claim.conversation.id, rating.occasion, rating.score, words, now)
        return self._say(connection, claim, Reply(self.texts.noted, NOTED))

    def _say(self, connection: Connection, claim: Claim, reply: Reply) -> tuple[Reply, ...]:
        """Nothing while a person is waited for, or answers: then what was given is kept without a word."""
        stored = open_episode(connection, claim.conversation.id)
        return (reply,) if stored is None or stored.episode.state in ASSISTANT_SPEAKS else ()

    def _is_worth_asking(self, stored: StoredEpisode, says: Collection[Say], now: datetime) -> bool:
        episode = stored.episode
        if Say.RETURNED in says:
            waited = now - (episode.waiting_since or now)
            return waited >= timedelta(minutes=self.settings.shortest_wait_minutes)
        return Say.GIVEN_BACK in says or episode.close_reason in ASKED_AFTER

    def _question(
        self, connection: Connection, key: ConversationKey, occasion: str, about: About, now: datetime
    ) -> tuple[Reply, ...]:
        if not self._may_ask(connection, key, now) or not ask(connection, key.id, occasion, about, now):
            return ()
        titles = enumerate(self.texts.scores, start=1)
        buttons = tuple(Button(title, _payload(occasion, score)) for score, title in titles)
        return (Reply(getattr(self.texts.questions, about.value), ASKED, buttons=buttons),)

    def _may_ask(self, connection: Connection, key: ConversationKey, now: datetime) -> bool:
        columns = (conversations.c.quiet_since, conversations.c.unreachable)
        state = connection.execute(select(*columns).where(conversations.c.id == key.id)).one()
        if state.quiet_since is not None or state.unreachable is not None:
            return False
        quota = self.quotas.get(key.channel)
        return quota is None or _spares_one(connection, key, quota, now)

    def _is_fresh(self, rating: Rating, now: datetime) -> bool:
        return is_fresh(rating, now, timedelta(hours=self.settings.fresh_hours))


def _payload(occasion: str, score: int) -> str:
    return f"/rating {occasion} {score}"


def _spares_one(connection: Connection, key: ConversationKey, quota: FreeReplies, now: datetime) -> bool:
    """Never the last reply of a quota: it belongs to an answer."""
    newest = select(func.max(inbox.c.received_at)).where(inbox.c.conversation_id == key.id)
    heard_at: datetime | None = connection.execute(newest).scalar_one()
    if heard_at is None or heard_at < now - timedelta(hours=quota.hours):
        return False
    return sent_since(connection, key.id, heard_at) + REPLIES_SPARED <= quota.replies


def _operator_wrote(connection: Connection, key: ConversationKey, since: datetime) -> bool:
    return _said(connection, key, outbox.c.author == OPERATOR, outbox.c.created_at >= since)


def _was_answered(connection: Connection, key: ConversationKey, since: datetime) -> bool:
    log = answer_log.c
    given = or_(log.status == ANSWERED, and_(log.status.in_(GIVEN), log.document != ""))
    theirs = (log.conversation_id == key.id, log.at >= since, given)
    return connection.execute(select(log.id).where(*theirs).limit(1)).first() is not None


def _said(connection: Connection, key: ConversationKey, *which: object) -> bool:
    statement = select(outbox.c.id).where(outbox.c.conversation_id == key.id, *which).limit(1)  # type: ignore[arg-type]
    return connection.execute(statement).first() is not None


def _is_last_said(connection: Connection, key: ConversationKey) -> bool:
    """Whether nobody has said anything since the question."""
    last = (
        select(outbox.c.status)
        .join(conversations, conversations.c.id == outbox.c.conversation_id)
        .where(conversations.c.id == key.id, outbox.c.sequence == conversations.c.last_sequence)
    )
    return connection.execute(last).scalar_one_or_none() == ASKED
