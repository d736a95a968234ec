"""The page of an entry: what citizens read now, and the form in which it is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fastapi import Response
from sqlalchemy import Connection

from console.editor.answer_showing import AnswerShown, show_answer
from console.editor.document_view import DocumentView, EditorAct, read_document
from console.editor.faq_form import MOST_BASES, BasisRow, FaqForm, form_of
from console.editor.list_filters import PAGE
from console.editor.notices import refused_before, said_before
from console.editor.parameter_table import parameters_on
from console.editor.problem_words import by_field, in_words
from console.operator.room import Room
from console.security.access import Door, Visit
from desk.accounts.permissions import Permission
from desk.calendar.zone import vietnam_date
from editing.bodies.faq import FaqBody, faq_from_json
from editing.document import DocumentKind
from editing.problem import BodyProblem
from editing.validation import problems_of
from editing.version import Version, VersionState
from knowledge.faqs.entry import MAX_ANSWER_CHARACTERS, MAX_QUESTION_CHARACTERS, MIN_ALTERNATES, Audience, Scope
from knowledge.faqs.next_steps import with_next_steps

FAQ_PAGE = PAGE + "/faq/{key}"
LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "answer": MAX_ANSWER_CHARACTERS,
        "question": MAX_QUESTION_CHARACTERS,
        "alternates": MIN_ALTERNATES,
        "bases": MOST_BASES,
    }
)

EMPTY_BASIS = BasisRow()


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    return (Door("GET", FAQ_PAGE, Permission.READ_KNOWLEDGE, FaqPage(room).show),)


@dataclass(frozen=True)
class FaqShowing:
    """Beside the entry itself: what was typed, why it was refused, what somebody else saved meanwhile."""

    error: str = ""
    typed: FaqForm | None = None
    body: FaqBody | None = None
    theirs: Version | None = None
    problems: tuple[BodyProblem, ...] = ()
    status_code: int = 200


PLAIN = FaqShowing()


@dataclass(frozen=True)
class FaqView:
    """`form` is None where nothing can be typed; `answer` is that of the form, or else of what is served."""

    at: DocumentView
    live: FaqBody | None
    open: FaqBody | None
    form: FaqForm | None
    answer: AnswerShown
    problems: Mapping[str, tuple[BodyProblem, ...]]


@dataclass(frozen=True)
class FaqPage:
    """Shows it, also again after a form that was refused: what was typed stays."""

    room: Room

    async def show(self, visit: Visit) -> Response:
        """A GET."""
        return await self.render(visit, PLAIN)

    async def render(self, visit: Visit, showing: FaqShowing) -> Response:
        """Raises RefusedError when there is no such entry."""
        view = await self.room.transactions.read(lambda connection: self._read(connection, visit, showing))
        return self.room.pages.page(
            visit,
            "faq_page.html",
            showing.status_code,
            view=view,
            at=view.at,
            showing=showing,
            theirs=faq_from_json(showing.theirs.body) if showing.theirs else None,
            labels=self.room.editor.texts,
            said=said_before(self.room, visit),
            saved=visit.query("said", 40) == "saved",
            error=showing.error or refused_before(self.room, visit),
            audiences=tuple(Audience),
            scopes=tuple(Scope),
            empty_basis=EMPTY_BASIS,
            today=vietnam_date(visit.now),
            limits=LIMITS,
        )

    def answer(self, connection: Connection, visit: Visit, body: FaqBody) -> AnswerShown:
        """As each channel would show it today."""
        day = vietnam_date(visit.now)
        parameters = parameters_on(connection, day, self.room.editor.texts.units["dong"])
        answer = with_next_steps(body.answer, body.next_steps)
        return show_answer(answer, body.legal_basis, parameters, day, self.room.editor.previews)

    def _read(self, connection: Connection, visit: Visit, showing: FaqShowing) -> FaqView:
        at = read_document(connection, visit, DocumentKind.FAQ)
        live = faq_from_json(at.live.body) if at.live else None
        opened = faq_from_json(at.open.body) if at.open else None
        form = showing.typed or (form_of(opened, at.open) if opened and self._may_type(at, visit) else None)
        problems = showing.problems
        if at.open is not None and showing.typed is None and not at.open.withdraws:
            problems = problems_of(connection, at.open, visit.now)
        body = showing.body or opened or live or faq_from_json(at.newest.body)
        said = by_field(in_words(problems, self.room.editor.texts))
        return FaqView(at, live, opened, form, self.answer(connection, visit, body), said)

    @staticmethod
    def _may_type(at: DocumentView, visit: Visit) -> bool:
        """What is approved is opened for typing only by asking for it: saving takes the approval away."""
        is_approved = at.open is not None and at.open.state is VersionState.APPROVED
        return EditorAct.SAVE in at.acts and (not is_approved or bool(visit.query("edit", 1)))
