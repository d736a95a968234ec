"""What every channel is to the rest of the gateway. Web has doors of its own; all others are one of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from connectors.message import Inbound, InboundMessage, Reply
from connectors.outgoing import OutgoingMessage, SendOutcome


class UnreadableError(ValueError):
    """An authentic update that we cannot make sense of. Its text names the field, never the content."""


@dataclass(frozen=True)
class WebhookRequest:
    """`headers` have lower-case names. `body` is the raw body: signatures are made over exactly these bytes."""

    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Refused:
    """Why a webhook call is not believed. `reason` is a word of our own code: it becomes a label of a metric."""

    status: int
    reason: str


@dataclass(frozen=True)
class SendingPace:
    """How fast the channel may be written to; an interval of 0 means that only `per_second` counts."""

    per_second: float
    conversation_interval_seconds: float


@dataclass(frozen=True)
class Finding:
    """One line of `bhxh channel check`; `remedy` says what to do when it is not good."""

    what: str
    good: bool
    detail: str
    remedy: str = ""


class Channel(Protocol):
    """Somewhere that replies are brought to."""

    name: str
    account: str
    pace: SendingPace
    numbered_choices: bool
    """Whether "2" means the second button of the last message: where buttons are, or may become, numbered text."""

    def render(self, reply: Reply, sequence: int) -> tuple[OutgoingMessage, ...]:
        """Pure. At least one message; `sequence` numbers the reply in its conversation, for the buttons' keys."""
        ...

    async def send(self, participant: str, message: OutgoingMessage) -> SendOutcome:
        """Brings one message; never raises."""
        ...

    async def show_typing(self, participant: str) -> None:
        """Tells the citizen that an answer is being written, where the channel can; never raises."""
        ...

    async def after_stored(self, message: InboundMessage, is_new: bool) -> None:
        """Called once an update is committed, or was before: stop the spinner of a pressed button. Never raises."""
        ...

    async def check(self) -> tuple[Finding, ...]:
        """Credentials, account, webhook, token ages: what an administrator wants to know; never raises."""
        ...

    async def set_webhook(self, url: str) -> Finding:
        """Registers our door with the channel, where an API exists for that; never raises."""
        ...

    async def close(self) -> None:
        """Closes kept connections."""
        ...


class WebhookChannel(Channel, Protocol):
    """A channel that calls us."""

    path: str

    def verify(self, request: WebhookRequest) -> Refused | None:
        """None when the call is authentic. Pure."""
        ...

    def parse(self, body: bytes, received_at: datetime) -> tuple[Inbound, ...]:
        """What the update says. Pure. Raises UnreadableError."""
        ...


@dataclass(frozen=True)
class Polled:
    """Raw updates in the channel's order, and the position to ask from next time (None: the channel has none)."""

    updates: tuple[bytes, ...]
    position: int | None


class PollError(RuntimeError):
    """The channel could not be asked. `retry_after_seconds` is None where it did not say."""

    def __init__(self, code: str, retry_after_seconds: float | None = None, *, human_needed: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after_seconds = retry_after_seconds
        self.human_needed = human_needed


class PollingChannel(WebhookChannel, Protocol):
    """A channel that can be asked instead; one gateway asks at a time (connectors/poller.py)."""

    async def prepare_polling(self) -> None:
        """Takes the webhook away without dropping what waits. Raises PollError."""
        ...

    async def poll(self, position: int | None) -> Polled:
        """Waits up to the channel's long-poll time. Raises PollError."""
        ...
