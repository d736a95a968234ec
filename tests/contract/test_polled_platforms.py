"""Zalo Bot and Telegram asked for news, against their simulated platforms and over the product's own wiring."""

import asyncio
import json
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from sqlalchemy import update

from connectors.metrics import Count
from connectors.poll_position import poll_positions, read_position
from desk.alert import open_alerts
from desk.database import reading, writing
from tests.channel_servers import FaultKind
from tests.fakes.channel_gateway import ChannelGateway
from tests.fakes.channel_worlds import TelegramWorld, ZaloBotWorld, until
from tests.fakes.gateway import now

QUICK = {"telegram": {"poll_seconds": 1.0}, "zalo_bot": {"poll_seconds": 1.0}}


class Polled:
    """A world whose gateway asks."""

    def __init__(self, kind, engine):
        self.world = kind(engine, mode="polling", changes=QUICK)

    async def __aenter__(self):
        return await self.world.__aenter__()

    async def __aexit__(self, *arguments):
        await self.world.__aexit__(*arguments)


@pytest.fixture(params=[ZaloBotWorld, TelegramWorld], ids=lambda world: world.name)
def kind(request):
    return request.param


@pytest.fixture
async def world(kind, engine):
    async with Polled(kind, engine) as world:
        yield world


def says(world, who, text):
    """Waits on the platform until it is asked."""
    world.server.says(world.citizen(who), text)


async def restart(world, **more):
    await world.restart(**{"mode": "polling", "changes": QUICK, **more})


def alerts(engine):
    with reading(engine) as connection:
        return [(one.alert.channel, one.alert.kind, one.alert.code) for one in open_alerts(connection, 10)]


class TestBoth:
    @pytest.mark.conformance(("H38", "H45", "I13"))
    async def test_what_was_said_is_answered_in_order(self, world):
        for number in range(5):
            says(world, 1, f"câu {number}")
        says(world, 2, "tôi nữa")
        assert await world.hears(1, 5) == [f"echo: câu {number}" for number in range(5)]
        assert await world.hears(2, 1) == ["echo: tôi nữa"]

    @pytest.mark.conformance(("H39", "I13"))
    async def test_two_gateways_share_the_work_but_only_one_asks(self, world, engine):
        other = ChannelGateway(engine, [world.server], mode="polling", owner="other", changes=QUICK)
        async with other:
            for number in range(6):
                says(world, number % 3, f"câu {number}")
                await asyncio.sleep(0.02)
            for who in range(3):
                assert await world.hears(who, 2) == [f"echo: câu {who}", f"echo: câu {who + 3}"]
            failures = [one.metrics.render({}).count(f"{Count.POLL_FAILURES}{{") for one in (world.gateway, other)]
        assert failures == [0, 0]

    @pytest.mark.conformance(("H40", "I17"))
    async def test_from_webhook_to_polling_and_back(self, kind, engine):
        async with kind(engine) as world:
            await world.says(1, "một")
            await world.hears(1, 1)
            await restart(world)
            await until(lambda: webhook_of(world.server) is None)
            says(world, 1, "hai")
            await world.hears(1, 2)
            await world.stop()
            await world.start()  # the fake is told the address as the command set-webhook would
            finding = await world.gateway.channel(world.name).set_webhook(world.gateway.url + world.server.webhook_path)
            assert finding.good, finding
            assert webhook_of(world.server).secret_token in world.secrets()
            await world.says(1, "ba")
            assert await world.hears(1, 3) == ["echo: một", "echo: hai", "echo: ba"]

    @pytest.mark.conformance(("H34", "I14", "I15"))
    async def test_a_token_that_is_refused_is_told_and_tried_again_later(self, world, engine):
        world.server.faults.add(FaultKind.TOKEN_EXPIRED, "getUpdates", times=None)
        says(world, 1, "một")
        await until(lambda: alerts(engine))
        assert alerts(engine)[0][:2] == (world.name, "polling_fails")
        world.server.faults.clear()
        await world.hears(1, 1)
        await until(lambda: not alerts(engine))

    @pytest.mark.conformance(("H35", "H39"))
    @pytest.mark.parametrize("fault", [FaultKind.SERVER_ERROR, FaultKind.BAD_GATEWAY, FaultKind.HANG_UP])
    async def test_a_platform_that_fails_is_asked_again(self, world, fault):
        world.server.faults.add(fault, "getUpdates", times=3)
        says(world, 1, "một")
        assert await world.hears(1, 1) == ["echo: một"]

    async def test_a_stop_does_not_wait_for_the_end_of_a_long_question(self, kind, engine):
        async with Polled(kind, engine) as world:
            await restart(world, changes={name: {"poll_seconds": 50.0} for name in QUICK})
            await until(lambda: [call for call in world.server.calls if call.method == "getUpdates"])
            started = asyncio.get_running_loop().time()
            await world.stop()
            assert asyncio.get_running_loop().time() - started < 5.0
            await world.start()


def ask_beside(server):
    """Another program's question; not by httpx, whose log would show the address with the token."""
    address = urlsplit(server.url)
    connection = HTTPConnection(address.hostname, address.port, timeout=5)
    body, headers = json.dumps({"timeout": 0}), {"Content-Type": "application/json"}
    connection.request("POST", f"{address.path}/bot{server.account.token}/getUpdates", body, headers)
    connection.getresponse().read()
    connection.close()


def webhook_of(server):
    return server.box.webhook if hasattr(server, "box") else server.webhook


class TestTelegram:
    @pytest.fixture
    def kind(self):
        return TelegramWorld

    @pytest.mark.conformance("H39")
    async def test_another_asker_is_waited_out(self, world):
        """Somebody runs a second program with our token: Telegram then tells one of the two to go away."""
        await until(lambda: world.server.calls)
        for _ in range(3):
            await asyncio.to_thread(ask_beside, world.server)
            await asyncio.sleep(0.02)
        says(world, 1, "một")
        assert await world.hears(1, 1) == ["echo: một"]

    @pytest.mark.conformance("H38")
    async def test_what_waited_while_no_gateway_ran_is_answered_by_the_next_and_nothing_twice(self, world):
        says(world, 1, "một")
        await world.hears(1, 1)
        await world.stop()
        says(world, 1, "hai")
        await world.start(mode="polling", changes=QUICK)
        says(world, 1, "ba")
        assert await world.hears(1, 3) == ["echo: một", "echo: hai", "echo: ba"]

    @pytest.mark.conformance("H40")
    async def test_what_waited_for_the_webhook_is_not_dropped(self, engine):
        async with TelegramWorld(engine) as world:
            await world.stop()
            await world.says(1, "một")
            assert world.read(1) == []
            await world.start(mode="polling", changes=QUICK)
            assert await world.hears(1, 1) == ["echo: một"]

    @pytest.mark.conformance("H38")
    async def test_the_platform_is_never_told_of_more_than_what_is_committed(self, world, engine):
        for number in range(3):
            says(world, 1, f"câu {number}")
        await world.hears(1, 3)

        def position():
            with reading(engine) as connection:
                return read_position(connection, "telegram", world.server.account.token.partition(":")[0], now())

        await until(lambda: position() is not None and not world.server.box.updates)

    @pytest.mark.conformance("H43")
    async def test_after_a_quiet_week_numbers_may_start_lower(self, world, engine):
        says(world, 1, "một")
        await world.hears(1, 1)
        await world.stop()
        with writing(engine) as connection:
            connection.execute(update(poll_positions).values(updated_at=now() - timedelta(days=7)))
        world.server.box.jump_to(5)
        says(world, 1, "hai")
        await world.start(mode="polling", changes=QUICK)
        assert await world.hears(1, 2) == ["echo: một", "echo: hai"]

    @pytest.mark.conformance("H44")
    async def test_what_waited_through_an_outage_of_nearly_a_day_is_answered(self, world):
        await world.stop()
        world.server.clock.advance(-23 * 3600)
        says(world, 1, "một")
        world.server.clock.advance(23 * 3600)
        await world.start(mode="polling", changes=QUICK)
        assert await world.hears(1, 1) == ["echo: một"]


class TestZaloBot:
    @pytest.fixture
    def kind(self):
        return ZaloBotWorld

    @pytest.mark.conformance(("I11", "I16"))
    @pytest.mark.parametrize("as_status", [True, False])
    async def test_idle_answers_that_come_at_once_do_not_spin_the_loop(self, engine, as_status):
        async with ZaloBotWorld(engine) as world:
            world.server.errors_as_status = as_status
            world.server.faults.add(FaultKind.CODE, "getUpdates", times=None, code=408)
            await restart(world, changes={"poller": {"idle_seconds": 0.1}})
            await until(lambda: world.server.faults.happened[FaultKind.CODE])
            await asyncio.sleep(0.3)
            assert world.server.faults.happened[FaultKind.CODE] <= 5
            assert f"{Count.POLL_FAILURES}{{" not in world.numbers()
            world.server.faults.clear()
            says(world, 1, "một")
            assert await world.hears(1, 1) == ["echo: một"]

    @pytest.mark.conformance("I13")
    async def test_what_waited_while_no_gateway_ran_is_answered_by_the_next(self, engine):
        """As far as the platform keeps it; an open question that its gateway left takes one update with it."""
        closed_questions = {"zalo_bot": {"poll_seconds": 0.0}}
        async with ZaloBotWorld(engine, mode="polling", changes=closed_questions) as world:
            says(world, 1, "một")
            await world.hears(1, 1)
            await world.stop()
            says(world, 1, "hai")
            await world.start(mode="polling", changes=closed_questions)
            says(world, 1, "ba")
            assert await world.hears(1, 3) == ["echo: một", "echo: hai", "echo: ba"]

    @pytest.mark.conformance("I12")
    @pytest.mark.parametrize("shape", ["object", "list", "null"])
    async def test_updates_come_in_several_shapes(self, world, shape):
        world.server.updates_shape = shape
        says(world, 1, "một")
        says(world, 1, "hai")
        assert await world.hears(1, 2) == ["echo: một", "echo: hai"]

    @pytest.mark.conformance("I13")
    async def test_an_update_that_comes_twice_is_answered_once(self, world):
        event = {
            "event_name": "message.text.received",
            "message": {
                "message_id": "90aa00000000000000bb",
                "from": {"id": world.citizen(1), "display_name": "Nguyễn Văn Thử", "is_bot": False},
                "chat": {"id": world.citizen(1), "chat_type": "PRIVATE"},
                "date": 1790316131602,
                "text": "một",
            },
        }
        world.server.follows(world.citizen(1))
        for _ in range(3):
            world.server.offer(event)
        says(world, 1, "hai")
        assert await world.hears(1, 2) == ["echo: một", "echo: hai"]

    @pytest.mark.conformance("I14")
    async def test_a_used_up_quota_stops_the_asking_for_a_while_and_is_told(self, world, engine):
        world.server.faults.add(FaultKind.QUOTA, "getUpdates")
        await until(lambda: world.server.faults.happened[FaultKind.QUOTA])
        says(world, 1, "một")
        assert await world.hears(1, 1) == ["echo: một"]
        assert f'{Count.POLL_FAILURES}{{channel="zalo_bot",failure="human_needed"}} 1' in world.numbers()
