"""What scanners find: a gateway with citizens who wait and write hostile words, and somebody who may do everything."""

import asyncio
import dataclasses
from datetime import timedelta

from app.clock import now
from connectors.inbox import accept
from connectors.message import InboundMessage
from desk.accounts.administration import NewOperator, create_operator
from desk.accounts.operator import find, operators
from desk.accounts.role import Role
from desk.accounts.session import open_session
from desk.conversation import ConversationKey
from desk.database import build_engine, writing
from desk.handoff.log import open_episode
from desk.handoff.moves import claim, request
from desk.handoff.state import Reason
from desk.migrate import upgrade
from desk.presence import Presence, choose_presence
from desk.tickets.ticket import TicketKind, TicketRequest, file_ticket
from tests.fakes.accounts import PASSWORD, account_rules
from tests.fakes.console import console_settings
from tests.fakes.office import OPEN
from tests.fakes.tickets import RULES

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' OR 1=1 --",
    "{{7*7}}${7*7}",
    "Tôi hỏi lương hưu, CCCD 001234567890",
)


@dataclasses.dataclass(frozen=True)
class SignedIn:
    """What a browser of somebody who may do everything sends."""

    cookie: str
    csrf: str


def prepare(address):
    """Fills an empty database. Gives the session of an account that has every role."""
    engine = build_engine(address)
    upgrade(engine)
    with writing(engine) as connection:
        everything = _account(connection, "quet", tuple(Role))
        _account(connection, "dong.nghiep", (Role.OPERATOR,))
        for number, words in enumerate(HOSTILE):
            key = ConversationKey(f"web-{number}", "web", "web", f"nguoi-{number}")
            accept(connection, InboundMessage(key, f"{number}:1", words, None, now()))
            request(connection, key.id, Reason.REQUESTED, OPEN, now())
            if number % 2:
                stored = open_episode(connection, key.id)
                claim(connection, stored, everything, words, now())
            ticket = TicketRequest(f"phieu-{number}", words, "", words, TicketKind.CALLBACK)
            file_ticket(connection, key, ticket, now(), RULES)
        day = dataclasses.replace(console_settings().accounts.session, idle_minutes=600.0)
        token, session = open_session(connection, find(connection, everything), now() - timedelta(minutes=1), day)
    engine.dispose()
    return SignedIn(f"bhxh_console={token}", session.csrf_token)


def _account(connection, login, roles):
    new = NewOperator(login, f"Cán bộ {HOSTILE[1]}", frozenset(roles))
    made = create_operator(connection, new, PASSWORD, "terminal:scan", now(), account_rules())
    values = {"must_change_password": False, "temporary_until": None, "must_enrol_totp": False}
    connection.execute(operators.update().where(operators.c.id == made.id).values(values))
    choose_presence(connection, made.id, Presence.ONLINE, now())
    return made.id


async def is_still_signed_in(url, signed_in):
    """Whether a scanner has signed itself out: what it found afterwards is worth nothing."""
    import httpx

    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{url}/console/worklist", headers={"Cookie": signed_in.cookie, "X-Console": "1"})
    return answer.status_code == 200


def checked(url, signed_in):
    """Raises AssertionError when the scan ended in front of the door."""
    assert asyncio.run(is_still_signed_in(url, signed_in)), "a scanner ended its own session"
