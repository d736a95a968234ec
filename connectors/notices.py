"""What stands around an answer for a time: an announcement before it, or a person who checks it first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from connectors.channel_texts import AnnouncementTexts
from connectors.claim import Claim
from connectors.handing_off import Handoffs, Moves
from connectors.held_answer import keep_back
from connectors.message import Reply
from desk.answer_log import ANSWERED, GIVEN
from desk.handoff.log import open_episode
from desk.handoff.state import Reason
from desk.notices.announcement import Announcement, live_announcements
from desk.notices.hold import Hold, hold_on
from desk.notices.said import unsaid

ANSWERS = (ANSWERED, "clarification", "unanswerable_")
"""Beginnings of the statuses of answers; an emergency, a greeting, an error is none."""
ANNOUNCED = "desk_announcement"
HELD = "desk_held"


@dataclass(frozen=True)
class Notices:
    """Reads what is in force in the transaction that stores the replies: repeating that says nothing twice."""

    texts: AnnouncementTexts
    handoffs: Handoffs

    def around(
        self, claim: Claim, replies: tuple[Reply, ...], moves: Moves | None
    ) -> tuple[tuple[Reply, ...], Moves | None]:
        """The same when nothing of it is an answer; else all of it as a move, decided when it is stored."""
        answer = next((reply for reply in replies if reply.status.startswith(ANSWERS)), None)
        if answer is None:
            return replies, moves

        def work(connection: Connection, now: datetime) -> tuple[Reply, ...]:
            before = self._announced(connection, claim, answer, now)
            held = _held(connection, replies, now)
            if held is not None:
                return (*before, *self._hold(connection, claim, *held, now))
            return (*before, *replies, *(moves(connection, now) if moves is not None else ()))

        return (), work

    def said(self, announcement: Announcement) -> str:
        """As citizens read it in a chat."""
        words = announcement.wording
        lines = [self.texts.said.format(title=words.title, text=words.text)]
        if words.link:
            lines.append(self.texts.linked.format(link=words.link))
        return "\n".join(lines)

    def _announced(self, connection: Connection, claim: Claim, answer: Reply, now: datetime) -> tuple[Reply, ...]:
        topic = "" if answer.source is None else answer.source.topic
        key = claim.conversation
        wanted = [each for each in live_announcements(connection, now) if each.is_for(key.channel, topic)]
        return tuple(Reply(self.said(each), ANNOUNCED) for each in unsaid(connection, wanted, key.id, now))

    def _hold(self, connection: Connection, claim: Claim, hold: Hold, reply: Reply, now: datetime) -> tuple[Reply, ...]:
        """The answer is kept for an operator; the citizen hears why they wait."""
        waiting = self.handoffs.request(connection, claim, Reason.VALIDATION, now)
        stored = open_episode(connection, claim.conversation.id)
        if stored is None:
            raise RuntimeError("a person was asked for, and no episode is open")
        keep_back(connection, claim.conversation.id, stored.id, hold.id, reply, now)
        return (Reply(self.handoffs.texts.held, HELD), *waiting)


def _held(connection: Connection, replies: Sequence[Reply], now: datetime) -> tuple[Hold, Reply] | None:
    """The first answer that may not be sent by itself, and what holds it."""
    for reply in replies:
        source = reply.source
        if source is None or reply.status not in GIVEN:
            continue
        hold = hold_on(connection, source.document, source.topic, source.section, now)
        if hold is not None:
            return hold, reply
    return None
