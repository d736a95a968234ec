"""Tokens are renewed in time, once; a refusal needs a person and changes nothing."""

import asyncio
import dataclasses

import httpx
import pytest

from connectors.outgoing import Scope, SendFailure
from tests.unit.connectors.zalo_oa.account import CREDENTIALS, NOW, NUMBERS
from tests.unit.connectors.zalo_oa.network import answers
from tests.unit.connectors.zalo_oa.office import FIRST, INVALID, SHORT, new_pair, with_pair


async def test_the_environments_pair_is_taken_over_sealed(office):
    async with office.open_desk() as desk:
        assert await desk.keeper.current() == FIRST
        assert desk.oauth.calls == []
        assert FIRST not in repr(desk.row())
        assert CREDENTIALS.refresh_token not in repr(desk.row())


async def test_a_pair_is_taken_over_once_and_a_new_one_replaces_what_is_stored(office):
    async with office.open_desk(oauth=[new_pair(1)]) as desk:
        assert await desk.keeper.current() == FIRST
        assert await desk.keeper.replaced(FIRST) == "truy-cap-1"
    async with office.open_desk() as desk:
        assert await desk.keeper.current() == "truy-cap-1"
    async with office.open_desk(credentials=with_pair(1)) as desk:
        assert await desk.keeper.current() == "moi-1"
    async with office.open_desk() as desk:  # a gateway that still has the old environment changes nothing
        assert await desk.keeper.current() == "moi-1"


async def test_taking_the_access_token_out_of_the_environment_changes_nothing(office):
    async with office.open_desk(oauth=[new_pair(1)]) as desk:
        await desk.keeper.replaced(FIRST)
    async with office.open_desk(credentials=dataclasses.replace(CREDENTIALS, access_token="")) as desk:
        assert await desk.keeper.current() == "truy-cap-1"


async def test_with_a_refresh_token_alone_the_first_pair_is_asked_for(office):
    credentials = dataclasses.replace(CREDENTIALS, access_token="")
    async with office.open_desk(oauth=[new_pair(1)], credentials=credentials) as desk:
        assert await desk.keeper.current() == "truy-cap-1"


async def test_an_access_token_alone_is_used_until_zalo_refuses_it(office):
    credentials = dataclasses.replace(CREDENTIALS, refresh_token="", app_secret="")
    async with office.open_desk(credentials=credentials) as desk:
        desk.clock.advance(hours=30)
        assert await desk.keeper.current() == FIRST
        refused = await desk.keeper.replaced(FIRST)
        assert (refused.failure, refused.code) == (SendFailure.HUMAN_NEEDED, "no_refresh_token")


async def test_without_any_token_a_person_is_needed(office):
    credentials = dataclasses.replace(CREDENTIALS, refresh_token="", app_secret="", access_token="", secrets=())
    async with office.open_desk(credentials=credentials) as desk:
        assert (await desk.keeper.current()).code == "no_token"


@pytest.mark.conformance("G65")
async def test_tokens_are_renewed_after_twenty_hours(office):
    async with office.open_desk(oauth=[new_pair(1), new_pair(2)]) as desk:
        await desk.keeper.current()
        desk.clock.advance(hours=19, minutes=59)
        assert await desk.keeper.current() == FIRST
        desk.clock.advance(minutes=1)
        assert await desk.keeper.current() == "truy-cap-1"
        desk.clock.advance(hours=20)
        assert await desk.keeper.current() == "truy-cap-2"


@pytest.mark.conformance("G64")
async def test_tokens_that_live_shorter_are_renewed_when_they_end(office):
    async with office.open_desk(oauth=[new_pair(1, expires_in="3600"), new_pair(2)]) as desk:
        await desk.keeper.replaced(await desk.keeper.current())
        desk.clock.advance(minutes=59)
        assert await desk.keeper.current() == "truy-cap-1"
        desk.clock.advance(minutes=1)
        assert await desk.keeper.current() == "truy-cap-2"


@pytest.mark.conformance("G65")
async def test_an_idle_channel_is_looked_after_and_an_old_refresh_token_told(office):
    async with office.open_desk(oauth=[new_pair(1), INVALID]) as desk:
        await desk.keeper.current()
        desk.clock.advance(hours=21)
        await desk.keeper.maintain()
        assert len(desk.oauth.calls) == 1
        assert desk.alerts() == {}
        desk.clock.advance(days=61)
        await desk.keeper.maintain()
        assert {"refresh_token_old", "token_refresh_failed"} == set(desk.alerts())


@pytest.mark.conformance("G60")
async def test_ten_sends_that_need_a_new_token_ask_for_one(office):
    async with office.open_desk(oauth=[new_pair(1)]) as desk:
        await desk.keeper.current()
        tokens = await asyncio.gather(*(desk.keeper.replaced(FIRST) for _ in range(10)))
        assert set(tokens) == {"truy-cap-1"}
        assert len(desk.oauth.calls) == 1


@pytest.mark.conformance("G60")
async def test_a_second_process_takes_what_the_first_one_got(office):
    async with office.open_desk(oauth=[new_pair(1)]) as first, office.open_desk() as second:
        assert (await first.keeper.current(), await second.keeper.current()) == (FIRST, FIRST)
        tokens = await asyncio.gather(*(desk.keeper.replaced(FIRST) for desk in (first, second) for _ in range(5)))
        assert set(tokens) == {"truy-cap-1"}
        assert second.oauth.calls == []


@pytest.mark.conformance("G61")
async def test_a_refused_refresh_token_leaves_everything_as_it_is_and_tells_somebody(office):
    async with office.open_desk(oauth=[INVALID]) as desk:
        await desk.keeper.current()
        before = desk.row()
        outcome = await desk.keeper.replaced(FIRST)
        assert (outcome.failure, outcome.code, outcome.scope) == (
            SendFailure.HUMAN_NEEDED,
            "oauth:-14014",
            Scope.CHANNEL,
        )
        after = desk.row()
        assert (after.access_token, after.refresh_token) == (before.access_token, before.refresh_token)
        assert "API Explorer" in desk.alerts()["token_refresh_failed"].detail
        assert await desk.keeper.replaced(FIRST) == outcome  # and it is not asked again at once
        assert len(desk.oauth.calls) == 1


@pytest.mark.conformance("G61")
async def test_a_new_pair_ends_the_trouble_and_its_alert(office):
    async with office.open_desk(oauth=[INVALID]) as desk:
        await desk.keeper.current()
        await desk.keeper.replaced(FIRST)
    async with office.open_desk(credentials=with_pair(1)) as desk:
        assert await desk.keeper.current() == "moi-1"
        assert desk.alerts() == {}


@pytest.mark.conformance("G62")
@pytest.mark.parametrize(
    ("happening", "burned"),
    [
        (answers(b"<html>", 500), False),
        (httpx.ConnectError("x"), False),
        (answers(b"<html>"), True),
        (httpx.ReadTimeout("x"), True),
    ],
)
async def test_a_failed_refresh_changes_nothing_and_waits_longer_each_time(office, happening, burned):
    async with office.open_desk(oauth=[happening, happening, new_pair(1)]) as desk:
        await desk.keeper.current()
        before = desk.row()
        for pause in (5.0, 10.0):
            outcome = await desk.keeper.replaced(FIRST)
            assert (outcome.failure, outcome.retry_after_seconds) == (SendFailure.TEMPORARY, pause)
            again = await desk.keeper.replaced(FIRST)
            assert again.failure is SendFailure.TEMPORARY
            assert desk.row().access_token == before.access_token
            assert ("burned" in desk.alerts()["token_refresh_failed"].detail) is burned
            desk.clock.advance(seconds=pause)
        assert len(desk.oauth.calls) == 2
        assert await desk.keeper.replaced(FIRST) == "truy-cap-1"
        assert desk.alerts() == {}


@pytest.mark.conformance("G62")
async def test_a_token_that_is_still_good_is_used_while_renewing_fails(office):
    async with office.open_desk(oauth=[new_pair(1), answers(b"", 500), INVALID]) as desk:
        await desk.keeper.replaced(await desk.keeper.current())
        desk.clock.advance(hours=21)
        assert await desk.keeper.current() == "truy-cap-1"
        desk.clock.advance(hours=5)
        assert (await desk.keeper.current()).code == "oauth:-14014"


@pytest.mark.conformance("G61")
async def test_an_answer_without_refresh_token_keeps_the_old_one(office):
    async with office.open_desk(oauth=[new_pair(1, refresh_token=None)]) as desk:
        assert await desk.keeper.replaced(await desk.keeper.current()) == "truy-cap-1"
        assert (await desk.store.read()).tokens.refresh_token == CREDENTIALS.refresh_token


@pytest.mark.conformance("G66")
async def test_a_lock_whose_holder_died_is_free_again(office):
    async with office.open_desk(oauth=[new_pair(1)]) as desk:
        await desk.keeper.current()
        stored = await desk.store.read()
        await desk.store.lock("dead", stored.generation, NOW, NOW.replace(second=40))
        busy = await desk.keeper.replaced(FIRST)
        assert (busy.failure, busy.code, busy.scope) == (SendFailure.TEMPORARY, "oauth:elsewhere", Scope.CHANNEL)
        desk.clock.advance(seconds=41)
        assert await desk.keeper.replaced(FIRST) == "truy-cap-1"


@pytest.mark.conformance("G66")
async def test_a_lock_that_ends_before_the_call_is_refused_at_the_start(office):
    with pytest.raises(ValueError, match="refresh_lock_seconds"):
        async with office.open_desk(numbers=dataclasses.replace(SHORT, refresh_lock_seconds=0.3)):
            pass
    assert NUMBERS.refresh_lock_seconds > NUMBERS.timeout_seconds


@pytest.mark.conformance("G63")
async def test_after_a_crash_between_answer_and_commit_somebody_is_told_what_to_do(office):
    async with office.open_desk() as dying:
        await dying.keeper.current()
        stored = await dying.store.read()
        await dying.store.lock("dead", stored.generation, NOW, NOW.replace(second=40))
    office.clock.advance(minutes=1)
    async with office.open_desk(oauth=[INVALID]) as desk:  # the pair that the dead one got is lost
        assert (await desk.keeper.replaced(FIRST)).failure is SendFailure.HUMAN_NEEDED
        assert "API Explorer" in desk.alerts()["token_refresh_failed"].detail
