"""Looks at the database after each step of a test and says which promise of the desk was broken."""

import re
from collections import Counter

from sqlalchemy import func, select

from connectors.outbox import OPERATOR, outbox
from connectors.transcript import entries_after
from desk.conversation import conversations
from desk.database import reading
from desk.handoff.episode import replay
from desk.handoff.log import desk_events, episodes, events_of, stored_from
from desk.handoff.moves import Say
from desk.handoff.sentences import load_handoff_texts
from desk.handoff.state import ASSISTANT_SPEAKS, OPERATOR_OWNS, EventKind, State
from desk.ownership import Owner, Ownership
from desk.worklist import open_work

BOT_WORDS = "bot: "
"""How everything begins that the fake dialogue engine says."""
TOLD = {
    EventKind.QUEUED: Say.QUEUED,
    EventKind.CALLBACK_PROMISED: Say.CALLBACK,
    EventKind.CITIZEN_RETURNED: Say.RETURNED,
    EventKind.CLAIMED: Say.CLAIMED,
    EventKind.FORWARD_ACCEPTED: Say.FORWARDED,
    EventKind.REQUEUED: Say.REQUEUED,
    EventKind.GIVEN_BACK: Say.GIVEN_BACK,
    EventKind.REASSIGNED: Say.CLAIMED,
}
REPEATED = {Say.STILL_QUEUED, Say.CALLBACK}
"""May be said again without anything having happened."""
_PLACEHOLDER = re.compile(r"\\\{\w+\\\}")


class Witness:
    """Remembers how things stood after the step before; `looks` compares and raises AssertionError."""

    def __init__(self, engine, clock):
        self._engine, self._clock = engine, clock
        texts = load_handoff_texts()
        self._patterns = {say: _pattern(getattr(texts, say.value)) for say in Say if hasattr(texts, say.value)}
        self._versions = {}
        self._ownerships = {}
        self._outbox_id = self._event_id = 0

    def looks(self, written, replied):
        """`written` and `replied`: what citizens and operators said so far, texts by conversation."""
        with reading(self._engine) as connection:
            stored = [stored_from(row) for row in connection.execute(select(episodes).order_by(episodes.c.id))]
            self._one_state_and_its_owner(connection, stored)
            self._replay_makes_the_row(connection, stored)
            self._one_open_episode(stored)
            self._everybody_is_on_a_list(connection, stored)
            self._nothing_is_lost(connection, written, replied)
            self._assistant_is_silent(connection)
            self._sentences_are_facts(connection, {each.id: each for each in stored})
            self._remember(connection, stored)

    def _one_state_and_its_owner(self, connection, stored):
        for each in stored:
            episode = each.episode
            assert (episode.operator_id is not None) == (episode.state in OPERATOR_OWNS), episode
            assert (episode.forward_to is not None) == (episode.state is State.FORWARDING), episode
            assert (episode.closed_at is not None) == (episode.state is State.CLOSED), episode
            assert (episode.close_reason is not None) == (episode.state is State.CLOSED), episode
            assert episode.state is not State.QUEUED or episode.waiting_since is not None, episode
            if None not in (episode.waiting_since, episode.claimed_at):
                assert episode.waiting_since <= episode.claimed_at, episode
        with_people = {each.conversation_id for each in stored if each.episode.state not in ASSISTANT_SPEAKS}
        for key in connection.execute(select(conversations.c.id)).scalars():
            ownership = _ownership_of(connection, key)
            waits_for_staff = ownership.until is not None
            assert (ownership.owner is Owner.PERSON) == (key in with_people) or waits_for_staff, ownership
            # A person keeps it until it is given back, however many hours that takes.
            assert key not in with_people or not waits_for_staff, ownership
            assert ownership.version >= self._ownerships.get(key, ownership).version

    def _replay_makes_the_row(self, connection, stored):
        for each in stored:
            events = events_of(connection, each.id)
            assert replay(events) == each.episode
            assert each.episode.version == len(events) >= self._versions.get(each.id, 0)
            assert list(events) == sorted(events, key=lambda event: event.at)

    def _one_open_episode(self, stored):
        still_open = Counter(each.conversation_id for each in stored if each.episode.state is not State.CLOSED)
        assert max(still_open.values(), default=0) <= 1

    def _everybody_is_on_a_list(self, connection, stored):
        listed = {item.stored.id for item in open_work(connection)}
        assert {each.id for each in stored if each.episode.state in OPERATOR_OWNS | {State.QUEUED}} <= listed

    def _nothing_is_lost(self, connection, written, replied):
        for key in written:
            entries = entries_after(connection, key, 0)
            sequences = [entry.sequence for entry in entries]
            assert sequences == sorted(set(sequences))
            said = [entry.reply.text for entry in entries if entry.role == "citizen"]
            assert said == written[key]
            assert [entry.reply.text for entry in entries if entry.role == OPERATOR] == replied.get(key, [])

    def _assistant_is_silent(self, connection):
        """While a person had the conversation before the step, the step stored no word of the dialogue engine."""
        for row in connection.execute(select(outbox).where(outbox.c.id > self._outbox_id)):
            before = self._ownerships.get(row.conversation_id)
            if row.text.startswith(BOT_WORDS) and before is not None:
                assert not before.is_with_person(self._clock()), row.conversation_id

    def _sentences_are_facts(self, connection, stored):
        """What the citizen was told of a handoff happened in this step, and what happened was told."""
        told, happened = {}, {}
        for row in connection.execute(select(outbox).where(outbox.c.id > self._outbox_id)):
            say = self._said(row)
            if say is not None:
                told.setdefault(row.conversation_id, Counter())[say] += 1
        for row in connection.execute(select(desk_events).where(desk_events.c.id > self._event_id)):
            say = self._due(connection, row)
            if say is not None:
                happened.setdefault(stored[row.episode_id].conversation_id, Counter())[say] += 1
        for key in told.keys() | happened.keys():
            said, due = told.get(key, Counter()), happened.get(key, Counter())
            assert due - said == Counter(), (key, "happened and was not told", due - said)
            assert set(said - due) <= REPEATED, (key, "told and did not happen", said - due)

    def _due(self, connection, row):
        kind = EventKind(row.kind)
        if kind is not EventKind.CLOSED:
            return TOLD.get(kind)
        before = replay(events_of(connection, row.episode_id)[:-1])
        return Say.CLOSED if before.state in OPERATOR_OWNS else None

    def _said(self, row):
        """By its status; by its words where the status says something else."""
        by_status = next((say for say in Say if row.status == f"desk_{say}"), None)
        return by_status or next((say for say, pattern in self._patterns.items() if pattern.fullmatch(row.text)), None)

    def _remember(self, connection, stored):
        self._versions = {each.id: each.episode.version for each in stored}
        keys = connection.execute(select(conversations.c.id)).scalars().all()
        self._ownerships = {key: _ownership_of(connection, key) for key in keys}
        self._outbox_id = connection.execute(select(func.coalesce(func.max(outbox.c.id), 0))).scalar_one()
        self._event_id = connection.execute(select(func.coalesce(func.max(desk_events.c.id), 0))).scalar_one()


def _ownership_of(connection, conversation_id):
    columns = (conversations.c.owner, conversations.c.owner_until, conversations.c.ownership_version)
    row = connection.execute(select(*columns).where(conversations.c.id == conversation_id)).one()
    return Ownership(Owner(row.owner), row.owner_until, row.ownership_version)


def _pattern(template):
    return re.compile(_PLACEHOLDER.sub(".*", re.escape(" ".join(template.split()))).replace(r"\ ", r"\s+"), re.DOTALL)
