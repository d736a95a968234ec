"""Nobody waits for ever and nobody is forgotten: what the desk's clock does, on both databases."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update

from connectors.desk_clock import DeskClock
from connectors.leadership import Leadership
from connectors.metrics import Metrics
from connectors.outbox import outbox
from desk.conversation import ConversationKey, ensure_conversation
from desk.database import reading, writing
from desk.handoff.log import desk_events, episode_by_id, episodes, open_episode
from desk.handoff.moves import ask_forward, claim, request
from desk.handoff.state import Reason, State
from desk.settings import HandoffSettings
from desk.transactions import ThreadedTransactions
from tests.fakes.gateway import now
from tests.fakes.office import OPEN, FakeOffice, handoffs_with

SETTINGS = HandoffSettings(
    is_on=True,
    offer_again_minutes=10,
    longest_queue=20,
    longest_wait_minutes=15,
    wait_goal_minutes=5,
    operator_silence_minutes=20,
    forward_minutes=3,
    idle_close_hours=12,
)
KEY = ConversationKey("fake:main:an", "fake", "main", "an")


class Desk:
    """A queue with one citizen in it, and a clock that strikes when told."""

    def __init__(self, engine):
        self.engine, self.office, self.spoken, self.metrics = engine, FakeOffice(), [], Metrics()
        self.transactions = ThreadedTransactions(engine)
        handoffs = handoffs_with(self.office)
        leadership = Leadership(self.transactions, "one", 15.0, now)
        self.clock = DeskClock(
            self.transactions,
            leadership,
            handoffs,
            SETTINGS,
            lambda _channel: None,
            self.spoken.append,
            self.metrics,
            self.time,
        )
        self.later = timedelta()
        with writing(engine) as connection:
            ensure_conversation(connection, KEY, now())
            self.id = request(connection, KEY.id, Reason.REQUESTED, OPEN, now()).stored.id

    def time(self):
        return now() + self.later

    async def tick_after(self, **later):
        self.later = timedelta(**later)
        await self.clock.tick()

    def acts(self, act):
        with writing(self.engine) as connection:
            return act(connection, open_episode(connection, KEY.id))

    @property
    def state(self):
        with reading(self.engine) as connection:
            return episode_by_id(connection, self.id).episode.state

    @property
    def said(self):
        with reading(self.engine) as connection:
            return connection.execute(select(outbox.c.text, outbox.c.author)).all()


@pytest.fixture
def desk(engine):
    desk = Desk(engine)
    yield desk
    desk.transactions.close()


async def test_who_waits_a_little_goes_on_waiting(desk):
    await desk.tick_after(minutes=14)
    assert (desk.state, desk.said, desk.spoken) == (State.QUEUED, [], [])


async def test_who_waited_too_long_is_promised_a_call_back_with_its_code(desk):
    await desk.tick_after(minutes=16)
    ((text, author),) = desk.said
    assert (desk.state, author, "BHXH-2345-6789" in text) == (State.CALLBACK, "system", True)
    assert desk.spoken == [KEY]


async def test_when_the_office_closes_nobody_is_left_in_the_queue(desk):
    desk.office.is_now(is_open=False, next_opening=now() + timedelta(hours=15))
    await desk.tick_after(minutes=1)
    assert (desk.state, "ngoài giờ làm việc" in desk.said[0].text) == (State.CALLBACK, True)


async def test_a_colleague_who_does_not_answer_leaves_it_where_it_was(desk):
    desk.acts(lambda connection, stored: claim(connection, stored, 7, "Lan", now()))
    desk.acts(lambda connection, stored: ask_forward(connection, stored, 7, 8, "giúp tôi", now()))
    await desk.tick_after(minutes=2)
    assert desk.state is State.FORWARDING
    await desk.tick_after(minutes=4)
    assert (desk.state, desk.said) == (State.CLAIMED, [])


async def test_a_conversation_in_which_nobody_writes_any_more_is_closed(desk):
    desk.acts(lambda connection, stored: claim(connection, stored, 7, "Lan", now()))
    await desk.tick_after(hours=13)
    assert desk.state is State.CLOSED


async def test_what_somebody_else_moved_meanwhile_is_left_alone(desk, monkeypatch):
    real = desk.clock._move

    def overtaken(connection, stored, now):
        connection.execute(update(episodes).where(episodes.c.id == stored.id).values(version=99))
        return real(connection, stored, now)

    monkeypatch.setattr(type(desk.clock), "_move", lambda _self, *arguments, **named: overtaken(*arguments, **named))
    await desk.tick_after(minutes=16)
    with reading(desk.engine) as connection:
        assert len(connection.execute(select(desk_events)).all()) == 1
    assert desk.spoken == []


async def test_one_that_cannot_be_moved_holds_up_no_other(desk):
    other = ConversationKey("fake:main:binh", "fake", "main", "binh")
    with writing(desk.engine) as connection:
        ensure_conversation(connection, other, now())
        request(connection, other.id, Reason.REQUESTED, OPEN, now())
    words_of = desk.clock.handoffs.words_of

    def words(connection, key, moved, at):
        if key == KEY:
            raise ValueError("a row that nobody foresaw")
        return words_of(connection, key, moved, at)

    desk.clock = replace(desk.clock, handoffs=SimpleNamespace(office=desk.office, words_of=words))
    await desk.tick_after(hours=3)
    assert (desk.spoken, desk.state) == ([other], State.QUEUED)
    assert 'clock="desk clock"' in desk.metrics.render({})
