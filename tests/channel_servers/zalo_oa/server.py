"""A Zalo Official Account of one's own: its account, its citizens, its webhook."""

from tests.channel_servers.channel_server import ChannelServer
from tests.channel_servers.faults import FaultKind
from tests.channel_servers.postman import Delivery, PostalRules
from tests.channel_servers.zalo_oa import errors
from tests.channel_servers.zalo_oa.account import ZaloOaAccount
from tests.channel_servers.zalo_oa.api import build_api, respond
from tests.channel_servers.zalo_oa.events import OaEvents, attachment, new_message_id
from tests.channel_servers.zalo_oa.follower import Follower
from tests.channel_servers.zalo_oa.message_rules import QUERIES, buttons_of
from tests.channel_servers.zalo_oa.signing import Signing, raw_body, signature_headers
from tests.channel_servers.zalo_oa.tokens import OaTokens

RETRY_SECONDS = (30, 300, 900, 1_800, 3_600)
WEBHOOK_SECONDS = 2.0
CALLS_PER_MINUTE = 4_000


def pause_after(attempt):
    """After the last one Zalo switches the webhook off; here it goes on with the next event."""
    return RETRY_SECONDS[attempt - 1] if attempt <= len(RETRY_SECONDS) else None


RULES = PostalRules(pause_after, lambda status: status == 200, WEBHOOK_SECONDS, strict_order=False)


class ZaloOaServer(ChannelServer):
    """`webhook_url` is what an administrator saved in the console; `echo` reports our own sends to it.

    `quota` None has no end. `dead_token` is the error for a token that is no longer good: -216 or -220.
    `escaped` writes webhooks with \\u1ea1 instead of UTF-8.
    """

    name = "zalo_oa"
    send_method = "message/cs"
    webhook_path = "/webhooks/zalo-oa"

    def __init__(self, account=None, clock=None):
        super().__init__(RULES, clock)
        self.account = account or ZaloOaAccount()
        self.tokens = OaTokens(self.account, self.clock)
        self.events = OaEvents(self.account, self.clock)
        self.webhook_url = ""
        self.escaped = False
        self.echo = True
        self.with_buttons = True
        self.calls_per_minute = CALLS_PER_MINUTE
        self.quota = None
        self.dead_token = errors.TOKEN_INVALID
        self.people = {}
        self.reactions = []
        self.app.include_router(build_api(self))

    def use_gateway(self, url):
        """As the administrator does in the console."""
        self.webhook_url = url + self.webhook_path

    def person(self, user):
        """The citizen, known from now on."""
        return self.people.setdefault(user, Follower(user))

    def says(self, user, text, quote=None, **how):
        """`how`: signing, escaped."""
        message = {"text": text, "msg_id": new_message_id(), **({"quote_msg_id": quote} if quote else {})}
        return self._did(user, "user_send_text", message, text, "text", how)

    def presses(self, user, button=0, message_id=None):
        """Zalo gives a press back as an ordinary text: the payload of the button."""
        keys = [one.key for one in self.offered(user, message_id).buttons if one.kind in QUERIES]
        return self.says(user, keys[button])

    def attaches(self, user, kind="image", caption="", **how):
        """`kind` is one of zalo_oa/events.py."""
        message = {"msg_id": new_message_id(), "attachments": [attachment(kind)]}
        if caption:
            message["text"] = caption
        return self._did(user, f"user_send_{kind}", message, caption, kind, how)

    def follows(self, user):
        person = self.person(user)
        person.follows, person.interacted_at = True, self.clock.now()
        return self._happened(user, self.events.follow(user, "follow"), "follow")

    def unfollows(self, user):
        person = self.person(user)
        person.follows, person.interacted_at = False, None
        return self._happened(user, self.events.follow(user, "unfollow"), "unfollow")

    def staff_writes(self, user, text, admin="9900000000000000001"):
        """A person answers in Zalo's own tool."""
        message = {"text": text, "msg_id": new_message_id()}
        return self._happened(user, self.events.by_oa(user, "oa_send_text", message, admin_id=admin), "staff")

    def withdraws(self, user):
        return self._happened(user, self.events.about_user(user, "user_withdraw"), "withdraw")

    def submits_info(self, user, info):
        return self._happened(user, self.events.submit_info(user, info), "info")

    def sees(self, user, *message_ids):
        event = self.events.by_oa(user, "user_seen_message", {"msg_ids": list(message_ids)})
        return self._happened(user, event, "seen")

    def accept(self, user, message, message_id):
        """A send is in the citizen's hands from here on."""
        sent = self.record_sent(user, message.get("text", ""), buttons_of(message), message_id, message)
        if self.quota is not None:
            self.quota -= 1
        if self.people[user].quota is not None:
            self.people[user].quota -= 1
        if self.echo and "text" in message:
            # Which event reports a text with buttons is not documented; oa_send_text stands for it.
            event = self.events.by_oa(user, "oa_send_text", {"text": message["text"], "msg_id": message_id})
            self.bring(event, user)
        return sent

    def bring(self, event, conversation="", signing=Signing.GOOD, escaped=None):
        """Any event to the webhook; None where no webhook is set."""
        escaped = self.escaped if escaped is None else escaped
        body = raw_body(event, escaped)
        headers = signature_headers(self.account, body, str(event.get("timestamp", "")), signing)
        return self.bring_raw(body, headers, conversation)

    def bring_raw(self, body, headers, conversation=""):
        """Bytes as they are."""
        if not self.webhook_url:
            return None
        return self.on_loop(self.postman.post, Delivery(self.webhook_url, body, headers, conversation))

    async def refuse(self, fault, work):
        match fault.kind:
            case FaultKind.TOKEN_EXPIRED:
                self.tokens.expire_access()
                return await work()
            case FaultKind.RATE_LIMIT:
                return respond(errors.RATE_LIMIT, {"X-RateLimit-Remain": "0"})
            case FaultKind.QUOTA:
                return respond(errors.OUT_OF_QUOTA)
        return respond(errors.OaError(fault.code, fault.description))

    def _did(self, user, event_name, message, text, kind, how):
        self.person(user).interacted_at = self.clock.now()
        delivery = self.bring(self.events.by_user(user, event_name, message), user, **how)
        return self.record_said(user, text, kind, message["msg_id"], delivery)

    def _happened(self, user, event, kind):
        return self.record_said(user, "", kind, "", self.bring(event, user))
