"""The console over a gateway with the web chat, on a real port, with operators who can sign in."""

import dataclasses
from datetime import date
from pathlib import Path

import httpx
from fastapi import FastAPI

from app.console import ConsoleGround, build_console
from app.report_topics import LibraryTopics
from app.traffic import Carrying
from connectors.dialogue_memory import DialogueMemory
from connectors.hub import Hub
from connectors.settings import read_settings
from console.chat.pages import build_pages
from console.chat.routes import build_chat_router
from console.ports import Suggestion
from desk import settings as desk_settings
from desk.accounts.administration import NewOperator, create_operator
from desk.accounts.operator import find, operators
from desk.accounts.role import Role
from desk.accounts.session import open_session
from desk.database import writing
from desk.transactions import ThreadedTransactions
from tests.e2e.chat.fake_library import FakeLibrary
from tests.fakes.accounts import PASSWORD, account_rules
from tests.fakes.accounts import SETTINGS as ACCOUNTS
from tests.fakes.gateway import now
from tests.fakes.web_gateway import WebGateway
from tests.fakes.workshop import FakeWorkshop

SETTINGS = Path(__file__).resolve().parents[2] / "settings.yml"
TODAY = date(2026, 11, 22)
NO_TRACKERS = Path("no-such-folder/trackers.db")
NO_INDEX = Path("no-such-folder/index")
ONE_OFF = "Người lao động nghỉ việc đủ 12 tháng được xem xét hưởng BHXH một lần."
SUGGESTED = Suggestion(
    text=ONE_OFF,
    whole=f"{ONE_OFF}\n\nNguồn: Điều 70 Luật thử. Có hiệu lực từ 01/07/2025.",
    title="Khi nào được rút BHXH một lần?",
    label="Điều 70 Luật thử",
    validity="Có hiệu lực từ 01/07/2025.",
    url="/",
    score=0.82,
    strength="sure",
)


class FakeSuggestions:
    """One answer to everything that holds the word "một lần"."""

    async def for_text(self, text, role=""):
        return (SUGGESTED,) if "một lần" in text else ()


def console_settings():
    """As shipped."""
    return desk_settings.read_settings(SETTINGS)


def build_test_console(gateway, rules=None, public_url=None, clock=now, workshop=None, index=NO_INDEX, **presence):
    """The console over the parts of a WebGateway, or of anything with `life` and `hub`."""
    desk = console_settings()
    desk = dataclasses.replace(desk, presence=dataclasses.replace(desk.presence, **presence))
    life = gateway.life
    channels = getattr(life, "channels", {})
    ground = ConsoleGround(
        transactions=life.transactions,
        hub=gateway.hub,
        carrying={name: Carrying(each.render, life.senders[name].wake) for name, each in channels.items()},
        settings=read_settings(SETTINGS),
        desk=desk,
        rules=rules or account_rules(),
        public_url=public_url,
        clock=clock,
        suggestions=FakeSuggestions(),
        workshop=workshop or FakeWorkshop(),
        index=index,
        topics=LibraryTopics(FakeLibrary()),
        memory=DialogueMemory(NO_TRACKERS),
    )
    return build_console(ground)


class ConsoleGateway(WebGateway):
    """`async with` listens: citizens at /, operators at /console."""

    def __init__(self, engine, rules=None, channels=(), workshop=None, index=NO_INDEX, **settings):
        super().__init__(engine, worker={"channels": channels} if channels else None, **settings)
        self.life.channels = {channel.name: channel for channel in channels}
        self.workshop = workshop or FakeWorkshop()
        self.console = build_test_console(self, rules, workshop=self.workshop, index=index)
        self.app.include_router(build_chat_router(build_pages(2_000), FakeLibrary(), lambda: TODAY))
        self.app.include_router(self.console.router)

    async def __aexit__(self, *arguments):
        await super().__aexit__(*arguments)
        self.console.close()


def add_colleague(engine, login, name, roles=(Role.OPERATOR,), ready=True, rules=None):
    """An account; ready: the first password was changed, and no authenticator is due."""
    with writing(engine) as connection:
        made = create_operator(
            connection,
            NewOperator(login, name, frozenset(roles)),
            PASSWORD,
            "terminal:test",
            now(),
            rules or account_rules(),
        )
        assert not hasattr(made, "reasons"), made
        if ready:
            values = {"must_change_password": False, "temporary_until": None, "must_enrol_totp": False}
            connection.execute(operators.update().where(operators.c.id == made.id).values(values))
    return made.id


class Wakeable:
    """A sender that is only told."""

    woken = 0

    def wake(self):
        self.woken += 1


class Life:
    """As much of a gateway as the doors need. What goes to `channels` waits: nobody sends it."""

    def __init__(self, engine, channels=()):
        self.transactions = ThreadedTransactions(engine)
        self.channels = {channel.name: channel for channel in channels}
        self.senders = {channel.name: Wakeable() for channel in channels}


class ConsoleSite:
    """The console without a gateway around it."""

    def __init__(self, engine, rules=None, public_url=None, channels=(), workshop=None, index=NO_INDEX):
        self.engine, self.life, self.hub = engine, Life(engine, channels), Hub()
        self.hub.close()  # streams end at once
        self.workshop = workshop or FakeWorkshop()
        self.console = build_test_console(self, rules, public_url, workshop=self.workshop, index=index)
        self.app = FastAPI(openapi_url=None)
        self.app.include_router(self.console.router)

    def browser(self, token=None, base="http://test", name="bhxh_console"):
        cookies = {name: token} if token else {}
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=base, cookies=cookies)

    def token(self, operator_id):
        with writing(self.engine) as connection:
            return open_session(connection, find(connection, operator_id), now(), ACCOUNTS.session)

    def close(self):
        self.console.close()
        self.life.transactions.close()
