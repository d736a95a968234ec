"""Updates that wait for the bot, until it confirms them by an offset or takes them at its webhook."""

import asyncio
import json
from dataclasses import dataclass

from tests.channel_servers.postman import Delivery
from tests.channel_servers.telegram.errors import OTHER_POLLER, WEBHOOK_ACTIVE

LONGEST_WEBHOOK_PAUSE_SECONDS = 60.0
ONLY_WHEN_ASKED_FOR = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


def pause_after(attempt):
    """Telegram tries for a day; here for ever."""
    return min(2.0 ** (attempt - 1), LONGEST_WEBHOOK_PAUSE_SECONDS)


@dataclass(frozen=True)
class Webhook:
    """As setWebhook left it."""

    url: str
    secret_token: str | None = None
    max_connections: int = 40


class UpdateBox:
    """`updates` is the content by update_id, the oldest first. `allowed` None is Telegram's own choice."""

    def __init__(self, postman, first_update_id):
        self._postman = postman
        self._next_id = first_update_id
        self._polls = 0
        self._changed = asyncio.Event()
        self.updates = {}
        self.chats = {}
        self.webhook = None
        self.allowed = None

    def start(self):
        """On the server's loop."""
        self._changed = asyncio.Event()
        self.bring_waiting()

    def add(self, kind, content, chat=""):
        """Gives (update_id, delivery); None twice for a kind that the bot does not want."""
        wanted = kind not in ONLY_WHEN_ASKED_FOR if not self.allowed else kind in self.allowed
        if not wanted:
            return None, None
        update_id, self._next_id = self._next_id, self._next_id + 1
        return update_id, self.add_update({"update_id": update_id, kind: content}, chat)

    def add_update(self, update, chat=""):
        """Any update as it is; its delivery, None while it waits to be polled."""
        update_id = update["update_id"]
        self.updates[update_id], self.chats[update_id] = update, chat
        self._changed.set()
        return self._bring(update_id) if self.webhook is not None else None

    def jump_to(self, update_id):
        """The next update has this number: they may jump, also backwards, after a quiet week."""
        self._next_id = update_id

    def bring_waiting(self):
        """All that waits goes to the webhook, if there is one."""
        if self.webhook is not None:
            for update_id in tuple(self.updates):
                self._bring(update_id)

    def _bring(self, update_id):
        headers = {"Content-Type": "application/json"}
        if self.webhook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.webhook.secret_token
        body = json.dumps(self.updates[update_id], ensure_ascii=False).encode()
        delivery = Delivery(self.webhook.url, body, headers, self.chats[update_id])
        return self._postman.post(delivery, lambda: self.updates.pop(update_id, None))

    def set_webhook(self, webhook):
        """What waits is brought to the new address; None takes the webhook away and keeps what waits."""
        self._postman.cancel()
        self.webhook = webhook
        self._changed.set()
        self.bring_waiting()

    def drop(self):
        self.updates.clear()

    def wake(self):
        self._changed.set()

    async def poll(self, offset, limit, seconds, stopping):
        """A list of updates, or the error of a poll that another one, or a webhook, has put out."""
        if self.webhook is not None:
            return WEBHOOK_ACTIVE
        self._polls += 1
        mine = self._polls
        self._changed.set()
        self._confirm(offset)
        deadline = asyncio.get_running_loop().time() + seconds
        while not self.updates and not stopping.is_set():
            self._changed.clear()
            left = deadline - asyncio.get_running_loop().time()
            try:
                await asyncio.wait_for(self._changed.wait(), max(left, 0))
            except TimeoutError:
                break
            if mine != self._polls:
                return OTHER_POLLER
            if self.webhook is not None:
                return WEBHOOK_ACTIVE
        return list(self.updates.values())[:limit]

    def _confirm(self, offset):
        known = list(self.updates)
        gone = known[:offset] if offset < 0 else [update_id for update_id in known if update_id < offset]
        for update_id in gone:
            del self.updates[update_id]
