import asyncio
import contextlib
import json
import time

import httpx
import pytest

from connectors.dialogue import DialogueError, DialogueFailure, RasaDialogue, build_http_client
from connectors.message import Reply


def rasa(answer):
    """A dialogue over a transport that answers what `answer` returns or raises."""
    client = httpx.AsyncClient(base_url="http://rasa.test", transport=httpx.MockTransport(answer))
    return RasaDialogue(client)


async def failure_of(answer):
    dialogue = rasa(answer)
    with pytest.raises(DialogueError) as caught:
        await dialogue.say("web-1", "bí mật")
    await dialogue.close()
    assert "bí mật" not in str(caught.value)
    return caught.value.failure


async def test_a_turn_goes_to_the_rest_channel_with_sender_and_text():
    seen = []

    def answer(request):
        seen.append((request.url.path, json.loads(request.content)))
        return httpx.Response(200, json=[{"recipient_id": "web-1", "text": "Chào"}])

    dialogue = rasa(answer)
    assert await dialogue.say("web-1", "xin chào") == (Reply("Chào"),)
    await dialogue.close()
    assert seen == [("/webhooks/rest/webhook", {"sender": "web-1", "message": "xin chào"})]


def raising(error):
    def answer(request):
        raise error("no", request=request)

    return answer


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (raising(httpx.ConnectError), DialogueFailure.UNAVAILABLE),
        (raising(httpx.RemoteProtocolError), DialogueFailure.UNAVAILABLE),
        (raising(httpx.ReadTimeout), DialogueFailure.TIMEOUT),
        (lambda _: httpx.Response(500), DialogueFailure.REFUSED),
        (lambda _: httpx.Response(302, headers={"location": "http://elsewhere.test"}), DialogueFailure.REFUSED),
        (lambda _: httpx.Response(200, json=[]), DialogueFailure.EMPTY),
        (lambda _: httpx.Response(200, text="<html>"), DialogueFailure.MALFORMED),
    ],
)
async def test_every_way_to_fail_has_its_class(answer, failure):
    assert await failure_of(answer) is failure


async def test_it_is_ready_when_the_rest_channel_answers():
    dialogue = rasa(lambda request: httpx.Response(200 if request.url.path == "/webhooks/rest/" else 404))
    assert await dialogue.is_ready()
    await dialogue.close()


@pytest.mark.parametrize("answer", [raising(httpx.ConnectError), lambda _: httpx.Response(404)], ids=["down", "other"])
async def test_it_is_not_ready_when_nothing_or_something_else_answers(answer):
    dialogue = rasa(answer)
    assert not await dialogue.is_ready()
    await dialogue.close()


async def test_a_proxy_of_the_environment_is_never_asked(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    client = build_http_client("http://127.0.0.1:1", 1.0, 4)
    with pytest.raises(httpx.ConnectError):
        await client.get("/")
    await client.aclose()


class SlowRasa:
    """A little server that answers nothing until `well` is set."""

    def __init__(self):
        self.well = asyncio.Event()
        self._handling = set()

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._handle, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_):
        self._server.close()
        await asyncio.gather(*self._handling)

    async def _handle(self, reader, writer):
        self._handling.add(asyncio.current_task())
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
                await reader.readexactly(int(length.partition(b":")[2]))
                await self.well.wait()
                writer.write(b'HTTP/1.1 200 OK\r\ncontent-length: 17\r\n\r\n[{"text":"Chao"}]')
                await writer.drain()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def test_a_crowd_before_a_hanging_engine_leaves_the_way_open_once_it_is_well():
    # A pool of httpcore 1.0.9 loses a place for each request that gives up waiting as its turn comes, and then is
    # full for ever.
    async with SlowRasa() as slow:
        dialogue = RasaDialogue(build_http_client(slow.url, 0.05, 2))

        async def try_for_a_while(number):
            for _ in range(3):
                time.sleep(0.002)  # a busy process notices time-outs late
                with pytest.raises(DialogueError):
                    await dialogue.say(f"web-{number}", "xin chào")

        await asyncio.gather(*(try_for_a_while(number) for number in range(60)))
        slow.well.set()
        assert await first_answer(dialogue) == (Reply("Chao"),)
        await dialogue.close()


async def first_answer(dialogue):
    """Of a hundred attempts: on a busy machine one may be late."""
    for _ in range(99):
        with contextlib.suppress(DialogueError):
            return await dialogue.say("web-1", "xin chào")
    return await dialogue.say("web-1", "xin chào")
