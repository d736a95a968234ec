"""The web chat's HTTP doors (JSON in, JSON or a stream of events out)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from connectors.metrics import Count, Metrics
from connectors.web import description
from connectors.web.board import wire_announcement
from connectors.web.body import read_feedback, read_message, read_object, read_position, read_ticket
from connectors.web.channel import WebChannel
from connectors.web.errors import Refusal, RefusalTexts, RefusedError
from connectors.web.wire import wire_message
from desk.conversation import ConversationKey

log = logging.getLogger(__name__)
Handler = Callable[[Request], Coroutine[Any, Any, Response]]
NO_STORE = {"Cache-Control": "no-store"}
STREAM_HEADERS = {**NO_STORE, "X-Accel-Buffering": "no"}
BUSY_SECONDS = 5


def build_web_router(channel: WebChannel, texts: RefusalTexts, metrics: Metrics) -> APIRouter:
    """Routes under /api/chat."""
    doors = _Doors(channel)
    router = APIRouter(prefix="/api/chat", route_class=polite_route(texts, metrics))
    router.add_api_route("/conversations", doors.open_conversation, methods=["POST"])
    router.add_api_route("/messages", doors.post_message, methods=["POST"], openapi_extra=description.MESSAGE)
    router.add_api_route("/messages", doors.list_messages, methods=["GET"], openapi_extra=description.AFTER)
    router.add_api_route("/events", doors.stream, methods=["GET"], openapi_extra=description.EVENTS)
    router.add_api_route("/transcript", doors.transcript, methods=["GET"])
    router.add_api_route("/announcements", doors.list_announcements, methods=["GET"])
    router.add_api_route("/feedback", doors.post_feedback, methods=["POST"], openapi_extra=description.FEEDBACK)
    router.add_api_route("/tickets", doors.post_ticket, methods=["POST"], openapi_extra=description.TICKET)
    return router


def polite_route(texts: RefusalTexts, metrics: Metrics) -> type[APIRoute]:
    """Routes whose every failure is a sentence for the citizen: the web chat's one catch-all."""

    class PoliteRoute(APIRoute):
        def get_route_handler(self) -> Handler:
            handle = super().get_route_handler()

            async def polite(request: Request) -> Response:
                try:
                    return await handle(request)
                except Exception as error:  # noqa: BLE001 - the one catch-all of this entry
                    refused = as_refusal(error)
                metrics.count(Count.REFUSED, code=refused.refusal.value)
                return texts.response(refused)

            return polite

    return PoliteRoute


def as_refusal(error: Exception) -> RefusedError:
    """Logs what is our fault, by its type alone: its text may quote what the citizen wrote."""
    if isinstance(error, RefusedError):
        return error
    if isinstance(error, ClientDisconnect):
        return RefusedError(Refusal.BAD_JSON)  # nobody is there to read it
    log.error("web chat: %s", type(error).__name__)
    if isinstance(error, SQLAlchemyError):
        return RefusedError(Refusal.UNAVAILABLE, {"seconds": BUSY_SECONDS})
    return RefusedError(Refusal.INTERNAL)


def polite_http_error(texts: RefusalTexts) -> Callable[[Request, HTTPException], Response]:
    """For addresses and methods that no door has; the application registers it for what lies under /api/."""
    refusals: dict[int, Refusal] = {404: Refusal.NOT_FOUND, 405: Refusal.METHOD_NOT_ALLOWED}

    def answer(_request: Request, error: HTTPException) -> Response:
        response = texts.response(RefusedError(refusals.get(error.status_code, Refusal.INTERNAL)))
        response.status_code = error.status_code
        return response

    return answer


class _Doors:
    def __init__(self, channel: WebChannel) -> None:
        self._channel = channel

    async def open_conversation(self, request: Request) -> Response:
        issued = self._channel.open_conversation(_address(request))
        body = {
            "conversation_id": issued.conversation_id,
            "token": issued.token,
            "expires_at": issued.expires_at.isoformat(),
        }
        return JSONResponse(body, HTTPStatus.CREATED, NO_STORE)

    async def post_message(self, request: Request) -> Response:
        key = self._authorise(request)
        self._channel.admit(key, _address(request))
        settings = self._channel.settings
        posted = read_message(await read_object(request, settings.body_bytes), settings.message_characters)
        await self._channel.take_message(key, posted)
        return JSONResponse({"message_id": posted.message_id, "accepted": True}, HTTPStatus.ACCEPTED, NO_STORE)

    async def list_messages(self, request: Request) -> Response:
        key = self._authorise(request)
        entries = await self._channel.messages_after(key, read_position(request.query_params.get("after")))
        return JSONResponse([wire_message(entry) for entry in entries], headers=NO_STORE)

    async def stream(self, request: Request) -> Response:
        key = self._authorise(request)
        # A browser that reconnects sends the header along with its first address: the header is the newer one.
        after = read_position(request.headers.get("last-event-id") or request.query_params.get("after"))
        events = self._channel.stream(key, after)
        return StreamingResponse(events, media_type="text/event-stream", headers=STREAM_HEADERS)

    async def transcript(self, request: Request) -> Response:
        text = await self._channel.transcript(self._authorise(request))
        return PlainTextResponse(
            text, headers={**NO_STORE, "Content-Disposition": 'attachment; filename="tro-chuyen.txt"'}
        )

    async def list_announcements(self, request: Request) -> Response:
        shown = await self._channel.announcements(_address(request))
        return JSONResponse([wire_announcement(each) for each in shown], headers=NO_STORE)

    async def post_feedback(self, request: Request) -> Response:
        key = self._authorise(request)
        posted = read_feedback(await read_object(request, self._channel.settings.body_bytes))
        await self._channel.take_feedback(key, posted)
        return JSONResponse({"id": posted.sequence, "value": posted.value.value}, headers=NO_STORE)

    async def post_ticket(self, request: Request) -> Response:
        key = self._authorise(request)
        settings = self._channel.settings
        posted = read_ticket(await read_object(request, settings.body_bytes), settings.message_characters)
        code = await self._channel.take_ticket(key, posted, _address(request))
        return JSONResponse({"case_code": code}, HTTPStatus.CREATED, NO_STORE)

    def _authorise(self, request: Request) -> ConversationKey:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            # EventSource cannot send headers; other doors do not read the query, where tokens end up in logs.
            token = request.query_params.get("token", "") if request.url.path.endswith("/events") else ""
        return self._channel.authorise(token.strip())


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
