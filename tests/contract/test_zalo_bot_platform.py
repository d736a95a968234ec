"""What is particular to the Zalo Bot Platform, against the simulated one and over the product's own wiring."""

import pytest

from desk.alert import open_alerts
from desk.database import reading
from tests.channel_servers import FaultKind
from tests.fakes.channel_worlds import ZaloBotWorld, until


@pytest.fixture
async def world(engine):
    async with ZaloBotWorld(engine) as world:
        yield world


def alerts(engine):
    with reading(engine) as connection:
        return {(one.alert.kind, one.alert.code) for one in open_alerts(connection, 10)}


class TestUpdates:
    @pytest.mark.conformance("I1")
    @pytest.mark.parametrize("wrapped", [True, False])
    async def test_bodies_come_wrapped_and_flat(self, world, wrapped):
        world.server.wrapped = wrapped
        await world.says(1, "một")
        assert await world.hears(1, 1) == ["echo: một"]

    @pytest.mark.conformance("I3")
    async def test_one_message_wrapped_and_flat_is_one_message(self, world):
        for wrapped in (True, False):
            world.server.wrapped = wrapped
            await world.says(1, "một", message_id="90aa00000000000000cc")
        await world.says(1, "hai")
        assert await world.hears(1, 2) == ["echo: một", "echo: hai"]

    @pytest.mark.conformance(("I4", "I7"))
    @pytest.mark.parametrize("kind", ["image", "sticker", "voice", "link", "unsupported"])
    async def test_what_has_no_words_gets_a_polite_one(self, world, kind):
        world.server.attaches(world.citizen(1), kind)
        (answer,) = await world.hears(1, 1)
        assert answer.startswith(world.gateway.texts.attachment)

    @pytest.mark.conformance("I4")
    async def test_an_unsupported_message_of_nobody_is_acknowledged(self, world):
        delivery = world.server.offer({"event_name": "message.unsupported.received"})
        await until(lambda: delivery.attempts)
        assert delivery.attempts[0].status == 200
        assert 'reason="no_message"} 1' in world.numbers()

    @pytest.mark.conformance("I5")
    async def test_another_bot_is_not_answered(self, world):
        await world.says(1, "tôi là máy", **{"from": {"id": world.citizen(1), "is_bot": True}})
        await world.says(1, "tôi là người")
        assert await world.hears(1, 1) == ["echo: tôi là người"]

    @pytest.mark.conformance("I6")
    async def test_in_a_group_the_bot_is_silent(self, world):
        await world.says(1, "cả nhóm ơi", chat={"id": "group-1", "chat_type": "GROUP"})
        await world.says(1, "riêng")
        assert await world.hears(1, 1) == ["echo: riêng"]
        assert world.server.sent_to("group-1") == []

    @pytest.mark.conformance("I8")
    @pytest.mark.parametrize("date", [1790316131602, 1790316131, 0])
    async def test_whatever_its_date_a_message_is_answered_now(self, world, date):
        await world.says(1, "một", date=date)
        assert await world.hears(1, 1) == ["echo: một"]


class TestBringing:
    @pytest.mark.conformance("I9")
    @pytest.mark.parametrize("characters", [1899, 1900, 1901, 2000, 2001, 5000])
    async def test_a_text_around_the_limit_arrives_whole(self, world, characters):
        text = ("lương hưu " * 600)[:characters].strip()
        world.dialogue.will(text, "hết")
        await world.says(1, "?")
        await world.says(1, "?")
        await until(lambda: world.read(1)[-1:] == ["hết"])
        assert " ".join(world.read(1)[:-1]).split() == text.split()

    @pytest.mark.conformance("I14")
    @pytest.mark.parametrize("as_status", [True, False])
    async def test_without_quota_nothing_is_tried_again_and_somebody_hears_of_it(self, world, engine, as_status):
        world.server.errors_as_status = as_status
        world.server.quota = 0
        await world.says(1, "một")
        await until(lambda: alerts(engine))
        assert alerts(engine) == {("quota", "429")}
        world.server.quota = None
        await world.says(1, "hai")
        assert await world.hears(1, 1) == ["echo: hai"]

    @pytest.mark.conformance(("I15", "I16"))
    @pytest.mark.parametrize("as_status", [True, False])
    async def test_a_refused_token_holds_everything_up_until_it_is_taken_again(self, world, engine, as_status):
        world.server.errors_as_status = as_status
        world.server.faults.add(FaultKind.TOKEN_EXPIRED, "sendMessage", times=2)
        await world.says(1, "một")
        await until(lambda: alerts(engine))
        assert await world.hears(1, 1) == ["echo: một"]
        await until(lambda: not alerts(engine))

    @pytest.mark.conformance("I15")
    async def test_one_citizen_who_blocked_the_bot_holds_up_nobody(self, world, engine):
        gate = world.dialogue.hold(world.conversation_id(1))
        await world.says(1, "một")
        world.server.unfollows(world.citizen(1))
        gate.set()
        await until(lambda: 'outcome="unreachable"' in world.numbers())
        await world.says(2, "hai")
        assert await world.hears(2, 1) == ["echo: hai"]
        assert alerts(engine) == set()


class TestWebhookSetting:
    @pytest.mark.conformance(("I2", "I17"))
    @pytest.mark.parametrize("secret", ["s" * 8, "s" * 256], ids=len)
    async def test_secrets_of_any_length_come_back_with_the_calls(self, engine, secret):
        async with ZaloBotWorld(engine) as world:
            await world.restart(environment={"ZALO_BOT_SECRET": secret})
            finding = await world.gateway.channel("zalo_bot").set_webhook(world.gateway.url + "/webhooks/zalo-bot")
            assert finding.good, finding
            await world.says(1, "một")
            assert await world.hears(1, 1) == ["echo: một"]

    @pytest.mark.conformance("I17")
    async def test_an_address_that_the_platform_does_not_reach_is_no_success(self, world):
        channel = world.gateway.channel("zalo_bot")
        unverified = await channel.set_webhook("http://127.0.0.1:9/webhooks/zalo-bot")
        assert (unverified.good, unverified.remedy != "") == (False, True)
        assert world.server.webhook.url == "http://127.0.0.1:9/webhooks/zalo-bot"  # the platform keeps it all the same
        wrong_secret = await channel.set_webhook(world.gateway.url + "/nowhere")
        assert not wrong_secret.good

    @pytest.mark.conformance("I20")
    async def test_the_check_names_the_account_at_the_address_that_was_set(self, world):
        account, webhook = await world.gateway.channel("zalo_bot").check()
        assert (account.good, account.detail) == (True, "bot.thu (id 1234567890)")
        assert (webhook.good, webhook.detail) == (True, world.gateway.url + "/webhooks/zalo-bot")
