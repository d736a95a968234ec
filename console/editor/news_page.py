"""Writing a mailing, and its page: preview on each channel, whom it reaches, how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from fastapi import Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from console.editor.news_form import MailingFields, fields_of_form, fields_of_mailing, written_of
from console.editor.news_view import MailingView, read_view
from console.operator.pages import SEE_OTHER
from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.notices.mailing import (
    TEXT_CHARACTERS,
    TITLE_CHARACTERS,
    InvalidMailingError,
    Mailing,
    MailingError,
    MailingKind,
    MailingState,
    StaleMailingError,
    newest_mailings,
)
from desk.notices.mailing_message import message_of
from desk.notices.mailing_writing import create_mailing, save_mailing
from desk.notices.news_topic import news_topics_of, topic_by_id

PAGE = "/console/knowledge/news"
SHOWN = 100
CONFLICT, UNPROCESSABLE = 409, 422
NO_MAILING = 0


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    pages, read, edit = NewsPages(room), Permission.READ_KNOWLEDGE, Permission.EDIT_KNOWLEDGE
    return (
        Door("GET", PAGE, read, pages.list),
        Door("GET", PAGE + "/new", edit, pages.new),
        Door("POST", PAGE, edit, pages.create),
        Door("POST", PAGE + "/preview", edit, pages.preview),
        Door("GET", PAGE + "/{mailing}", read, pages.page),
        Door("POST", PAGE + "/{mailing}", edit, pages.save),
        Door("GET", PAGE + "/{mailing}/progress", read, pages.progress, is_by_itself=True),
    )


@dataclass(frozen=True)
class NewsPages:
    """Pages of mailings, and saving one."""

    room: Room

    async def list(self, visit: Visit) -> Response:
        """The newest of them."""

        def work(connection: Connection) -> tuple[tuple[Mailing, ...], Mapping[int, str]]:
            topics = {topic.id: topic.name for topic in news_topics_of(connection)}
            return newest_mailings(connection, SHOWN), topics

        found, topics = await self.room.transactions.read(work)
        return self._page(visit, "news_list.html", mailings=found, topics=topics)

    async def new(self, visit: Visit) -> Response:
        """An empty form."""
        return await self._form(visit, MailingFields())

    async def create(self, visit: Visit) -> Response:
        """A draft."""
        fields = fields_of_form(visit.form)
        written, problems = written_of(fields)

        def work(connection: Connection) -> Mailing:
            _refuse(problems)
            me, links, now = visit.operator.id, self.room.links, visit.now
            return create_mailing(connection, MailingKind.NEWS, written, me, links, now)

        try:
            made = await self.room.transactions.write(work)
        except InvalidMailingError as error:
            return await self._form(visit, replace(fields, problems=error.problems), UNPROCESSABLE)
        return RedirectResponse(f"{PAGE}/{made.id}?said=created", SEE_OTHER)

    async def save(self, visit: Visit) -> Response:
        """Of a draft; what was typed comes back when it could not be saved."""
        mailing_id, fields = visit.number("mailing"), fields_of_form(visit.form)
        written, problems = written_of(fields)

        def work(connection: Connection) -> Mailing:
            _refuse(problems)
            me, links = visit.operator.id, self.room.links
            return save_mailing(connection, mailing_id, fields.revision, written, me, links, visit.now)

        await self._view(visit)
        try:
            await self.room.transactions.write(work)
        except InvalidMailingError as error:
            typed = replace(fields, problems=error.problems)
            return await self._shown(visit, typed, "invalid", UNPROCESSABLE)
        except StaleMailingError:
            view = await self._view(visit)
            return await self._shown(visit, replace(fields, revision=view.mailing.revision), "stale", CONFLICT)
        except MailingError:
            return await self._shown(visit, None, "state", CONFLICT)
        return RedirectResponse(f"{PAGE}/{mailing_id}?said=saved", SEE_OTHER)

    async def page(self, visit: Visit) -> Response:
        """One mailing."""
        return await self._shown(visit, None, visit.query("refused", 20))

    async def preview(self, visit: Visit) -> Response:
        """The bubbles beside the form while somebody types."""
        fields = fields_of_form(visit.form)

        def work(connection: Connection) -> tuple[str, str]:
            topic = None if fields.topic_id is None else topic_by_id(connection, fields.topic_id)
            kind = MailingKind.NEWS if visit.form.text("kind") != "correction" else MailingKind.CORRECTION
            return ("" if topic is None else topic.name), kind.value

        topic, kind = await self.room.transactions.read(work)
        mailing = _typed(fields, MailingKind(kind), visit)
        shown = self.room.editor.previews.of(message_of(mailing, topic, self.room.editor.news.message), ())
        chosen = tuple(each for each in shown if each.channel in fields.channels)
        return self.room.pages.part(visit, "news_previews.html", previews=chosen)

    async def progress(self, visit: Visit) -> Response:
        """The part of the page that follows the sending."""
        view = await self._view(visit)
        return self._part(visit, view)

    def _part(self, visit: Visit, view: MailingView) -> Response:
        ground = self.room.editor.news
        return self.room.pages.part(visit, "news_progress.html", view=view, words=ground.texts, ground=ground)

    async def _view(self, visit: Visit) -> MailingView:
        me, number = visit.operator.id, visit.number("mailing")
        reading = partial(read_view, room=self.room, mailing_id=number, me=me, now=visit.now)
        view = await self.room.transactions.read(reading)
        if view is None:
            raise RefusedError(Refusal.NOT_FOUND)
        return view

    async def _shown(self, visit: Visit, typed: MailingFields | None, refused: str, status: int = 200) -> Response:
        view = await self._view(visit)
        texts = self.room.editor.news.texts
        fields = typed or fields_of_mailing(view.mailing)
        return self._page(
            visit,
            "news_page.html",
            status,
            view=view,
            fields=fields,
            problems=texts.problems_in_words(fields.problems),
            is_typed=typed is not None,
            error=texts.refused.get(refused, ""),
            is_draft=view.mailing.state is MailingState.DRAFT,
            topics=view.topics,
        )

    async def _form(self, visit: Visit, fields: MailingFields, status: int = 200) -> Response:
        texts = self.room.editor.news.texts
        topics = await self.room.transactions.read(news_topics_of)
        error = texts.refused["invalid"] if fields.problems else ""
        problems = texts.problems_in_words(fields.problems)
        context = {"fields": fields, "topics": topics, "error": error, "problems": problems}
        return self._page(visit, "news_new.html", status, is_typed=bool(fields.problems), **context)

    def _page(self, visit: Visit, template: str, status: int = 200, **context: object) -> Response:
        ground = self.room.editor.news
        said = ground.texts.said.get(visit.query("said", 20), "")
        limits = {"title": TITLE_CHARACTERS, "text": TEXT_CHARACTERS}
        common = {"words": ground.texts, "ground": ground, "said": said, "limits": limits}
        return self.room.pages.page(visit, template, status, **common, **context)


def _refuse(problems: Mapping[str, str]) -> None:
    if problems:
        raise InvalidMailingError(dict(problems))


def _typed(fields: MailingFields, kind: MailingKind, visit: Visit) -> Mailing:
    """As if it were stored, for the preview."""
    return Mailing(
        id=NO_MAILING,
        kind=kind,
        topic_id=fields.topic_id,
        title=" ".join(fields.title.split()),
        text=fields.text.strip(),
        link=fields.link.strip(),
        channels=fields.channels,
        document="",
        send_at=None,
        state=MailingState.DRAFT,
        revision=0,
        written_by=(visit.operator.id,),
        submitted_at=None,
        decided_by=None,
        decided_at=None,
        rejection="",
        started_at=None,
        finished_at=None,
        halt_reason="",
        halted_by=None,
        created_at=visit.now,
        updated_at=visit.now,
    )
