import asyncio
import dataclasses
import json
import logging
from datetime import date

import httpx
import pytest

from app import workshop_client as module
from app.workshop_client import WorkshopClient, build_workshop_client
from console.editor.ports import Alike, TrySubject, WorkshopAwayError
from tests.fakes.workshop import ANSWERED

QUESTION = "câu hỏi riêng của công dân"
NEAR = {"document": "faq/mot-lan", "title": "Rút một lần?", "wording": "rút bảo hiểm", "likeness": 0.93}


def workshop(answer):
    client = httpx.AsyncClient(base_url="http://workshop.test", transport=httpx.MockTransport(answer))
    return WorkshopClient(client)


def answering(document, status=200):
    return lambda request: httpx.Response(status, json=document)


async def test_what_was_tried_comes_back_as_it_was():
    seen = []

    def answer(request):
        seen.append((request.url.path, json.loads(request.content)))
        return httpx.Response(200, json=dataclasses.asdict(ANSWERED))

    tried = await workshop(answer).try_question(QUESTION, TrySubject(version_id=7, as_of=date(2026, 7, 1)))
    assert tried == ANSWERED
    asked = {"question": QUESTION, "release_id": None, "version_id": 7, "as_of": "2026-07-01"}
    assert seen == [("/try", asked)]


async def test_what_is_alike_comes_back_and_never_more_than_was_asked_for():
    seen = []

    def answer(request):
        seen.append(json.loads(request.content))
        return httpx.Response(200, json={"alike": [NEAR, NEAR]})

    found = await workshop(answer).alike(("rút một lần",), "faq/khac", 1)
    assert found == (Alike("faq/mot-lan", "Rút một lần?", "rút bảo hiểm", 0.93),)
    assert seen == [{"wordings": ["rút một lần"], "but_not": "faq/khac", "limit": 1}]


def refused(request):
    raise httpx.ConnectError("nobody there", request=request)


TROUBLE = {
    "nobody listens": refused,
    "an error": answering({}, status=500),
    "no JSON": lambda request: httpx.Response(200, content=b"<html>"),
    "another shape": answering(["x"]),
    "a field lacks": answering({"status": "answered"}),
    "a number that is none": answering({**dataclasses.asdict(ANSWERED), "elapsed_ms": "x"}),
    "nested without end": lambda request: httpx.Response(200, content=b"[" * 100_000),
    "too much": lambda request: httpx.Response(200, content=b" " * (module.ANSWER_BYTES + 1)),
}


@pytest.mark.parametrize("answer", TROUBLE.values(), ids=TROUBLE)
async def test_any_trouble_means_that_the_workshop_is_away_and_no_question_is_logged(answer, caplog):
    caplog.set_level(logging.DEBUG, logger="app.workshop_client")
    with pytest.raises(WorkshopAwayError):
        await workshop(answer).try_question(QUESTION, TrySubject())
    with pytest.raises(WorkshopAwayError):
        await workshop(answer).alike((QUESTION,), "", 5)
    assert caplog.records
    assert QUESTION not in caplog.text


@pytest.mark.parametrize("answer", TROUBLE.values(), ids=TROUBLE)
async def test_waking_never_raises(answer):
    await workshop(answer).wake()


async def test_an_answer_that_does_not_come_in_time_is_given_up(monkeypatch):
    async def never(request):
        await asyncio.Event().wait()

    monkeypatch.setattr(module, "ALIKE_SECONDS", 0.01)
    with pytest.raises(WorkshopAwayError):
        await workshop(never).alike(("x",), "", 5)


async def test_the_address_comes_from_the_environment():
    client = build_workshop_client({"BHXH_WORKSHOP_URL": "http://127.0.0.1:9"})
    with pytest.raises(WorkshopAwayError):
        await client.try_question(QUESTION, TrySubject())
    await client.close()
