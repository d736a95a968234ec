"""Who received an answer that has been corrected since, and the message that corrects it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from http import HTTPStatus

from fastapi import Response
from sqlalchemy import Connection

from console.editor.acts import document_or_refuse
from console.editor.answer_showing import show_answer
from console.editor.list_filters import PAGE
from console.editor.news_page import PAGE as NEWS_PAGE
from console.editor.parameter_table import parameters_on
from console.editor.recall_texts import RecallTexts, load_recall_texts
from console.operator.room import Room
from console.security.access import Door, Visit
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from desk.calendar.zone import vietnam_date
from desk.notices.mailing import (
    TEXT_CHARACTERS,
    TITLE_CHARACTERS,
    InvalidMailingError,
    Mailing,
    MailingKind,
    mailings_about,
)
from desk.notices.mailing_writing import MailingText, create_mailing
from desk.recall import (
    WRITABLE,
    Reach,
    Recalled,
    ReceivedVersion,
    Receiver,
    people_told_otherwise,
    reach_counts,
    received_versions,
    receivers,
    writable_ids,
)
from editing.bodies.faq import faq_from_json
from editing.document import Document, DocumentKind
from editing.version import Version
from editing.versions import live_version, versions_of
from knowledge.faqs.next_steps import with_next_steps

RECALL = PAGE + "/documents/{document}/recall"
SHOWN = 100


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    recall = _Recall(room)
    return (
        Door("GET", RECALL, Permission.READ_KNOWLEDGE, recall.show),
        Door("POST", RECALL, Permission.EDIT_KNOWLEDGE, recall.write),
    )


@dataclass(frozen=True)
class RecallForm:
    """`versions` None: the page chooses those before the live one."""

    versions: frozenset[str] | None = None
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class RecallView:
    """`reach` counts all who got one of the chosen versions, `newest` are the last of them.

    `mailings` are corrections made before.
    `told_otherwise`: who got an operator's words in place of this entry's.
    """

    document: Document
    title: str
    live: Version | None
    received: tuple[ReceivedVersion, ...]
    recalled: Recalled
    reach: Mapping[tuple[str, Reach], int]
    newest: tuple[Receiver, ...]
    told_otherwise: int
    mailings: tuple[Mailing, ...]
    form: RecallForm

    @property
    def chosen(self) -> Collection[str]:
        """Versions that are looked at."""
        return self.recalled.versions

    @property
    def people(self) -> int:
        """All who got one of them."""
        return sum(self.reach.values())

    @property
    def writable(self) -> int:
        """How many a correction would be addressed to."""
        return sum(people for (_, reach), people in self.reach.items() if reach in WRITABLE)


@dataclass(frozen=True)
class _Recall:
    room: Room
    texts: RecallTexts = field(default_factory=load_recall_texts)

    async def show(self, visit: Visit) -> Response:
        """Reading who got it leaves a line in the audit log."""
        named = visit.request.query_params
        chosen = _versions(named) if "chosen" in named else None

        def work(connection: Connection) -> RecallView:
            view = self._read(connection, visit, RecallForm(chosen))
            detail = {"receivers": view.people}
            me = actor_of(visit.operator.id)
            record(connection, me, AuditAction.RECALL_READ, view.document.name, detail, visit.now)
            return view

        return self._page(visit, await self.room.transactions.write(work), "", HTTPStatus.OK)

    async def write(self, visit: Visit) -> Response:
        """A draft of a correction, which another person approves on the page of messages to many."""
        form = _form(visit)

        def work(connection: Connection) -> Mailing | str:
            view = self._read(connection, visit, form)
            if not view.chosen:
                return "nothing_chosen"
            if not view.writable:
                return "nobody"
            return self._create(connection, visit, view)

        try:
            made = await self.room.transactions.write(work)
        except InvalidMailingError as error:
            made = "title" if "title" in error.problems else "text"
        if isinstance(made, Mailing):
            return self.room.pages.done(visit, f"{NEWS_PAGE}/{made.id}?said=created")
        view = await self.room.transactions.read(lambda connection: self._read(connection, visit, form))
        return self._page(visit, view, self.texts.refused[made], HTTPStatus.UNPROCESSABLE_ENTITY)

    def _create(self, connection: Connection, visit: Visit, view: RecallView) -> Mailing:
        return create_mailing(
            connection,
            MailingKind.CORRECTION,
            MailingText(view.form.title, view.form.text),
            visit.operator.id,
            self.room.links,
            visit.now,
            recipients=writable_ids(view.recalled),
            document=view.document.name,
        )

    def _page(self, visit: Visit, view: RecallView, error: str, status: int) -> Response:
        return self.room.pages.page(
            visit,
            "recall.html",
            status,
            view=view,
            error=error,
            shown=SHOWN,
            words=self.texts,
            labels=self.room.editor.texts,
            reaches=Reach,
            limits={"title": TITLE_CHARACTERS, "text": TEXT_CHARACTERS},
        )

    def _read(self, connection: Connection, visit: Visit, form: RecallForm) -> RecallView:
        document = document_or_refuse(connection, visit)
        today = vietnam_date(visit.now)
        live, newest = live_version(connection, document.id, today), versions_of(connection, document.id)
        received = received_versions(connection, document.name)
        chosen = _earlier(received, live) if form.versions is None else form.versions
        known = frozenset(one.version for one in received) & chosen
        recalled = Recalled(document.name, known, self._windows(visit.now))
        if not form.title and not form.text:
            form = self._begun(connection, document, live, today, form)
        return RecallView(
            document=document,
            title=(live or newest[0]).title if live or newest else document.name,
            live=live,
            received=received,
            recalled=recalled,
            reach=reach_counts(connection, recalled),
            newest=receivers(connection, recalled, SHOWN),
            told_otherwise=people_told_otherwise(connection, document.name),
            mailings=mailings_about(connection, document.name),
            form=form,
        )

    def _windows(self, now: datetime) -> Mapping[str, datetime]:
        days = {channel: self.room.messages.manner(channel).window_days for channel in ("zalo_oa", "zalo_bot")}
        return {channel: now - timedelta(days=window) for channel, window in days.items() if window is not None}

    def _begun(
        self, connection: Connection, document: Document, live: Version | None, day: date, form: RecallForm
    ) -> RecallForm:
        """The new answer with its sources, as a proposal; of a directive the title alone."""
        if live is None or document.kind is not DocumentKind.FAQ:
            return RecallForm(form.versions, self.texts.title, form.text)
        body = faq_from_json(live.body)
        parameters = parameters_on(connection, day, self.room.editor.texts.units["dong"])
        answer = with_next_steps(body.answer, body.next_steps)
        shown = show_answer(answer, body.legal_basis, parameters, day, self.room.editor.previews)
        text = self.texts.text.format(question=body.question, answer=shown.text.strip())
        labels = "; ".join(source.label for source in shown.sources)
        if labels:
            text = f"{text}\n\n{self.texts.source.format(sources=labels)}"
        return RecallForm(form.versions, self.texts.title, text[:TEXT_CHARACTERS])


def _form(visit: Visit) -> RecallForm:
    return RecallForm(_versions(visit.form.fields), visit.form.text("title"), visit.form.text("text"))


def _versions(fields: Iterable[str]) -> frozenset[str]:
    """Each ticked one is a field of its own."""
    return frozenset(name.removeprefix("v_") for name in fields if name.startswith("v_"))


def _earlier(received: Sequence[ReceivedVersion], live: Version | None) -> frozenset[str]:
    """All but the one that is served now."""
    now = "" if live is None else str(live.number)
    return frozenset(one.version for one in received if one.version != now)
