"""What the API's answers, and their absence, mean for a message."""

import json

import httpx
import pytest

from connectors.outgoing import NotSent, OutgoingMessage, Scope, SendFailure, Sent
from connectors.zalo_bot.client import ApiResult, ZaloBotClient
from tests.unit.connectors.zalo_bot.bot import CREDENTIALS, NUMBERS, TOKEN, FakeNetwork, answers, fails

MESSAGE = OutgoingMessage("Dạ, anh/chị cho biết <b>năm sinh</b> ạ.")
GONE = httpx.Request("POST", "http://127.0.0.1")


async def outcome(*happenings):
    channel = FakeNetwork(*happenings).channel()
    try:
        return await channel.send("6ede9afa66b88fe6d6a9", MESSAGE)
    finally:
        await channel.close()


async def test_a_message_goes_out_as_plain_text_to_the_chat():
    network = FakeNetwork(
        answers({"ok": True, "result": {"message_id": "82599fa32f56d00e8941", "date": 1790316131602}})
    )
    channel = network.channel()
    assert await channel.send("6ede9afa66b88fe6d6a9", MESSAGE) == Sent("82599fa32f56d00e8941")
    (call,) = network.calls
    assert str(call.url) == f"https://bot-api.zaloplatforms.com/bot{TOKEN}/sendMessage"
    assert json.loads(call.content) == {"chat_id": "6ede9afa66b88fe6d6a9", "text": MESSAGE.text}


async def test_a_message_without_an_id_in_the_answer_is_sent_all_the_same():
    assert await outcome(answers({"ok": True, "result": {}})) == Sent(None)


@pytest.mark.conformance(("I14", "I15", "I16"))
@pytest.mark.parametrize("status", [200, None], ids=["as HTTP 200", "as its own status"])
@pytest.mark.parametrize(
    ("code", "failure", "scope"),
    [
        (401, SendFailure.HUMAN_NEEDED, Scope.CHANNEL),
        (403, SendFailure.HUMAN_NEEDED, Scope.CHANNEL),
        ("401", SendFailure.HUMAN_NEEDED, Scope.CHANNEL),
        (429, SendFailure.QUOTA, Scope.CHANNEL),
        (408, SendFailure.TEMPORARY, Scope.CONVERSATION),
        (500, SendFailure.TEMPORARY, Scope.CONVERSATION),
        (400, SendFailure.PERMANENT, Scope.CONVERSATION),
        (404, SendFailure.PERMANENT, Scope.CONVERSATION),
    ],
)
async def test_a_refusal_is_known_by_its_code(code, failure, scope, status):
    refusal = answers({"ok": False, "error_code": code, "description": "refused"}, status or int(code))
    said = await outcome(refusal, refusal)  # the second is for getMe, which is asked after 403
    assert (said.failure, said.code, said.detail, said.scope) == (failure, str(code), "refused", scope)
    assert said.needs_attention is (failure is SendFailure.PERMANENT)


@pytest.mark.parametrize(
    ("body", "status", "failure", "code"),
    [
        (b"<html>Bad gateway</html>", 502, SendFailure.TEMPORARY, "502"),
        (b"<html>Gateway timeout</html>", 504, SendFailure.UNKNOWN, "504"),
        (b"<html>Browser check</html>", 403, SendFailure.HUMAN_NEEDED, "403"),
        (b'{"ok":false}', 200, SendFailure.PERMANENT, "0"),
        (b'{"ok":false,"error_code":true,"description":7}', 200, SendFailure.PERMANENT, "0"),
        (b'{"ok":false,"error_code":"' + b"9" * 5000 + b'"}', 200, SendFailure.PERMANENT, "0"),
        (b"", 302, SendFailure.PERMANENT, "302"),
        (b'{"ok":tr', 200, SendFailure.UNKNOWN, "unreadable_answer"),
        (b"[]", 200, SendFailure.UNKNOWN, "unreadable_answer"),
        (b"{}", 200, SendFailure.UNKNOWN, "unreadable_answer"),
        (b"[" * 200_000, 200, SendFailure.UNKNOWN, "unreadable_answer"),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_an_answer_of_another_shape_is_classed_by_what_it_proves(body, status, failure, code):
    said = await outcome(answers(body, status), answers(body, status))
    assert (said.failure, said.code) == (failure, code)


async def test_403_is_about_the_citizen_while_the_account_is_let_in():
    """Else one citizen who blocked the bot would hold up all others."""
    blocked = answers({"ok": False, "error_code": 403, "description": "Forbidden"})
    said = await outcome(blocked, answers({"ok": True, "result": {"id": "4450"}}))
    assert said == NotSent(SendFailure.UNREACHABLE, "403", "Forbidden")


async def test_a_429_that_names_a_time_is_about_speed():
    said = await outcome(answers({"ok": False, "error_code": 429}, 429, {"Retry-After": "7"}))
    assert said == NotSent(SendFailure.RATE_LIMITED, "429", "", 7.0, Scope.CHANNEL)


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (httpx.ConnectError("refused"), SendFailure.TEMPORARY),
        (httpx.ConnectTimeout("slow"), SendFailure.TEMPORARY),
        (httpx.PoolTimeout("full"), SendFailure.TEMPORARY),
        (httpx.ReadTimeout("silence"), SendFailure.UNKNOWN),
        (httpx.WriteError("cut"), SendFailure.UNKNOWN),
        (httpx.RemoteProtocolError("hung up"), SendFailure.UNKNOWN),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_what_failed_before_the_request_was_out_is_tried_again_and_nothing_else(error, failure):
    said = await outcome(fails(error))
    assert (said.failure, said.code, said.detail) == (failure, type(error).__name__, "")


@pytest.mark.conformance("I19")
async def test_the_token_shows_nowhere(caplog):
    caplog.set_level("DEBUG")
    echo = {"ok": False, "error_code": 400, "description": f"no such path /bot{TOKEN}/x, secret {CREDENTIALS.secret}"}
    network = FakeNetwork(answers(echo), fails(httpx.ReadTimeout("silence")))
    channel = network.channel()
    said = [await channel.send("c", MESSAGE), await channel.send("c", MESSAGE)]
    assert "HTTP Request: POST" in caplog.text
    for secret in (TOKEN.partition(":")[2], CREDENTIALS.secret):
        assert secret not in caplog.text
        assert secret not in repr([said, channel, network.client(), CREDENTIALS])


@pytest.mark.conformance("I11")
@pytest.mark.parametrize("status", [200, 408])
async def test_an_idle_long_poll_is_no_error(status):
    client = FakeNetwork(answers({"ok": False, "error_code": 408}, status)).client()
    assert await client.get_updates(30.0) == ApiResult(None)


async def test_a_long_poll_may_take_as_long_as_it_was_asked_to():
    network = FakeNetwork(answers({"ok": True, "result": None}))
    await network.client().get_updates(30.0)
    (call,) = network.calls
    assert json.loads(call.content) == {"timeout": "30"}
    assert call.extensions["timeout"]["read"] == 30.0 + NUMBERS.timeout_seconds


async def test_another_address_of_the_api_may_have_a_path():
    network = FakeNetwork(answers({"ok": True, "result": {}}))
    client = ZaloBotClient(network.at("http://127.0.0.1:9000/zalo-bot"), 1.0, network.transport)
    await client.get_me()
    assert str(network.calls[0].url) == f"http://127.0.0.1:9000/zalo-bot/bot{TOKEN}/getMe"
