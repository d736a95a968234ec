"""What a failed call of the Zalo Bot API means. Pure.

Codes: https://bot.zaloplatforms.com/docs, which gives them in the body, mostly under HTTP 200.
"""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from connectors.never_left import never_left
from connectors.outgoing import NotSent, Scope, SendFailure

IDLE = 408
"""getUpdates had nothing to tell."""

NO_WEBHOOK = 404
"""getWebhookInfo answers this when no webhook is set."""

UNAUTHORISED, FORBIDDEN = 401, 403
DETAIL_CHARACTERS = 200
_TOO_MANY, _GATEWAY_TIMEOUT = 429, 504


@dataclass(frozen=True)
class ApiFailure:
    """`code` is the API's number, or the name of what went wrong on the way; 0 where the API gave none."""

    failure: SendFailure
    code: int | str
    description: str = ""
    retry_after_seconds: float | None = None

    def not_sent(self) -> NotSent:
        """The same, for a message."""
        whole_channel = self.failure in (SendFailure.HUMAN_NEEDED, SendFailure.QUOTA, SendFailure.RATE_LIMITED)
        return NotSent(
            self.failure,
            str(self.code),
            self.description,
            self.retry_after_seconds,
            Scope.CHANNEL if whole_channel else Scope.CONVERSATION,
            needs_attention=self.failure is SendFailure.PERMANENT,  # no documentation names one
        )


def refused(code: int, description: str, retry_after_seconds: float | None) -> ApiFailure:
    """The API said no, or a server in front of it did."""
    return ApiFailure(_class_of(code, retry_after_seconds), code, description[:DETAIL_CHARACTERS], retry_after_seconds)


def _class_of(code: int, retry_after_seconds: float | None) -> SendFailure:
    if code in (UNAUTHORISED, FORBIDDEN):
        return SendFailure.HUMAN_NEEDED
    if code == _TOO_MANY:
        # The quota's 429 is documented without a time; one that names a time is about speed.
        return SendFailure.QUOTA if retry_after_seconds is None else SendFailure.RATE_LIMITED
    if code == _GATEWAY_TIMEOUT:
        return SendFailure.UNKNOWN  # the answer was lost behind a server in front of the API
    if code == IDLE or 500 <= code < 600:
        return SendFailure.TEMPORARY
    return SendFailure.PERMANENT


def broken_off(error: httpx.HTTPError) -> ApiFailure:
    """No answer. Only what fails before the request is out is certainly not delivered."""
    failure = SendFailure.TEMPORARY if never_left(error) else SendFailure.UNKNOWN
    return ApiFailure(failure, type(error).__name__)


def unreadable(status: int) -> ApiFailure:
    """The API said yes, or something, in a form that nobody understands: the message may have arrived."""
    return ApiFailure(SendFailure.UNKNOWN, "unreadable_answer", f"HTTP {status}")
