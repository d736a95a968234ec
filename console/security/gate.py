"""Where every request to the console is let in or turned away: session, permission, form token. Default deny."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from console.security.access import Door, Open, Visit
from console.security.cookie import SessionCookie
from console.security.form import EMPTY_FORM, read_form
from console.security.headers import HEADERS
from console.security.refusal import Refusal, RefusedError
from console.security.upload import read_upload
from desk.accounts.permissions import may
from desk.accounts.session import Session, is_csrf_token, session_of, touch_session
from desk.audit import AuditAction, actor_of, record
from desk.transactions import Transactions

log = logging.getLogger(__name__)
CSRF_FIELD = "csrf"
CSRF_HEADER = "x-csrf-token"


class Refusing(Protocol):
    """How a refusal looks: a page for people, a sentence for scripts."""

    def __call__(self, request: Request, refused: RefusedError, session: Session | None) -> Response:
        """Its status is that of the refusal, or a redirection to where it can be mended."""
        ...


class Gate:
    """One for the console."""

    def __init__(
        self, transactions: Transactions, cookie: SessionCookie, refuse: Refusing, clock: Callable[[], datetime]
    ) -> None:
        self._transactions = transactions
        self._cookie = cookie
        self._refuse = refuse
        self._clock = clock

    def router(self, doors: Sequence[Door]) -> APIRouter:
        """All doors of the console; there are no others."""
        router = APIRouter(include_in_schema=False)
        for door in doors:
            router.add_api_route(door.path, self._guarded(door), methods=[door.method], response_model=None)
        return router

    def _guarded(self, door: Door) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            response = await self._answer(door, request)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return endpoint

    async def _answer(self, door: Door, request: Request) -> Response:
        session = None
        try:
            session = await self._session(request)
            return await self._enter(door, request, session)
        except RefusedError as refused:
            return self._refuse(request, refused, session)
        except SQLAlchemyError as error:
            log.error("console: database: %s", type(error).__name__)  # noqa: TRY400
            return self._refuse(request, RefusedError(Refusal.UNAVAILABLE), None)
        except Exception as error:  # noqa: BLE001 - the one catch-all of this entry
            log.error("console: %s", type(error).__name__)  # noqa: TRY400
            return self._refuse(request, RefusedError(Refusal.INTERNAL), None)

    async def _session(self, request: Request) -> Session | None:
        token = self._cookie.read(request)
        if not token:
            return None
        return await self._transactions.read(partial(session_of, token=token, now=self._clock()))

    async def _enter(self, door: Door, request: Request, session: Session | None) -> Response:
        await self._admit(door, session)
        form = EMPTY_FORM
        if door.method == "POST":
            refuse_foreign(request)
            form = await (read_upload(request, door.file_bytes()) if door.file_bytes else read_form(request))
            token = request.headers.get(CSRF_HEADER) or form.text(CSRF_FIELD)
            if session is not None and door.need is not Open.ANYBODY and not is_csrf_token(session, token):
                raise RefusedError(Refusal.FORM_EXPIRED)
        if session is not None and session.is_due_for_touch and not door.is_by_itself:
            await self._transactions.write(partial(touch_session, session_id=session.id, now=self._clock()))
        return await door.handler(Visit(request, session, form, self._clock()))

    async def _admit(self, door: Door, session: Session | None) -> None:
        if door.need is Open.ANYBODY:
            return
        if session is None:
            raise RefusedError(Refusal.SIGN_IN_NEEDED)
        if door.need is Open.SIGNED_IN:
            return
        if not session.operator.is_ready:
            raise RefusedError(Refusal.NOT_READY)
        if not may(session.operator, door.need):
            await self._note_denial(door, session)
            raise RefusedError(Refusal.FORBIDDEN)

    async def _note_denial(self, door: Door, session: Session) -> None:
        me, now = actor_of(session.operator.id), self._clock()

        def work(connection: Connection) -> None:
            record(connection, me, AuditAction.ACCESS_DENIED, me, {"door": f"{door.method} {door.path}"}, now)

        await self._transactions.write(work)


def refuse_foreign(request: Request) -> None:
    """Forms come from our own pages only, the one of signing in too, which has no session yet. Raises RefusedError."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        raise RefusedError(Refusal.FOREIGN_FORM)
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
        raise RefusedError(Refusal.FOREIGN_FORM)
    if site is None and origin is None:
        raise RefusedError(Refusal.FOREIGN_FORM)
