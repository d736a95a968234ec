"""What starting a gateway does to the platforms: nothing that an administrator did not ask for."""

import pytest

from tests.fakes.channel_worlds import TelegramWorld, ZaloBotWorld, ZaloOaWorld


@pytest.mark.conformance("H41")
@pytest.mark.parametrize("kind", [ZaloOaWorld, ZaloBotWorld, TelegramWorld], ids=lambda world: world.name)
async def test_no_start_sets_a_webhook_or_asks_who_we_are(engine, kind):
    async with kind(engine) as world:
        await world.restart()
        assert [call.method for call in world.server.calls] == []
        await world.says(1, "chào")
        await world.hears(1, 1)
        assert "setWebhook" not in {call.method for call in world.server.calls}
