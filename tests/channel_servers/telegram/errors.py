"""Errors of Telegram's Bot API, in its own words: client libraries tell some of them apart by these."""

import math
from dataclasses import dataclass, field

from starlette.responses import JSONResponse


@dataclass(frozen=True)
class TelegramError:
    """`code` is the HTTP status too; `parameters` say how to go on."""

    code: int
    description: str
    parameters: dict = field(default_factory=dict)

    def response(self):
        body = {"ok": False, "error_code": self.code, "description": self.description}
        return JSONResponse({**body, **({"parameters": self.parameters} if self.parameters else {})}, self.code)


UNAUTHORIZED = TelegramError(401, "Unauthorized")
NOT_FOUND = TelegramError(404, "Not Found")
BLOCKED = TelegramError(403, "Forbidden: bot was blocked by the user")
KICKED = TelegramError(403, "Forbidden: bot was kicked from the group chat")
OTHER_POLLER = TelegramError(
    409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = TelegramError(
    409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


def bad_request(what):
    """A permanent refusal."""
    return TelegramError(400, f"Bad Request: {what}")


def flood(seconds):
    """Whole seconds, as Telegram says them."""
    wait = max(1, math.ceil(seconds))
    return TelegramError(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})


def migrated(new_chat_id):
    return TelegramError(
        400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": new_chat_id}
    )
