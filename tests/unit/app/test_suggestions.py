import asyncio
import json
import logging

import httpx
import pytest

from app import suggestions as module
from app.suggestions import KnowledgeSuggestions, build_suggestions
from connectors.channel_texts import load_channel_texts

QUESTION = "câu hỏi riêng của công dân"
CITATION = {
    "document": "41/2024/QH15",
    "section": "Điều 70",
    "label": "Điều 70 Luật Bảo hiểm xã hội số 41/2024/QH15",
    "date": "2025-07-01",
    "validity": "Có hiệu lực từ ngày 01/07/2025.",
    "url": "/hoi-dap/mot-lan",
    "passage_id": "faq/mot-lan",
}
FOUND = {
    "text": "Người lao động nghỉ việc đủ 12 tháng được xem xét.\u202e",
    "title": "Khi nào được rút một lần?",
    "collection": "faq",
    "score": 0.82,
    "strength": "sure",
    "citations": [CITATION],
}


async def ask(answer, text=QUESTION, role="", public_url=None):
    """What comes back over a transport that answers what `answer` returns or raises."""
    client = httpx.AsyncClient(base_url="http://knowledge.test", transport=httpx.MockTransport(answer))
    suggestions = KnowledgeSuggestions(client, public_url, load_channel_texts())
    found = await suggestions.for_text(text, role)
    await suggestions.close()
    return found


def answering(document, status=200):
    return lambda request: httpx.Response(status, json=document)


async def test_an_answer_comes_as_the_assistant_would_send_it():
    seen = []

    def answer(request):
        seen.append((request.method, request.url.path, json.loads(request.content)))
        return httpx.Response(200, json={"suggestions": [FOUND]})

    (one,) = await ask(answer, role="người lao động", public_url="https://troly.vn")
    assert seen == [("POST", "/suggestions", {"question": QUESTION, "role": "người lao động"})]
    assert one.text == "Người lao động nghỉ việc đủ 12 tháng được xem xét."
    assert one.whole.startswith(f"{one.text}\n\nNguồn: Điều 70 Luật Bảo hiểm xã hội số 41/2024/QH15.")
    assert "https://troly.vn/hoi-dap/mot-lan" in one.whole
    assert (one.label, one.url, one.score, one.strength) == (CITATION["label"], CITATION["url"], 0.82, "sure")
    assert one.validity == "Có hiệu lực từ ngày 01/07/2025."


async def test_an_answer_without_a_source_has_none():
    (one,) = await ask(answering({"suggestions": [{**FOUND, "citations": []}]}))
    assert (one.whole, one.label, one.url) == (one.text, "", "")


async def test_at_most_three_are_taken():
    assert len(await ask(answering({"suggestions": [FOUND] * 9}))) == 3


@pytest.mark.parametrize("text", ["", "  \n", "\x00\u200e"])
async def test_nothing_is_asked_without_words(text):
    def answer(request):
        raise AssertionError(request)

    assert await ask(answer, text) == ()


async def test_an_endless_question_is_cut():
    seen = []

    def answer(request):
        seen.append(json.loads(request.content)["question"])
        return httpx.Response(200, json={"suggestions": []})

    await ask(answer, "a" * 50_000)
    assert [len(question) for question in seen] == [1_000]


@pytest.mark.parametrize(
    "answer",
    [
        answering({"error": QUESTION}, 500),
        answering({"suggestions": [FOUND]}, 302),
        answering([]),
        answering(None),
        answering({"suggestions": None}),
        answering({"suggestions": 7}),
        answering({"suggestions": ["x"]}),
        answering({"suggestions": [{**FOUND, "score": "viel"}]}),
        answering({"suggestions": [{**FOUND, "citations": [{"label": "nur"}]}]}),
        lambda request: httpx.Response(200, content=b"<html>"),
        lambda request: httpx.Response(200, content=b"[" * 300_000),
        lambda request: httpx.Response(200, content=b" " * 262_145 + b'{"suggestions": []}'),
    ],
)
async def test_what_cannot_be_read_is_no_suggestion(answer, caplog):
    with caplog.at_level(logging.DEBUG):
        assert await ask(answer) == ()
    assert "riêng của công dân" not in caplog.text


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError])
async def test_a_knowledge_base_that_is_away_is_no_suggestion(error, caplog):
    def answer(request):
        raise error(QUESTION)

    with caplog.at_level(logging.DEBUG):
        assert await ask(answer) == ()
    assert error.__name__ in caplog.text
    assert "riêng của công dân" not in caplog.text


async def test_a_slow_knowledge_base_is_given_up(monkeypatch):
    monkeypatch.setattr(module, "TIMEOUT_SECONDS", 0.01)

    async def answer(request):
        await asyncio.Event().wait()

    assert await ask(answer) == ()


async def test_the_address_is_of_the_environment():
    suggestions = build_suggestions({"BHXH_KNOWLEDGE_URL": "http://127.0.0.1:1"}, None, load_channel_texts())
    assert await suggestions.for_text("hỏi") == ()
    await suggestions.close()
