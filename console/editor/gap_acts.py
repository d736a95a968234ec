"""What is done with a gap from its page. What is refused is said there, with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import Response
from sqlalchemy import Connection

from console.editor.document_view import page_of
from console.editor.gap_page import GapPages
from console.editor.gap_texts import GapTexts, load_gap_texts
from console.editor.gaps import GAPS
from console.editor.listing import editors
from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.calendar.zone import vietnam_date
from editing.actor import Actor, operator_actor
from editing.document import TOPIC_CHARACTERS, Document, DocumentKind
from editing.documents import existing_document, find_document, find_named
from editing.errors import EditingError, StaleError, WrongStateError
from editing.gaps import handling
from editing.gaps.entries import extend_entry, write_entry
from editing.gaps.handling import Seen
from editing.versions import live_version

Work = Callable[[Connection, Seen, Actor], str]
"""Gives the address to go to; raises EditingError, or GapRefusedError."""
CHOSEN = "q_"


class GapRefusedError(Exception):
    """Names a sentence of gaps.yml, under `refused`."""


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    acts, one, need = _Acts(room), GAPS + "/{gap}", Permission.EDIT_KNOWLEDGE
    return (
        Door("POST", one + "/assign", need, acts.assign),
        Door("POST", one + "/describe", need, acts.describe),
        Door("POST", one + "/answered", need, acts.answered),
        Door("POST", one + "/out-of-scope", need, acts.out_of_scope),
        Door("POST", one + "/open", need, acts.open_again),
        Door("POST", one + "/merge", need, acts.merge),
        Door("POST", one + "/split", need, acts.split),
        Door("POST", one + "/write", need, acts.write),
        Door("POST", one + "/extend", need, acts.extend),
    )


@dataclass(frozen=True)
class _Acts:
    room: Room
    texts: GapTexts = field(default_factory=load_gap_texts)

    async def assign(self, visit: Visit) -> Response:
        def work(connection: Connection, seen: Seen, actor: Actor) -> str:
            chosen = visit.form.number("assignee")
            if chosen is not None and chosen not in {each.id for each in editors(connection)}:
                raise GapRefusedError("colleague")
            handling.assign(connection, seen, chosen, actor, visit.now)
            return _page(seen.id, "assigned")

        return await self._do(visit, work)

    async def describe(self, visit: Visit) -> Response:
        def work(connection: Connection, seen: Seen, actor: Actor) -> str:
            title, note = visit.form.text("title"), visit.form.text("note")
            handling.describe(connection, seen, title, note, actor, visit.now)
            return _page(seen.id, "saved")

        return await self._do(visit, work)

    async def answered(self, visit: Visit) -> Response:
        def work(connection: Connection, seen: Seen, actor: Actor) -> str:
            entry = _entry(connection, visit)
            if live_version(connection, entry.id, vietnam_date(visit.now)) is None:
                raise GapRefusedError("entry_not_live")
            handling.answered_by(connection, seen, entry.name, actor, visit.now)
            return _page(seen.id, "settled")

        return await self._do(visit, work)

    async def out_of_scope(self, visit: Visit) -> Response:
        def work(connection: Connection, seen: Seen, actor: Actor) -> str:
            handling.out_of_scope(connection, seen, actor, visit.now)
            return _page(seen.id, "settled")

        return await self._do(visit, work)

    async def open_again(self, visit: Visit) -> Response:
        def work(connection: Connection, seen: Seen, actor: Actor) -> str:
            handling.open_again(connection, seen, actor, visit.now)
            return _page(seen.id, "opened")

        return await self._do(visit, work)

    async def merge(self, visit: Visit) -> Response:
        def work(connection: Connection, seen: Seen, actor: Actor) -> str:
            target = visit.form.number("target")
            try:
                handling.put_to(connection, seen, target or 0, actor, visit.now)
            except WrongStateError as error:
                raise GapRefusedError("gap") from error
            return _page(target or 0, "merged")

        return await self._do(visit, work)

    async def split(self, visit: Visit) -> Response:
        def work(connection: Connection, seen: Seen, actor: Actor) -> str:
            try:
                return _page(handling.split(connection, seen, chosen_of(visit), actor, visit.now), "split")
            except WrongStateError as error:
                raise GapRefusedError("split") from error

        return await self._do(visit, work)

    async def write(self, visit: Visit) -> Response:
        """Leads to the draft."""

        def work(connection: Connection, seen: Seen, actor: Actor) -> str:
            topic = " ".join(visit.form.text("topic").split())
            if not 0 < len(topic) <= TOPIC_CHARACTERS:
                raise GapRefusedError("topic")
            version = write_entry(connection, seen, topic, chosen_of(visit), actor, visit.now)
            return page_of(existing_document(connection, version.document_id))

        return await self._do(visit, work)

    async def extend(self, visit: Visit) -> Response:
        def work(connection: Connection, seen: Seen, actor: Actor) -> str:
            chosen, entry = chosen_of(visit), _entry(connection, visit)
            if not chosen:
                raise GapRefusedError("nothing_chosen")
            try:
                extend_entry(connection, seen, entry, chosen, actor, visit.now)
            except WrongStateError as error:
                raise GapRefusedError("entry_state") from error
            return page_of(entry)

        return await self._do(visit, work)

    async def _do(self, visit: Visit, work: Work) -> Response:
        revision = visit.form.number("revision")
        if revision is None:
            raise RefusedError(Refusal.BAD_FORM)
        seen, actor = Seen(visit.number("gap"), revision), operator_actor(visit.operator.id)
        try:
            where = await self.room.transactions.write(lambda connection: work(connection, seen, actor))
        except GapRefusedError as refused:
            return await self._refused(visit, str(refused), HTTPStatus.UNPROCESSABLE_ENTITY)
        except StaleError:
            return await self._refused(visit, "stale", HTTPStatus.CONFLICT)
        except EditingError:
            return await self._refused(visit, "state", HTTPStatus.CONFLICT)
        return self.room.pages.done(visit, where)

    async def _refused(self, visit: Visit, why: str, status: int) -> Response:
        pages = GapPages(self.room, self.texts)
        return await pages.page(visit, error=self.texts.refused[why], status=status, typed=visit.form.fields)


def chosen_of(visit: Visit) -> tuple[int, ...]:
    """The ticked questions: each has a field of its own."""
    names = (name.removeprefix(CHOSEN) for name in visit.form.fields if name.startswith(CHOSEN))
    return tuple(int(name) for name in names if name.isascii() and name.isdecimal() and len(name) <= 18)


def _entry(connection: Connection, visit: Visit) -> Document:
    """By its name, or the key alone. Raises GapRefusedError."""
    typed = visit.form.text("entry").strip()
    found = find_named(connection, typed) if "/" in typed else find_document(connection, DocumentKind.FAQ, typed)
    if found is None:
        raise GapRefusedError("entry")
    return found


def _page(gap_id: int, said: str) -> str:
    return f"{GAPS}/{gap_id}?said={said}"
