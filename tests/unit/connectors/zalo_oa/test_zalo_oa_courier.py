"""One message on its way: tokens that end, buttons that are refused, calls that run out."""

import asyncio
import json

import httpx
import pytest

from connectors.outgoing import OfferedButton, OutgoingMessage, Scope, SendFailure, Sent
from tests.unit.connectors.zalo_oa.account import CREDENTIALS, USER, fixture_bytes
from tests.unit.connectors.zalo_oa.network import SENT, answers, refuses
from tests.unit.connectors.zalo_oa.office import new_pair

PLAIN = OutgoingMessage("Anh/chị hỏi về lương hưu phải không ạ?")
CHOICES = OutgoingMessage(PLAIN.text, (OfferedButton("Đúng vậy", "o1.1"), OfferedButton("Hỏi việc khác", "o1.2")))
INVALID = answers({"error": -14014})


def tokens_of(network):
    return [call.headers["access_token"] for call in network.calls]


async def test_a_message_is_sent_and_its_id_kept(office):
    async with office.open_desk(api=[answers(fixture_bytes("answer_sent"))]) as desk:
        assert await desk.channel.send(USER, PLAIN) == Sent("96d3cdf3af1504690001")


@pytest.mark.conformance(("G58", "G59"))
@pytest.mark.parametrize("code", [-216, -220, -124, "-216"])
async def test_a_token_that_ended_is_renewed_once_and_the_message_sent_once(office, code):
    async with office.open_desk(api=[refuses(code), answers(SENT)], oauth=[new_pair(1)]) as desk:
        assert await desk.channel.send(USER, PLAIN) == Sent("m-1")
        assert tokens_of(desk.api) == [CREDENTIALS.access_token, "truy-cap-1"]
        assert len(desk.oauth.calls) == 1


@pytest.mark.conformance(("G58", "G59"))
async def test_a_new_token_that_is_refused_too_stops_and_needs_a_person(office):
    api = [refuses(-216), refuses(-216), refuses(-216), refuses(-216), answers(SENT)]
    async with office.open_desk(api=api, oauth=[new_pair(1), new_pair(2)]) as desk:
        outcome = await desk.channel.send(USER, PLAIN)
        assert (outcome.failure, outcome.code, outcome.scope) == (SendFailure.HUMAN_NEEDED, "-216", Scope.CHANNEL)
        assert (await desk.channel.send(USER, PLAIN)).failure is SendFailure.HUMAN_NEEDED
        assert (len(desk.api.calls), len(desk.oauth.calls)) == (3, 1)
        desk.monotonic[0] += 301.0
        assert await desk.channel.send(USER, PLAIN) == Sent("m-1")
        assert len(desk.oauth.calls) == 2


@pytest.mark.conformance("G60")
async def test_ten_sends_at_once_ask_for_one_new_token(office):
    def answer(request):
        return refuses(-216) if request.headers["access_token"] == CREDENTIALS.access_token else answers(SENT)

    async def say(request):
        await asyncio.sleep(0)
        return answer(request)

    async with office.open_desk(api=[say] * 20, oauth=[new_pair(1)]) as desk:
        outcomes = await asyncio.gather(*(desk.channel.send(USER, PLAIN) for _ in range(10)))
        assert outcomes == [Sent("m-1")] * 10
        assert len(desk.oauth.calls) == 1


@pytest.mark.conformance("G61")
async def test_while_no_new_token_is_given_sends_wait(office):
    async with office.open_desk(api=[refuses(-220), refuses(-220)], oauth=[INVALID]) as desk:
        for _ in range(2):
            outcome = await desk.channel.send(USER, PLAIN)
            assert (outcome.failure, outcome.code) == (SendFailure.HUMAN_NEEDED, "oauth:-14014")
        assert len(desk.oauth.calls) == 1


@pytest.mark.conformance("G75")
async def test_a_lost_answer_is_not_asked_for_again(office):
    async with office.open_desk(api=[httpx.ReadTimeout("x")]) as desk:
        assert (await desk.channel.send(USER, CHOICES)).failure is SendFailure.UNKNOWN
        assert len(desk.api.calls) == 1


@pytest.mark.conformance("G51")
@pytest.mark.parametrize("code", [-201, -233])
async def test_refused_buttons_are_sent_once_more_as_numbers(office, code):
    async with office.open_desk(api=[refuses(code), answers(SENT)]) as desk:
        assert await desk.channel.send(USER, CHOICES) == Sent("m-1")
        message = json.loads(desk.api.calls[1].content)["message"]
        assert message.keys() == {"text"}
        assert message["text"].startswith(PLAIN.text)
        assert message["text"].splitlines()[-2:] == ["1. Đúng vậy", "2. Hỏi việc khác"]


@pytest.mark.conformance("G51")
async def test_what_is_refused_without_buttons_too_is_given_up(office):
    async with office.open_desk(api=[refuses(-201), refuses(-201)]) as desk:
        outcome = await desk.channel.send(USER, CHOICES)
        assert (outcome.failure, outcome.needs_attention) == (SendFailure.PERMANENT, True)
        assert len(desk.api.calls) == 2


@pytest.mark.conformance(("G51", "G71"))
async def test_a_message_without_buttons_is_not_sent_again(office):
    async with office.open_desk(api=[refuses(-201)]) as desk:
        assert (await desk.channel.send(USER, PLAIN)).failure is SendFailure.PERMANENT


@pytest.mark.conformance("G67")
async def test_after_the_last_allowed_call_the_channel_rests(office):
    last = answers(SENT, x_ratelimit_remain="0")
    async with office.open_desk(api=[last, answers(SENT)]) as desk:
        assert await desk.channel.send(USER, PLAIN) == Sent("m-1")
        outcome = await desk.channel.send(USER, PLAIN)
        assert (outcome.failure, outcome.scope) == (SendFailure.RATE_LIMITED, Scope.CHANNEL)
        assert outcome.retry_after_seconds == 5.0
        desk.monotonic[0] += 5.0
        assert await desk.channel.send(USER, PLAIN) == Sent("m-1")


@pytest.mark.conformance("G67")
async def test_too_many_calls_slow_the_channel_down(office):
    async with office.open_desk(api=[answers(fixture_bytes("answer_rate_limit"))]) as desk:
        outcome = await desk.channel.send(USER, PLAIN)
        assert (outcome.failure, outcome.scope) == (SendFailure.RATE_LIMITED, Scope.CHANNEL)


@pytest.mark.conformance(("G68", "G69", "G70", "G73"))
@pytest.mark.parametrize(
    ("name", "failure"),
    [
        ("out_of_quota", SendFailure.QUOTA),
        ("not_followed", SendFailure.UNREACHABLE),
        ("no_interaction", SendFailure.UNREACHABLE),
        ("api_shut_down", SendFailure.PERMANENT),
        ("tier_too_low", SendFailure.HUMAN_NEEDED),
        ("no_credit", SendFailure.HUMAN_NEEDED),
        ("unknown", SendFailure.PERMANENT),
    ],
)
async def test_zalos_own_words_are_kept_with_the_failure(office, name, failure):
    document = json.loads(fixture_bytes(f"answer_{name}"))
    async with office.open_desk(api=[answers(document)]) as desk:
        outcome = await desk.channel.send(USER, PLAIN)
        assert (outcome.failure, outcome.code, outcome.detail) == (failure, str(document["error"]), document["message"])
        assert len(desk.api.calls) == 1
