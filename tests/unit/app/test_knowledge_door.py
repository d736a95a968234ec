"""The second door of the action server, spoken to as the gateway does."""

import logging

import httpx
import pytest
from sanic import Sanic

from app.knowledge_door import add_knowledge_door
from app.suggestions import PATH, KnowledgeSuggestions
from connectors.channel_texts import load_channel_texts
from tests.unit.actions.test_suggesting import FakeKnowledge, suggested

QUESTION = "câu hỏi riêng"


@pytest.fixture
def client():
    """Builds a client to a server with the given knowledge."""
    Sanic.test_mode = True

    async def build(knowledge):
        server = Sanic("door", configure_logging=False)
        add_knowledge_door(server, lambda: knowledge, lambda: "20261122T000000-abc")
        server.asgi = True
        await server._startup()
        return httpx.AsyncClient(transport=httpx.ASGITransport(server), base_url="http://door")

    yield build
    Sanic._app_registry.clear()
    Sanic.test_mode = False


async def test_gateway_and_action_server_understand_each_other(client):
    knowledge = FakeKnowledge()
    knowledge.found[QUESTION] = (suggested(0.9), suggested(0.3))
    found = await KnowledgeSuggestions(await client(knowledge), None, load_channel_texts()).for_text(QUESTION)
    assert [each.score for each in found] == [0.9, 0.3]


async def test_a_failing_search_is_told_without_the_question(client, caplog):
    class Broken(FakeKnowledge):
        def suggest(self, question, limit):
            raise ValueError(question)

    with caplog.at_level(logging.DEBUG):
        answer = await (await client(Broken())).post(PATH, json={"question": QUESTION})
    assert (answer.status_code, answer.json()) == (500, {"error": "failed"})
    assert "ValueError" in caplog.text
    assert QUESTION not in caplog.text


async def test_other_ways_in_are_shut(client):
    door = await client(FakeKnowledge())
    assert (await door.get(PATH)).status_code == 405
    assert (await door.post(PATH, content=b"question=x")).status_code == 415
