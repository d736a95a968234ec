"""What the console needs of the channels. Implemented in app/console.py; tests have fakes where they need them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from desk.handoff.moves import Sentence


@dataclass(frozen=True)
class Source:
    """Where an answer of the assistant stands; `url` is a path on our own pages, or empty.

    `score` is how likely the search took it to fit, from 0 to 1; None where nothing was searched for.
    """

    label: str
    validity: str
    url: str
    score: float | None = None


@dataclass(frozen=True)
class Trouble:
    """Why a message did not arrive: `reason` names a sentence of texts.yml, under `troubles`.

    `can_be_repeated`: an operator wrote it, nothing of it is on its way, and it was not said again yet.
    """

    reason: str
    may_have_arrived: bool
    can_be_repeated: bool
    was_repeated: bool


@dataclass(frozen=True)
class Entry:
    """One thing said. `role` is citizen, assistant, operator or system; `hidden` counts the identifiers masked in it.

    `delivery` is how far it is on its way to a channel; None where citizens fetch it themselves.
    """

    sequence: int
    role: str
    text: str
    hidden: int
    status: str
    sources: tuple[Source, ...]
    choices: tuple[str, ...]
    sent_at: datetime
    delivery: str | None
    trouble: Trouble | None = None
    is_given: bool = False
    """The assistant's, in the words of the knowledge base: it can be called wrong."""


@dataclass(frozen=True)
class Nearby:
    """A passage that the search found; `score` as of a Source."""

    title: str
    document: str
    section: str
    score: float | None


@dataclass(frozen=True)
class Known:
    """What the assistant knew when a person came. `question` is masked; `role` is in words; empty while unknown.

    `sequence` is the number of its last answer, 0 without one; `status` says how it ended.
    """

    question: str
    role: str
    abstentions: int
    sequence: int
    status: str
    sources: tuple[Source, ...]
    nearby: tuple[Nearby, ...]


@dataclass(frozen=True)
class HeldAnswer:
    """What the assistant would have said. `whole` is its text, its sources named.

    `reason` is what an approver wrote; with `is_suspended` it is the text that suspends what the answer rests on.
    """

    id: int
    whole: str
    reason: str
    is_suspended: bool
    held_at: datetime


@dataclass(frozen=True)
class Repeatable:
    """What of a message did not arrive, for saying it again."""

    text: str
    may_have_arrived: bool


@dataclass(frozen=True)
class LastSaid:
    """The citizen's last words, masked. `waits_for_us`: no operator has written since."""

    words: str
    said_at: datetime
    waits_for_us: bool


@dataclass(frozen=True)
class Manner:
    """How a channel takes an operator's words. `characters` fit into one message; more become several.

    `window_days`: how long after the citizen's last words one may write; None where there is no such limit.
    `free_replies` within `free_hours` of them cost nothing; 0 where that is not counted.
    """

    characters: int
    window_days: float | None
    free_replies: int = 0
    free_hours: float = 0.0


class Messages(Protocol):
    """What was said, and saying more. All in the caller's transaction."""

    def say(
        self,
        connection: Connection,
        conversation_id: str,
        operator_name: str,
        text: str,
        request_id: str,
        now: datetime,
    ) -> int:
        """An operator's words; their number in the conversation. Repeating a request changes nothing."""
        ...

    def tell(self, connection: Connection, conversation_id: str, sentences: Sequence[Sentence], now: datetime) -> None:
        """What the desk says of itself."""
        ...

    def inform(self, connection: Connection, conversation_id: str, text: str, request_id: str, now: datetime) -> None:
        """What the desk says of a case, in whole words. Repeating a request changes nothing."""
        ...

    def transcript(self, connection: Connection, conversation_id: str, after: int) -> tuple[Entry, ...]:
        """All that was said behind number `after`, identifiers masked; the newest few hundred of it."""
        ...

    def unmasked(self, connection: Connection, conversation_id: str, sequence: int) -> str | None:
        """The words as they were written; None when nothing has this number."""
        ...

    def last_said(self, connection: Connection, conversation_ids: Sequence[str]) -> Mapping[str, LastSaid]:
        """Of those in which a citizen said something."""
        ...

    def find(self, connection: Connection, words: str, conversation_ids: Sequence[str]) -> frozenset[str]:
        """Those of the conversations in which somebody said this, whatever the case of the letters."""
        ...

    def pulse(self, connection: Connection, conversation_id: str) -> str:
        """Changes whenever something is said, or a delivery moves on."""
        ...

    def manner(self, channel: str) -> Manner:
        """Of a channel by its name."""
        ...

    def known(self, connection: Connection, conversation_id: str) -> Known | None:
        """None where the assistant never answered here."""
        ...

    def repeatable(self, connection: Connection, conversation_id: str, sequence: int) -> Repeatable | None:
        """None when an operator did not write this, or it arrived, or is on its way. Locks the conversation."""
        ...

    def say_again(self, connection: Connection, conversation_id: str, sequence: int, text: str, now: datetime) -> int:
        """As `say`; however often message `sequence` is said again, that happens once."""
        ...

    def held(self, connection: Connection, conversation_id: str) -> HeldAnswer | None:
        """The answer that waits for an operator's look; None when there is none, or it was decided."""
        ...

    def send_held(
        self, connection: Connection, conversation_id: str, held_id: int, operator_id: int, now: datetime
    ) -> bool:
        """As the operator's words, unchanged. False when somebody decided it before; then nothing is said."""
        ...

    def settle_held(
        self,
        connection: Connection,
        conversation_id: str,
        held_id: int,
        operator_id: int,
        sequence: int | None,
        now: datetime,
    ) -> bool:
        """It became message `sequence`, changed by the operator, or (None) was dropped. False as above."""
        ...

    def sent_since(self, connection: Connection, conversation_id: str, since: datetime) -> int:
        """How many calls of the channel arrived, or may have arrived, since then: its own counting."""
        ...


class Watch(Protocol):
    """One open page."""

    async def wait(self, timeout_seconds: float) -> bool:
        """False when nothing happened within the time."""
        ...


class Signals(Protocol):
    """News of conversations without their content."""

    @property
    def closed(self) -> bool:
        """The process is about to end: streams end too."""
        ...

    def watch(self, conversation_id: str) -> AbstractContextManager[Watch]:
        """For the length of a block."""
        ...

    def announce(self, conversation_id: str, channel: str) -> None:
        """Something was said and is committed: pages look, senders bring it."""
        ...


@dataclass(frozen=True)
class Suggestion:
    """An answer of the knowledge base. `whole` is it as the assistant would send it, its sources named.

    `label` and `validity` are of the first source. `score` is the calibrated chance that it fits, from 0 to 1;
    `strength` is `sure`, `likely` or `weak`.
    """

    text: str
    whole: str
    title: str
    label: str
    validity: str
    url: str
    score: float
    strength: str


class Suggestions(Protocol):
    """Answers that might fit."""

    async def for_text(self, text: str, role: str = "") -> tuple[Suggestion, ...]:
        """The best first; empty when nothing fits or the knowledge base cannot be asked. Never raises.

        `role` is for whom the citizen asks, in words, where it is known.
        """
        ...
