"""A server of the Zalo Bot Platform: its bot, its citizens, its updates."""

import asyncio
import json
import secrets
from collections import deque
from dataclasses import dataclass

from tests.channel_servers.channel_server import ChannelServer
from tests.channel_servers.faults import FaultKind
from tests.channel_servers.postman import Delivery, PostalRules
from tests.channel_servers.zalo_bot.api import BotError, build_api

RETRY_SECONDS = (30, 300, 900, 1_800, 3_600)
WEBHOOK_SECONDS = 5.0
DEFAULT_TOKEN = "1234567890:fake-zalo-bot-token"
DEFAULT_SECRET = "secret-of-the-fake-zalo-bot"
ATTACHMENTS = {
    "image": {"photo_url": "https://cdn.invalid/a.jpg"},
    "sticker": {"sticker": "bfe458bf64fa8da4d4eb", "url": "https://cdn.invalid/s.png"},
    "voice": {"voice_url": "https://cdn.invalid/a.aac"},
    "link": {"url": "https://example.invalid/"},
    "unsupported": {},
}


def pause_after(attempt):
    """No document says how often the platform tries again: the schedule of the Official Account is assumed."""
    return RETRY_SECONDS[attempt - 1] if attempt <= len(RETRY_SECONDS) else None


RULES = PostalRules(pause_after, lambda status: 200 <= status < 300, WEBHOOK_SECONDS, strict_order=False)


@dataclass
class Webhook:
    """`updated_at` in milliseconds."""

    url: str
    secret_token: str
    updated_at: int


class ZaloBotServer(ChannelServer):
    """Updates go to the webhook, or wait to be polled; one handed over is gone, as the platform has no offset.

    `wrapped` puts webhook bodies into {"ok", "result"}. `updates_shape` is object, list or null.
    `errors_as_status` False answers errors with HTTP 200. `quota` None has no end.
    """

    name = "zalo_bot"
    send_method = "sendMessage"
    webhook_path = "/webhooks/zalo-bot"

    def __init__(self, token=DEFAULT_TOKEN, secret=DEFAULT_SECRET, clock=None):
        super().__init__(RULES, clock)
        self.token, self.secret = token, secret
        self.webhook = None
        self.wrapped = False
        self.updates_shape = "object"
        self.errors_as_status = True
        self.verification_ok = None
        self.quota = None
        self.people, self.blocked = set(), set()
        self.pending = deque()
        self._arrived = asyncio.Event()
        self.app.include_router(build_api(self))

    async def start(self):
        await super().start()
        self._arrived = asyncio.Event()

    def end_waiting(self):
        super().end_waiting()
        self._arrived.set()

    def reset(self):
        super().reset()
        self.pending.clear()

    def use_gateway(self, url):
        """As if setWebhook had been called."""
        self.set_webhook(url + self.webhook_path, self.secret)

    def set_webhook(self, url, secret):
        """What waited to be polled stays where it is: no document says that it is brought."""
        self.webhook = Webhook(url, secret, int(self.clock.now() * 1000))
        return self.webhook

    def says(self, user, text, **fields):
        """`fields` go into the message: chat, from, quote …"""
        return self._did(user, "message.text.received", {"text": text, **fields}, text, "text")

    def presses(self, user, button=0, message_id=None):
        """The platform has no buttons: the citizen types the number of a line, counted from 0 here."""
        return self.says(user, str(button + 1))

    def attaches(self, user, kind="image", caption=""):
        """`kind` is one of ATTACHMENTS."""
        fields = {**ATTACHMENTS[kind], **({"caption": caption} if caption else {})}
        return self._did(user, f"message.{kind}.received", fields, caption, kind)

    def follows(self, user):
        """No event tells the bot; it may write again."""
        self.people.add(user)
        self.blocked.discard(user)
        return self.record_said(user, "", "follow", "")

    def unfollows(self, user):
        """No event tells the bot; its next message is refused."""
        self.blocked.add(user)
        return self.record_said(user, "", "unfollow", "")

    def accept(self, chat, body):
        """A send is in the citizen's hands from here on."""
        if self.quota is not None:
            self.quota -= 1
        return self.record_sent(chat, body["text"], (), secrets.token_hex(8), body)

    def offer(self, event, user=""):
        """Any update, in the way that the bot has chosen. None where it waits to be polled."""
        if self.webhook is None:
            return self.on_loop(self._keep, event)
        body = {"ok": True, "result": event} if self.wrapped else event
        return self.bring_raw(json.dumps(body, ensure_ascii=False).encode(), user)

    def bring_raw(self, body, user="", secret=None):
        """Bytes as they are, to the webhook."""
        secret = self.webhook.secret_token if secret is None else secret
        headers = {"Content-Type": "application/json", "X-Bot-Api-Secret-Token": secret}
        return self.on_loop(self.postman.post, Delivery(self.webhook.url, body, headers, user))

    def _keep(self, event):
        self.pending.append(event)
        self._arrived.set()

    async def next_update(self, seconds):
        """The oldest waiting update, or None when the time is over."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not self.pending and not self._stopping.is_set():
            self._arrived.clear()
            left = deadline - asyncio.get_running_loop().time()
            try:
                await asyncio.wait_for(self._arrived.wait(), max(left, 0))
            except TimeoutError:
                return None
        return self.pending.popleft() if self.pending else None

    async def refuse(self, fault, work):
        match fault.kind:
            case FaultKind.TOKEN_EXPIRED:
                return self.error(BotError(401, "Unauthorized"))
            case FaultKind.RATE_LIMIT | FaultKind.QUOTA:
                return self.error(BotError(429, "Quota exceeded"))
        return self.error(BotError(fault.code, fault.description))

    def error(self, error):
        """The answer in the way that `errors_as_status` chooses."""
        return error.response(self.errors_as_status)

    def _did(self, user, event_name, fields, text, kind):
        self.people.add(user)
        message = {
            "message_id": secrets.token_hex(8),
            "from": {"id": user, "display_name": "Nguyễn Văn Thử", "is_bot": False},
            "chat": {"id": user, "chat_type": "PRIVATE"},
            "date": int(self.clock.now() * 1000),
            **fields,
        }
        self.people.add(message["chat"]["id"])
        delivery = self.offer({"event_name": event_name, "message": message}, user)
        return self.record_said(user, text, kind, message["message_id"], delivery)
