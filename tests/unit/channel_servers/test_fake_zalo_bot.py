"""The fake Zalo Bot Platform keeps the documented rules, and varies where the documents do."""

import asyncio

import httpx
import pytest

from tests.channel_servers import ZaloBotServer, serving

CITIZEN = "zb-0001"


@pytest.fixture
async def server():
    async with serving(ZaloBotServer()) as server:
        yield server


@pytest.fixture
async def call(server):
    async with httpx.AsyncClient(base_url=server.url, timeout=5, trust_env=False, verify=False) as client:

        async def call(method, token=server.token, **parameters):
            response = await client.post(f"/bot{token}/{method}", json=parameters)
            return response.status_code, response.json()

        yield call


async def test_it_says_who_it_is_and_knows_its_token(server, call):
    _, me = await call("getMe")
    assert me["ok"]
    assert me["result"]["id"] == server.token.partition(":")[0]
    status, refused = await call("getMe", token="1:wrong")
    assert (status, refused["ok"], refused["error_code"]) == (401, False, 401)


async def test_an_update_is_one_object_and_given_once(server, call):
    server.says(CITIZEN, "xin chào")
    _, answer = await call("getUpdates", timeout="0")
    assert answer["result"]["event_name"] == "message.text.received"
    assert answer["result"]["message"]["from"]["id"] == CITIZEN
    assert (await call("getUpdates", timeout="0"))[1]["error_code"] == 408


async def test_a_long_poll_ends_when_something_is_said(server, call):
    asyncio.get_running_loop().call_later(0.02, server.says, CITIZEN, "chào")
    assert (await call("getUpdates", timeout="5"))[1]["result"]["message"]["text"] == "chào"


@pytest.mark.parametrize(("shape", "idle", "busy"), [("list", [], list), ("null", None, dict)])
async def test_updates_come_in_other_shapes_too(server, call, shape, idle, busy):
    server.updates_shape = shape
    assert (await call("getUpdates", timeout="0"))[1]["result"] == idle
    server.says(CITIZEN, "chào")
    assert isinstance((await call("getUpdates", timeout="0"))[1]["result"], busy)


async def test_errors_can_come_with_status_200(server, call):
    server.errors_as_status = False
    status, answer = await call("getUpdates", timeout="0")
    assert (status, answer["ok"], answer["error_code"]) == (200, False, 408)


@pytest.mark.parametrize(("length", "status"), [(1, 200), (2_000, 200), (2_001, 400), (0, 400)])
async def test_text_has_limits(server, call, length, status):
    server.says(CITIZEN, "chào")
    assert (await call("sendMessage", chat_id=CITIZEN, text="ữ" * length))[0] == status
    assert len(server.sent) == (status == 200)


async def test_who_can_be_written_to(server, call):
    assert (await call("sendMessage", chat_id="nobody", text="a"))[0] == 400
    server.says(CITIZEN, "chào")
    server.unfollows(CITIZEN)
    assert (await call("sendMessage", chat_id=CITIZEN, text="a"))[0] == 403
    server.follows(CITIZEN)
    assert (await call("sendMessage", chat_id=CITIZEN, text="a"))[0] == 200
    server.quota = 0
    assert (await call("sendMessage", chat_id=CITIZEN, text="a"))[0] == 429


async def test_typing_is_seen(server, call):
    server.says(CITIZEN, "chào")
    assert (await call("sendChatAction", chat_id=CITIZEN, action="typing"))[1]["ok"]
    assert (await call("sendChatAction", chat_id=CITIZEN, action="dancing"))[0] == 400
    assert server.typing == [CITIZEN]


@pytest.mark.parametrize("wrapped", [True, False])
async def test_a_webhook_is_verified_and_called_with_its_secret(server, call, door, wrapped):
    server.wrapped = wrapped
    _, answer = await call("setWebhook", url=f"{door.url}/webhooks/zalo-bot", secret_token="12345678")
    assert answer["result"]["verification"] == {"ok": True, "outcome": "webhook.ok"}
    server.says(CITIZEN, "chào")
    await server.wait_for_deliveries()
    _, headers, _ = door.calls[-1]
    assert headers["x-bot-api-secret-token"] == "12345678"
    body = door.bodies[-1]
    assert ("result" in body) == wrapped
    assert (body["result"] if wrapped else body)["message"]["text"] == "chào"


async def test_a_webhook_that_fails_its_verification_is_kept(server, call, door):
    door.statuses = [403]
    _, answer = await call("setWebhook", url=f"{door.url}/webhooks/zalo-bot", secret_token="12345678")
    assert answer["result"]["verification"] == {"ok": False, "outcome": "webhook.http.403"}
    assert (await call("getWebhookInfo"))[1]["result"]["url"] == f"{door.url}/webhooks/zalo-bot"


@pytest.mark.parametrize(
    ("url", "secret"),
    [("http://example.invalid", "12345678"), ("https://example.invalid", "1234567"), ("", "a" * 9)],
)
async def test_a_webhook_needs_https_and_a_secret(call, url, secret):
    assert (await call("setWebhook", url=url, secret_token=secret))[0] == 400


async def test_polling_and_webhook_exclude_each_other(server, call, door):
    assert (await call("getWebhookInfo"))[0] == 404
    server.use_gateway(door.url)
    assert (await call("getUpdates", timeout="0"))[0] == 409
    await call("deleteWebhook")
    assert (await call("getUpdates", timeout="0"))[0] == 408


async def test_attachments_and_what_is_not_supported(server, call):
    for kind in ("image", "sticker", "voice", "link", "unsupported"):
        server.attaches(CITIZEN, kind)
        assert (await call("getUpdates", timeout="0"))[1]["result"]["event_name"] == f"message.{kind}.received"
