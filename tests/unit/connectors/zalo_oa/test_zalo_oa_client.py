"""What goes out to Zalo, and what its answers, and their absence, mean."""

import asyncio
import json
import logging

import httpx
import pytest

from connectors.outgoing import NotSent, Scope, SendFailure
from connectors.zalo_oa.client import OaProfile, Receipt, ZaloOaClient
from connectors.zalo_oa.errors import ApiRefusal, meaning
from tests.unit.connectors.zalo_oa.account import USER, fixture_bytes
from tests.unit.connectors.zalo_oa.network import FakeNetwork, answers, refuses

TOKEN = "the-truy-cap-gia"
TEXT = "Dạ, anh/chị cho biết <b>năm sinh</b> ạ."


async def posted(*happenings, titles=(), text=TEXT):
    network = FakeNetwork(*happenings)
    client = ZaloOaClient("http://zalo.test", 5.0, network.transport)
    answer = await client.post_message(TOKEN, USER, text, titles)
    await client.close()
    return answer, network.calls[0]


def sent(**changes):
    return {**json.loads(fixture_bytes("answer_sent")), **changes}


async def test_a_text_goes_to_the_consultation_api_of_version_3():
    answer, call = await posted(answers(fixture_bytes("answer_sent")))
    assert answer == Receipt("96d3cdf3af1504690001", None)
    assert (call.method, str(call.url)) == ("POST", "http://zalo.test/v3.0/oa/message/cs")
    assert call.headers["access_token"] == TOKEN
    assert "authorization" not in call.headers
    assert json.loads(call.content) == {"recipient": {"user_id": USER}, "message": {"text": TEXT}}


@pytest.mark.conformance("G48")
async def test_buttons_answer_with_the_words_of_their_title():
    titles = [f"Lựa chọn {number}" for number in range(1, 6)]
    _, call = await posted(answers(sent()), titles=titles)
    payload = json.loads(call.content)["message"]["attachment"]["payload"]
    assert payload == {"buttons": [{"title": one, "type": "oa.query.show", "payload": one} for one in titles]}


async def test_a_text_of_any_characters_can_be_sent():
    _, call = await posted(answers(sent()), text="\ud800 a\u0323 👨‍👩‍👧 \x00")
    assert json.loads(call.content)["message"]["text"] == "\ud800 a\u0323 👨‍👩‍👧 \x00"


@pytest.mark.conformance("G57")
async def test_a_refusal_comes_with_status_200():
    answer, _ = await posted(answers(fixture_bytes("answer_not_followed")))
    assert answer == ApiRefusal(-213, "User has not followed OA")


@pytest.mark.conformance("G74")
@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"error": "-216", "message": "x"}, ApiRefusal(-216, "x")),
        ({"error": -9999}, ApiRefusal(-9999, "")),
        ({"error": 7, "message": None}, ApiRefusal(7, "")),
        ({"error": "0", "data": {"message_id": 15}}, Receipt("15", None)),
        ({"data": {"message_id": "m"}}, Receipt("m", None)),
        ({"error": 0}, Receipt(None, None)),
        ({}, NotSent(SendFailure.UNKNOWN, "unreadable_answer")),
        ({"error": None}, NotSent(SendFailure.UNKNOWN, "unreadable_answer")),
        ({"error": "many", "data": []}, NotSent(SendFailure.UNKNOWN, "unreadable_answer")),
        ({"error": -1.5}, NotSent(SendFailure.UNKNOWN, "unreadable_answer")),
        ([], NotSent(SendFailure.UNKNOWN, "unreadable_answer")),
    ],
)
async def test_every_form_of_an_answer_is_understood(document, expected):
    answer, _ = await posted(answers(document))
    assert answer == expected


@pytest.mark.conformance("G74")
@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff", b'{"error"', b"[" * 100_000])
async def test_an_answer_that_is_no_json_may_hide_a_delivery(body):
    answer, _ = await posted(answers(body))
    assert answer == NotSent(SendFailure.UNKNOWN, "unreadable_answer")


@pytest.mark.parametrize(
    ("status", "failure", "scope"),
    [
        (500, SendFailure.TEMPORARY, Scope.CONVERSATION),
        (502, SendFailure.TEMPORARY, Scope.CONVERSATION),
        (503, SendFailure.TEMPORARY, Scope.CONVERSATION),
        (504, SendFailure.UNKNOWN, Scope.CONVERSATION),
        (429, SendFailure.RATE_LIMITED, Scope.CHANNEL),
        (301, SendFailure.HUMAN_NEEDED, Scope.CHANNEL),
        (401, SendFailure.HUMAN_NEEDED, Scope.CHANNEL),
        (404, SendFailure.HUMAN_NEEDED, Scope.CHANNEL),
        (413, SendFailure.PERMANENT, Scope.CONVERSATION),
    ],
)
async def test_a_status_that_is_no_success_is_classed(status, failure, scope):
    answer, _ = await posted(answers(b"<html>", status))
    assert (answer.failure, answer.scope, answer.code) == (failure, scope, f"http_{status}")


async def test_how_long_to_wait_is_taken_from_the_answer():
    answer, _ = await posted(answers(b"", 429, retry_after="7"))
    assert answer.retry_after_seconds == 7.0
    answer, _ = await posted(answers(b"", 503, retry_after="Wed, 21 Oct 2026 07:28:00 GMT"))
    assert answer.retry_after_seconds is None


@pytest.mark.conformance("G76")
@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectError("[Errno -2] Name or service not known"),
        httpx.ConnectError("certificate verify failed"),
        httpx.ConnectTimeout("x"),
        httpx.PoolTimeout("x"),
    ],
)
async def test_what_never_went_out_is_tried_again(error):
    answer, _ = await posted(error)
    assert answer == NotSent(SendFailure.TEMPORARY, type(error).__name__)


@pytest.mark.conformance("G75")
@pytest.mark.parametrize(
    "error", [httpx.ReadTimeout("x"), httpx.ReadError("x"), httpx.WriteTimeout("x"), httpx.RemoteProtocolError("x")]
)
async def test_what_was_lost_after_it_went_out_is_unknown(error):
    answer, _ = await posted(error)
    assert answer == NotSent(SendFailure.UNKNOWN, type(error).__name__)


@pytest.mark.conformance("G75")
async def test_an_answer_that_never_ends_is_unknown():
    async def never(_request):
        await asyncio.Event().wait()

    client = ZaloOaClient("http://zalo.test", 0.01, FakeNetwork(never).transport)
    assert await client.post_message(TOKEN, USER, TEXT, ()) == NotSent(SendFailure.UNKNOWN, "TimeoutError")
    await client.close()


@pytest.mark.conformance("G67")
@pytest.mark.parametrize(("header", "left"), [("0", 0), ("17", 17), ("", None), ("many", None)])
async def test_the_calls_left_are_read(header, left):
    answer, _ = await posted(answers(sent(), x_ratelimit_remain=header))
    assert answer.calls_left == left


async def test_the_account_is_read():
    network = FakeNetwork(answers({"data": {"oa_id": 23, "name": "BHXH Thử"}, "error": 0}))
    client = ZaloOaClient("http://zalo.test", 5.0, network.transport)
    assert await client.read_account(TOKEN) == OaProfile("23", "BHXH Thử")
    assert (network.calls[0].method, network.calls[0].url.path) == ("GET", "/v2.0/oa/getoa")
    await client.close()


MEANINGS = {
    SendFailure.RATE_LIMITED: (-32,),
    SendFailure.TEMPORARY: (-200,),
    SendFailure.QUOTA: (-211, -218, -311, -115, -144),
    SendFailure.UNREACHABLE: (-213, -227, -230, -232, -305, -118),
    SendFailure.PERMANENT: (-201, -210, -233, -240, -241, -244, -248, -100, -9999, 12),
    SendFailure.HUMAN_NEEDED: (
        *(-204, -205, -209, -212, -217, -219, -221, -223, -224, -242, -320, -321, -403),
        *(-216, -220, -124),  # once a new token was refused too
    ),
}


@pytest.mark.conformance(("G67", "G68", "G69", "G70", "G71", "G72", "G73"))
@pytest.mark.parametrize(
    ("code", "failure"), [(code, failure) for failure, codes in MEANINGS.items() for code in codes]
)
def test_every_documented_code_has_its_class(code, failure):
    assert meaning(ApiRefusal(code, "x")).failure is failure
    assert meaning(ApiRefusal(code, "x")).code == str(code)


@pytest.mark.conformance(("G71", "G74"))
@pytest.mark.parametrize(
    ("code", "told"), [(-240, True), (-201, True), (-9999, True), (12, True), (-213, False), (-248, False)]
)
def test_what_a_developer_has_to_mend_is_told(code, told):
    assert meaning(ApiRefusal(code, "x")).needs_attention is told


@pytest.mark.parametrize(
    ("code", "scope"),
    [
        (-32, Scope.CHANNEL),
        (-211, Scope.CHANNEL),
        (-224, Scope.CHANNEL),
        (-218, Scope.CONVERSATION),
        (-213, Scope.CONVERSATION),
        (-200, Scope.CONVERSATION),
    ],
)
def test_a_pause_concerns_those_whom_the_code_concerns(code, scope):
    assert meaning(ApiRefusal(code, "x")).scope is scope


@pytest.mark.conformance("G83")
async def test_the_token_is_in_no_log_and_in_no_answer(caplog):
    caplog.set_level(logging.DEBUG)
    quoting, _ = await posted(refuses(-216, f"token {TOKEN} is invalid {'x' * 1000}"))
    lost, _ = await posted(httpx.ReadTimeout(f"while sending {TOKEN}"))
    assert quoting.message.startswith("token *** is invalid")
    assert len(quoting.message) == 200
    assert TOKEN not in f"{quoting!r} {lost!r} {caplog.text}"
    assert TEXT not in caplog.text
