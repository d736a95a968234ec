"""A desk at its busiest: conversations that are open, operators who are signed in, citizens who hold their tickets."""

import dataclasses
from datetime import timedelta

from app.clock import now
from connectors.inbox import accept
from connectors.message import InboundMessage, Reply
from connectors.outbox import OPERATOR
from connectors.spoken import Spoken, speak
from connectors.web.token import TokenSigner
from desk.accounts.administration import NewOperator, create_operator
from desk.accounts.operator import find, operators
from desk.accounts.role import Role
from desk.accounts.session import open_session
from desk.database import build_engine, writing
from desk.handoff.moves import claim, request
from desk.handoff.state import Reason
from desk.migrate import upgrade
from desk.presence import Presence, choose_presence
from tests.fakes.accounts import PASSWORD, account_rules
from tests.fakes.console import console_settings
from tests.fakes.office import OPEN

SECRET = "a secret of the benchmark, long enough for one"
OPERATORS, CONVERSATIONS, WAITING = 20, 200, 20
SAID = 15
"""Entries in each conversation: a citizen's and an operator's in turn."""


@dataclasses.dataclass(frozen=True)
class Desk:
    """An operator's cookie, one conversation that they have, and the token of its citizen."""

    cookie: str
    csrf: str
    episode_id: int
    token: str


def prepare(address):
    """Fills an empty database: one `Desk` for each operator; the waiting conversations are nobody's."""
    engine = build_engine(address)
    upgrade(engine)
    signer = TokenSigner(SECRET, timedelta(days=1))
    with writing(engine) as connection:
        colleagues = [_colleague(connection, number) for number in range(OPERATORS)]
        desks = {}
        for number in range(CONVERSATIONS):
            issued = signer.issue(now())
            key = signer.conversation_of(issued.token, now())
            _talk(connection, key, number)
            stored = request(connection, key.id, Reason.REQUESTED, OPEN, now()).stored
            if number >= WAITING:
                who = colleagues[number % OPERATORS]
                claim(connection, stored, who, "Cán bộ thử", now())
                desks[who] = (stored.id, issued.token)
        rules = dataclasses.replace(console_settings().accounts.session, idle_minutes=120.0)
        found = []
        for who, (episode_id, token) in desks.items():
            cookie, session = open_session(connection, find(connection, who), now(), rules)
            found.append(Desk(f"bhxh_console={cookie}", session.csrf_token, episode_id, token))
    engine.dispose()
    return found


def _colleague(connection, number):
    new = NewOperator(f"can-bo-{number}", f"Cán Bộ Thử {number}", frozenset({Role.OPERATOR}))
    made = create_operator(connection, new, PASSWORD, "terminal:benchmark", now(), account_rules())
    values = {"must_change_password": False, "temporary_until": None, "must_enrol_totp": False}
    connection.execute(operators.update().where(operators.c.id == made.id).values(values))
    choose_presence(connection, made.id, Presence.ONLINE, now())
    return made.id


def _talk(connection, key, number):
    for line in range(SAID):
        words = f"Câu {line} của cuộc trò chuyện {number}: hồ sơ của tôi cần những giấy tờ gì, nộp ở đâu?"
        if line % 2:
            speak(connection, Spoken(key, OPERATOR, Reply(words)), None, now())
        else:
            accept(connection, InboundMessage(key, f"{key.id}:{line}", words, None, now()))
