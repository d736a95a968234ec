"""Asking for news on each channel that pushes: the words, the buttons or numbers, and the message that follows."""

import pytest

from desk.database import reading, writing
from desk.notices.news_topic import add_topic
from desk.notices.subscription import subscribed_topics
from tests.fakes.channel_worlds import TelegramWorld, ZaloBotWorld, ZaloOaWorld
from tests.fakes.gateway import now


@pytest.mark.parametrize("kind", [TelegramWorld, ZaloBotWorld, ZaloOaWorld], ids=lambda kind: kind.name)
async def test_asked_for_chosen_and_ended(engine, kind):
    with writing(engine) as connection:
        add_topic(connection, "Lương hưu", "Chi trả hằng tháng", 1, now())
    async with kind(engine) as world:
        await world.says(1, "đăng ký tin")
        (offered,) = await world.hears(1, 1)
        assert "Lương hưu: Chi trả hằng tháng" in offered
        await (world.says(1, "1") if kind is ZaloBotWorld else world.presses(1))
        confirmed = (await world.hears(1, 2))[1]
        assert "DỪNG TIN" in confirmed
        assert ("48 giờ" in confirmed) is (kind is ZaloOaWorld)
        with reading(engine) as connection:
            assert [topic.name for topic in subscribed_topics(connection, world.conversation_id(1))] == ["Lương hưu"]
        await world.says(1, "DỪNG TIN")
        await world.hears(1, 3)
        with reading(engine) as connection:
            assert subscribed_topics(connection, world.conversation_id(1)) == ()
        assert world.dialogue.heard == []
