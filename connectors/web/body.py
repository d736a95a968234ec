"""Reads what a browser, or whoever pretends to be one, posts. Pure but for the reading itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fastapi import Request

from connectors.heard import heard
from connectors.request_body import BodyTooLargeError, read_body
from connectors.stored_text import storable
from connectors.web.errors import Refusal, RefusedError
from desk.feedback import Thumb
from desk.tickets.ticket import TicketRequest
from vietnamese.normalise import clean

NAME_CHARACTERS = 100
COMMENT_CHARACTERS = 1000
PAYLOAD_CHARACTERS = 1000
LARGEST_NUMBER = 2**31 - 1
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TELEPHONE = re.compile(r"\+?\d{9,12}")
_TELEPHONE_SIGNS = re.compile(r"[\s.()-]")
_EMAIL = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]+\.[^@\s<>\".]{2,}")
EMAIL_CHARACTERS = 254


@dataclass(frozen=True)
class PostedMessage:
    """Either `text` or `choice` is set."""

    message_id: str
    text: str | None
    choice: str | None


class ThumbReason(StrEnum):
    """Why a thumb is turned down."""

    WRONG = "wrong"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class PostedFeedback:
    """`sequence` is the answer's number in the conversation; a thumb turned down may have a `reason`."""

    sequence: int
    value: Thumb
    comment: str
    reason: ThumbReason | None = None


async def read_object(request: Request, limit_bytes: int) -> Mapping[str, Any]:
    """The JSON object of the body. Raises RefusedError; never holds more than the limit in memory."""
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if content_type != "application/json":
        raise RefusedError(Refusal.NOT_JSON)
    try:
        value = json.loads(await read_body(request, limit_bytes))
    except BodyTooLargeError as error:
        raise RefusedError(Refusal.BODY_TOO_LARGE) from error
    except (ValueError, RecursionError) as error:
        raise RefusedError(Refusal.BAD_JSON) from error
    if not isinstance(value, dict):
        raise RefusedError(Refusal.BAD_JSON)
    return value


def read_message(body: Mapping[str, Any], limit_characters: int) -> PostedMessage:
    """Raises RefusedError for anything that could not be answered."""
    message_id = _client_id(body, "message_id", Refusal.BAD_MESSAGE_ID)
    choice = body.get("choice")
    if choice is not None:
        if not isinstance(choice, str) or not 0 < len(choice) <= PAYLOAD_CHARACTERS:
            raise RefusedError(Refusal.CHOICE_UNKNOWN)
        return PostedMessage(message_id, None, choice)
    text = body.get("text")
    if not isinstance(text, str):
        raise RefusedError(Refusal.MESSAGE_MISSING)
    return PostedMessage(message_id, _message_text(text, limit_characters), None)


def _message_text(text: str, limit: int) -> str:
    words = storable(text).strip()
    # Counted as a person counts: a letter with its marks sent as three code points is one character.
    if len(words) > limit and len(clean(words)) > limit:
        raise RefusedError(Refusal.MESSAGE_TOO_LONG, {"limit": limit})
    if not heard(words):
        raise RefusedError(Refusal.MESSAGE_EMPTY)
    return words


def read_feedback(body: Mapping[str, Any]) -> PostedFeedback:
    """Raises RefusedError."""
    sequence, value, comment = body.get("id"), body.get("value"), body.get("comment")
    if not isinstance(sequence, int) or isinstance(sequence, bool) or not 0 < sequence <= LARGEST_NUMBER:
        raise RefusedError(Refusal.ANSWER_NOT_FOUND)
    if not isinstance(value, str) or value not in set(Thumb) or not isinstance(comment, str | None):
        raise RefusedError(Refusal.FEEDBACK_INVALID)
    words = storable(comment or "").strip()
    if len(words) > COMMENT_CHARACTERS:
        raise RefusedError(Refusal.FEEDBACK_COMMENT_TOO_LONG, {"limit": COMMENT_CHARACTERS})
    return PostedFeedback(sequence, Thumb(value), words, _reason(body, Thumb(value)))


def _reason(body: Mapping[str, Any], value: Thumb) -> ThumbReason | None:
    reason = body.get("reason")
    if reason is None:
        return None
    if value is not Thumb.DOWN or not isinstance(reason, str) or reason not in set(ThumbReason):
        raise RefusedError(Refusal.FEEDBACK_INVALID)
    return ThumbReason(reason)


def read_ticket(body: Mapping[str, Any], question_characters: int) -> TicketRequest:
    """Raises RefusedError for the first field that needs mending."""
    return TicketRequest(
        request_id=_client_id(body, "request_id", Refusal.REQUEST_ID_INVALID),
        name=_field(body, "name", NAME_CHARACTERS, Refusal.NAME_REQUIRED, Refusal.NAME_TOO_LONG),
        contact=_contact(body),
        question=_field(body, "question", question_characters, Refusal.QUESTION_REQUIRED, Refusal.QUESTION_TOO_LONG),
    )


def _contact(body: Mapping[str, Any]) -> str:
    contact = _field(body, "contact", EMAIL_CHARACTERS, Refusal.CONTACT_REQUIRED, Refusal.CONTACT_INVALID)
    if not _TELEPHONE.fullmatch(_TELEPHONE_SIGNS.sub("", contact)) and not _EMAIL.fullmatch(contact):
        raise RefusedError(Refusal.CONTACT_INVALID)
    return contact


def _field(body: Mapping[str, Any], name: str, limit: int, missing: Refusal, too_long: Refusal) -> str:
    value = body.get(name)
    words = storable(value).strip() if isinstance(value, str) else ""
    if not clean(words):
        raise RefusedError(missing)
    if len(words) > limit:
        raise RefusedError(too_long, {"limit": limit})
    return words


def _client_id(body: Mapping[str, Any], name: str, refusal: Refusal) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not _CLIENT_ID.fullmatch(value):
        raise RefusedError(refusal)
    return value


def read_position(value: str | None) -> int:
    """Number after which messages are wanted; 0, the beginning, when none is given. Raises RefusedError."""
    if not value:
        return 0
    if not value.isascii() or not value.isdigit() or len(value) > len(str(LARGEST_NUMBER)):
        raise RefusedError(Refusal.BAD_POSITION)
    return min(int(value), LARGEST_NUMBER)
