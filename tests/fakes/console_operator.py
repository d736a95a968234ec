"""An operator with a browser of their own, as the console's scripts ask; and citizens who wait for one."""

from connectors.inbox import accept
from connectors.message import InboundMessage
from desk.accounts.operator import find
from desk.accounts.session import open_session
from desk.conversation import ConversationKey
from desk.database import reading, writing
from desk.handoff.log import episode_by_id
from desk.handoff.moves import request
from desk.handoff.state import Reason
from desk.presence import Presence, choose_presence
from tests.fakes.accounts import SETTINGS
from tests.fakes.console import add_colleague
from tests.fakes.gateway import now
from tests.fakes.office import OPEN


class ConsoleOperator:
    """Signed in and at the desk. `make_browser` gives an httpx client with these cookies."""

    def __init__(self, engine, make_browser, login, name, *roles):
        self.id, self.name = add_colleague(engine, login, name, *([roles] if roles else [])), name
        with writing(engine) as connection:
            choose_presence(connection, self.id, Presence.ONLINE, now())
            token, session = open_session(connection, find(connection, self.id), now(), SETTINGS.session)
        self._browser = make_browser({"bhxh_console": token})
        origin = str(self._browser.base_url).rstrip("/")
        self.headers = {
            "Origin": origin,
            "Sec-Fetch-Site": "same-origin",
            "X-Console": "1",
            "X-CSRF-Token": session.csrf_token,
        }

    async def get(self, path):
        return await self._browser.get(path, headers={"X-Console": "1"})

    async def post(self, path, **fields):
        return await self._browser.post(path, data=fields or {"x": ""}, headers=self.headers)

    async def on(self, episode_id, act, **fields):
        """`act` is the last part of the door's path: claim, reply, forward/accept …"""
        return await self.post(f"/console/conversations/{episode_id}/{act}", **fields)

    async def leaves(self):
        await self._browser.aclose()


def citizen_waits(engine, name="an", words="Tôi cần gặp cán bộ", channel="web"):
    """The id of the episode of a citizen who said that and is in the queue."""
    key = ConversationKey(f"{channel}-{name}", channel, "main", name)
    with writing(engine) as connection:
        message = InboundMessage(key, f"{name}:1", words, None, now())
        accepted = accept(connection, message)
        assert accepted is not None
        return request(connection, key.id, Reason.REQUESTED, OPEN, now()).stored.id


def episode_now(engine, episode_id):
    """As stored."""
    with reading(engine) as connection:
        return episode_by_id(connection, episode_id).episode
