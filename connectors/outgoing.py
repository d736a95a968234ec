"""One message as a channel's API gets it, and how the sending ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from connectors.stored_text import storable

MESSAGE_ID_CHARACTERS = 128
CODE_CHARACTERS = 64


@dataclass(frozen=True)
class OfferedButton:
    """`key` is what comes back when it is pressed: short, and it means something in this conversation only."""

    title: str
    key: str


@dataclass(frozen=True)
class OutgoingMessage:
    """Plain text within the channel's limit. `buttons` is empty where the text itself lists the choices."""

    text: str
    buttons: tuple[OfferedButton, ...] = ()


class SendFailure(StrEnum):
    """What a failed send means for what comes next; kept with the delivery as its error class."""

    TEMPORARY = "temporary"  # certainly not delivered; try again after a pause
    RATE_LIMITED = "rate_limited"  # the same, and the channel says to slow down
    PERMANENT = "permanent"  # this message will never be delivered
    UNREACHABLE = "unreachable"  # this citizen cannot be written to: blocked, unfollowed, window closed
    QUOTA = "quota"  # the account may send no more in this period
    HUMAN_NEEDED = "human_needed"  # credentials, contract, package: nothing goes out until somebody acts
    UNKNOWN = "unknown"  # it may have arrived; never repeated blindly


class Scope(StrEnum):
    """What a pause concerns."""

    CONVERSATION = "conversation"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Sent:
    """The channel has it. `channel_message_id` is None where the channel gives none."""

    channel_message_id: str | None = None


@dataclass(frozen=True)
class NotSent:
    """`code` and `detail` are the channel's own words (never the message); `detail` holds no token.

    `needs_attention`: somebody has to hear of it even where the failure alone would raise no alert, such as a code
    that no documentation knows.
    """

    failure: SendFailure
    code: str
    detail: str = ""
    retry_after_seconds: float | None = None
    scope: Scope = Scope.CONVERSATION
    needs_attention: bool = False


SendOutcome = Sent | NotSent


def storable_outcome(outcome: SendOutcome) -> SendOutcome:
    """The same, as any database takes it: the words in it are a stranger's."""
    if isinstance(outcome, NotSent):
        return replace(outcome, code=storable(outcome.code)[:CODE_CHARACTERS], detail=storable(outcome.detail))
    given = outcome.channel_message_id
    return outcome if given is None else Sent(storable(given)[:MESSAGE_ID_CHARACTERS])
