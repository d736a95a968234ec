"""While Rasa is away messages are stored and put off, not tried again and again; when it is back all are due."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from connectors.dialogue import DialogueError, DialogueFailure
from connectors.inbox import inbox
from connectors.message import Reply
from connectors.outage import ASK_AGAIN_SECONDS, OutageGuard, bring_forward
from desk.database import reading, writing
from tests.fakes.channel_worlds import until
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.gateway import GatewayLife, now

GONE = DialogueError(DialogueFailure.UNAVAILABLE, "ConnectError")
BROKEN = DialogueError(DialogueFailure.REFUSED, "HTTP 500")


class Stopwatch:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def dialogue():
    return FakeDialogue()


@pytest.fixture
def stopwatch():
    return Stopwatch()


@pytest.fixture
def guard(dialogue, stopwatch):
    return OutageGuard(dialogue, stopwatch)


async def failure_of(guard):
    with pytest.raises(DialogueError) as raised:
        await guard.say("web-an", "câu hỏi")
    return raised.value.failure


async def test_an_engine_that_is_there_is_asked_each_time(guard, dialogue):
    assert await guard.say("web-an", "một") == (Reply("echo: một"),)
    assert await guard.say("web-an", "hai") == (Reply("echo: hai"),)
    assert len(dialogue.heard) == 2


async def test_one_lost_connection_is_no_outage(guard, dialogue):
    dialogue.will(GONE, "có đây", GONE, "có đây")
    for _ in range(2):
        assert await failure_of(guard) is DialogueFailure.UNAVAILABLE
        assert await guard.say("web-an", "câu hỏi") == (Reply("có đây"),)


async def test_while_it_is_away_it_is_asked_once_a_second(guard, dialogue, stopwatch):
    dialogue.will(*[GONE] * 4)
    seen = [await failure_of(guard) for _ in range(3)]
    assert seen == [DialogueFailure.UNAVAILABLE] * 3  # the third is the first question of the outage
    assert await failure_of(guard) is DialogueFailure.AWAY
    assert len(dialogue.heard) == 3
    stopwatch.now += ASK_AGAIN_SECONDS
    assert await failure_of(guard) is DialogueFailure.UNAVAILABLE
    assert await failure_of(guard) is DialogueFailure.AWAY


@pytest.mark.parametrize("sign_of_life", ["có đây", BROKEN], ids=["answer", "error of its own"])
async def test_any_sign_of_life_ends_the_outage(guard, dialogue, stopwatch, sign_of_life):
    dialogue.will(GONE, GONE, sign_of_life, "lại có đây")
    for _ in range(2):
        await failure_of(guard)
    if sign_of_life is BROKEN:
        assert await failure_of(guard) is DialogueFailure.REFUSED
    else:
        await guard.say("web-an", "câu hỏi")
    assert await guard.say("web-an", "câu hỏi") == (Reply("lại có đây"),)


def due_later(engine):
    with reading(engine) as connection:
        return connection.execute(
            select(func.count()).where(inbox.c.error_class == DialogueFailure.AWAY, inbox.c.next_attempt_at > now())
        ).scalar_one()


async def test_what_was_put_off_is_due_when_it_is_brought_forward(engine):
    async with GatewayLife(engine, retry_ceiling_seconds=600.0, retry_total_seconds=3_600.0) as gateway:
        gateway.dialogue.will(*[DialogueError(DialogueFailure.AWAY, "not asked")] * 3)
        for name in ("an", "binh", "chi"):
            await gateway.receive(name, 1)
        await until(lambda: due_later(engine) == 3)
        with writing(engine) as connection:
            assert bring_forward(connection, now() - timedelta(seconds=1)) == 3
        gateway.worker.wake()
        for name in ("an", "binh", "chi"):
            assert await gateway.answers(name, 1) == ["echo: câu 1"]
    assert due_later(engine) == 0
