"""Tokens of the Official Account, shared by several processes, against a server that lets each be used once."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta

import pytest

from connectors.outgoing import OutgoingMessage, SendFailure, Sent
from desk.alert import open_alerts
from desk.database import reading
from tests.channel_servers import ZaloOaServer, serving
from tests.channel_servers.zalo_oa import errors
from tests.fakes.zalo_oa_sends import open_channel

CITIZEN = "4400000000000000001"
MESSAGE = OutgoingMessage("Anh/chị hỏi về lương hưu phải không ạ?")
PATIENCE_SECONDS = 30


@pytest.fixture
async def server():
    async with serving(ZaloOaServer()) as server:
        server.says(CITIZEN, "Xin chào")
        yield server


@pytest.fixture
async def channel(engine, server):
    channel, transactions = open_channel(engine, server.url)
    yield channel
    await channel.close()
    transactions.close()


def alert_kinds(engine):
    with reading(engine) as connection:
        return [one.alert.kind for one in open_alerts(connection, 10)]


async def started(address, server, count):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fakes.zalo_oa_sends", address, server.url, CITIZEN, str(count)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await process.stdout.readline() == b"ready\n"
    return process


@pytest.mark.conformance("G60")
async def test_two_processes_with_ten_sends_each_ask_for_one_new_pair(engine, server):
    server.tokens.expire_access()
    address = engine.url.render_as_string(hide_password=False)
    processes = [await started(address, server, 10) for _ in range(2)]
    async with asyncio.timeout(PATIENCE_SECONDS):
        ended = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [output.split() for output, _ in ended] == [[b"Sent"] * 10] * 2
    assert server.tokens.refreshes == 1
    assert sum(call.method == "access_token" for call in server.calls) == 1
    assert len(server.sent) == 20


@pytest.mark.conformance("G60")
async def test_ten_sends_at_once_ask_for_one_new_pair(channel, server):
    server.tokens.expire_access()
    outcomes = await asyncio.gather(*(channel.send(CITIZEN, MESSAGE) for _ in range(10)))
    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    assert server.tokens.refreshes == 1


@pytest.mark.conformance(("G58", "G59"))
@pytest.mark.parametrize("dead", [errors.TOKEN_INVALID, errors.TOKEN_EXPIRED])
async def test_a_dead_token_costs_one_renewal_and_no_message(channel, server, dead):
    server.dead_token = dead
    server.tokens.expire_access()
    outcome = await channel.send(CITIZEN, MESSAGE)
    (message,) = server.sent
    assert outcome == Sent(message.message_id)
    assert server.tokens.refreshes == 1


@pytest.mark.conformance("G61")
async def test_a_burned_refresh_token_needs_a_person_and_is_an_alert(channel, server, engine):
    server.tokens.spent.add(server.tokens.refresh_token)
    server.tokens.expire_access()
    outcome = await channel.send(CITIZEN, MESSAGE)
    assert (outcome.failure, outcome.code) == (SendFailure.HUMAN_NEEDED, "oauth:-14014")
    assert alert_kinds(engine) == ["token_refresh_failed"]


@pytest.mark.conformance("G62")
@pytest.mark.parametrize("fault", ["server_error", "bad_gateway", "hang_up", "garbled"])
async def test_a_broken_token_endpoint_leaves_the_pair_alone(channel, server, engine, fault):
    server.faults.add(fault, "access_token")
    server.tokens.expire_access()
    outcome = await channel.send(CITIZEN, MESSAGE)
    assert outcome.failure is SendFailure.TEMPORARY
    assert outcome.retry_after_seconds > 0
    assert alert_kinds(engine) == ["token_refresh_failed"]
    assert server.sent == []


@pytest.mark.conformance("G65")
async def test_upkeep_renews_after_twenty_hours_and_others_learn_of_it(engine, server):
    now = [datetime.now(UTC)]
    first, first_transactions = open_channel(engine, server.url, lambda: now[0])
    other, other_transactions = open_channel(engine, server.url, lambda: now[0])
    assert [type(await one.send(CITIZEN, MESSAGE)) for one in (first, other)] == [Sent, Sent]
    now[0] += timedelta(hours=21)
    await first.maintain()
    assert server.tokens.refreshes == 1
    assert isinstance(await other.send(CITIZEN, MESSAGE), Sent)
    assert server.tokens.refreshes == 1
    for channel, transactions in ((first, first_transactions), (other, other_transactions)):
        await channel.close()
        transactions.close()


@pytest.mark.conformance("G64")
@pytest.mark.parametrize("expires_in", ["90000", 90000, "", None])
async def test_whatever_lifetime_is_told_sending_goes_on(channel, server, expires_in):
    server.tokens.expires_in = expires_in
    server.tokens.expire_access()
    assert isinstance(await channel.send(CITIZEN, MESSAGE), Sent)
    assert isinstance(await channel.send(CITIZEN, MESSAGE), Sent)
    assert server.tokens.refreshes == 1


async def test_the_check_of_a_good_account_is_good(channel, server):
    findings = await channel.check()
    assert [finding.good for finding in findings] == [True] * 4
    assert server.account.name in findings[1].detail
