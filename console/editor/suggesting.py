"""An operator's reply becomes a draft for the editors, with its legal basis; a wrong answer is reported to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path

from fastapi import Response
from sqlalchemy import Connection

from console.operator.moves import page_of as talk_of
from console.operator.room import Room
from console.operator.talk import readable_item
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.answer_log import Trouble, note_trouble
from desk.audit import AuditAction, actor_of, record
from editing.actor import operator_actor
from editing.bodies.faq import FaqBasis, FaqBody
from editing.document import TOPIC_CHARACTERS
from editing.documents import topics
from editing.drafting import NewFaq
from editing.errors import InvalidBodyError, WrongStateError
from editing.suggested_reply import (
    RepliedMessage,
    suggest_reply,
    suggestion_of,
    suggestions_by,
    without_identifiers,
)
from settings.yaml_text import load_yaml

FILE = Path(__file__).with_name("suggesting.yml")
TALK = "/console/conversations/{episode}"
MINE = "/console/suggestions"
SHOWN = 100
LIMITS = {"question": 300, "answer": 5_000, "document": 300, "article": 200, "topic": TOPIC_CHARACTERS}
"""Characters of the fields, in their order on the page."""
OPERATOR, CITIZEN = "operator", "citizen"


@dataclass(frozen=True)
class SuggestingTexts:
    """Keys are those of suggesting.yml."""

    change_note: str
    standings: Mapping[str, str]
    said: str
    marked: str
    problems: Mapping[str, str]


def load_suggesting_texts(path: Path = FILE) -> SuggestingTexts:
    """Raises FileNotFoundError, or TypeError, which names a key that is missing or too much."""
    return SuggestingTexts(**load_yaml(path.read_text(encoding="utf-8"))["suggesting"])


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    suggesting, need = _Suggesting(room), Permission.SUGGEST_KNOWLEDGE
    return (
        Door("GET", TALK + "/suggest/{sequence}", need, suggesting.show),
        Door("POST", TALK + "/suggest/{sequence}", need, suggesting.suggest),
        Door("POST", TALK + "/wrong", need, suggesting.mark_wrong),
        Door("GET", MINE, need, suggesting.mine),
    )


@dataclass(frozen=True)
class SuggestionForm:
    """Fields as typed; `was_suggested` when this message already is one."""

    fields: Mapping[str, str]
    topics: tuple[str, ...]
    was_suggested: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)


Work = Callable[[Connection], SuggestionForm | None]


@dataclass(frozen=True)
class _Suggesting:
    room: Room
    texts: SuggestingTexts = field(default_factory=load_suggesting_texts)

    async def show(self, visit: Visit) -> Response:
        form = await self.room.transactions.read(lambda connection: self._begun(connection, visit))
        return self._page(visit, form, HTTPStatus.OK)

    async def suggest(self, visit: Visit) -> Response:
        """Nothing typed is lost when something is missing."""
        typed = {name: visit.form.text(name).strip() for name in LIMITS}
        wrong = {name for name, limit in LIMITS.items() if not 0 < len(typed[name]) <= limit}

        def work(connection: Connection) -> SuggestionForm | None:
            form = replace(self._begun(connection, visit), fields=typed)
            if wrong:
                return replace(form, problems={name: self.texts.problems[name] for name in LIMITS if name in wrong})
            self._create(connection, visit, typed)
            return None

        refused = await self._refusing(visit, typed, work)
        if refused is not None:
            return self._page(visit, refused, HTTPStatus.UNPROCESSABLE_ENTITY)
        return self.room.pages.done(visit, f"{MINE}?said=1")

    async def mark_wrong(self, visit: Visit) -> Response:
        """Of an answer that the assistant gave here."""
        episode, sequence = visit.number("episode"), visit.form.number("sequence") or 0

        def work(connection: Connection) -> bool:
            conversation_id = readable_item(connection, episode, visit.operator).stored.conversation_id
            if not note_trouble(connection, conversation_id, sequence, Trouble.MARKED, visit.now):
                return False
            me, subject = actor_of(visit.operator.id), f"conversation:{conversation_id}"
            record(connection, me, AuditAction.ANSWER_MARKED, subject, {"sequence": sequence}, visit.now)
            return True

        if not await self.room.transactions.write(work):
            raise RefusedError(Refusal.NOT_FOUND)
        return self.room.pages.done(visit, talk_of(episode), self.texts.marked)

    async def mine(self, visit: Visit) -> Response:
        found = await self.room.transactions.read(
            lambda connection: suggestions_by(connection, visit.operator.id, SHOWN, visit.now)
        )
        said = self.texts.said if visit.query("said", 1) else ""
        return self.room.pages.page(visit, "suggestions_mine.html", suggested=found, said=said, labels=self.texts)

    async def _refusing(self, visit: Visit, typed: Mapping[str, str], work: Work) -> SuggestionForm | None:
        try:
            return await self.room.transactions.write(work)
        except WrongStateError:
            why = "taken"
        except InvalidBodyError:
            why = "unfit"
        form = await self.room.transactions.read(lambda connection: self._begun(connection, visit))
        return replace(form, fields=typed, problems={"answer": self.texts.problems[why]})

    def _create(self, connection: Connection, visit: Visit, typed: Mapping[str, str]) -> None:
        item = readable_item(connection, visit.number("episode"), visit.operator)
        basis = FaqBasis(" ".join(typed["document"].split()), " ".join(typed["article"].split()))
        body = FaqBody(
            question=without_identifiers(" ".join(typed["question"].split())),
            answer=without_identifiers(typed["answer"]),
            legal_basis=(basis,),
        )
        new = NewFaq(" ".join(typed["topic"].split()), body, change_note=self.texts.change_note)
        message = RepliedMessage(item.stored.conversation_id, visit.number("sequence"), visit.operator.id)
        suggest_reply(connection, message, new, operator_actor(visit.operator.id), visit.now)

    def _begun(self, connection: Connection, visit: Visit) -> SuggestionForm:
        """The words of the conversation with all identifiers taken out. Raises RefusedError for no operator's words."""
        item, sequence = readable_item(connection, visit.number("episode"), visit.operator), visit.number("sequence")
        conversation_id = item.stored.conversation_id
        said = self.room.messages.transcript(connection, conversation_id, 0)
        if not any(entry.sequence == sequence and entry.role == OPERATOR for entry in said):
            raise RefusedError(Refusal.NOT_FOUND)
        asked = [entry.sequence for entry in said if entry.role == CITIZEN and entry.sequence < sequence]
        question = self._words(connection, conversation_id, asked[-1]) if asked else ""
        fields = dict.fromkeys(LIMITS, "")
        fields |= {"question": " ".join(question.split()), "answer": self._words(connection, conversation_id, sequence)}
        was_suggested = suggestion_of(connection, conversation_id, sequence) is not None
        return SuggestionForm(fields, topics(connection), was_suggested)

    def _words(self, connection: Connection, conversation_id: str, sequence: int) -> str:
        return without_identifiers(self.room.messages.unmasked(connection, conversation_id, sequence) or "")

    def _page(self, visit: Visit, form: SuggestionForm, status: int) -> Response:
        episode, sequence = visit.number("episode"), visit.number("sequence")
        return self.room.pages.page(
            visit, "suggest_reply.html", status, form=form, limits=LIMITS, episode=episode, sequence=sequence
        )
