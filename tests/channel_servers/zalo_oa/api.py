"""The HTTP side of the Official Account: what the documented addresses answer."""

import json
import time

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from tests.channel_servers.zalo_oa import errors
from tests.channel_servers.zalo_oa.events import new_message_id
from tests.channel_servers.zalo_oa.message_rules import refused_message

MOST_REACTIONS = 50


def build_api(server):
    api = OaApi(server)
    router = APIRouter()

    def add(method, path, name, work):
        async def call(request: Request):
            return await server.answer(request, name, lambda: api.checked(request, work))

        router.add_api_route(path, call, methods=[method])

    add("POST", "/v3.0/oa/message/cs", "message/cs", api.send)
    add("POST", "/v2.0/oa/message", "reaction", api.react)
    add("GET", "/v2.0/oa/getoa", "getoa", api.describe)
    add("POST", "/v3.0/oa/quota/message", "quota", api.tell_quota)
    add("GET", "/v3.0/oa/user/detail", "user/detail", api.profile)

    @router.post("/v4/oa/access_token")
    async def access_token(request: Request):
        form, secret_key = await request.body(), request.headers.get("secret_key")

        async def exchange():
            return server.tokens.exchange(form, secret_key)

        return await server.answer(request, "access_token", exchange)

    return router


class OaApi:
    """Every answer has HTTP status 200; `error` says how it went."""

    def __init__(self, server):
        self._server = server
        self._minute, self._calls = 0, 0

    async def checked(self, request, work):
        """Rate, then token, then the call itself."""
        remain = self._count_call()
        body = await request.body()
        if remain < 0:
            answer = errors.RATE_LIMIT
        elif not (token := request.headers.get("access_token")) or not self._server.tokens.is_valid(token):
            answer = self._server.dead_token
        else:
            answer = work(_json_or_none(body) if request.method == "POST" else request.query_params)
        limit = {"X-RateLimit-Limit": str(self._server.calls_per_minute), "X-RateLimit-Remain": str(max(remain, 0))}
        return respond(answer, limit)

    def _count_call(self):
        minute = int(self._server.clock.now() // 60)
        if minute != self._minute:
            self._minute, self._calls = minute, 0
        self._calls += 1
        return self._server.calls_per_minute - self._calls

    def send(self, body):
        user, message = _addressee(body), body.get("message") if isinstance(body, dict) else None
        if user is None:
            return errors.invalid("user_id")
        follower = self._server.people.get(user)
        refusal = follower.refusal(self._server.clock.now()) if follower else errors.NOT_FOLLOWED
        if self._server.quota == 0:
            refusal = refusal or errors.OUT_OF_QUOTA
        refusal = refusal or refused_message(message, self._server.with_buttons) or self._refused_quote(user, message)
        if refusal is not None:
            return refusal
        sent = self._server.accept(user, message, new_message_id())
        return {
            "message_id": sent.message_id,
            "user_id": user,
            "sent_time": str(int(sent.at * 1000)),
            "quota": {"quota_type": "reply", "remain": "8", "total": "8"},
        }

    def _refused_quote(self, user, message):
        quoted = message.get("quote_message_id")
        known = {one.message_id for one in (*self._server.said, *self._server.sent) if one.user == user}
        return errors.invalid("quote_message_id") if quoted is not None and quoted not in known else None

    def react(self, body):
        user = _addressee(body)
        action = body.get("sender_action") if user else None
        if not isinstance(action, dict) or not action.get("react_icon") or not action.get("react_message_id"):
            return errors.invalid("sender_action")
        reaction = (user, action["react_message_id"], action["react_icon"])
        if sum(one[1] == reaction[1] for one in self._server.reactions) >= MOST_REACTIONS:
            return errors.TOO_LONG
        self._server.reactions.append(reaction)
        return {"message_id": action["react_message_id"], "user_id": user}

    def describe(self, _query):
        account = self._server.account
        return {"oa_id": account.oa_id, "name": account.name, "is_verified": True, "oa_type": 2, "num_follower": 1}

    def tell_quota(self, body):
        follower = self._server.people.get(body.get("user_id")) if isinstance(body, dict) else None
        if follower is None:
            return errors.invalid("user_id")
        remain = "8" if self._server.quota is None else str(self._server.quota)
        last = "" if follower.interacted_at is None else str(int(follower.interacted_at * 1000))
        return {"last_interaction": last, "cs_reply": {"remain": remain, "total": "8"}}

    def profile(self, query):
        asked = _json_or_none(query.get("data", ""))
        follower = self._server.people.get(asked.get("user_id")) if isinstance(asked, dict) else None
        if follower is None:
            return errors.invalid("user_id")
        return {
            "user_id": follower.user,
            "user_id_by_app": follower.user,
            "display_name": follower.name,
            "user_is_follower": follower.follows,
            "user_last_interaction_date": time.strftime("%d/%m/%Y", time.gmtime(follower.interacted_at or 0)),
        }


def respond(answer, headers=None):
    """An OaError, or the data of a call that went well."""
    if isinstance(answer, errors.OaError):
        return JSONResponse({"error": answer.code, "message": answer.message}, headers=headers)
    return JSONResponse({"data": answer, "error": 0, "message": "Success"}, headers=headers)


def _json_or_none(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def _addressee(body):
    recipient = body.get("recipient") if isinstance(body, dict) else None
    user = recipient.get("user_id") if isinstance(recipient, dict) else None
    return user if isinstance(user, str) and user else None
