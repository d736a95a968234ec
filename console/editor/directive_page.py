"""The page of a directive: what was read out of it, until when it holds, and how people ask for its sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import Response
from sqlalchemy import Connection

from console.editor.acts import revision_of
from console.editor.directive_view import DirectiveShown, show_directive
from console.editor.document_view import DocumentView, page_of, read_document
from console.editor.faq_form import NOTE_CHARACTERS, typed_day
from console.editor.list_filters import PAGE
from console.editor.notices import refused_before, said_before
from console.editor.problem_words import in_words
from console.editor.refusing import told
from console.editor.texts import EditorTexts
from console.editor.theirs import saved_by_others
from console.operator.room import Room
from console.security.access import Door, Visit, is_from_script
from console.security.refusal import Refusal, RefusedError
from console.supervisor.fields import one_line
from desk.accounts.permissions import Permission
from desk.calendar.zone import vietnam_date
from editing.actor import operator_actor
from editing.bodies.directive import DirectiveBody, directive_from_json
from editing.document import Document, DocumentKind
from editing.drafting import DraftChanges, save_draft
from editing.errors import InvalidBodyError
from editing.problem import BodyProblem
from editing.validation import problems_of

DIRECTIVE_PAGE = PAGE + "/directive/{key}"
FACTS = ("number", "subject", "kind", "issuer", "signer", "signer_title", "occasion")
SERVED = ("live_from", "live_to")
SHOWN = frozenset({Refusal.KNOWLEDGE_DAY, Refusal.KNOWLEDGE_STALE, Refusal.KNOWLEDGE_STATE, Refusal.KNOWLEDGE_UNFIT})
Changed = Callable[[Visit, DirectiveBody, DraftChanges], DraftChanges]


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    page = _DirectivePage(room)
    return (
        Door("GET", DIRECTIVE_PAGE, Permission.READ_KNOWLEDGE, page.show),
        Door("POST", DIRECTIVE_PAGE, Permission.EDIT_KNOWLEDGE, page.save_facts),
        Door("POST", DIRECTIVE_PAGE + "/questions", Permission.EDIT_KNOWLEDGE, page.save_questions),
    )


@dataclass(frozen=True)
class DirectiveView:
    """`shown` is the draft where there is one, else what is served."""

    at: DocumentView
    body: DirectiveBody
    shown: DirectiveShown
    problems: tuple[BodyProblem, ...]


@dataclass(frozen=True)
class _DirectivePage:
    room: Room

    async def show(self, visit: Visit) -> Response:
        return await self._render(visit, "", 200)

    async def save_facts(self, visit: Visit) -> Response:
        """Head, validity and days of service; the text itself is corrected where documents are brought in."""
        return await self._save(visit, _with_facts, "")

    async def save_questions(self, visit: Visit) -> Response:
        """Of one section, so that two editors at two sections meet as rarely as possible."""
        return await self._save(visit, _with_questions, visit.form.text("section")[:NOTE_CHARACTERS])

    async def _save(self, visit: Visit, changed: Changed, section: str) -> Response:
        def work(connection: Connection) -> Document:
            at = read_document(connection, visit, DocumentKind.DIRECTIVE)
            opened = at.open
            if opened is None or opened.id != visit.form.number("version"):
                raise RefusedError(Refusal.KNOWLEDGE_STATE)
            body = directive_from_json(opened.body)
            notes = opened.change_note, opened.public_note
            changes = changed(visit, body, DraftChanges(body, opened.live_from, opened.live_to, *notes))
            with told():
                save_draft(
                    connection, opened.id, revision_of(visit), changes, operator_actor(visit.operator.id), visit.now
                )
            return at.document

        try:
            document = await self.room.transactions.write(work)
        except (RefusedError, InvalidBodyError) as error:
            return await self._again(visit, error)
        path = page_of(document, "saved") + (f"&section={_number(visit)}#section-{_number(visit)}" if section else "")
        return self.room.pages.done(visit, path, self.room.editor.texts.said["saved"])

    async def _again(self, visit: Visit, error: RefusedError | InvalidBodyError) -> Response:
        refused = error if isinstance(error, RefusedError) else RefusedError(Refusal.KNOWLEDGE_UNFIT)
        if is_from_script(visit.request) or refused.refusal not in SHOWN:
            raise refused
        problems = in_words(error.problems if isinstance(error, InvalidBodyError) else (), self.room.editor.texts)
        is_stale = refused.refusal is Refusal.KNOWLEDGE_STALE
        return await self._render(
            visit, self.room.pages.texts.refused(refused), int(refused.status), problems, is_stale
        )

    async def _render(
        self, visit: Visit, error: str, status: int, problems: tuple[BodyProblem, ...] = (), is_stale: bool = False
    ) -> Response:
        """`is_stale`: what somebody else saved meanwhile stands beside what was typed."""
        texts = self.room.editor.texts
        view = await self.room.transactions.read(lambda connection: _read(connection, visit, texts))
        return self.room.pages.page(
            visit,
            "directive_page.html",
            status,
            view=replace(view, problems=problems or view.problems),
            at=view.at,
            labels=texts,
            said=said_before(self.room, visit),
            saved=visit.query("said", 40) == "saved" and not visit.query("section", 6),
            error=error or refused_before(self.room, visit),
            today=vietnam_date(visit.now),
            typed=visit.form.fields if error else {},
            theirs=saved_by_others(visit.form.fields, _kept(view, visit.form.text("section"))) if is_stale else {},
            facts=FACTS,
            opened=visit.query("section", 6) or _number(visit),
        )


def _read(connection: Connection, visit: Visit, texts: EditorTexts) -> DirectiveView:
    at = read_document(connection, visit, DocumentKind.DIRECTIVE)
    body = directive_from_json((at.open or at.shown).body)
    problems = problems_of(connection, at.open, visit.now) if at.open and not at.open.withdraws else ()
    return DirectiveView(at, body, show_directive(body, at.document.key), in_words(problems, texts))


def _kept(view: DirectiveView, section: str) -> dict[str, str]:
    """As the fields of the forms hold it; the sample questions are of one section."""
    front, opened = view.body.front, view.at.open or view.at.shown
    validity = front.get("validity") or {}
    days = {name: validity.get(name) for name in ("effective_from", "effective_to")}
    served = {
        name: day.isoformat() if day else ""
        for name, day in zip(SERVED, (opened.live_from, opened.live_to), strict=True)
    }
    notes = {"validity_note": validity.get("note"), "change_note": opened.change_note}
    facts = {name: front.get(name) for name in (*FACTS, "issued_on")}
    asked = {"questions": "\n".join(view.body.questions.get(section, ()))}
    return {name: str(value or "") for name, value in {**facts, **days, **served, **notes, **asked}.items()}


def _with_facts(visit: Visit, body: DirectiveBody, changes: DraftChanges) -> DraftChanges:
    form = visit.form
    front: dict[str, Any] = {**body.front}
    for name in FACTS:
        front[name] = one_line(form.text(name)) or None
    days = {name: typed_day(form.text(name)) for name in ("issued_on", "effective_from", "effective_to")}
    front["issued_on"] = _iso(days, "issued_on")
    front["validity"] = {
        "effective_from": _iso(days, "effective_from"),
        "effective_to": _iso(days, "effective_to"),
        "note": one_line(form.text("validity_note")),
    }
    kept = {key: value for key, value in front.items() if value is not None or key in body.front}
    live_from, live_to = typed_day(form.text("live_from")), typed_day(form.text("live_to"))
    note = form.text("change_note")[:NOTE_CHARACTERS].strip()
    return replace(changes, body=replace(body, front=kept), live_from=live_from, live_to=live_to, change_note=note)


def _with_questions(visit: Visit, body: DirectiveBody, changes: DraftChanges) -> DraftChanges:
    section = visit.form.text("section")
    asked = tuple(line for line in map(one_line, visit.form.text("questions").split("\n")) if line)
    questions = {**body.questions, section: asked}
    kept = {label: listed for label, listed in questions.items() if listed}
    return replace(changes, body=replace(body, questions=kept))


def _iso(days: dict[str, Any], name: str) -> str | None:
    return days[name].isoformat() if days[name] else None


def _number(visit: Visit) -> str:
    return str(visit.form.number("place") or "")
