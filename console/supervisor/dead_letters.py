"""Messages that could not be answered, and replies that could not be delivered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from console.supervisor.ports import Letter, LetterKind
from desk.accounts.permissions import Permission, may
from desk.audit import AuditAction, actor_of, record

PAGE = "/console/dead-letters"
SHOWN = 100
SAID = frozenset({"letter_retried", "letter_sent_again", "letter_dropped"})
Handling = Callable[[Connection, Letter, datetime], bool]


def doors(room: Room) -> Sequence[Door]:
    """See console/supervisor/doors.py."""
    letters, need = _Letters(room), Permission.HANDLE_DEAD_LETTERS
    return (
        Door("GET", PAGE, need, letters.page),
        Door("POST", PAGE + "/reveal", need, letters.reveal),
        Door("POST", PAGE + "/retry", need, letters.retry),
        Door("POST", PAGE + "/drop", need, letters.drop),
    )


@dataclass(frozen=True)
class Revealed:
    """The words of one letter, shown once."""

    letter: Letter
    words: str


@dataclass(frozen=True)
class _Letters:
    room: Room

    async def page(self, visit: Visit) -> Response:
        return await self._show(visit, None)

    async def reveal(self, visit: Visit) -> Response:
        """Who may not read citizens' words may still try a message again, or drop it."""

        def work(connection: Connection) -> Revealed | RefusedError:
            letter = self._meant(connection, visit)
            if letter is None:
                return RefusedError(Refusal.LETTER_GONE)
            if not may(visit.operator, Permission.REVEAL_IDENTIFIERS):
                return RefusedError(Refusal.FORBIDDEN)
            words = self.room.supervision.letters.whole(connection, letter.kind, letter.id)
            _note(connection, visit, letter, "read")
            return Revealed(letter, words or "")

        outcome = await self.room.transactions.write(work)
        if isinstance(outcome, RefusedError):
            raise outcome
        return await self._show(visit, outcome)

    async def retry(self, visit: Visit) -> Response:
        letter = await self._handle(visit, "retried", self.room.supervision.letters.retry)
        return self._done(visit, "letter_sent_again" if letter.kind is LetterKind.DELIVERY else "letter_retried")

    async def drop(self, visit: Visit) -> Response:
        if not visit.form.is_on("confirmed") and await self._exists(visit):
            raise RefusedError(Refusal.CONFIRMATION_MISSING)
        await self._handle(visit, "dropped", self.room.supervision.letters.drop)
        return self._done(visit, "letter_dropped")

    async def _handle(self, visit: Visit, what: str, handling: Handling) -> Letter:
        """Raises RefusedError: somebody else has dealt with it, or it may not be repeated."""

        def work(connection: Connection) -> Letter | None:
            letter = self._meant(connection, visit)
            if letter is None or not handling(connection, letter, visit.now):
                return None
            _note(connection, visit, letter, what)
            return letter

        letter = await self.room.transactions.write(work)
        if letter is None:
            raise RefusedError(Refusal.LETTER_GONE)
        if letter.conversation_id:
            self.room.signals.announce(letter.conversation_id, letter.channel)
        return letter

    async def _exists(self, visit: Visit) -> bool:
        return await self.room.transactions.read(lambda connection: self._meant(connection, visit)) is not None

    def _meant(self, connection: Connection, visit: Visit) -> Letter | None:
        kind, number = visit.form.text("kind"), visit.form.number("id")
        if kind not in set(LetterKind) or number is None:
            return None
        return self.room.supervision.letters.find(connection, LetterKind(kind), number)

    async def _show(self, visit: Visit, revealed: Revealed | None) -> Response:
        reading = self.room.supervision.letters.waiting
        letters = await self.room.transactions.read(lambda connection: reading(connection, SHOWN))
        said = visit.query("said", 32)
        return self.room.pages.page(
            visit,
            "dead_letters.html",
            groups=[(kind, [letter for letter in letters if letter.kind is kind]) for kind in LetterKind],
            revealed=revealed,
            most=SHOWN,
            said=self.room.pages.texts.said[said] if said in SAID else "",
        )

    def _done(self, visit: Visit, said: str) -> Response:
        return self.room.pages.done(visit, f"{PAGE}?said={said}")


def _note(connection: Connection, visit: Visit, letter: Letter, what: str) -> None:
    detail = {"what": what, "channel": letter.channel, "why": letter.why[:100]}
    subject = f"{letter.kind.value}:{letter.id}"
    record(connection, actor_of(visit.operator.id), AuditAction.DEAD_LETTER_HANDLED, subject, detail, visit.now)
