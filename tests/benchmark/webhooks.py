"""The way in through a channel: signed webhooks of a Zalo Official Account, answers read where its API would be."""

import asyncio
import contextlib
import json
from collections import defaultdict

import httpx
import uvicorn
from fastapi import FastAPI, Request

from tests.channel_servers.clock import ServerClock
from tests.channel_servers.zalo_oa.account import ZaloOaAccount
from tests.channel_servers.zalo_oa.events import OaEvents, new_message_id
from tests.channel_servers.zalo_oa.signing import raw_body, signature_headers

PATH = "/webhooks/zalo-oa"


class Sink:
    """Takes what is sent to citizens, as quickly as it can; no rules, no faults, no echoes."""

    def __init__(self):
        self._arrived = defaultdict(asyncio.Event)
        self.taken = 0
        self.app = FastAPI(openapi_url=None)
        self.app.add_api_route("/v3.0/oa/message/cs", self._take, methods=["POST"])

    async def _take(self, request: Request):
        user = json.loads(await request.body())["recipient"]["user_id"]
        self._arrived[user].set()
        self.taken += 1
        return {"data": {"message_id": f"sent-{self.taken}", "user_id": user}, "error": 0, "message": "Success"}

    async def answered(self, user):
        """Waits until something new was sent to this citizen."""
        await self._arrived[user].wait()
        self._arrived[user].clear()

    @contextlib.asynccontextmanager
    async def open(self, port):
        """Listens on loopback for the length of the block."""
        config = uvicorn.Config(self.app, host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        server.capture_signals = contextlib.nullcontext
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        try:
            yield
        finally:
            server.should_exit = True
            await serving


class WebhookDoor:
    """Citizens who write to the account. With a sink a question ends when its answer is there, else with the 200."""

    def __init__(self, url, sink=None):
        # Shorter than the server's patience with an idle connection: else both end it at once now and then.
        limits = httpx.Limits(max_connections=None, keepalive_expiry=2)
        self._client = httpx.AsyncClient(base_url=url, timeout=60, trust_env=False, limits=limits)
        self._account = ZaloOaAccount()
        self._events = OaEvents(self._account, ServerClock())
        self._sink = sink

    async def open(self):
        """A citizen who never wrote before."""
        user = new_message_id()

        async def ask(text):
            event = self._events.by_user(user, "user_send_text", {"text": text, "msg_id": new_message_id()})
            body = raw_body(event, escaped=False)
            headers = signature_headers(self._account, body, event["timestamp"])
            (await self._client.post(PATH, content=body, headers=headers)).raise_for_status()
            if self._sink is not None:
                await self._sink.answered(user)

        return ask

    async def close(self):
        await self._client.aclose()


def account_environment(port):
    """Makes a gateway use the account whose API would be at this port."""
    account, url = ZaloOaAccount(), f"http://127.0.0.1:{port}"
    return {
        "ZALO_OA_ID": account.oa_id,
        "ZALO_OA_APP_ID": account.app_id,
        "ZALO_OA_SECRET": account.secret,
        "ZALO_OA_APP_SECRET": account.app_secret,
        "ZALO_OA_ACCESS_TOKEN": account.access_token,
        "ZALO_OA_REFRESH_TOKEN": account.refresh_token,
        "ZALO_OA_API_BASE": url,
        "ZALO_OAUTH_BASE": url,
    }
