"""What a failed call of the OA's API means for a message. Pure.

Codes come in the body, mostly under HTTP 200: https://developers.zalo.me/docs/official-account/phu-luc/ma-loi.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from connectors.never_left import never_left
from connectors.outgoing import NotSent, Scope, SendFailure

TOKEN_CODES = frozenset({-216, -220, -124})
"""The access token is no longer good; a new one may help, once."""

FORM_CODES = frozenset({-201, -233})
"""The message has a form that this account may not send: buttons, for one."""

DETAIL_CHARACTERS = 200
NO_ANSWER = "unreadable_answer"
_CODES: Mapping[SendFailure, tuple[int, ...]] = {
    SendFailure.RATE_LIMITED: (-32,),
    SendFailure.TEMPORARY: (-200,),
    # Nobody but the citizen can change it: not following, inactive for 45 days, silent for 7, account gone.
    SendFailure.UNREACHABLE: (-213, -227, -230, -232, -305, -118),
    SendFailure.PERMANENT: (-201, -210, -233, -240, -241, -244, -248, -100),
    SendFailure.QUOTA: (-211, -218, -311, -115, -144),
    # Contract, package, money, credentials; -216, -220 and -124 once a new token was refused too.
    SendFailure.HUMAN_NEEDED: (
        *(-204, -205, -209, -212, -217, -219, -221, -223, -224, -242, -320, -321, -403),
        *sorted(TOKEN_CODES),
    ),
}
_MEANING = {code: failure for failure, codes in _CODES.items() for code in codes}
_FAULTS_OF_OURS = frozenset({-201, -210, -233, -240, -241, -100})
"""Codes that say that what we send is wrong: somebody has to mend it."""

_ONE_CITIZEN = frozenset({-218})
_WHOLE_CHANNEL = frozenset({SendFailure.RATE_LIMITED, SendFailure.QUOTA, SendFailure.HUMAN_NEEDED})
_ADDRESS_IS_WRONG = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


@dataclass(frozen=True)
class ApiRefusal:
    """The API said no: nothing was delivered. `message` is Zalo's, without our token."""

    code: int
    message: str


def meaning(refusal: ApiRefusal) -> NotSent:
    """What a refusal means for the message. A code that no documentation knows is permanent, and is told."""
    failure = _MEANING.get(refusal.code, SendFailure.PERMANENT)
    is_known = refusal.code in _MEANING
    for_all = failure in _WHOLE_CHANNEL and refusal.code not in _ONE_CITIZEN
    return NotSent(
        failure,
        str(refusal.code),
        refusal.message,
        scope=Scope.CHANNEL if for_all else Scope.CONVERSATION,
        needs_attention=not is_known or refusal.code in _FAULTS_OF_OURS,
    )


def broken_off(error: httpx.HTTPError) -> NotSent:
    """No answer. Only what fails before the request is out is certainly not delivered."""
    failure = SendFailure.TEMPORARY if never_left(error) else SendFailure.UNKNOWN
    return NotSent(failure, type(error).__name__)


def unsuccessful(status: int, retry_after_seconds: float | None) -> NotSent:
    """An HTTP status that is no success: the server in front of the API speaks, not the API."""
    code = f"http_{status}"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return NotSent(SendFailure.RATE_LIMITED, code, "", retry_after_seconds, Scope.CHANNEL)
    if status == HTTPStatus.GATEWAY_TIMEOUT:
        # The API got the message, and its answer was lost behind the server in front of it.
        return NotSent(SendFailure.UNKNOWN, code)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NotSent(SendFailure.TEMPORARY, code, "", retry_after_seconds)
    if status in _ADDRESS_IS_WRONG or status < HTTPStatus.BAD_REQUEST:
        return NotSent(SendFailure.HUMAN_NEEDED, code, scope=Scope.CHANNEL)
    return NotSent(SendFailure.PERMANENT, code, needs_attention=True)


def unreadable() -> NotSent:
    """A success in a form that nobody understands: the message may have arrived."""
    return NotSent(SendFailure.UNKNOWN, NO_ANSWER)
