"""One world for each channel: its platform, a gateway behind real doors, what citizens do there and what they read."""

import dataclasses
import json

import httpx

from tests.channel_servers import TelegramServer, ZaloBotServer, ZaloOaServer
from tests.channel_servers.running import Listener
from tests.channel_servers.zalo_oa.signing import signature_headers
from tests.fakes.channel_gateway import ChannelGateway
from tests.fakes.waiting import until


@dataclasses.dataclass(frozen=True)
class Told:
    """What a citizen did, as it was brought to our door, and our answer to the first attempt."""

    status: int | None
    delivery: object


class PushWorld:
    """A channel that pushes. Subclasses say what is particular to it.

    `async with` starts platform and gateway. A citizen is a small number here, whatever the platform calls them.
    """

    name = ""
    accepted, refused, unavailable = 200, 403, 500
    """What a call is answered: taken, not believed, to be tried again."""
    has_typing, echoes = True, False
    """Whether it shows the sign of typing, and whether it reports back what we sent."""
    longest = 2000
    """Characters of one message, as the platform limits them."""

    def __init__(self, engine, largest=None, **gateway):
        self.engine = engine
        self.server = self.new_server()
        self._options = gateway if largest is None else gateway | {"changes": {"channels": {"webhook_bytes": largest}}}

    def new_server(self):
        raise NotImplementedError

    def authentic(self, body):
        """Headers that make us believe any bytes."""
        raise NotImplementedError

    def distrusting(self):
        """Environment of a gateway that believes in another secret."""
        raise NotImplementedError

    def strange(self):
        """The platform tells something that did not exist when we were written."""
        raise NotImplementedError

    def citizen(self, number):
        return f"citizen-{number:04}"

    async def __aenter__(self):
        self._listener = Listener([self.server])
        await self._listener.start()
        self._http = httpx.AsyncClient(timeout=10, trust_env=False)
        await self.start(**self._options)
        return self

    async def __aexit__(self, *_):
        await self.stop()
        await self._http.aclose()
        await self._listener.stop()

    async def start(self, **options):
        """A gateway's life; `options` are those of ChannelGateway."""
        self.gateway = ChannelGateway(self.engine, [self.server], **options)
        self.dialogue = self.gateway.dialogue
        await self.gateway.__aenter__()

    async def stop(self):
        await self.gateway.__aexit__(None, None, None)

    async def restart(self, **options):
        """Another life over the same database and platform."""
        await self.stop()
        await self.start(**options)

    async def platform_goes_away(self):
        """Nobody answers at its address any more."""
        await self._listener.stop()

    async def platform_comes_back(self):
        """At the same address."""
        await self._listener.start()

    async def says_without_right(self, who, text):
        """The status; with the platform's secret, which our gateway does not believe in."""
        await self.restart(environment=self.distrusting())
        return (await self.says(who, text)).status

    async def says(self, who, text, **fields):
        return await self._told(self.server.says(self.citizen(who), text, **fields))

    async def presses(self, who, button=0):
        return await self._told(self.server.presses(self.citizen(who), button))

    async def attaches(self, who):
        return await self._told(self.server.attaches(self.citizen(who), "image"))

    async def _told(self, said):
        await until(lambda: said.delivery.attempts)
        return Told(said.delivery.attempts[0].status, said.delivery)

    async def again(self, told):
        """The same call once more; its status."""
        delivery = told.delivery
        url = self.gateway.url + self.server.webhook_path
        return (await self._http.post(url, content=delivery.body, headers=delivery.headers)).status_code

    async def brings(self, body):
        """Authentic bytes of our choice; the status."""
        url = self.gateway.url + self.server.webhook_path
        return (await self._http.post(url, content=body, headers=self.authentic(body))).status_code

    def numbers(self):
        """Counters, as monitoring reads them."""
        return self.gateway.metrics.render({})

    async def looks(self, method):
        """What somebody sees who only looks whether the door is there."""
        return (await self._http.request(method, self.gateway.url + self.server.webhook_path)).status_code

    def read(self, who):
        """Texts that reached the citizen."""
        return [message.text for message in self.server.sent_to(self.citizen(who))]

    async def hears(self, who, count):
        """The same, once there are that many."""
        await until(lambda: len(self.read(who)) >= count)
        return self.read(who)

    def secrets(self):
        """Everything that must show nowhere."""
        named = self.gateway.environment.items()
        return [value for name, value in named if any(word in name for word in ("TOKEN", "SECRET"))]

    def conversation_id(self, who):
        return f"{self.name}:{self.gateway.channel(self.name).account}:{self.citizen(who)}"


class ZaloBotWorld(PushWorld):
    name = "zalo_bot"

    def new_server(self):
        return ZaloBotServer()

    def authentic(self, body):
        return {"X-Bot-Api-Secret-Token": self.server.secret}

    def distrusting(self):
        return {"ZALO_BOT_SECRET": "another-secret"}

    def strange(self):
        return self.server.offer({"event_name": "message.hologram.received", "message": {"message_id": "1"}})


class TelegramWorld(PushWorld):
    name = "telegram"
    longest = 4096

    def new_server(self):
        return TelegramServer()

    def citizen(self, number):
        return str(7_000_000 + number)

    def authentic(self, body):
        return {
            "X-Telegram-Bot-Api-Secret-Token": self.server.account.secret,
            "Content-Type": "application/json",
        }

    def distrusting(self):
        return {"TELEGRAM_WEBHOOK_SECRET": "another-secret"}

    def strange(self):
        _, delivery = self.server.box.add("hologram", {"id": 1, "from": {"id": 1}})
        return delivery


class ZaloOaWorld(PushWorld):
    name = "zalo_oa"
    refused = 200  # any other would make Zalo switch the webhook off, if only our secret were wrong
    has_typing, echoes = False, True

    def new_server(self):
        return ZaloOaServer()

    def authentic(self, body):
        return signature_headers(self.server.account, body, timestamp_of(body))

    def distrusting(self):
        return {"ZALO_OA_SECRET": "another-secret"}

    def strange(self):
        return self.server.bring(self.server.events.about_user(self.citizen(1), "user_sent_hologram"))


def timestamp_of(body):
    """What the signature is made over beside the body; nothing where the body is none."""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    return str(event.get("timestamp", "")) if isinstance(event, dict) else ""
