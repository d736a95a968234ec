"""A citizen's rights over their data: find them, hand out what is held, erase it. Law 91/2025/QH15."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from console.supervisor.citizen_ports import Archive
from desk.accounts.permissions import Permission
from desk.alert import open_alert
from desk.audit import actor_of
from desk.citizen import (
    LEAST_REASON_CHARACTERS,
    REASON_CHARACTERS,
    FoundCitizen,
    Held,
    PrivacyRequest,
    confirms,
    read_reason,
)
from desk.conversation import ID_CHARACTERS

PAGE = "/console/citizens"
WORDS_CHARACTERS = 200
LEAST_WORDS_CHARACTERS = 3
SHOWN_KINDS = (Held.MESSAGES, Held.TICKETS, Held.NOTES, Held.RATINGS, Held.FEEDBACK, Held.EPISODES)


def doors(room: Room) -> Sequence[Door]:
    """See console/supervisor/doors.py. What is looked for is posted: it would else stand in addresses and in logs."""
    citizens = _Citizens(room)
    return (
        Door("GET", PAGE, Permission.EXPORT_CITIZEN, citizens.page),
        Door("POST", PAGE + "/search", Permission.EXPORT_CITIZEN, citizens.search),
        Door("POST", PAGE + "/of-alert/{alert}", Permission.EXPORT_CITIZEN, citizens.of_alert),
        Door("POST", PAGE + "/export", Permission.EXPORT_CITIZEN, citizens.export),
        Door("POST", PAGE + "/erase", Permission.ERASE_CITIZEN, citizens.erase),
    )


@dataclass(frozen=True)
class CitizensView:
    """`found` is None before anything was looked for. `tried` is the form that was refused: export or erase."""

    words: str = ""
    found: tuple[FoundCitizen, ...] | None = None
    error: str = ""
    tried: str = ""
    reason: str = ""


@dataclass(frozen=True)
class _Citizens:
    room: Room

    async def page(self, visit: Visit) -> Response:
        return self._shown(visit, CitizensView())

    async def search(self, visit: Visit) -> Response:
        words = " ".join(visit.form.text("words").split())
        if not LEAST_WORDS_CHARACTERS <= len(words) <= WORDS_CHARACTERS:
            limits = {"least": LEAST_WORDS_CHARACTERS, "limit": WORDS_CHARACTERS}
            refused = RefusedError(Refusal.CITIZEN_WORDS, limits)
            return self._shown(visit, CitizensView(words[:WORDS_CHARACTERS], error=self._say(refused)), refused.status)
        me = actor_of(visit.operator.id)

        citizens, transactions = self.room.citizens, self.room.transactions
        # Looking through all tickets is no work for the writer, for whom citizens' messages wait.
        found = await transactions.read(lambda connection: citizens.find(connection, words))
        await transactions.write(lambda connection: citizens.note_search(connection, len(found), me, visit.now))
        return self._shown(visit, CitizensView(words, found))

    async def of_alert(self, visit: Visit) -> Response:
        """Whom an open alert is about: found without their id being typed, and noted as a search."""
        number, me, citizens = visit.number("alert"), actor_of(visit.operator.id), self.room.citizens

        def work(connection: Connection) -> FoundCitizen:
            one = open_alert(connection, number)
            if one is None:
                raise RefusedError(Refusal.ALERT_GONE)
            person = citizens.one(connection, one.alert.conversation_id)
            if person is None:
                raise RefusedError(Refusal.CITIZEN_GONE)
            return person

        person = await self.room.transactions.read(work)
        await self.room.transactions.write(lambda connection: citizens.note_search(connection, 1, me, visit.now))
        return self._shown(visit, CitizensView("", (person,)))

    async def export(self, visit: Visit) -> Response:
        person = await self._meant(visit)
        try:
            request = _request(visit, person)
        except RefusedError as refused:
            return self._again(visit, person, refused, "export")

        def work(connection: Connection) -> Archive | None:
            return self.room.citizens.export(connection, request, visit.now)

        archive = await self.room.transactions.read(work)
        if archive is None or not await self._noted(visit, request, archive):
            raise RefusedError(Refusal.CITIZEN_GONE)
        disposition = f'attachment; filename="{archive.name}"'
        return Response(archive.content, media_type="application/zip", headers={"Content-Disposition": disposition})

    async def _noted(self, visit: Visit, request: PrivacyRequest, archive: Archive) -> bool:
        """Before it is handed out. False when the citizen was erased while it was made."""

        def work(connection: Connection) -> bool:
            return self.room.citizens.note_export(connection, request, archive.counts, visit.now)

        return await self.room.transactions.write(work)

    async def erase(self, visit: Visit) -> Response:
        person = await self._meant(visit)
        try:
            request = _request(visit, person)
            _check_confirmed(visit, person)
        except RefusedError as refused:
            return self._again(visit, person, refused, "erase")

        def work(connection: Connection) -> FoundCitizen | None:
            return self.room.citizens.erase(connection, request, visit.now)

        if await self.room.transactions.write(work) is None:
            raise RefusedError(Refusal.CITIZEN_GONE)
        await self.room.citizens.forget_memories(visit.now)
        return self.room.pages.done(visit, f"{PAGE}?said=erased", self.room.pages.texts.said["citizen_erased"])

    async def _meant(self, visit: Visit) -> FoundCitizen:
        """Raises RefusedError."""
        conversation_id = visit.form.text("conversation")[: ID_CHARACTERS + 1]

        def work(connection: Connection) -> FoundCitizen | None:
            return self.room.citizens.one(connection, conversation_id)

        person = await self.room.transactions.read(work)
        if person is None:
            raise RefusedError(Refusal.CITIZEN_GONE)
        return person

    def _again(self, visit: Visit, person: FoundCitizen, refused: RefusedError, tried: str) -> Response:
        """With what was typed, so that nobody types it twice; but the confirmation is typed anew."""
        reason = visit.form.text("reason")[:REASON_CHARACTERS]
        return self._shown(visit, CitizensView("", (person,), self._say(refused), tried, reason), refused.status)

    def _say(self, refused: RefusedError) -> str:
        return self.room.pages.texts.refused(refused)

    def _shown(self, visit: Visit, view: CitizensView, status: int = 200) -> Response:
        said = self.room.pages.texts.said["citizen_erased"] if visit.query("said") == "erased" else ""
        limits = {"words": WORDS_CHARACTERS, "least_words": LEAST_WORDS_CHARACTERS, "reason": REASON_CHARACTERS}
        return self.room.pages.page(
            visit, "citizens.html", status, view=view, said=said, limits=limits, kinds=SHOWN_KINDS
        )


def _check_confirmed(visit: Visit, person: FoundCitizen) -> None:
    """Raises RefusedError."""
    if not confirms(visit.form.text("confirm"), person.confirm_with):
        raise RefusedError(Refusal.CITIZEN_UNCONFIRMED, {"code": person.confirm_with})


def _request(visit: Visit, person: FoundCitizen) -> PrivacyRequest:
    """Raises RefusedError."""
    reason = read_reason(visit.form.text("reason"))
    if reason is None:
        limits = {"least": LEAST_REASON_CHARACTERS, "limit": REASON_CHARACTERS}
        raise RefusedError(Refusal.CITIZEN_REASON, limits)
    return PrivacyRequest(person.conversation_id, actor_of(visit.operator.id), reason)
