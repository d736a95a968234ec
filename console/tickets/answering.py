"""The answer to the citizen, written where they asked, and the end of a ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from console.tickets.acts import CHOSEN_OUTCOMES
from console.tickets.changing import Changing, Wanted
from console.tickets.handling import needed_text, short_text
from console.tickets.page import PAGE, TEXT_CHARACTERS
from console.tickets.reach import Reach, reach_of
from desk.accounts.permissions import Permission
from desk.handoff import moves
from desk.handoff.episode import MoveRefusedError
from desk.handoff.log import OvertakenError, open_episode
from desk.handoff.state import CloseReason, State
from desk.notes import NOTE_CHARACTERS
from desk.tickets import changes
from desk.tickets.changes import By
from desk.tickets.progress import Outcome, TicketEventKind
from desk.tickets.ticket import Ticket, TicketKind
from desk.tickets.told import Told
from desk.tickets.wording import reply_in_words

END_OF_CALLBACK = {
    Outcome.NOT_REACHED: CloseReason.NO_REPLY,
    Outcome.SENT_ELSEWHERE: CloseReason.REFERRED,
    Outcome.ABUSE: CloseReason.ABUSE,
}


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    answering, root = _Answering(room, Changing(room)), PAGE + "/{ticket}"
    return (
        Door("POST", root + "/answer", Permission.WORK_TICKETS, answering.answer),
        Door("POST", root + "/close", Permission.WORK_TICKETS, answering.close),
    )


@dataclass(frozen=True)
class _Answering:
    room: Room
    changing: Changing

    async def answer(self, visit: Visit) -> Response:
        """Stands in the conversation wherever one can write there; `told` says how else they have it."""
        reached: list[tuple[str, str]] = []

        def wanted() -> Wanted:
            text, told = words_to_citizen(self.room, visit, TEXT_CHARACTERS), told_of(visit)

            def change(connection: Connection, ticket: Ticket, by: By) -> Ticket:
                reach = reach_of(connection, self.room.messages, ticket, visit.now)
                check_told(told, reach)
                answered = changes.answer(connection, ticket, text, by, told)
                reached.clear()
                if reach.can_write:
                    self._say(connection, visit, ticket, text)
                    reached.append((ticket.conversation_id, reach.channel))
                return answered

            said = "ticket_answered" if told is Told.CONVERSATION else "ticket_answered_elsewhere"
            return Wanted("answer", TicketEventKind.ANSWERED, change, said, {"text": text}, engages=True)

        response = await self.changing.do(visit, wanted)
        for conversation in reached:
            self.room.signals.announce(*conversation)
        return response

    async def close(self, visit: Visit) -> Response:
        ended: list[tuple[str, str]] = []

        def wanted() -> Wanted:
            given, text = visit.form.text("outcome"), short_text(visit, NOTE_CHARACTERS)
            if given not in CHOSEN_OUTCOMES:
                raise RefusedError(Refusal.TICKET_OUTCOME_MISSING)
            outcome = Outcome(given)

            def change(connection: Connection, ticket: Ticket, by: By) -> Ticket:
                self._check(ticket, outcome)
                closed = changes.close(connection, ticket, outcome, text, self.room.tickets.rules, by)
                ended.clear()
                if ticket.kind is TicketKind.CALLBACK and self._end_callback(connection, ticket, outcome, by):
                    channel = reach_of(connection, self.room.messages, closed, visit.now).channel
                    ended.append((ticket.conversation_id, channel))
                return closed

            return Wanted("close", TicketEventKind.CLOSED, change, "ticket_closed", {"outcome": outcome.value})

        response = await self.changing.do(visit, wanted)
        for conversation in ended:
            self.room.signals.announce(*conversation)
        return response

    def _say(self, connection: Connection, visit: Visit, ticket: Ticket, text: str) -> None:
        words = reply_in_words(ticket.case_code, text, self.room.tickets.wording(visit.now))
        name = self.room.pages.texts.shown_to_citizens(visit.operator.display_name)
        request_id = f"ticket-{ticket.id}-{ticket.progress.version}"
        self.room.messages.say(connection, ticket.conversation_id, name, words, request_id, visit.now)

    def _check(self, ticket: Ticket, outcome: Outcome) -> None:
        needed = self.room.tickets.rules.settings.callback_attempts
        if outcome is Outcome.ANSWERED and ticket.progress.answered_at is None:
            raise RefusedError(Refusal.TICKET_UNANSWERED)
        if outcome is Outcome.NOT_REACHED and ticket.progress.attempts < needed:
            values = {"attempts": ticket.progress.attempts, "needed": needed}
            raise RefusedError(Refusal.TICKET_ATTEMPTS, values)

    def _end_callback(self, connection: Connection, ticket: Ticket, outcome: Outcome, by: By) -> bool:
        """The promise to call back is kept or given up: the episode that waited for it is over."""
        stored = open_episode(connection, ticket.conversation_id)
        if stored is None or stored.episode.state is not State.CALLBACK:
            return False
        reason = END_OF_CALLBACK.get(outcome, CloseReason.ANSWERED)
        try:
            moved = moves.close(connection, stored, by.actor, reason, by.now)
        except (MoveRefusedError, OvertakenError):
            return False  # somebody has just claimed it: theirs to end
        self.room.messages.tell(connection, ticket.conversation_id, moved.sentences, by.now)
        return True


def words_to_citizen(room: Room, visit: Visit, limit: int) -> str:
    """The field `text`, which leaves the house: without foreign links, like every reply. Raises RefusedError."""
    text = needed_text(visit, limit)
    if (link := room.links.foreign(text)) is not None:
        raise RefusedError(Refusal.LINK_NOT_ALLOWED, {"link": link})
    return text


def told_of(visit: Visit) -> Told:
    """How the citizen has it. Raises RefusedError."""
    given = visit.form.text("told")
    if given not in tuple(Told):
        raise RefusedError(Refusal.TICKET_TOLD_MISSING)
    return Told(given)


def check_told(told: Told, reach: Reach) -> None:
    """Raises RefusedError for a conversation in which nothing can be written."""
    if told is Told.CONVERSATION and not reach.can_write:
        raise RefusedError(Refusal.TICKET_UNREACHABLE)
