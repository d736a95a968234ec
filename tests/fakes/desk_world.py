"""The whole desk on one thread: nothing happens but what the test does, and time stands still in between.

Citizens write at the channels' doors, turns are taken when they are told to, operators knock at the console's doors.
"""

import asyncio
from datetime import datetime, timedelta

import httpx
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError

from app.handoffs import build_office
from connectors.claim import Lease, claim_due, release_leases_of
from connectors.desk_clock import DeskClock
from connectors.leadership import Leadership
from connectors.message import Reply
from desk.accounts.operator import find
from desk.accounts.session import open_session
from desk.calendar.zone import VIETNAM
from desk.database import reading, writing
from desk.presence import Presence, choose_presence
from tests.fakes.accounts import SETTINGS as ACCOUNTS
from tests.fakes.channel import FakeChannel
from tests.fakes.console import add_colleague, build_test_console, console_settings
from tests.fakes.gateway import GatewayLife

MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
OWNER = "gateway"
LEASE_SECONDS = 30
SETTLING = 40
"""Turns of the event loop after which everything that waits for no clock has happened."""


class CommitLostError(OperationalError):
    """The database went away at the end of a transaction, with all that was in it."""

    def __init__(self):
        super().__init__("COMMIT", {}, Exception("the connection is gone"))


class DirectTransactions:
    """On the caller's thread. With `loses_next` the next write is done and then undone, as in a crash."""

    def __init__(self, engine):
        self._engine = engine
        self.loses_next = False

    async def read(self, work):
        with reading(self._engine) as connection:
            return work(connection)

    async def write(self, work):
        lost, self.loses_next = self.loses_next, False
        with writing(self._engine) as connection:
            result = work(connection)
            if lost:
                raise CommitLostError
            return result

    def close(self):
        pass


class HeldDialogue:
    """Every turn waits for its answer until the test gives one."""

    def __init__(self):
        self.waiting = []

    async def say(self, conversation_id, text):
        answer = asyncio.get_running_loop().create_future()
        self.waiting.append(answer)
        return await answer

    async def is_ready(self):
        return True


class Turn:
    """A message in work. `answer` is what it waits for; None when it was answered by rule."""

    def __init__(self, claim, task, answer):
        self.claim, self.task, self.answer = claim, task, answer


class DeskWorld:
    """`engine` is migrated and empty. The dialogue engine waits for the test."""

    def __init__(self, engine, channels=("zalo_oa", "web")):
        self.engine = engine
        self.time = MONDAY_MORNING
        self.transactions = DirectTransactions(engine)
        self.channels = {name: FakeChannel(name) for name in channels}
        self.settings = console_settings()
        self.life = GatewayLife(
            engine,
            HeldDialogue(),
            self.transactions,
            OWNER,
            tuple(self.channels.values()),
            office=build_office(self.settings),
            clock=lambda: self.time,
            retry_attempts=1,
        )
        self.life.channels = self.channels
        self.hub = self.life.hub
        self.console = build_test_console(self, clock=lambda: self.time)
        self._app = FastAPI(openapi_url=None)
        self._app.include_router(self.console.router)
        self.clock = DeskClock(
            self.transactions,
            Leadership(self.transactions, OWNER, 15.0, lambda: self.time),
            self.life.handoffs,
            self.settings.handoff,
            lambda channel: self.channels[channel].render,
            lambda _key: None,
            self.life.metrics,
            lambda: self.time,
        )
        self.loop = asyncio.new_event_loop()

    def add_operator(self, login, name, *roles):
        """Their id; they are at the desk only once `sits_down` says so."""
        return add_colleague(self.engine, login, name, *([roles] if roles else []))

    def close(self):
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.run_until_complete(self._settle())
        self.console.close()
        self.loop.close()

    async def _settle(self):
        for _ in range(SETTLING):
            await asyncio.sleep(0)

    def run(self, work):
        """The result of a coroutine, when everything that it set off has settled."""
        result = self.loop.run_until_complete(work)
        self.loop.run_until_complete(self._settle())
        return result

    def passes(self, **delta):
        self.time += timedelta(**delta)

    def ticks(self):
        self.run(self.clock.tick())

    def writes(self, channel, participant, number, text, **more):
        """A citizen's message reaches the channel's door."""
        self.run(self.life.intakes[channel].take(self.channels[channel].body(participant, number, text, **more)))

    def takes_turn(self):
        """The worker begins with the message that waits longest; None when nothing is due."""
        turns = self.life.turns
        lease = Lease(OWNER, self.time + timedelta(seconds=LEASE_SECONDS))
        with writing(self.engine) as connection:
            claims = claim_due(connection, lease, self.time, 1, turns.carriers.served)
        if not claims:
            return None
        before = len(self.life.dialogue.waiting)
        task = self.loop.create_task(turns.take(claims[0]))
        self.loop.run_until_complete(self._settle())
        asked = self.life.dialogue.waiting[before:]
        return Turn(claims[0], task, asked[0] if asked else None)

    def ends_turn(self, turn, *replies):
        """Its answer comes: replies, or an exception."""
        if turn.answer is not None and not turn.answer.done():
            if isinstance(replies[0], BaseException):
                turn.answer.set_exception(replies[0])
            else:
                turn.answer.set_result(tuple(replies) or (Reply("bot"),))
        self.loop.run_until_complete(self._settle())
        assert turn.task.done()
        turn.task.result()

    def dies(self, turns):
        """The gateway is killed with these turns in work, and started again."""
        for turn in turns:
            turn.task.cancel()
        self.loop.run_until_complete(self._settle())
        with writing(self.engine) as connection:
            release_leases_of(connection, OWNER)

    def sits_down(self, operator_id, presence=Presence.ONLINE):
        with writing(self.engine) as connection:
            choose_presence(connection, operator_id, presence, self.time)

    def posts(self, operator_id, path, **fields):
        """The answer of the console's door, asked as its own scripts ask."""
        return self.run(self._post(operator_id, path, fields))

    async def _post(self, operator_id, path, fields):
        with writing(self.engine) as connection:
            token, session = open_session(connection, find(connection, operator_id), self.time, ACCOUNTS.session)
        headers = {
            "Origin": "http://test",
            "Sec-Fetch-Site": "same-origin",
            "X-Console": "1",
            "X-CSRF-Token": session.csrf_token,
        }
        cookies = {"bhxh_console": token}
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test", cookies=cookies) as browser:
            return await browser.post(path, data=fields or {"x": ""}, headers=headers)
