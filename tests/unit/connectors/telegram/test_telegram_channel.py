"""The door, the rendering, and a pressed button."""

import asyncio

import httpx
import pytest

from connectors.bot_credentials import Mode
from connectors.channel import Refused, WebhookRequest
from connectors.message import Button, Reply
from connectors.settings import read_settings
from connectors.splitting import utf16_units
from connectors.telegram import client
from tests.unit.connectors.telegram.bot import (
    CREDENTIALS,
    FIXTURES,
    ME,
    NOW,
    TEXTS,
    FakeNetwork,
    result,
    update,
)

SECRET = CREDENTIALS.secret


def press(channel):
    (message,) = channel.parse(update("press"), NOW)
    return message


class TestDoor:
    def refused(self, body=b"{}", given=SECRET, content_type="application/json", **changes):
        headers = {"x-telegram-bot-api-secret-token": given, "content-type": content_type}
        request = WebhookRequest({name: value for name, value in headers.items() if value is not None}, body)
        network = FakeNetwork()
        refused = network.channel(**changes).verify(request)
        assert network.calls == []
        return refused

    @pytest.mark.conformance("H1")
    @pytest.mark.parametrize("content_type", ["application/json", "Application/JSON; charset=utf-8"])
    def test_the_secret_opens_it(self, content_type):
        assert self.refused(update("text"), content_type=content_type) is None

    @pytest.mark.conformance("H2")
    @pytest.mark.parametrize("secret", [SECRET.upper(), SECRET[:-1], f" {SECRET}", "bí mật", "\udcff"])
    def test_another_secret_does_not_and_nobody_is_asked(self, secret):
        assert self.refused(given=secret) == Refused(403, "bad_secret")

    @pytest.mark.conformance("H2")
    @pytest.mark.parametrize("secret", ["", None])
    def test_no_secret_does_not(self, secret):
        assert self.refused(given=secret) == Refused(403, "no_secret")

    def test_who_polls_expects_no_call(self):
        assert self.refused(secret=None, mode=Mode.POLLING) == Refused(403, "not_expected")

    @pytest.mark.conformance("H3")
    @pytest.mark.parametrize("content_type", [None, "", "text/plain", "application/x-www-form-urlencoded"])
    def test_another_content_type_is_refused(self, content_type):
        assert self.refused(content_type=content_type) == Refused(415, "not_json")

    @pytest.mark.conformance("H3")
    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"7", b"\xff", b"[" * 100_000, b"9" * 5_000])
    def test_what_is_no_json_object_is_refused(self, body):
        assert self.refused(body) == Refused(400, "bad_json")

    def test_the_secret_is_looked_at_before_all_else(self):
        assert self.refused(b"{", secret="other", content_type="text/plain").status == 403


class TestRendering:
    def render(self, text, *titles):
        reply = Reply(text, buttons=tuple(Button(title, f"/choose_{title}") for title in titles))
        return FakeNetwork().channel().render(reply, 15)

    @pytest.mark.conformance(("H26", "H48"))
    @pytest.mark.parametrize("letters", [1, 4095, 4096, 4097, 20_000])
    @pytest.mark.parametrize("letter", ["a", "ệ", "e\u0302\u0323", "😀", "👨‍👩‍👧", "🇻🇳"])
    def test_no_message_is_longer_than_telegram_takes(self, letter, letters):
        messages = self.render(letter * letters)
        assert all(0 < utf16_units(message.text) <= 4096 for message in messages)
        assert "".join(message.text for message in messages) == ("ệ" if "e" in letter else letter) * letters

    @pytest.mark.conformance("H28")
    def test_signs_of_markup_stay_as_they_are(self):
        (message,) = self.render("_*[Điều 50]*(a)~<b>&amp;`x`")
        assert message.text == "_*[Điều 50]*(a)~<b>&amp;`x`"

    @pytest.mark.conformance("H17")
    def test_buttons_carry_a_key(self):
        (message,) = self.render("Ý anh/chị là?", "Ốm đau", "Thai sản")
        assert [(one.title, one.key) for one in message.buttons] == [("Ốm đau", "o15.1"), ("Thai sản", "o15.2")]
        assert message.text == "Ý anh/chị là?"

    @pytest.mark.conformance("H18")
    def test_titles_that_a_telephone_would_cut_stand_in_the_text(self):
        title = "Hồ sơ đề nghị hưởng chế độ ốm đau, thai sản đối với người lao động"
        (message,) = self.render("Ý anh/chị là?", "Ốm đau", title)
        assert message.text.splitlines()[-2:] == ["1. Ốm đau", f"2. {title}"]
        assert [one.title for one in message.buttons] == ["1. Ốm đau", f"2. {title}"]
        assert FakeNetwork().channel().numbered_choices

    @pytest.mark.conformance(("H18", "H26"))
    @pytest.mark.parametrize("letters", [4000, 4090, 4096, 9000])
    def test_the_list_of_titles_has_room(self, letters):
        messages = self.render("ệ" * letters, *(f"{number} " + "😀" * 60 for number in range(5)))
        assert all(utf16_units(message.text) <= 4096 for message in messages)
        assert len(messages[-1].buttons) == 5

    def test_the_pace_is_that_of_the_settings(self):
        channel = FakeNetwork().channel()
        assert (channel.pace.per_second, channel.pace.conversation_interval_seconds) == (25.0, 1.0)


@pytest.mark.conformance("H37")
def test_the_pace_of_the_project_is_within_what_telegram_allows():
    numbers = read_settings(FIXTURES.parents[2] / "settings.yml").telegram
    assert numbers.per_second <= 30
    assert numbers.conversation_interval_seconds >= 1


class TestPress:
    @pytest.mark.conformance("H11")
    async def test_it_is_answered_without_words(self):
        network = FakeNetwork(result(True), result(ME))
        channel = network.channel()
        await channel.after_stored(press(channel), is_new=True)
        assert network.methods[0] == "answerCallbackQuery"
        assert network.form(0) == {"callback_query_id": "4900000000000000001"}

    @pytest.mark.conformance("H14")
    async def test_a_second_one_is_told_that_it_was_one_already(self):
        network = FakeNetwork(result(True), result(ME))
        channel = network.channel()
        await channel.after_stored(press(channel), is_new=False)
        assert network.form(0)["text"] == TEXTS.chosen_already
        assert len(TEXTS.chosen_already) <= 200

    @pytest.mark.conformance("H11")
    async def test_a_telegram_that_does_not_answer_is_not_waited_for(self, monkeypatch):
        assert client.ACKNOWLEDGE_SECONDS <= 1
        monkeypatch.setattr(client, "ACKNOWLEDGE_SECONDS", 0.01)
        network = FakeNetwork()
        network.transport = Stalled()
        channel = network.channel()
        await channel.after_stored(press(channel), is_new=True)


class Stalled(httpx.AsyncBaseTransport):
    """Says who the bot is and nothing else."""

    async def handle_async_request(self, request):
        if request.url.path.endswith("/getMe"):
            return result(ME)
        return await asyncio.Event().wait()
