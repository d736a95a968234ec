"""The web chat as a world like those of the other channels: citizens are pages that talk to the gateway directly."""

import uuid

from connectors.settings import RateLimit
from connectors.transcript import entries_after
from desk.database import reading
from tests.fakes.channel_worlds import Told, until
from tests.fakes.web_gateway import Browser, WebGateway

CITIZENS = 21
NO_LIMIT = (RateLimit(100_000, 1.0),)


class WebWorld:
    """See PushWorld. There is no platform: the page itself sends again what it got no answer to."""

    name = "web"
    accepted, refused, unavailable = 202, 401, 503

    def __init__(self, engine, transactions=None, largest=65_536):
        self.engine = engine
        self._transactions = transactions
        self._largest = largest
        self._pages = []

    async def __aenter__(self):
        await self._start()
        self._pages = [await self.gateway.browser() for _ in range(CITIZENS)]
        return self

    async def __aexit__(self, *arguments):
        await self.gateway.__aexit__(*arguments)

    async def _start(self):
        self.gateway = WebGateway(
            self.engine, transactions=self._transactions, conversation_limits=NO_LIMIT, body_bytes=self._largest
        )
        self.dialogue = self.gateway.dialogue
        await self.gateway.__aenter__()

    async def restart(self):
        await self.gateway.__aexit__(None, None, None)
        self._transactions = None
        await self._start()
        self._pages = [
            Browser(self.gateway.client, page.conversation_id, page.token, page.expires_at) for page in self._pages
        ]

    async def says(self, who, text):
        body = {"message_id": str(uuid.uuid4()), "text": text}
        return await self._told(who, body)

    async def says_without_right(self, who, text):
        page = self._pages[who]
        forged = Browser(self.gateway.client, page.conversation_id, page.token[:-4] + "AAAA", page.expires_at)
        return (await forged.say(text)).status_code

    async def presses(self, who, button=0):
        choices = [message["buttons"] for message in await self._pages[who].messages() if message["buttons"]]
        return await self._told(who, {"message_id": str(uuid.uuid4()), "choice": choices[-1][button]["payload"]})

    async def _told(self, who, body):
        response = await self._pages[who].post("messages", body)
        return Told(response.status_code, (who, body))

    async def again(self, told):
        who, body = told.delivery
        return (await self._told(who, body)).status

    async def brings(self, body):
        headers = self._pages[1].headers | {"Content-Type": "application/json"}
        return (await self.gateway.client.post("/api/chat/messages", content=body, headers=headers)).status_code

    def numbers(self):
        return self.gateway.life.metrics.render({})

    def read(self, who):
        with reading(self.engine) as connection:
            entries = entries_after(connection, self.conversation_id(who), 0)
        return [entry.reply.text for entry in entries if entry.role == "assistant"]

    async def hears(self, who, count):
        await until(lambda: len(self.read(who)) >= count)
        return self.read(who)

    def conversation_id(self, who):
        return self._pages[who].conversation_id
