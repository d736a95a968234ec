"""What a failed call of the Bot API means. Pure.

Answers: core.telegram.org/bots/api#making-requests. Sending twice is worse than sending late, so only what certainly
did not go out, or was refused, is tried again.
"""

from __future__ import annotations

from http import HTTPStatus

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from connectors.never_left import never_left
from connectors.outgoing import NotSent, Scope, SendFailure

CONFLICT = "409"
"""Code of a poll beside another one, or beside a webhook."""
DETAIL_CHARACTERS = 200
# Telegram gives no codes for these; the words stand in its server's source (tdlib/telegram-bot-api).
_NOBODY_THERE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "have no rights to send a message",
    "not enough rights to send",
    "chat_write_forbidden",
)


class FloodError(TelegramError):
    """HTTP 429. `seconds` is None where Telegram did not say how long to wait."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__("Too many requests")
        self.seconds = seconds


class StatusError(NetworkError):
    """An HTTP status that the Bot API does not document: a proxy's page, or a server that is down."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


def not_sent(error: TelegramError) -> NotSent:
    """How a send ended that raised this."""
    match error:
        case FloodError():
            return NotSent(SendFailure.RATE_LIMITED, "429", retry_after_seconds=error.seconds)
        case StatusError():
            return _by_status(error.status)
        case Forbidden():
            return _refused(SendFailure.UNREACHABLE, "403", error)
        case InvalidToken():
            return _refused(SendFailure.HUMAN_NEEDED, "401", error, Scope.CHANNEL)
        case Conflict():
            return _refused(SendFailure.HUMAN_NEEDED, CONFLICT, error, Scope.CHANNEL)
        case ChatMigrated():
            return NotSent(SendFailure.PERMANENT, "migrated", needs_attention=True)
        case BadRequest():
            return _bad_request(error)
        case NetworkError():
            return _broken_off(error)
    return NotSent(SendFailure.UNKNOWN, "unreadable_answer")


def _by_status(status: int) -> NotSent:
    if status == HTTPStatus.GATEWAY_TIMEOUT:
        # The API may have taken the message; its answer was lost behind the server in front of it.
        return NotSent(SendFailure.UNKNOWN, str(status))
    refused = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    failure = SendFailure.PERMANENT if refused else SendFailure.TEMPORARY
    return NotSent(failure, str(status), needs_attention=refused)


def _refused(failure: SendFailure, code: str, error: TelegramError, scope: Scope = Scope.CONVERSATION) -> NotSent:
    return NotSent(failure, code, error.message[:DETAIL_CHARACTERS], scope=scope)


def _bad_request(error: TelegramError) -> NotSent:
    """Either nobody is there, or the message itself is at fault, which is ours."""
    said = error.message.lower()
    if any(words in said for words in _NOBODY_THERE):
        return _refused(SendFailure.UNREACHABLE, "400", error)
    detail = error.message[:DETAIL_CHARACTERS]
    return NotSent(SendFailure.PERMANENT, "400", detail, needs_attention=True)


def _broken_off(error: NetworkError) -> NotSent:
    """The library wraps what happened: its TimedOut says nothing about whether the request went out."""
    cause = error.__cause__
    failure = SendFailure.TEMPORARY if never_left(cause) else SendFailure.UNKNOWN
    return NotSent(failure, type(error if cause is None else cause).__name__)
