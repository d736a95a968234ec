"""The ways in that are compared: bare Rasa, and the whole product through the web chat."""

import json
import uuid

import httpx


class RasaDoor:
    """Posts to Rasa's REST channel as the gateway's worker does; nothing is stored."""

    def __init__(self, url):
        self._client = httpx.AsyncClient(base_url=url, timeout=60, trust_env=False)

    async def open(self):
        """A fresh sender."""
        sender = str(uuid.uuid4())

        async def ask(text):
            response = await self._client.post("/webhooks/rest/webhook", json={"sender": sender, "message": text})
            if not response.json():
                raise AssertionError("Rasa answered nothing")

        return ask

    async def close(self):
        await self._client.aclose()


class WebDoor:
    """Conversations in the web chat, answers read from the event stream as the page does."""

    def __init__(self, url):
        limits = httpx.Limits(max_connections=None)
        self._client = httpx.AsyncClient(base_url=url, timeout=60, trust_env=False, limits=limits)
        self._streams = []

    async def open(self):
        """A fresh conversation with its stream open."""
        created = (await self._client.post("/api/chat/conversations", json={})).json()
        headers = {"Authorization": f"Bearer {created['token']}"}
        request = self._client.build_request("GET", "/api/chat/events", params={"token": created["token"], "after": 0})
        stream = await self._client.send(request, stream=True)
        self._streams.append(stream)
        lines = stream.aiter_lines()

        async def ask(text):
            message = {"message_id": str(uuid.uuid4()), "text": text}
            (await self._client.post("/api/chat/messages", json=message, headers=headers)).raise_for_status()
            async for line in lines:
                if line.startswith("data:") and json.loads(line[5:]).get("role") == "assistant":
                    return
            raise AssertionError("the event stream ended without an answer")

        return ask

    async def close(self):
        for stream in self._streams:
            await stream.aclose()
        await self._client.aclose()
