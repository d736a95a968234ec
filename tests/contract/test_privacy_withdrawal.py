"""A citizen who withdraws on their channel: words go at once, a supervisor hears of the rest. On both databases."""

import asyncio

import pytest
from sqlalchemy import select, update

from connectors.dialogue_memory import to_forget
from connectors.message import InboundKind
from desk.alert import open_alerts
from desk.audit import AuditAction, AuditFilter, entries
from desk.conversation import conversations
from desk.database import reading, writing
from desk.handoff.log import episodes
from desk.handoff.state import State
from tests.fakes.accounts import add_operator
from tests.fakes.gateway import PATIENCE_SECONDS, GatewayLife
from tests.fakes.traces import Traces, found_in


@pytest.fixture
def citizen(engine):
    return Traces(engine, add_operator(engine).id).leave()


async def test_words_go_the_episode_ends_and_somebody_is_told(engine, citizen):
    async with GatewayLife(engine, channels=[]) as gateway:
        with writing(engine) as connection:
            connection.execute(update(conversations).values(channel="web"))
        gone = citizen.message(30, kind=InboundKind.WITHDRAWN)
        await gateway.reception.receive(lambda _connection: gone)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not audited(engine):
                await asyncio.sleep(0.01)
    (line,) = audited(engine)
    assert (line.actor, line.subject) == ("citizen", f"conversation:{citizen.id}")
    assert found_in(engine, (citizen.words,)) == set()
    with reading(engine) as connection:
        (episode,) = connection.execute(select(episodes)).all()
        assert (episode.state, episode.close_reason) == (State.CLOSED, "withdrawn")
        assert to_forget(connection) == (citizen.id,)
        assert any(one.alert.kind == "data_withdrawn" for one in open_alerts(connection, 9))


def audited(engine):
    with reading(engine) as connection:
        return entries(connection, AuditFilter(action=AuditAction.CITIZEN_ERASED), 9)
