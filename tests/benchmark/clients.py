"""The ways in that are compared: bare Rasa, and the whole product through the web chat."""

import json
import uuid

import httpx


class RasaClient:
    """Posts to Rasa's REST channel as the gateway's worker does; nothing is stored."""

    def __init__(self, url):
        self._client = httpx.AsyncClient(base_url=url, timeout=60)
        self._sender = str(uuid.uuid4())

    async def ask(self, text):
        response = await self._client.post("/webhooks/rest/webhook", json={"sender": self._sender, "message": text})
        if not response.json():
            raise AssertionError("Rasa answered nothing")


class WebClient:
    """One conversation in the web chat, answers read from the event stream as the page does."""

    def __init__(self, url):
        self._client = httpx.AsyncClient(base_url=url, timeout=60)
        self._headers = {}
        self._lines = None

    async def open(self):
        created = (await self._client.post("/api/chat/conversations", json={})).json()
        self._headers = {"Authorization": f"Bearer {created['token']}"}
        request = self._client.build_request("GET", "/api/chat/events", params={"token": created["token"], "after": 0})
        response = await self._client.send(request, stream=True)
        self._lines = response.aiter_lines()
        return self.ask

    async def ask(self, text):
        message = {"message_id": str(uuid.uuid4()), "text": text}
        response = await self._client.post("/api/chat/messages", json=message, headers=self._headers)
        response.raise_for_status()
        async for line in self._lines:
            if line.startswith("data:") and '"assistant"' in line and json.loads(line[5:]).get("role") == "assistant":
                return
        raise AssertionError("the event stream ended without an answer")


async def rasa_client(url):
    """A fresh sender."""
    return RasaClient(url).ask


async def web_client(url):
    """A fresh conversation with its stream open."""
    return await WebClient(url).open()
