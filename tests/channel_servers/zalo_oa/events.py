"""Webhook bodies of an Official Account: channels.md, A.3. Identifiers and times are strings."""

import json
import secrets

ATTACHMENTS = {
    "image": {"thumbnail": "https://cdn.invalid/t.jpg", "url": "https://cdn.invalid/a.jpg"},
    "gif": {"thumbnail": "https://cdn.invalid/t.gif", "url": "https://cdn.invalid/a.gif"},
    "file": {
        "size": "1024",
        "name": "to-khai.pdf",
        "checksum": "0" * 32,
        "type": "pdf",
        "url": "https://cdn.invalid/a.pdf",
    },
    "sticker": {"id": "bfe458bf64fa8da4d4eb", "url": "https://cdn.invalid/s.png"},
    "location": {"coordinates": {"latitude": "10.7648", "longitude": "106.6415"}},
    "audio": {"url": "https://cdn.invalid/a.amr"},
    "video": {"thumbnail": "https://cdn.invalid/v.jpg", "description": "", "url": "https://cdn.invalid/v.mp4"},
    "link": {"thumbnail": "https://cdn.invalid/l.jpg", "description": "", "url": "https://example.invalid/"},
    "business_card": {
        "description": json.dumps({"phone": "0900000000", "qrCodeUrl": "https://cdn.invalid/qr.png"}),
        "thumbnail": "https://cdn.invalid/b.jpg",
        "url": "https://cdn.invalid/b",
    },
}


def new_message_id():
    """Never the same again, also not after a restart of the server."""
    return secrets.token_hex(10)


class OaEvents:
    """Bodies from this account, as dicts."""

    def __init__(self, account, clock):
        self._account, self._clock = account, clock

    def by_user(self, user, event_name, message):
        """The citizen wrote or sent something."""
        return self._event(
            event_name, sender={"id": user}, recipient={"id": self._account.oa_id}, user_id_by_app=user, message=message
        )

    def by_oa(self, user, event_name, message, **sender):
        """What the account sent: echo, seen, received."""
        return self._event(
            event_name,
            sender={"id": self._account.oa_id, **sender},
            recipient={"id": user},
            user_id_by_app=user,
            message=message,
        )

    def follow(self, user, event_name):
        """`follow` and `unfollow` have no sender, recipient or message."""
        return self._event(
            event_name, oa_id=self._account.oa_id, follower={"id": user}, user_id_by_app=user, source="oa_profile"
        )

    def submit_info(self, user, info):
        """The form "request_user_info", filled in."""
        return self._event(
            "user_submit_info",
            sender={"id": user},
            recipient={"id": self._account.oa_id},
            user_id_by_app=user,
            info=info,
        )

    def about_user(self, user, event_name):
        """`user_click_chatnow`, `user_withdraw` and the like."""
        return self._event(event_name, oa_id=self._account.oa_id, user_id=user, user_id_by_app=user)

    def _event(self, event_name, **fields):
        timestamp = str(int(self._clock.now() * 1000))
        return {"app_id": self._account.app_id, **fields, "event_name": event_name, "timestamp": timestamp}


def attachment(kind):
    """One element of `message.attachments`; a visiting card goes as a link."""
    return {"type": "link" if kind == "business_card" else kind, "payload": ATTACHMENTS[kind]}
