"""What a supervisor's pages need of the channels. Implemented in app/supervision.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy import Connection

from desk.channel_switch import ChannelSwitch


@dataclass(frozen=True)
class ChannelAnswers:
    """What the assistant said on one channel. Greetings and other fixed lines do not count."""

    channel: str
    answered: int
    asked_back: int
    abstained: int
    handed_off: int
    failed: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.answered + self.asked_back + self.abstained + self.handed_off + self.failed


@dataclass(frozen=True)
class Undelivered:
    """How much waits, failed, or may not have arrived; `dead` messages of citizens got no answer."""

    waiting: int
    failed: int
    unknown: int
    dead: int
    unreadable: int
    oldest_at: datetime | None


class Figures(Protocol):
    """Numbers of the channels, for the board."""

    def answers(self, connection: Connection, start: datetime, end: datetime) -> tuple[ChannelAnswers, ...]:
        """Of the channels on which something was said from `start` until before `end`, by name."""
        ...

    def undelivered(self, connection: Connection) -> Undelivered:
        """As things stand."""
        ...


class Channels(Protocol):
    """The channels of this gateway, and the assistant's switch on each."""

    @property
    def names(self) -> tuple[str, ...]:
        """Those that run here, the web page first."""
        ...

    def turn(self, connection: Connection, switch: ChannelSwitch, actor: str) -> int | None:
        """Switches, and notes it in the audit log; how many messages of the assistant were cut off by it.

        None when it stood so already. Raises ValueError without a reason, or with one too long.
        """
        ...


class LetterKind(StrEnum):
    """MESSAGE: a citizen's, given up; DELIVERY: a reply that did not arrive; UNREADABLE: an update nobody can parse."""

    MESSAGE = "message"
    DELIVERY = "delivery"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Letter:
    """One thing that went wrong. `words` have their identifiers masked; `why` is an error class or a field's name.

    `may_repeat`: it can be tried again without anybody's getting it twice. `conversation_id` may be empty.
    """

    kind: LetterKind
    id: int
    channel: str
    conversation_id: str
    at: datetime
    why: str
    detail: str
    attempts: int
    words: str
    may_have_arrived: bool
    may_repeat: bool


class Letters(Protocol):
    """Messages without an answer and replies that did not arrive. All in the caller's transaction."""

    def waiting(self, connection: Connection, limit: int) -> tuple[Letter, ...]:
        """So many of each kind at most, the newest first."""
        ...

    def find(self, connection: Connection, kind: LetterKind, letter_id: int) -> Letter | None:
        """None when there is none, or it was dealt with."""
        ...

    def whole(self, connection: Connection, kind: LetterKind, letter_id: int) -> str | None:
        """The words as they were written; None as above."""
        ...

    def retry(self, connection: Connection, letter: Letter, now: datetime) -> bool:
        """Tried once more; False when somebody was quicker, or it cannot be."""
        ...

    def drop(self, connection: Connection, letter: Letter, now: datetime) -> bool:
        """Nobody does anything about it any more; False when somebody was quicker."""
        ...
