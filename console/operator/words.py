"""What an operator writes: to the citizen, to colleagues; what they look up; what they uncover."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from console.operator.moves import overtaken, page_of
from console.operator.room import Room
from console.operator.talk import Act, acts_of, readable_item
from console.ports import Suggestion
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from desk.notes import NOTE_CHARACTERS, write_note
from desk.worklist import lock_episode

WEAK = "weak"
REPLY_CHARACTERS = 6_000
QUESTION_CHARACTERS = 600
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,40}")


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    words, root = _Words(room), "/console/conversations/{episode}"
    return (
        Door("POST", root + "/reply", Permission.REPLY, words.reply),
        Door("POST", root + "/note", Permission.WRITE_NOTES, words.note),
        Door("POST", root + "/reveal", Permission.REVEAL_IDENTIFIERS, words.reveal),
        Door("POST", root + "/suggestions", Permission.SEARCH_KNOWLEDGE, words.suggest),
    )


@dataclass(frozen=True)
class _Words:
    room: Room

    async def reply(self, visit: Visit) -> Response:
        number, operator, text = visit.number("episode"), visit.operator, visit.form.text("text").strip()
        if not text:
            raise RefusedError(Refusal.REPLY_EMPTY)
        if len(text) > REPLY_CHARACTERS:
            raise RefusedError(Refusal.REPLY_TOO_LONG, {"limit": REPLY_CHARACTERS})
        if (link := self.room.links.foreign(text)) is not None:
            raise RefusedError(Refusal.LINK_NOT_ALLOWED, {"link": link})
        # The answer that the assistant had prepared, when the words were made from it.
        request_id, held = _request_id(visit), visit.form.number("held")
        name = self.room.pages.texts.shown_to_citizens(operator.display_name)

        def work(connection: Connection) -> tuple[str, str] | RefusedError:
            # Locked: nobody takes the conversation away between the look and the word.
            stored = lock_episode(connection, number)
            item = readable_item(connection, number, operator)
            if stored is None or Act.REPLY not in acts_of(item, operator):
                return overtaken(connection, item.stored)
            messages, conversation_id = self.room.messages, stored.conversation_id
            sequence = messages.say(connection, conversation_id, name, text, request_id, visit.now)
            if held is not None:
                messages.settle_held(connection, conversation_id, held, operator.id, sequence, visit.now)
            return stored.conversation_id, item.channel

        outcome = await self.room.transactions.write(work)
        if isinstance(outcome, RefusedError):
            raise outcome
        self.room.signals.announce(*outcome)
        return self.room.pages.done(visit, page_of(number))

    async def note(self, visit: Visit) -> Response:
        number, text = visit.number("episode"), visit.form.text("text").strip()
        if not text:
            raise RefusedError(Refusal.NOTE_EMPTY)
        if len(text) > NOTE_CHARACTERS:
            raise RefusedError(Refusal.NOTE_TOO_LONG, {"limit": NOTE_CHARACTERS})

        def work(connection: Connection) -> None:
            item = readable_item(connection, number, visit.operator)
            write_note(connection, item.stored.conversation_id, visit.operator.id, text, visit.now)

        await self.room.transactions.write(work)
        return self.room.pages.done(visit, page_of(number), self.room.pages.texts.said["note_kept"])

    async def reveal(self, visit: Visit) -> Response:
        """The words as written, once; the audit log says who asked, never what they saw."""
        number, sequence = visit.number("episode"), visit.form.number("sequence") or 0

        def work(connection: Connection) -> str | None:
            item = readable_item(connection, number, visit.operator)
            me, subject = actor_of(visit.operator.id), f"conversation:{item.stored.conversation_id}"
            found = self.room.messages.unmasked(connection, item.stored.conversation_id, sequence)
            if found is not None:
                detail = {"sequence": sequence, "episode": number}
                record(connection, me, AuditAction.IDENTIFIERS_REVEALED, subject, detail, visit.now)
            return found

        text = await self.room.transactions.write(work)
        if text is None:
            raise RefusedError(Refusal.NOT_FOUND)
        return JSONResponse({"text": text})

    async def suggest(self, visit: Visit) -> Response:
        """For the question given, or for what the citizen asked; in the citizen's role where that is known."""
        number, question = visit.number("episode"), visit.given("question", QUESTION_CHARACTERS)

        def work(connection: Connection) -> tuple[Sequence[str], str]:
            conversation_id = readable_item(connection, number, visit.operator).stored.conversation_id
            known = self.room.messages.known(connection, conversation_id)
            last = self.room.messages.last_said(connection, [conversation_id]).get(conversation_id)
            said, understood = "" if last is None else last.words, "" if known is None else known.question
            return (said, understood), "" if known is None else known.role

        asked, role = await self.room.transactions.read(work)
        words, found = await self._best([question] if question else asked, role)
        return self.room.pages.part(visit, "suggestions.html", suggestions=found, asked=words, role=role)

    async def _best(self, questions: Sequence[str], role: str) -> tuple[str, tuple[Suggestion, ...]]:
        """The first question that is answered well, else the one answered best: last words may be a mere "yes"."""
        best: tuple[str, tuple[Suggestion, ...]] = (questions[0], ())
        for question in dict.fromkeys(questions):
            found = await self.room.suggestions.for_text(question, role)
            if found and (not best[1] or found[0].score > best[1][0].score):
                best = question, found
            if best[1] and best[1][0].strength != WEAK:
                break
        return best


def _request_id(visit: Visit) -> str:
    """Given by the page, so that a form sent twice over a bad line says a thing once."""
    given = visit.form.text("request_id")
    return f"{visit.operator.id}-{given}" if _REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
