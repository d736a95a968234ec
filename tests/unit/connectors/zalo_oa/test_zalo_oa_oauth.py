"""What the token endpoint's answers mean for the refresh token."""

import asyncio
import logging
from urllib.parse import parse_qs

import httpx
import pytest

from connectors.zalo_oa.oauth import ExchangeFailure, NewTokens, NoTokens, OAuthClient
from connectors.zalo_oa.sealing import Seal, UnsealableError
from tests.unit.connectors.zalo_oa.account import APP, CREDENTIALS, fixture_bytes
from tests.unit.connectors.zalo_oa.network import FakeNetwork, answers

ODD_LIFETIMES = ("", None, "soon", "0", -5, 1.5, "9" * 30, [])


async def refreshed(happening, timeout_seconds=5.0):
    network = FakeNetwork(happening)
    client = OAuthClient(CREDENTIALS, timeout_seconds, network.transport)
    answer = await client.refresh("the-cu")
    await client.close()
    return answer, network.calls[0]


async def test_a_refresh_is_a_form_with_the_secret_in_a_header():
    answer, call = await refreshed(answers(fixture_bytes("oauth_tokens")))
    assert answer == NewTokens("fake-access-1", "fake-refresh-1", 90_000.0)
    assert str(call.url) == "https://oauth.zaloapp.com/v4/oa/access_token"
    assert call.headers["secret_key"] == CREDENTIALS.app_secret
    assert parse_qs(call.content.decode()) == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["the-cu"],
        "app_id": [APP],
    }


@pytest.mark.conformance("G64")
@pytest.mark.parametrize(
    ("expires_in", "seconds"),
    [("90000", 90_000), (90000, 90_000), ("3600", 3_600), *((odd, 90_000) for odd in ODD_LIFETIMES)],
)
async def test_every_form_of_the_lifetime_is_safe(expires_in, seconds):
    answer, _ = await refreshed(answers({"access_token": "a", "refresh_token": "r", "expires_in": expires_in}))
    assert answer == NewTokens("a", "r", float(seconds))


@pytest.mark.conformance("G61")
@pytest.mark.parametrize(
    ("name", "code"), [("oauth_refresh_token_invalid", "-14014"), ("oauth_refresh_token_expired", "-14020")]
)
async def test_a_refused_refresh_token_comes_with_status_200(name, code):
    answer, _ = await refreshed(answers(fixture_bytes(name)))
    assert (answer.failure, answer.code) == (ExchangeFailure.REFUSED, code)
    assert answer.detail


@pytest.mark.conformance(("G61", "G62"))
@pytest.mark.parametrize(
    ("happening", "failure", "code"),
    [
        (answers({"error": -118, "error_description": "invalid_grant"}), ExchangeFailure.REFUSED, "-118"),
        (answers({"error_name": "Invalid"}), ExchangeFailure.REFUSED, "error_name"),
        (answers({"error": "-32"}), ExchangeFailure.UNAVAILABLE, "-32"),
        (answers({"error": -14014}, 400), ExchangeFailure.REFUSED, "-14014"),
        (answers(b"<html>", 500), ExchangeFailure.UNAVAILABLE, "http_500"),
        (answers(b"<html>", 502), ExchangeFailure.UNAVAILABLE, "http_502"),
        (answers(b"<html>", 504), ExchangeFailure.UNKNOWN, "unreadable_answer"),
        (answers(b"<html>"), ExchangeFailure.UNKNOWN, "unreadable_answer"),
        (answers(b'{"access_token":"a","refr'), ExchangeFailure.UNKNOWN, "unreadable_answer"),
        (answers({"access_token": "", "refresh_token": "r"}), ExchangeFailure.UNKNOWN, "unreadable_answer"),
        (answers({"access_token": "a b\n", "refresh_token": "r"}), ExchangeFailure.UNKNOWN, "unreadable_answer"),
        (answers({}), ExchangeFailure.UNKNOWN, "unreadable_answer"),
        (httpx.ConnectError("refused"), ExchangeFailure.UNAVAILABLE, "ConnectError"),
        (httpx.ReadTimeout("x"), ExchangeFailure.UNKNOWN, "ReadTimeout"),
        (httpx.RemoteProtocolError("x"), ExchangeFailure.UNKNOWN, "RemoteProtocolError"),
    ],
)
async def test_without_an_access_token_it_is_a_failure_whatever_the_status(happening, failure, code):
    answer, _ = await refreshed(happening)
    assert (answer.failure, answer.code) == (failure, code)


@pytest.mark.conformance("G66")
async def test_an_answer_that_never_comes_ends_with_the_timeout():
    async def never(_request):
        await asyncio.Event().wait()

    answer, _ = await refreshed(never, timeout_seconds=0.02)
    assert answer == NoTokens(ExchangeFailure.UNKNOWN, "TimeoutError")


@pytest.mark.conformance("G83")
async def test_no_token_and_no_secret_shows(caplog):
    caplog.set_level(logging.DEBUG)
    good, _ = await refreshed(answers(fixture_bytes("oauth_tokens")))
    quoting = {"error": -14014, "error_description": f"the-cu with {CREDENTIALS.app_secret}"}
    bad, _ = await refreshed(answers(quoting))
    shown = f"{good!r} {bad!r} {caplog.text}"
    assert not [
        secret for secret in ("the-cu", CREDENTIALS.app_secret, "fake-access-1", "fake-refresh-1") if secret in shown
    ]


def test_what_is_sealed_is_opened_by_the_same_secret_only():
    sealed = Seal("một bí mật").close("the-truy-cap")
    assert "the-truy-cap" not in sealed
    assert Seal("một bí mật").open(sealed) == "the-truy-cap"
    for other, what in ((Seal("bí mật khác"), sealed), (Seal("một bí mật"), sealed[:-8])):
        with pytest.raises(UnsealableError):
            other.open(what)
