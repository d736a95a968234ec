"""Citizens get what was said, when they ask for it: whole, masked, and not without end."""

import pytest

from connectors.message import Reply
from tests.fakes.channel import FakeChannel
from tests.fakes.gateway import GatewayLife
from tests.fakes.waiting import until
from tests.fakes.web_gateway import WebGateway


@pytest.fixture
def channel():
    return FakeChannel()


async def says(gateway, channel, number, text, answers):
    await gateway.intakes["fake"].take(channel.body("an", number, text))
    await until(lambda: len(channel.texts("an")) >= answers)
    return channel.texts("an")


@pytest.mark.parametrize("words", ["gửi lại nội dung trò chuyện", "Gui lai noi dung tro chuyen.", "/transcript"])
async def test_who_asks_gets_both_sides_without_identifiers(engine, channel, words):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        gateway.dialogue.will("Từ đủ 15 năm.")
        await says(gateway, channel, 1, "Số CCCD 001099012345 của tôi hưởng gì", 1)
        text = (await says(gateway, channel, 2, words, 2))[1]
    assert "Anh/chị: Số CCCD •••345 của tôi hưởng gì" in text
    assert "Trợ lý tự động: Từ đủ 15 năm." in text
    assert words not in text
    assert [heard for _, heard in gateway.dialogue.heard] == ["Số CCCD [số CCCD] của tôi hưởng gì"]


async def test_it_is_sent_again_only_so_often(engine, channel):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        await says(gateway, channel, 1, "hỏi", 1)
        for number in range(2, 6):
            said = await says(gateway, channel, number, "/transcript", number)
    assert ["mấy lần liền" in text for text in said[1:]] == [False, False, False, True]
    assert said[3].count("Nội dung trò chuyện với") == 1


async def test_a_long_talk_is_cut_at_its_beginning_and_says_so(engine, channel):
    async with GatewayLife(engine, channels=[channel]) as gateway:
        for number in range(1, 6):
            gateway.dialogue.will(f"{number} " + "chữ " * 400)
            await says(gateway, channel, number, "hỏi", number)
        await gateway.intakes["fake"].take(channel.body("an", 9, "/transcript"))
        await until(lambda: "Chỉ gồm phần gần nhất" in "".join(channel.texts("an")))
        await until(lambda: "5 chữ" in "".join(channel.texts("an")).partition("Chỉ gồm")[2])
    assert "1 chữ" not in "".join(channel.texts("an")).partition("Chỉ gồm")[2]


class TestWeb:
    async def test_the_page_gets_all_of_it_as_text(self, engine):
        async with WebGateway(engine) as gateway:
            browser = await gateway.browser()
            gateway.dialogue.will(Reply("Từ đủ 15 năm.", "answered"))
            await browser.say("lương hưu")
            await browser.answers(1)
            response = await gateway.client.get("/api/chat/transcript", headers=browser.headers)
        assert response.headers["content-type"].startswith("text/plain")
        assert "attachment" in response.headers["content-disposition"]
        assert response.text.index("lương hưu") < response.text.index("Từ đủ 15 năm.")

    async def test_nobody_gets_it_without_the_token(self, engine):
        async with WebGateway(engine) as gateway:
            assert (await gateway.client.get("/api/chat/transcript")).status_code == 401

    async def test_it_is_not_given_without_end(self, engine):
        async with WebGateway(engine) as gateway:
            browser = await gateway.browser()
            codes = [
                (await gateway.client.get("/api/chat/transcript", headers=browser.headers)).status_code
                for _ in range(6)
            ]
        assert codes == [200] * 5 + [429]
