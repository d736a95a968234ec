"""The bot's own name, and asking for updates."""

import json

import httpx
import pytest

from connectors.bot_credentials import Mode
from connectors.channel import PollError
from connectors.message import Ignored, InboundKind, InboundMessage
from tests.unit.connectors.telegram.bot import (
    ME,
    NOW,
    FakeNetwork,
    refusal,
    result,
    update,
)


class TestName:
    async def test_it_is_asked_for_once_and_then_known_in_groups(self):
        network = FakeNetwork(result(ME))
        channel = network.channel()
        (message,) = channel.parse(update("text"), NOW)
        assert isinstance(channel.parse(update("group_command_of_another"), NOW)[0], InboundMessage)
        await channel.after_stored(message, is_new=True)
        await channel.after_stored(message, is_new=True)
        assert network.methods == ["getMe"]
        assert channel.parse(update("group_command_of_another"), NOW) == (Ignored("not_addressed"),)
        assert channel.parse(update("group_mention"), NOW)[0].kind is InboundKind.TEXT

    async def test_it_is_asked_for_again_when_telegram_was_away(self):
        network = FakeNetwork(refusal(401, "Unauthorized"), result(ME))
        channel = network.channel()
        (message,) = channel.parse(update("text"), NOW)
        await channel.after_stored(message, is_new=True)
        await channel.after_stored(message, is_new=True)
        assert network.methods == ["getMe", "getMe"]


class TestPolling:
    @pytest.mark.conformance("H40")
    async def test_the_webhook_goes_and_what_waits_stays(self):
        network = FakeNetwork(result(True), result(ME))
        await network.channel(mode=Mode.POLLING).prepare_polling()
        assert network.methods == ["deleteWebhook", "getMe"]
        assert network.form(0) == {"drop_pending_updates": "false"}

    async def test_without_the_name_it_goes_on(self):
        await FakeNetwork(result(True), refusal(429, "slow")).channel().prepare_polling()

    @pytest.mark.conformance(("H38", "H42", "H43"))
    @pytest.mark.parametrize(
        ("ids", "position", "then"), [([], 7, 7), ([7, 8], 7, 9), ([9, 7], 7, 10), ([3], 500, 4), ([], None, None)]
    )
    async def test_the_next_position_is_behind_the_highest_of_what_came(self, ids, position, then):
        network = FakeNetwork(result([{"update_id": number} for number in ids]))
        polled = await network.channel().poll(position)
        assert (len(polled.updates), polled.position) == (len(ids), then)
        assert network.form(0).get("offset") == (None if position is None else str(position))

    async def test_a_polled_update_is_read_like_a_called_one(self):
        channel = FakeNetwork(result([json.loads(update("press"))])).channel()
        polled = await channel.poll(None)
        assert channel.parse(polled.updates[0], NOW) == channel.parse(update("press"), NOW)

    @pytest.mark.conformance(("H34", "H39"))
    @pytest.mark.parametrize(
        ("happening", "code", "seconds", "human"),
        [
            (refusal(409, "Conflict: terminated by other getUpdates request"), "409", None, False),
            (refusal(401, "Unauthorized"), "401", None, True),
            (refusal(429, "Too Many Requests", retry_after=5), "429", 5.0, False),
            (httpx.Response(502, text="<html>"), "502", None, False),
            (httpx.ReadTimeout("late"), "ReadTimeout", None, False),
        ],
        ids=repr,
    )
    async def test_a_question_that_fails_says_how_to_go_on(self, happening, code, seconds, human):
        with pytest.raises(PollError) as caught:
            await FakeNetwork(happening).channel().poll(None)
        error = caught.value
        assert (error.code, error.retry_after_seconds, error.human_needed) == (code, seconds, human)

    async def test_a_webhook_that_stays_is_an_error(self):
        with pytest.raises(PollError, match="401"):
            await FakeNetwork(refusal(401, "Unauthorized")).channel().prepare_polling()
