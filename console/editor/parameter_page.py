"""The page of a parameter: values with their periods, and every answer that moves with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import Response
from sqlalchemy import Connection

from console.editor.acts import revision_of
from console.editor.answer_showing import filled_text
from console.editor.document_view import DocumentView, EditorAct, page_of, read_document
from console.editor.list_filters import PAGE
from console.editor.notices import refused_before, said_before
from console.editor.parameter_form import (
    MOST_VALUES,
    ParameterForm,
    ValueRow,
    parameter_form_of,
    shown_amount,
    typed_parameter,
)
from console.editor.parameter_table import parameter_of, parameters_on, with_parameter
from console.editor.problem_words import by_field, in_words
from console.editor.refusing import told
from console.operator.room import Room
from console.security.access import Door, Visit, is_from_script
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.calendar.zone import vietnam_date
from editing.actor import operator_actor
from editing.bodies.faq import FaqBody
from editing.bodies.parameter import ParameterBody, parameter_from_json
from editing.difference import Piece, marked
from editing.document import Document, DocumentKind
from editing.drafting import DraftChanges, save_draft
from editing.errors import InvalidBodyError
from editing.live_base import live_entries_with
from editing.problem import BodyProblem
from editing.validation import problems_of
from knowledge.faqs.parameters import Parameters
from knowledge.faqs.placeholders import placeholder_names

PARAMETER_PAGE = PAGE + "/parameter/{key}"
MOST_MOVED = 100
"""Answers whose words are compared on the page; all are counted."""
SHOWN = frozenset(
    {
        Refusal.KNOWLEDGE_DAY,
        Refusal.KNOWLEDGE_AMOUNT,
        Refusal.KNOWLEDGE_STALE,
        Refusal.KNOWLEDGE_STATE,
        Refusal.KNOWLEDGE_UNFIT,
    }
)


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    page = _ParameterPage(room)
    return (
        Door("GET", PARAMETER_PAGE, Permission.READ_KNOWLEDGE, page.show),
        Door("POST", PARAMETER_PAGE, Permission.EDIT_KNOWLEDGE, page.save),
    )


@dataclass(frozen=True)
class MovedAnswer:
    """An entry that uses the parameter, on one day; equal texts where nothing moves."""

    document: Document
    title: str
    day: date
    now: str
    then: str

    @property
    def moves(self) -> bool:
        """Whether a citizen would notice."""
        return self.now != self.then

    @property
    def pieces(self) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """Before and after, with the words that differ; comparing takes its time."""
        return marked(self.now, self.then)


@dataclass(frozen=True)
class ParameterShowing:
    """What was typed, why it was refused, what somebody else saved meanwhile."""

    error: str = ""
    typed: ParameterForm | None = None
    theirs: ParameterBody | None = None
    problems: tuple[BodyProblem, ...] = ()
    status_code: int = 200


@dataclass(frozen=True)
class ParameterView:
    """`moved` compares what is served with the draft as saved; without a draft it only names who uses it."""

    at: DocumentView
    live: ParameterBody | None
    open: ParameterBody | None
    form: ParameterForm | None
    moved: tuple[MovedAnswer, ...]


@dataclass(frozen=True)
class _ParameterPage:
    room: Room

    async def show(self, visit: Visit) -> Response:
        return await self._render(visit, ParameterShowing())

    async def save(self, visit: Visit) -> Response:
        """The page that follows lists every answer that moves."""
        typed = typed_parameter(visit.form)
        try:
            document = await self.room.transactions.write(lambda connection: self._save(connection, visit, typed))
        except InvalidBodyError as error:
            return await self._again(visit, typed, RefusedError(Refusal.KNOWLEDGE_UNFIT), error.problems)
        except RefusedError as refused:
            return await self._again(visit, typed, refused)
        return self.room.pages.done(visit, page_of(document, "saved"), self.room.editor.texts.said["saved"])

    def _save(self, connection: Connection, visit: Visit, typed: ParameterForm) -> Document:
        at = read_document(connection, visit, DocumentKind.PARAMETER)
        if at.open is None or at.open.id != visit.form.number("version"):
            raise RefusedError(Refusal.KNOWLEDGE_STATE)
        body = typed.body(parameter_from_json(at.open.body))
        changes = DraftChanges(body, change_note=typed.change_note.strip())
        with told():
            save_draft(
                connection, at.open.id, revision_of(visit), changes, operator_actor(visit.operator.id), visit.now
            )
        return at.document

    async def _again(
        self, visit: Visit, typed: ParameterForm, refused: RefusedError, problems: tuple[BodyProblem, ...] = ()
    ) -> Response:
        if is_from_script(visit.request) or refused.refusal not in SHOWN:
            raise refused
        at = await self.room.transactions.read(
            lambda connection: read_document(connection, visit, DocumentKind.PARAMETER)
        )
        is_stale = refused.refusal is Refusal.KNOWLEDGE_STALE and at.open is not None
        theirs = parameter_from_json(at.open.body) if at.open and is_stale else None
        error = self.room.pages.texts.refused(refused)
        return await self._render(visit, ParameterShowing(error, typed, theirs, problems, int(refused.status)))

    async def _render(self, visit: Visit, showing: ParameterShowing) -> Response:
        view, problems = await self.room.transactions.read(lambda connection: self._read(connection, visit, showing))
        return self.room.pages.page(
            visit,
            "parameter_page.html",
            showing.status_code,
            view=view,
            at=view.at,
            showing=showing,
            problems=by_field(in_words(problems, self.room.editor.texts)),
            labels=self.room.editor.texts,
            said=said_before(self.room, visit),
            saved=visit.query("said", 40) == "saved",
            error=showing.error or refused_before(self.room, visit),
            today=vietnam_date(visit.now),
            empty_row=ValueRow(),
            most=MOST_VALUES,
            most_moved=MOST_MOVED,
            amount=shown_amount,
        )

    def _read(
        self, connection: Connection, visit: Visit, showing: ParameterShowing
    ) -> tuple[ParameterView, tuple[BodyProblem, ...]]:
        at, today = read_document(connection, visit, DocumentKind.PARAMETER), vietnam_date(visit.now)
        live = parameter_from_json(at.live.body) if at.live else None
        opened = parameter_from_json(at.open.body) if at.open else None
        form = showing.typed or (parameter_form_of(opened, at.open) if opened and EditorAct.SAVE in at.acts else None)
        before = parameters_on(connection, today, self.room.editor.texts.units["dong"])
        after = with_parameter(before, parameter_of(at.document.key, opened)) if opened else before
        moved = tuple(moved_answers(connection, at.document.key, before, after, days_of(live, opened, today)))
        problems = showing.problems
        if at.open is not None and showing.typed is None and not at.open.withdraws:
            problems = problems_of(connection, at.open, visit.now)
        return ParameterView(at, live, opened, form, moved), problems


def days_of(live: ParameterBody | None, opened: ParameterBody | None, today: date) -> tuple[date, ...]:
    """Today, and each later day on which a value begins."""
    starts = {value.effective_from for body in (live, opened) if body for value in body.values}
    return (today, *sorted(day for day in starts if day is not None and day > today))


def moved_answers(
    connection: Connection, name: str, before: Parameters, after: Parameters, days: tuple[date, ...]
) -> Iterator[MovedAnswer]:
    """Every live entry that uses the parameter, today; on later days only where the text is another."""
    for each in live_entries_with(connection, (name,), days[0]):
        if name not in _names(each.body):
            continue
        for day in days:
            now, then = (filled_text(each.body.answer, table, day) for table in (before, after))
            if day == days[0] or now != then:
                yield MovedAnswer(each.document, each.title, day, now, then)


def _names(body: FaqBody) -> tuple[str, ...]:
    return (*placeholder_names(body.answer), *(basis.parameter for basis in body.legal_basis if basis.parameter))
