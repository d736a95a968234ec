"""One conversation as an operator sees it, and what they may do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from console.operator.limits import Limits, limits_of
from console.operator.room import names_of_operators
from console.ports import Entry, HeldAnswer, Known, LastSaid, Manner, Messages
from console.security.refusal import Refusal, RefusedError
from desk.accounts.operator import Operator
from desk.accounts.permissions import Permission, may
from desk.handoff.episode import Event
from desk.handoff.log import StoredEpisode, events_of
from desk.handoff.state import State
from desk.notes import Note, notes_of
from desk.satisfaction import scores_of_episodes
from desk.tickets.listing import tickets_of
from desk.tickets.ticket import Ticket
from desk.worklist import WorkItem, episodes_of, forward_note, had_at, had_it, work_item

PREVIOUS_SHOWN = 8
TICKETS_SHOWN = 8
OPERATOR = "operator"


class Act(StrEnum):
    """Buttons of a conversation."""

    CLAIM = "claim"
    REPLY = "reply"
    NOTE = "note"
    FORWARD = "forward"
    WITHDRAW = "withdraw"
    ANSWER_FORWARD = "answer_forward"  # accept or decline
    GIVE_BACK = "give_back"
    REQUEUE = "requeue"
    CLOSE = "close"
    REVEAL = "reveal"
    SUGGEST = "suggest"


@dataclass(frozen=True)
class LogItem:
    """An entry of the conversation, or a note between colleagues; `author` is an operator's name, or empty."""

    at: datetime
    author: str
    entry: Entry | None = None
    note: Note | None = None


@dataclass(frozen=True)
class Happening:
    """A line of the history; `whom` is whom it was handed to, or empty."""

    event: Event
    who: str
    whom: str


@dataclass(frozen=True)
class Talk:
    """`limits` is None on a channel without them; `known` where the assistant never answered.

    `held` is an answer that waits to be looked at.
    """

    item: WorkItem
    log: tuple[LogItem, ...]
    acts: frozenset[Act]
    owner: str
    forward_to: str
    forward_note: str
    history: tuple[Happening, ...]
    previous: tuple[StoredEpisode, ...]
    scores: Mapping[int, int]
    last: LastSaid | None
    manner: Manner
    limits: Limits | None
    known: Known | None
    held: HeldAnswer | None
    tickets: tuple[Ticket, ...]

    @property
    def last_sequence(self) -> int:
        """Of the entries shown; 0 without any."""
        return max((item.entry.sequence for item in self.log if item.entry is not None), default=0)


def readable_item(connection: Connection, episode_id: int, operator: Operator) -> WorkItem:
    """The conversation, when it waits for anybody, or is or was theirs. Raises RefusedError."""
    item = work_item(connection, episode_id)
    if item is None:
        raise RefusedError(Refusal.NOT_FOUND)
    episode = item.stored.episode
    if episode.state in {State.QUEUED, State.CALLBACK} or operator.id in {episode.operator_id, episode.forward_to}:
        return item
    if may(operator, Permission.SEE_ALL_CONVERSATIONS) or had_it(events_of(connection, episode_id), operator.id):
        return item
    if episode.operator_id is not None:
        name = names_of_operators(connection).get(episode.operator_id, "")
        raise RefusedError(Refusal.OVERTAKEN_CLAIMED, {"name": name})
    raise RefusedError(Refusal.FORBIDDEN)


def read_talk(
    connection: Connection, messages: Messages, item: WorkItem, operator: Operator, after: int = 0, after_note: int = 0
) -> Talk:
    """All of it that came behind entry `after` and note `after_note`."""
    stored, names = item.stored, names_of_operators(connection)
    events = events_of(connection, stored.id)
    entries = messages.transcript(connection, stored.conversation_id, after)
    notes = [note for note in notes_of(connection, stored.conversation_id) if note.id > after_note]
    last = messages.last_said(connection, [stored.conversation_id]).get(stored.conversation_id)
    earlier = episodes_of(connection, stored.conversation_id, PREVIOUS_SHOWN + 1)
    return Talk(
        item=item,
        log=_merged(entries, notes, _Authors(connection, earlier, names)),
        acts=acts_of(item, operator),
        owner=names.get(stored.episode.operator_id or 0, ""),
        forward_to=names.get(stored.episode.forward_to or 0, ""),
        forward_note=forward_note(events),
        history=tuple(_happening(event, names) for event in events),
        previous=tuple(other for other in earlier if other.number < stored.number),
        scores=scores_of_episodes(connection, stored.conversation_id),
        last=last,
        manner=messages.manner(item.channel),
        limits=read_limits(connection, messages, item, last),
        known=messages.known(connection, stored.conversation_id),
        held=messages.held(connection, stored.conversation_id),
        tickets=tickets_of(connection, stored.conversation_id, TICKETS_SHOWN),
    )


def read_limits(
    connection: Connection, messages: Messages, item: WorkItem, last: LastSaid | None = None
) -> Limits | None:
    """Of the item's channel; `last` is looked up where it is not given."""
    conversation_id, manner = item.stored.conversation_id, messages.manner(item.channel)
    if manner.window_days is None:
        return None
    last = last or messages.last_said(connection, [conversation_id]).get(conversation_id)
    if last is None:
        return None
    return limits_of(manner, last.said_at, messages.sent_since(connection, conversation_id, last.said_at))


def acts_of(item: WorkItem, operator: Operator) -> frozenset[Act]:
    """What can be done in this state by this operator. Pure; the gate and the moves check again."""
    episode = item.stored.episode
    state, is_mine = episode.state, episode.operator_id == operator.id
    has_it = is_mine and state in {State.CLAIMED, State.FORWARDING}
    is_free = is_mine and state is State.CLAIMED
    possible = {
        Act.CLAIM: (state in {State.QUEUED, State.CALLBACK}, Permission.TAKE_CONVERSATIONS),
        Act.REPLY: (has_it, Permission.REPLY),
        Act.NOTE: (True, Permission.WRITE_NOTES),
        Act.FORWARD: (is_free, Permission.FORWARD),
        Act.WITHDRAW: (is_mine and state is State.FORWARDING, Permission.FORWARD),
        Act.ANSWER_FORWARD: (episode.forward_to == operator.id, Permission.TAKE_CONVERSATIONS),
        Act.GIVE_BACK: (is_free, Permission.GIVE_BACK),
        Act.REQUEUE: (is_free, Permission.GIVE_BACK),
        Act.CLOSE: (has_it, Permission.CLOSE),
        Act.REVEAL: (True, Permission.REVEAL_IDENTIFIERS),
        Act.SUGGEST: (has_it, Permission.SEARCH_KNOWLEDGE),
    }
    return frozenset(act for act, (can, permission) in possible.items() if can and may(operator, permission))


class _Authors:
    """Which operator wrote an entry: whoever had the conversation at that moment."""

    def __init__(self, connection: Connection, known: Sequence[StoredEpisode], names: Mapping[int, str]) -> None:
        self._events = [event for stored in reversed(known) for event in events_of(connection, stored.id)]
        self._names = names

    def of(self, entry: Entry) -> str:
        if entry.role != OPERATOR:
            return ""
        return self._names.get(had_at(self._events, entry.sent_at) or 0, "")

    def of_note(self, note: Note) -> str:
        return self._names.get(note.operator_id, "")


def _merged(entries: Sequence[Entry], notes: Sequence[Note], authors: _Authors) -> tuple[LogItem, ...]:
    """Entries in their own order, each note before the first entry that came later."""
    items: list[LogItem] = []
    waiting = list(notes)
    for entry in entries:
        while waiting and waiting[0].written_at < entry.sent_at:
            note = waiting.pop(0)
            items.append(LogItem(note.written_at, authors.of_note(note), note=note))
        items.append(LogItem(entry.sent_at, authors.of(entry), entry=entry))
    items += [LogItem(note.written_at, authors.of_note(note), note=note) for note in waiting]
    return tuple(items)


def _happening(event: Event, names: Mapping[int, str]) -> Happening:
    kind, _, number = event.actor.partition(":")
    who = names.get(int(number), "") if kind == OPERATOR and number.isdecimal() else ""
    whom = names.get(event.data.get("operator_id", 0), "")
    return Happening(event, who, "" if whom == who else whom)
