"""A Telegram of one's own: its bot, its citizens, its updates."""

from dataclasses import replace

from tests.channel_servers.channel_server import ChannelServer
from tests.channel_servers.faults import FaultKind
from tests.channel_servers.postman import Delivery, PostalRules
from tests.channel_servers.telegram import errors
from tests.channel_servers.telegram.account import TelegramAccount
from tests.channel_servers.telegram.api import build_api
from tests.channel_servers.telegram.flood import FloodLimits
from tests.channel_servers.telegram.message_rules import buttons_of, entities_of
from tests.channel_servers.telegram.update_box import UpdateBox, Webhook, pause_after

WEBHOOK_SECONDS = 60.0
QUERY_SECONDS = 15 * 60
ATTACHMENTS = {
    "photo": [{"file_id": "photo-1", "file_unique_id": "p1", "width": 90, "height": 90}],
    "voice": {"file_id": "voice-1", "file_unique_id": "v1", "duration": 2},
    "video": {"file_id": "video-1", "file_unique_id": "w1", "width": 90, "height": 90, "duration": 2},
    "sticker": {
        "file_id": "sticker-1",
        "file_unique_id": "s1",
        "type": "regular",
        "width": 90,
        "height": 90,
        "is_animated": False,
        "is_video": False,
    },
    "document": {"file_id": "document-1", "file_unique_id": "d1", "file_name": "to-khai.pdf"},
    "location": {"latitude": 10.7648, "longitude": 106.6415},
    "contact": {"phone_number": "0900000000", "first_name": "Nguyễn Văn Thử"},
    "dice": {"emoji": "🎲", "value": 3},
}
RULES = PostalRules(pause_after, lambda status: 200 <= status < 300, WEBHOOK_SECONDS, strict_order=True)


class TelegramServer(ChannelServer):
    """A citizen is the number of their private chat, as text or as int; a chat that never wrote is not found.

    `flood.strict` switches the flood limits on. `notices` are answers to pressed buttons, by query id.
    """

    name = "telegram"
    send_method = "sendMessage"
    webhook_path = "/webhooks/telegram"

    def __init__(self, account=None, clock=None, first_update_id=None):
        super().__init__(RULES, clock)
        self.account = account or TelegramAccount()
        # From the time, so that a server started anew does not repeat the numbers of its former life.
        first = int(self.clock.now() * 10) % 900_000_000 if first_update_id is None else first_update_id
        self.box = UpdateBox(self.postman, first)
        self.flood = FloodLimits(self.clock)
        self.chats, self.blocked, self.migrations = {}, set(), {}
        self.messages, self.queries, self.notices = {}, {}, {}
        self._message_id = first
        self.app.include_router(build_api(self))

    async def start(self):
        await super().start()
        self.box.start()

    def end_waiting(self):
        super().end_waiting()
        self.box.wake()

    def reset(self):
        super().reset()
        self.on_loop(self.box.drop)
        for memory in (self.queries, self.notices):
            memory.clear()

    def use_gateway(self, url):
        """As if setWebhook had been called."""
        webhook = Webhook(url + self.webhook_path, self.account.secret)
        if self.is_served:
            self.on_loop(self.box.set_webhook, webhook)
        else:
            self.box.webhook = webhook

    def says(self, user, text, chat=None, **fields):
        """`chat` is a group's number, `fields` go into the message as they are."""
        content = {"text": text, **({"entities": entities} if (entities := entities_of(text)) else {}), **fields}
        return self._writes(int(user), int(chat or user), content, text, "text")

    def attaches(self, user, kind="photo", caption="", chat=None, **fields):
        """`kind` is one of ATTACHMENTS; "image" is a photo too."""
        kind = "photo" if kind == "image" else kind
        content = {kind: ATTACHMENTS[kind], **({"caption": caption} if caption else {}), **fields}
        return self._writes(int(user), int(chat or user), content, caption, kind)

    def edits(self, user, message_id, text):
        """The citizen changes what they wrote."""
        place = (int(user), int(message_id))
        message = {**self.messages[place], "text": text, "edit_date": int(self.clock.now())}
        return self._happens("edited_message", message, str(user), text, "edited", str(message_id))

    def presses(self, user, button=0, message_id=None):
        """A button of the newest keyboard, or of the message named; a query that wants an answer."""
        offered = self.offered(str(user), None if message_id is None else str(message_id))
        keys = [one.key for one in offered.buttons if one.kind == "callback"]
        message = self.messages[(int(user), int(offered.message_id))]
        return self.presses_forged(user, keys[button], message)

    def presses_forged(self, user, data, message=None):
        """Callback data that nobody offered, or a message that is gone."""
        query_id = str(10**15 + self._new_message_id())
        self.queries[query_id] = self.clock.now()
        query = {"id": query_id, "from": self._person(int(user)), "chat_instance": "1", "data": data}
        content = query if message is None else {**query, "message": message}
        return self._happens("callback_query", content, str(user), data, "press", query_id)

    def follows(self, user):
        """Unblocks the bot if need be, and presses START."""
        if int(user) in self.blocked:
            self.blocked.discard(int(user))
            self._membership(int(user), "kicked", "member")
        return self.says(user, "/start")

    def unfollows(self, user):
        """Blocks the bot."""
        self._chat(int(user))
        self.blocked.add(int(user))
        return self._membership(int(user), "member", "kicked")

    def bring_raw(self, body, headers=None):
        """Bytes as they are, to the webhook."""
        sent = headers or {"X-Telegram-Bot-Api-Secret-Token": self.box.webhook.secret_token}
        delivery = Delivery(self.box.webhook.url, body, {"Content-Type": "application/json", **sent}, "")
        return self.on_loop(self.postman.post, delivery)

    async def poll(self, offset, limit, seconds):
        return await self.box.poll(offset, limit, seconds, self._stopping)

    def refused_chat(self, chat_id):
        """Why nothing can be sent to this chat, or None."""
        if chat_id in self.migrations:
            return errors.migrated(self.migrations[chat_id])
        if chat_id not in self.chats:
            return errors.bad_request("chat not found")
        if chat_id in self.blocked:
            return errors.BLOCKED if chat_id > 0 else errors.KICKED
        return None

    def migrates(self, chat_id, new_chat_id):
        """A group becomes a supergroup with another number."""
        self.migrations[int(chat_id)] = int(new_chat_id)
        self._chat(int(new_chat_id))

    def accept(self, chat_id, parameters):
        """A send is in the citizen's hands from here on; gives Telegram's Message."""
        markup = parameters.get("reply_markup")
        message = self._message(chat_id, self.account.user, {"text": parameters["text"]})
        if markup:
            message["reply_markup"] = markup
        self.messages[(chat_id, message["message_id"])] = message
        self.record_sent(str(chat_id), message["text"], buttons_of(markup), str(message["message_id"]), parameters)
        return message

    def change_markup(self, place, markup):
        """Another keyboard, or none, under a message that was sent."""
        message = {**self.messages[place], "reply_markup": markup}
        self.messages[place] = message
        for number, sent in enumerate(self.sent):
            if (sent.user, sent.message_id) == (str(place[0]), str(place[1])):
                self.sent[number] = replace(sent, buttons=tuple(buttons_of(markup)))
        return message

    def end_query(self, query_id, notice):
        """False when there is no such query, or it is too old."""
        asked_at = self.queries.pop(query_id, None)
        if asked_at is None or self.clock.now() - asked_at > QUERY_SECONDS:
            return False
        self.notices[query_id] = notice
        return True

    def last_webhook_error(self):
        """The two fields of getWebhookInfo, or none of them."""
        attempts = [attempt for delivery in self.postman.deliveries for attempt in delivery.attempts]
        bad = [one for one in attempts if one.status is None or not 200 <= one.status < 300]
        if not bad:
            return {}
        words = f"Wrong response from the webhook: {bad[-1].status}" if bad[-1].status else "Connection refused"
        return {"last_error_date": int(bad[-1].at), "last_error_message": words}

    async def refuse(self, fault, work):
        match fault.kind:
            case FaultKind.TOKEN_EXPIRED:
                return errors.UNAUTHORIZED.response()
            case FaultKind.RATE_LIMIT | FaultKind.QUOTA:
                return errors.flood(fault.seconds).response()
        return errors.TelegramError(fault.code, fault.description).response()

    def _writes(self, user, chat_id, content, text, kind):
        message = self._message(chat_id, self._person(user), content)
        self.messages[(chat_id, message["message_id"])] = message
        return self._happens("message", message, str(chat_id), text, kind, str(message["message_id"]))

    def _membership(self, user, old, new):
        bot = self.account.user
        change = {
            "chat": self._chat(user),
            "from": self._person(user),
            "date": int(self.clock.now()),
            "old_chat_member": {"user": bot, "status": old, **({"until_date": 0} if old == "kicked" else {})},
            "new_chat_member": {"user": bot, "status": new, **({"until_date": 0} if new == "kicked" else {})},
        }
        return self._happens("my_chat_member", change, str(user), "", "follow" if new == "member" else "unfollow", "")

    def _happens(self, update_kind, content, user, text, kind, message_id):
        _, delivery = self.on_loop(self.box.add, update_kind, content, user)
        return self.record_said(user, text, kind, message_id, delivery)

    def _message(self, chat_id, sender, content):
        head = {"message_id": self._new_message_id(), "date": int(self.clock.now())}
        return {**head, "from": sender, "chat": self._chat(chat_id), **content}

    def _new_message_id(self):
        self._message_id += 1
        return self._message_id

    def _chat(self, chat_id):
        """The chat, known from now on."""
        if chat_id > 0:
            made = {"id": chat_id, "type": "private", "first_name": "Nguyễn Văn Thử"}
        else:
            made = {"id": chat_id, "type": "supergroup", "title": "Nhóm thử"}
        return self.chats.setdefault(chat_id, made)

    def _person(self, user):
        return {"id": user, "is_bot": False, "first_name": "Nguyễn Văn Thử", "language_code": "vi"}
