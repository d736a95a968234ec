"""No pair of tokens is lost by our own doing: races, a database that is away, another sealing secret."""

import asyncio
import logging

import pytest
from sqlalchemy.exc import OperationalError

from connectors.outgoing import NotSent, Scope, SendFailure
from tests.unit.connectors.zalo_oa.account import CREDENTIALS
from tests.unit.connectors.zalo_oa.network import answers
from tests.unit.connectors.zalo_oa.office import FIRST, INVALID, new_pair, with_pair


async def test_a_pair_that_comes_late_is_kept_though_the_lock_was_lost(office):
    late, first_asked = asyncio.Event(), asyncio.Event()

    async def slow(_request):
        first_asked.set()
        await late.wait()
        return new_pair(1)

    async with office.open_desk(oauth=[slow]) as first, office.open_desk(oauth=[INVALID]) as second:
        await first.keeper.current()
        await second.keeper.current()
        waiting = asyncio.create_task(first.keeper.replaced(FIRST))
        await first_asked.wait()
        office.clock.advance(seconds=41)
        assert (await second.keeper.replaced(FIRST)).code == "oauth:-14014"  # Zalo gave the new pair to the first one
        late.set()
        assert await waiting == "truy-cap-1"
        assert await second.keeper.replaced(FIRST) == "truy-cap-1"
        assert len(second.oauth.calls) == 1
        assert second.alerts() == {}


async def test_a_pair_from_the_environment_wins_over_one_that_is_being_fetched(office, caplog):
    late, asked = asyncio.Event(), asyncio.Event()

    async def slow(_request):
        asked.set()
        await late.wait()
        return new_pair(1)

    async with office.open_desk(oauth=[slow]) as first:
        await first.keeper.current()
        waiting = asyncio.create_task(first.keeper.replaced(FIRST))
        await asked.wait()
        async with office.open_desk(credentials=with_pair(1)) as second:
            assert await second.keeper.current() == "moi-1"
        late.set()
        assert await waiting == "moi-1"
    assert "dropped" in caplog.text


async def test_who_gives_up_waiting_does_not_lose_the_pair(office):
    late, asked = asyncio.Event(), asyncio.Event()

    async def slow(_request):
        asked.set()
        await late.wait()
        return new_pair(1)

    async with office.open_desk(oauth=[slow]) as desk:
        await desk.keeper.current()
        waiting = asyncio.create_task(desk.keeper.replaced(FIRST))
        await asked.wait()
        waiting.cancel()
        late.set()
        await asyncio.gather(waiting, return_exceptions=True)
    async with office.open_desk() as desk:
        assert await desk.keeper.current() == "truy-cap-1"


class Away:
    """A database that is away for the next so many writes."""

    def __init__(self, transactions):
        self._transactions = transactions
        self.writes_lost = 0

    async def read(self, work):
        return await self._transactions.read(work)

    async def write(self, work):
        if self.writes_lost:
            self.writes_lost -= 1
            raise OperationalError("UPDATE", {}, Exception("away"))
        return await self._transactions.write(work)


@pytest.mark.conformance("G63")
async def test_a_database_that_is_away_when_the_pair_comes_is_waited_for(office, monkeypatch):
    monkeypatch.setattr("connectors.zalo_oa.token_keeper._DATABASE_PAUSE_SECONDS", 0.001)
    away = Away(office.transactions)

    async def lose(_request):
        away.writes_lost = 3
        return new_pair(1)

    async with office.open_desk(oauth=[lose], transactions=away) as desk:
        assert await desk.keeper.replaced(await desk.keeper.current()) == "truy-cap-1"
        assert (await desk.store.read()).tokens.access_token == "truy-cap-1"


async def test_a_database_that_is_away_is_no_reason_to_give_up(office):
    away = Away(office.transactions)
    away.writes_lost = 1
    async with office.open_desk(transactions=away) as desk:
        assert await desk.keeper.current() == NotSent(
            SendFailure.TEMPORARY, "database", "OperationalError", scope=Scope.CHANNEL
        )
        assert await desk.keeper.current() == FIRST


async def test_a_database_that_goes_away_while_renewing_is_told_as_such(office):
    away = Away(office.transactions)

    async def lose(_request):
        away.writes_lost = 1
        return answers(b"", 500)

    async with office.open_desk(oauth=[lose], transactions=away) as desk:
        await desk.keeper.current()
        assert (await desk.keeper.replaced(FIRST)).code == "database"


async def test_upkeep_survives_a_database_that_is_away(office, caplog):
    away = Away(office.transactions)
    async with office.open_desk(transactions=away) as desk:
        await desk.keeper.current()
        desk.clock.advance(days=61)
        away.writes_lost = 2
        await desk.keeper.maintain()
    assert "OperationalError" in caplog.text


async def test_another_sealing_secret_needs_a_person_and_destroys_nothing(office):
    async with office.open_desk(oauth=[new_pair(1)]) as desk:
        await desk.keeper.replaced(await desk.keeper.current())
    async with office.open_desk(secret="mot-bi-mat-khac-cung-du-dai-nhu-the") as desk:
        outcome = await desk.keeper.current()
        assert (outcome.failure, outcome.code) == (SendFailure.HUMAN_NEEDED, "secret_key")
        assert await desk.keeper.replaced(FIRST) == outcome
        await desk.keeper.maintain()
    async with office.open_desk() as desk:
        assert await desk.keeper.current() == "truy-cap-1"


@pytest.mark.conformance("G83")
async def test_no_token_is_in_any_log_or_alert(office, caplog):
    caplog.set_level(logging.DEBUG)
    async with office.open_desk(oauth=[new_pair(1), INVALID]) as desk:
        await desk.keeper.replaced(await desk.keeper.current())
        await desk.keeper.replaced("truy-cap-1")
        shown = f"{caplog.text} {desk.alerts()} {await desk.store.read()!r}"
    secrets = (FIRST, CREDENTIALS.refresh_token, CREDENTIALS.app_secret, "truy-cap-1", "lam-moi-1")
    assert not [secret for secret in secrets if secret in shown]
