"""The HTTP side of Telegram's Bot API: /bot<TOKEN>/<method>. channels.md, section D."""

import re
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from tests.channel_servers.telegram import errors
from tests.channel_servers.telegram.errors import TelegramError, bad_request
from tests.channel_servers.telegram.message_rules import refused_markup, refused_text
from tests.channel_servers.telegram.parameters import UnreadableParametersError, read_parameters, whole_number
from tests.channel_servers.telegram.update_box import Webhook

LONGEST_POLL_SECONDS = 50
MOST_UPDATES = 100
NOTICE_CHARACTERS = 200
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ACTIONS = frozenset({"typing", "upload_photo", "upload_document", "choose_sticker", "find_location"})


def build_api(server):
    api = TelegramApi(server)
    router = APIRouter()

    async def call(request: Request, token: str, method: str):
        body = await request.body()

        async def work():
            if token != server.account.token:
                return errors.UNAUTHORIZED.response()
            if method.lower() not in api.methods:
                return errors.NOT_FOUND.response()
            try:
                parameters = read_parameters(request.query_params, request.headers.get("content-type", ""), body)
            except UnreadableParametersError:
                return bad_request("can't parse parameters").response()
            result = await api.methods[method.lower()](parameters)
            if isinstance(result, TelegramError):
                return result.response()
            return JSONResponse({"ok": True, "result": result})

        return await server.answer(request, method, work)

    router.add_api_route("/bot{token}/{method}", call, methods=["GET", "POST"])
    return router


class TelegramApi:
    """Each method takes the parameters and gives the result, or a TelegramError. Names are matched in any case."""

    def __init__(self, server):
        self._server = server
        self.methods = {
            "getme": self._get_me,
            "getupdates": self._get_updates,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
            "sendmessage": self._send_message,
            "sendchataction": self._send_chat_action,
            "answercallbackquery": self._answer_callback_query,
            "editmessagereplymarkup": self._edit_markup,
            "setmycommands": self._set_commands,
        }

    async def _get_me(self, _parameters):
        group_rules = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
        return {**self._server.account.user, **group_rules}

    async def _get_updates(self, parameters):
        if isinstance(parameters.get("allowed_updates"), list):
            self._server.box.allowed = parameters["allowed_updates"]
        limit = min(max(whole_number(parameters, "limit", MOST_UPDATES), 1), MOST_UPDATES)
        seconds = min(max(whole_number(parameters, "timeout"), 0), LONGEST_POLL_SECONDS)
        return await self._server.poll(whole_number(parameters, "offset"), limit, seconds)

    async def _set_webhook(self, parameters):
        url, secret = parameters.get("url", ""), parameters.get("secret_token") or None
        parts = urlsplit(url)
        if url and (not parts.hostname or (parts.scheme != "https" and parts.hostname not in LOOPBACK)):
            return bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if secret is not None and not SECRET.fullmatch(secret):
            return bad_request("secret token contains unallowed characters")
        if isinstance(parameters.get("allowed_updates"), list):
            self._server.box.allowed = parameters["allowed_updates"]
        self._drop_if_asked(parameters)
        connections = whole_number(parameters, "max_connections", 40)
        self._server.box.set_webhook(Webhook(url, secret, connections) if url else None)
        return True

    async def _delete_webhook(self, parameters):
        self._drop_if_asked(parameters)
        self._server.box.set_webhook(None)
        return True

    def _drop_if_asked(self, parameters):
        if str(parameters.get("drop_pending_updates", "")).lower() in ("true", "1"):
            self._server.box.drop()

    async def _get_webhook_info(self, _parameters):
        webhook = self._server.box.webhook
        info = {
            "url": webhook.url if webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._server.box.updates),
            "max_connections": webhook.max_connections if webhook else 40,
        }
        if self._server.box.allowed:
            info["allowed_updates"] = self._server.box.allowed
        return {**info, **self._server.last_webhook_error()}

    async def _send_message(self, parameters):
        chat_id = whole_number(parameters, "chat_id")
        refusal = (
            self._server.refused_chat(chat_id)
            or refused_text(parameters.get("text"), parameters.get("parse_mode"))
            or refused_markup(parameters.get("reply_markup"))
            or self._server.flood.refused(chat_id)
        )
        return refusal or self._server.accept(chat_id, parameters)

    async def _send_chat_action(self, parameters):
        chat_id = whole_number(parameters, "chat_id")
        if refusal := self._server.refused_chat(chat_id):
            return refusal
        if parameters.get("action") not in ACTIONS:
            return bad_request("wrong parameter action in request")
        self._server.record_typing(str(chat_id))
        return True

    async def _answer_callback_query(self, parameters):
        if len(parameters.get("text") or "") > NOTICE_CHARACTERS:
            return bad_request("MESSAGE_TOO_LONG")
        if not self._server.end_query(str(parameters.get("callback_query_id")), parameters.get("text") or ""):
            return bad_request("query is too old and response timeout expired or query ID is invalid")
        return True

    async def _edit_markup(self, parameters):
        place = (whole_number(parameters, "chat_id"), whole_number(parameters, "message_id"))
        message, markup = self._server.messages.get(place), parameters.get("reply_markup")
        if message is None:
            return bad_request("message to edit not found")
        if refusal := refused_markup(markup):
            return refusal
        if (message.get("reply_markup") or None) == (markup or None):
            return bad_request("message is not modified")
        return self._server.change_markup(place, markup)

    async def _set_commands(self, _parameters):
        return True
