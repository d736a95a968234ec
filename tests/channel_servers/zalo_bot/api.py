"""The HTTP side of the Zalo Bot Platform: /bot<TOKEN>/<method>. channels.md, section B."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

TEXT_CHARACTERS = 2_000
SECRET_CHARACTERS = (8, 256)
LONGEST_POLL_SECONDS = 60.0
VERIFICATION_SECONDS = 5.0
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ACTIONS = ("typing", "upload_photo")


@dataclass(frozen=True)
class BotError:
    """`code` is the HTTP status too, unless the server is told to answer 200."""

    code: int
    description: str

    def response(self, as_status):
        body = {"ok": False, "error_code": self.code, "description": self.description}
        return JSONResponse(body, self.code if as_status else 200)


def build_api(server):
    api = BotApi(server)
    methods = {
        "getMe": api.get_me,
        "getUpdates": api.get_updates,
        "setWebhook": api.set_webhook,
        "deleteWebhook": api.delete_webhook,
        "getWebhookInfo": api.get_webhook_info,
        "sendMessage": api.send_message,
        "sendChatAction": api.send_chat_action,
    }
    router = APIRouter()

    @router.post("/bot{token}/{method}")
    async def call(request: Request, token: str, method: str):
        body = await request.body()

        async def work():
            if token != server.token:
                return server.error(BotError(401, "Unauthorized"))
            if method not in methods:
                return server.error(BotError(404, "Not Found"))
            result = await methods[method](_parameters(body))
            if isinstance(result, BotError):
                return server.error(result)
            return JSONResponse({"ok": True, "result": result})

        return await server.answer(request, method, work)

    return router


class BotApi:
    """Each method takes the body's parameters and gives the result, or a BotError."""

    def __init__(self, server):
        self._server = server

    async def get_me(self, _parameters):
        identifier = self._server.token.partition(":")[0]
        return {"id": identifier, "account_name": "bot.thu", "account_type": "BASIC", "can_join_groups": False}

    async def get_updates(self, parameters):
        """One object; 408 when nothing came in time."""
        if self._server.webhook is not None:
            return BotError(409, "Conflict: a webhook is set")
        try:
            seconds = min(float(parameters.get("timeout", 30)), LONGEST_POLL_SECONDS)
        except (TypeError, ValueError):
            return BotError(400, "timeout is invalid")
        update = await self._server.next_update(seconds)
        match self._server.updates_shape:
            case "list":
                return [] if update is None else [update]
            case "null" if update is None:
                return None
        return BotError(408, "Request timeout") if update is None else update

    async def set_webhook(self, parameters):
        """The address is kept even when its verification fails."""
        url, secret = parameters.get("url"), parameters.get("secret_token")
        parts = urlsplit(url if isinstance(url, str) else "")
        if not parts.hostname or (parts.scheme != "https" and parts.hostname not in LOOPBACK):
            return BotError(400, "url must be https")
        shortest, longest = SECRET_CHARACTERS
        if not isinstance(secret, str) or not shortest <= len(secret) <= longest:
            return BotError(400, "secret_token must have 8 to 256 characters")
        webhook = self._server.set_webhook(url, secret)
        ok, outcome = await self._verify(url, secret)
        return {"url": url, "updated_at": webhook.updated_at, "verification": {"ok": ok, "outcome": outcome}}

    async def _verify(self, url, secret):
        """What the platform sends to verify is not documented: an empty object stands for it."""
        if self._server.verification_ok is not None:
            return self._server.verification_ok, "webhook.ok" if self._server.verification_ok else "webhook.http.403"
        headers = {"X-Bot-Api-Secret-Token": secret}
        try:
            async with httpx.AsyncClient(timeout=VERIFICATION_SECONDS, trust_env=False, verify=False) as client:
                response = await client.post(url, json={}, headers=headers)
        except httpx.HTTPError:
            return False, "webhook.unreachable"
        return response.is_success, "webhook.ok" if response.is_success else f"webhook.http.{response.status_code}"

    async def delete_webhook(self, _parameters):
        webhook, self._server.webhook = self._server.webhook, None
        return {"url": "", "updated_at": webhook.updated_at if webhook else 0}

    async def get_webhook_info(self, _parameters):
        webhook = self._server.webhook
        return BotError(404, "Not Found") if webhook is None else {"url": webhook.url, "updated_at": webhook.updated_at}

    async def send_message(self, parameters):
        chat, text = parameters.get("chat_id"), parameters.get("text")
        refusal = self._refused_chat(chat)
        if refusal is not None:
            return refusal
        if not isinstance(text, str) or not text.strip():
            return BotError(400, "text is required")
        if len(text) > TEXT_CHARACTERS:
            return BotError(400, "text is too long")
        if self._server.quota == 0:
            return BotError(429, "Quota exceeded")
        sent = self._server.accept(chat, parameters)
        return {"message_id": sent.message_id, "date": int(sent.at * 1000)}

    async def send_chat_action(self, parameters):
        refusal = self._refused_chat(parameters.get("chat_id"))
        if refusal is None and parameters.get("action") not in ACTIONS:
            refusal = BotError(400, "action is invalid")
        if refusal is None:
            self._server.record_typing(parameters["chat_id"])
        return refusal or True

    def _refused_chat(self, chat):
        if chat not in self._server.people:
            return BotError(400, "chat_id is invalid")
        return BotError(403, "Forbidden") if chat in self._server.blocked else None


def _parameters(body):
    try:
        parameters = json.loads(body or b"{}")
    except ValueError:
        return {}
    return parameters if isinstance(parameters, dict) else {}
