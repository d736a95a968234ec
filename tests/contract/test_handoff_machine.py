"""The handoff explored: citizens, operators, turns, clocks and crashes in any order; every promise after every step.

A longer walk: DESK_EXAMPLES=2000 DESK_SEED=random .venv/bin/python -m pytest tests/contract/test_handoff_machine.py
"""

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from connectors.dialogue import DialogueError, DialogueFailure
from connectors.message import Reply
from desk.database import reading
from desk.handoff.log import events_of
from desk.handoff.state import EventKind, Reason, State
from desk.presence import Presence
from desk.worklist import open_work
from tests.databases import BOTH
from tests.fakes.desk_witness import BOT_WORDS, Witness
from tests.fakes.desk_world import DeskWorld
from tests.fakes.handoff_oracle import allowed, current

CITIZENS = (("zalo_oa", "an"), ("web", "ba"), ("zalo_oa", "chi"))
ACTS = (
    "claim",
    "forward",
    "forward/accept",
    "forward/decline",
    "forward/withdraw",
    "give-back",
    "requeue",
    "close",
    "reply",
)
WAITS = (
    timedelta(seconds=5),
    timedelta(seconds=65),
    timedelta(minutes=2),
    timedelta(minutes=4),
    timedelta(minutes=16),
    timedelta(minutes=21),
    timedelta(hours=4),
    timedelta(hours=9),
    timedelta(hours=13),
)
WORDS = st.sampled_from(["lương hưu của tôi", "gặp nhân viên", "tiếp tục với trợ lý", "dừng", "BHXH-2345-6789", "alo"])
ANSWERS = st.sampled_from(
    [
        Reply(BOT_WORDS + "answer", "answered"),
        Reply(BOT_WORDS + "abstains", "unanswerable_low_score", offer="abstained"),
        *(Reply(BOT_WORDS + reason, "handed_off_requested", handoff=reason) for reason in sorted(Reason)),
        DialogueError(DialogueFailure.TIMEOUT, ""),
        ValueError("a bug of ours"),
    ]
)


class Handoffs(RuleBasedStateMachine):
    """Three citizens, two operators. `world` is set by the test, which knows the database."""

    open_world = None

    def __init__(self):
        super().__init__()
        self.world = DeskWorld(self.open_world())
        self.operators = [self.world.add_operator("lan", "Trần Thị Lan"), self.world.add_operator("minh", "Lê Minh")]
        self.witness = Witness(self.world.engine, lambda: self.world.time)
        self.turns, self.sent, self.number = [], [], 0
        self.written, self.replied = {}, {}

    def teardown(self):
        self.world.close()

    def open_episodes(self):
        with reading(self.world.engine) as connection:
            return [item.stored for item in open_work(connection)]

    @invariant()
    def every_promise_is_kept(self):
        self.witness.looks(self.written, self.replied)

    @rule(citizen=st.sampled_from(CITIZENS), words=WORDS)
    def citizen_writes(self, citizen, words):
        self.arrives(citizen, words)
        self.written.setdefault(key_of(citizen), []).append(words)

    @rule(citizen=st.sampled_from(CITIZENS))
    def staff_writes_in_the_channels_own_tool(self, citizen):
        words = "từ công cụ của kênh"
        self.arrives(citizen, words, kind="staff_wrote")
        self.replied.setdefault(key_of(citizen), []).append(words)

    def arrives(self, citizen, words, **more):
        self.number += 1
        self.sent.append((citizen, self.number))
        self.world.writes(*citizen, self.number, words, **more)

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 11))
    def a_channel_brings_a_message_again(self, which):
        citizen, number = self.sent[which % len(self.sent)]
        self.world.writes(*citizen, number, "other words under a known number")

    @rule()
    def worker_takes_a_message(self):
        turn = self.world.takes_turn()
        if turn is not None and not turn.task.done():
            self.turns.append(turn)

    @precondition(lambda self: self.turns)
    @rule(which=st.integers(0, 11), answer=ANSWERS)
    def an_answer_comes(self, which, answer):
        turn = self.turns.pop(which % len(self.turns))
        self.world.ends_turn(turn, answer)

    @rule()
    def gateway_dies(self):
        self.world.dies(self.turns)
        self.turns = []

    @rule(wait=st.sampled_from(WAITS))
    def time_passes(self, wait):
        self.world.time += wait

    @rule(wait=st.sampled_from(WAITS))
    def clock_strikes(self, wait):
        self.world.time += wait
        before = {stored.id: stored for stored in self.open_episodes()}
        self.world.ticks()
        self.nobody_is_forgotten()
        self.nobody_is_robbed(before)

    def nobody_is_forgotten(self):
        rules = self.world.settings.handoff
        limits = {State.QUEUED: rules.longest_wait_minutes, State.FORWARDING: rules.forward_minutes}
        with reading(self.world.engine) as connection:
            for item in open_work(connection):
                moved_at = events_of(connection, item.stored.id)[-1].at
                limit = limits.get(item.stored.episode.state)
                if limit is not None:
                    assert self.world.time - moved_at < timedelta(minutes=limit)

    def nobody_is_robbed(self, before):
        """The clock takes a conversation from an operator only after the silence that the settings allow."""
        silence = timedelta(minutes=self.world.settings.handoff.operator_silence_minutes)
        with reading(self.world.engine) as connection:
            for episode_id, stored in before.items():
                *earlier, last = events_of(connection, episode_id)
                if last.kind is EventKind.REQUEUED and len(earlier) == stored.episode.version:
                    assert last.at - earlier[-1].at >= silence
                if last.kind is EventKind.CALLBACK_PROMISED and earlier and earlier[-1].kind is EventKind.REQUEUED:
                    assert last.at > earlier[-1].at

    @rule(citizen=st.sampled_from(CITIZENS), reason=st.sampled_from(sorted(Reason)), is_anybody_there=st.booleans())
    def citizen_wants_a_person(self, citizen, reason, is_anybody_there):
        """What the single steps make too, but too seldom."""
        if is_anybody_there:
            self.world.sits_down(self.operators[0])
        self.citizen_writes(citizen, "gặp nhân viên")
        turn = self.world.takes_turn()
        if turn is not None and not turn.task.done():
            self.every_promise_is_kept()
            self.world.ends_turn(turn, Reply(BOT_WORDS + reason, "handed_off_requested", handoff=reason))

    @rule(who=st.integers(0, 1), presence=st.sampled_from(Presence))
    def operator_sits_down_or_leaves(self, who, presence):
        self.world.sits_down(self.operators[who], presence)

    @rule(who=st.integers(0, 1), act=st.sampled_from(ACTS), which=st.integers(0, 11))
    def operator_tries_anything(self, who, act, which):
        found = self.open_episodes()
        if found:
            self.acts(self.operators[who], self.operators[1 - who], found[which % len(found)], act, False)

    @rule(who=st.integers(0, 1), which=st.integers(0, 35), crash=st.booleans())
    def operator_does_what_is_possible(self, who, which, crash):
        me, other = self.operators[who], self.operators[1 - who]
        possible = [
            (stored, act)
            for stored in self.open_episodes()
            for act in ACTS
            if allowed(act, stored.episode, me, self.world, other)
        ]
        if possible:
            self.acts(me, other, *possible[which % len(possible)], crash)

    def acts(self, me, other, stored, act, crash):
        self.world.sits_down(me)
        may = allowed(act, stored.episode, me, self.world, other)
        self.number += 1
        fields = {"to": other, "note": "nhờ giúp", "reason": "answered", "text": f"trả lời {self.number}"}
        path, request_id = f"/console/conversations/{stored.id}/{act}", f"yeu-cau-{self.number}"
        if crash:
            self.world.transactions.loses_next = True
            assert self.world.posts(me, path, **fields, request_id=request_id).status_code == 503
            assert current(self.world, stored.id) == stored
        # After a crash the page sends the form again, as it does over a bad line.
        answer = self.world.posts(me, path, **fields, request_id=request_id)
        assert answer.status_code in ({200} if may else {409, 422}), (act, answer.text)
        if not may:
            assert current(self.world, stored.id) == stored
        elif act == "reply":
            self.replied.setdefault(stored.conversation_id, []).append(fields["text"])


def key_of(citizen):
    return ":".join((citizen[0], "main", citizen[1]))


def walks(examples, steps):
    """Always the same ones, so that the suite fails for a change and not for bad luck."""
    chosen = int(os.environ.get("DESK_EXAMPLES", examples))
    is_random = os.environ.get("DESK_SEED") == "random"
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(
        max_examples=chosen,
        stateful_step_count=steps,
        deadline=None,
        derandomize=not is_random,
        database=None,
        suppress_health_check=slow,
        phases=(Phase.generate, Phase.shrink),
    )


@pytest.mark.parametrize("kind", BOTH)
def test_no_order_of_events_breaks_a_promise(kind, migrated_databases, tmp_path):
    opened = []

    class Walk(Handoffs):
        def open_world(self):
            fresh = migrated_databases.fresh(kind, tmp_path)
            opened.append(fresh)
            return fresh.__enter__()

        def teardown(self):
            super().teardown()
            opened.pop().__exit__(None, None, None)

    examples = {"sqlite": 30, "postgresql": 6}[kind]
    run_state_machine_as_test(Walk, settings=walks(examples, steps=30))
