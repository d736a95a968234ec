"""The list beside every conversation: what is offered to me, what I have, who waits, what was done lately."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from console.operator.room import names_of_operators
from console.ports import LastSaid, Messages
from desk.accounts.operator import Operator
from desk.accounts.permissions import Permission, may
from desk.handoff.state import State
from desk.worklist import WorkItem, done_lately, open_work

SHOWN_DONE = 10


@dataclass(frozen=True)
class Row:
    """`last` is None in a conversation without a word; `owner` and `forward_to` are names, or empty."""

    item: WorkItem
    last: LastSaid | None
    owner: str
    forward_to: str

    @property
    def waits_for_us(self) -> bool:
        """The citizen wrote last, to a person."""
        return self.last is not None and self.last.waits_for_us


@dataclass(frozen=True)
class Filters:
    """Empty strings leave everything in."""

    channel: str = ""
    reason: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing is filtered."""
        return not (self.channel or self.reason or self.words)


@dataclass(frozen=True)
class Worklist:
    """`others` is empty for those who may see only their own."""

    offered: tuple[Row, ...]
    mine: tuple[Row, ...]
    waiting: tuple[Row, ...]
    callbacks: tuple[Row, ...]
    others: tuple[Row, ...]
    done: tuple[Row, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing to show at all."""
        return not (self.offered or self.mine or self.waiting or self.callbacks or self.others or self.done)


@dataclass(frozen=True)
class Board:
    """All open work with its last words: the same for everybody, so that open pages can share one reading."""

    items: tuple[WorkItem, ...]
    last: Mapping[str, LastSaid]
    names: Mapping[int, str]

    def offered(self, operator_id: int) -> list[WorkItem]:
        """What a colleague wants to hand over to them."""
        return [item for item in self.items if item.stored.episode.forward_to == operator_id]

    def mine(self, operator_id: int) -> list[WorkItem]:
        """What they have; what they want to hand over too."""
        return [item for item in self.items if item.stored.episode.operator_id == operator_id]

    def in_state(self, state: State) -> list[WorkItem]:
        """Whoever has it."""
        return [item for item in self.items if item.stored.episode.state is state]

    def rows(self, items: Sequence[WorkItem]) -> tuple[Row, ...]:
        """With words and names."""
        return tuple(
            Row(item, self.last.get(item.stored.conversation_id), *map(self._name, _people(item))) for item in items
        )

    def _name(self, operator_id: int | None) -> str:
        return "" if operator_id is None else self.names.get(operator_id, "")


def read_board(connection: Connection, messages: Messages) -> Board:
    """As things stand."""
    items = open_work(connection)
    return _board(connection, messages, items)


def read_worklist(connection: Connection, messages: Messages, operator: Operator, filters: Filters) -> Worklist:
    """What this operator may see of it."""
    board = read_board(connection, messages)
    lately = done_lately(connection, operator.id, SHOWN_DONE)
    done = _board(connection, messages, lately)
    fits = _filter(connection, messages, (*board.items, *lately), filters)
    sees_all = may(operator, Permission.SEE_ALL_CONVERSATIONS)
    mine = {item.stored.id for item in (*board.mine(operator.id), *board.offered(operator.id))}
    others = [
        item
        for item in board.items
        if sees_all and item.stored.episode.operator_id is not None and item.stored.id not in mine
    ]
    return Worklist(
        offered=board.rows([item for item in board.offered(operator.id) if fits(item)]),
        mine=board.rows([item for item in board.mine(operator.id) if fits(item)]),
        waiting=board.rows([item for item in board.in_state(State.QUEUED) if fits(item)]),
        callbacks=board.rows([item for item in board.in_state(State.CALLBACK) if fits(item)]),
        others=board.rows([item for item in others if fits(item)]),
        done=done.rows([item for item in lately if fits(item)]),
    )


def _board(connection: Connection, messages: Messages, items: tuple[WorkItem, ...]) -> Board:
    conversations = [item.stored.conversation_id for item in items]
    last = messages.last_said(connection, conversations) if conversations else {}
    return Board(items, last, names_of_operators(connection))


def _filter(
    connection: Connection, messages: Messages, items: Sequence[WorkItem], filters: Filters
) -> Callable[[WorkItem], bool]:
    said: frozenset[str] | None = None
    if filters.words:
        said = messages.find(connection, filters.words, [item.stored.conversation_id for item in items])

    def fits(item: WorkItem) -> bool:
        return (
            filters.channel in {"", item.channel}
            and filters.reason in {"", item.stored.episode.reason}
            and (said is None or item.stored.conversation_id in said)
        )

    return fits


def _people(item: WorkItem) -> tuple[int | None, int | None]:
    return item.stored.episode.operator_id, item.stored.episode.forward_to
