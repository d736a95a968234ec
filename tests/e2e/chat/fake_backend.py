"""The gateway's web channel in memory, with switches for everything that can go wrong between it and the page."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

TICK_SECONDS = 0.02
CASE_CODE = "BHXH-2345-6789"
CALLBACK = {
    "role": "system",
    "status": "desk_callback",
    "text": "Hiện ngoài giờ làm việc nên không có cán bộ trực. Tôi đã ghi nhận yêu cầu của anh/chị, "
    f"mã {CASE_CODE}; cán bộ sẽ trả lời tại trang này, hoặc theo số điện thoại, email mà anh/chị để lại ở nút bên "
    "dưới, sớm nhất từ 08:00 23/11/2026.",
    "form": "leave_message",
}
DEFAULT_ANSWER = {"text": "Đã nhận câu hỏi của anh/chị.", "status": "no_status"}


@dataclass
class Conversation:
    token: str
    messages: list[dict[str, Any]] = field(default_factory=list)
    choices: dict[str, str] = field(default_factory=dict)
    """Title of every button offered, by payload."""
    typing: int = 0


class FakeBackend:
    """One instance for a test. Switches are plain attributes, counted down where they count."""

    def __init__(self) -> None:
        self.conversations: dict[str, Conversation] = {}
        self.answers: dict[str, list[dict[str, Any]]] = {"Gặp cán bộ": [CALLBACK]}
        self.received: list[dict[str, Any]] = []
        """Every message posted, repetitions too."""
        self.feedback: list[dict[str, Any]] = []
        self.tickets: list[dict[str, Any]] = []
        self.announcements: list[dict[str, Any]] = []
        self.answering = True
        self.streaming = True
        self.closing = False
        self.failing_posts = 0
        self.lost_acknowledgements = 0
        self.refusals: list[tuple[int, str]] = []
        self.failing_tickets = 0
        self.failing_transcripts = 0
        self.failing_feedback = False
        self.opened_streams = 0

    def expire_tokens(self) -> None:
        """As after the lifetime of a conversation."""
        self.conversations.clear()

    def say(self, conversation: Conversation, **message: Any) -> None:
        """The assistant says something; fields left out have their usual emptiness."""
        role = message.pop("role", "assistant")
        complete = {"status": "no_status", "citations": [], "buttons": [], "feedback": False, "form": None} | message
        for button in complete["buttons"]:
            conversation.choices[button["payload"]] = button["title"]
        self._append(conversation, role=role, message_id=str(uuid.uuid4()), **complete)

    def stored(self, role: str) -> list[str]:
        """Texts of all messages of this role, in all conversations."""
        return [m["text"] for c in self.conversations.values() for m in c.messages if m["role"] == role]

    def take(self, conversation: Conversation, message: dict[str, Any]) -> None:
        """Stores a message once, however often it is sent, and answers it."""
        if any(known["message_id"] == message["message_id"] for known in conversation.messages):
            return
        text = conversation.choices.get(message.get("choice", ""), message.get("text", ""))
        empty = {"status": None, "citations": [], "buttons": [], "feedback": False, "form": None}
        self._append(conversation, role="citizen", message_id=message["message_id"], text=text, **empty)
        if self.answering:
            for answer in self.answers.get(message.get("choice") or text, [DEFAULT_ANSWER]):
                self.say(conversation, **answer)

    @staticmethod
    def _append(conversation: Conversation, **message: Any) -> None:
        sent_at = datetime.now(UTC).isoformat()
        conversation.messages.append({"id": len(conversation.messages) + 1, "sent_at": sent_at, **message})


def failure(status: int, message: str, retry_after: int | None = None) -> JSONResponse:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return JSONResponse({"error": {"code": str(status), "message": message}}, status, headers)


class FakeGateway:
    """Routes over the backend of the current test."""

    def __init__(self) -> None:
        self.backend = FakeBackend()
        self.router = APIRouter(prefix="/api/chat")
        for method, path, handler in (
            ("POST", "/conversations", self.create),
            ("POST", "/messages", self.post),
            ("GET", "/messages", self.list),
            ("GET", "/events", self.events),
            ("POST", "/feedback", self.rate),
            ("POST", "/tickets", self.file_ticket),
            ("GET", "/transcript", self.transcript),
            ("GET", "/announcements", self.announcements),
        ):
            self.router.add_api_route(path, handler, methods=[method], response_model=None)

    async def create(self) -> Response:
        token = str(uuid.uuid4())
        self.backend.conversations[token] = Conversation(token)
        return JSONResponse({"conversation_id": token[:8], "token": token, "expires_at": "2099-01-01T00:00:00Z"}, 201)

    async def post(self, request: Request, authorization: Annotated[str, Header()]) -> Response:
        backend, message = self.backend, await request.json()
        backend.received.append(message)
        conversation = self._conversation(authorization)
        if conversation is None:
            return failure(401, "Phiên trò chuyện đã hết hạn.")
        if backend.failing_posts:
            backend.failing_posts -= 1
            return failure(503, "Hệ thống bận.")
        if backend.refusals:
            status, words = backend.refusals.pop(0)
            return failure(status, words, retry_after=1 if status == 429 else None)
        backend.take(conversation, message)
        if backend.lost_acknowledgements:
            backend.lost_acknowledgements -= 1
            return failure(504, "Quá thời gian.")
        return JSONResponse({"accepted": True}, 202)

    async def list(self, authorization: Annotated[str, Header()], after: int = 0) -> Response:
        conversation = self._conversation(authorization)
        if conversation is None:
            return failure(401, "Phiên trò chuyện đã hết hạn.")
        return JSONResponse([message for message in conversation.messages if message["id"] > after])

    async def events(self, token: str, after: int = 0) -> Response:
        if token not in self.backend.conversations:
            return failure(401, "Phiên trò chuyện đã hết hạn.")
        if not self.backend.streaming:
            return failure(503, "Hệ thống bận.")
        self.backend.opened_streams += 1
        return StreamingResponse(self._stream(token, after), media_type="text/event-stream")

    async def _stream(self, token: str, after: int) -> AsyncIterator[str]:
        backend, typed = self.backend, 0
        yield ": open\n\n"
        while backend.streaming and not backend.closing and (conversation := backend.conversations.get(token)):
            for message in conversation.messages[after:]:
                after = message["id"]
                yield f"event: message\nid: {after}\ndata: {json.dumps(message)}\n\n"
            if conversation.typing > typed:
                typed = conversation.typing
                yield 'event: typing\ndata: {"typing":true}\n\n'
            await asyncio.sleep(TICK_SECONDS)

    async def rate(self, request: Request, authorization: Annotated[str, Header()]) -> Response:
        if self.backend.failing_feedback or self._conversation(authorization) is None:
            return failure(503, "Hệ thống bận.")
        self.backend.feedback.append(await request.json())
        return Response(status_code=204)

    async def file_ticket(self, request: Request, authorization: Annotated[str, Header()]) -> Response:
        backend, ticket = self.backend, await request.json()
        if backend.failing_tickets:
            backend.failing_tickets -= 1
            return failure(503, "Hệ thống bận.")
        if ticket["request_id"] not in [known["request_id"] for known in backend.tickets]:
            backend.tickets.append(ticket)
            words = f"Đã ghi nhận lời nhắn và cách liên hệ của anh/chị, mã {CASE_CODE}."
            backend.say(self._conversation(authorization), role="system", status="desk_filed", text=words)
        return JSONResponse({"case_code": CASE_CODE}, 201)

    async def announcements(self) -> Response:
        return JSONResponse(self.backend.announcements)

    async def transcript(self) -> Response:
        if self.backend.failing_transcripts:
            self.backend.failing_transcripts -= 1
            return failure(429, "Anh/chị gửi hơi nhanh.", retry_after=1)
        return PlainTextResponse("Nội dung trò chuyện")

    def _conversation(self, authorization: str) -> Conversation | None:
        return self.backend.conversations.get(authorization.removeprefix("Bearer "))
