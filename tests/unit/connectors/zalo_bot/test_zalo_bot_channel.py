"""The bot as one of the gateway's channels."""

import json

import httpx
import pytest

from connectors.bot_credentials import Mode
from connectors.channel import Polled, PollError, Refused, WebhookRequest
from connectors.message import Button, Reply
from tests.unit.connectors.zalo_bot.bot import CREDENTIALS, TOKEN, FakeNetwork, answers, fails

UPDATE = {"event_name": "message.text.received", "message": {"text": "Lương hưu?"}}
URL = "https://bhxh.example/webhooks/zalo-bot"


def ok(result):
    return answers({"ok": True, "result": result})


def refused(code):
    return answers({"ok": False, "error_code": code, "description": "refused"})


def call(headers):
    return WebhookRequest(headers, b"{}")


class TestDoor:
    @pytest.mark.conformance("I2")
    @pytest.mark.parametrize("secret", [CREDENTIALS.secret, "12345678", "s" * 256])
    def test_the_right_secret_is_believed(self, secret):
        channel = FakeNetwork().channel(secret=secret)
        assert channel.verify(call({"x-bot-api-secret-token": secret})) is None

    @pytest.mark.conformance("I2")
    @pytest.mark.parametrize(
        ("headers", "reason"),
        [
            ({}, "no_secret"),
            ({"x-bot-api-secret-token": ""}, "no_secret"),
            ({"x-bot-api-secret-token": CREDENTIALS.secret.upper()}, "bad_secret"),
            ({"x-bot-api-secret-token": CREDENTIALS.secret + "x"}, "bad_secret"),
            ({"x-bot-api-secret-token": "bí-mật"}, "bad_secret"),
            ({"x-telegram-bot-api-secret-token": CREDENTIALS.secret}, "no_secret"),
        ],
        ids=str,
    )
    def test_any_other_is_not(self, headers, reason):
        assert FakeNetwork().channel().verify(call(headers)) == Refused(403, reason)

    def test_a_bot_without_a_secret_is_called_by_nobody(self):
        channel = FakeNetwork().channel(secret=None, mode=Mode.POLLING)
        assert channel.verify(call({"x-bot-api-secret-token": ""})) == Refused(403, "not_expected")


class TestRendering:
    @pytest.mark.conformance("I10")
    def test_buttons_are_numbered_lines(self):
        reply = Reply("Ý anh/chị là?", buttons=(Button("Ốm đau", "/a"), Button("Thai sản", "/b")))
        (message,) = FakeNetwork().channel().render(reply, 3)
        assert message.buttons == ()
        assert message.text.endswith("\n1. Ốm đau\n2. Thai sản")

    @pytest.mark.conformance("I9")
    @pytest.mark.parametrize("characters", [1, 1900, 1901, 2000, 2001, 20_000])
    def test_no_message_is_longer_than_the_limit(self, characters):
        messages = FakeNetwork().channel().render(Reply("ă" * characters), 1)
        assert all(0 < len(message.text) <= 1900 for message in messages)
        assert "".join(message.text for message in messages) == "ă" * characters


class TestTyping:
    @pytest.mark.conformance("I18")
    async def test_the_sign_is_one_call_and_its_failure_harms_nothing(self):
        network = FakeNetwork(ok(True), refused(401), fails(httpx.ConnectError("down")))
        channel = network.channel()
        for _ in range(3):
            await channel.show_typing("6ede9afa66b88fe6d6a9")
        assert str(network.calls[0].url).endswith("/sendChatAction")
        assert json.loads(network.calls[0].content) == {"chat_id": "6ede9afa66b88fe6d6a9", "action": "typing"}


class TestPolling:
    @pytest.mark.conformance("I12")
    @pytest.mark.parametrize(
        ("result", "updates"),
        [(UPDATE, [UPDATE]), ([UPDATE, UPDATE], [UPDATE, UPDATE]), ([], []), (None, []), (["x", 7], ["x", 7])],
        ids=["object", "list", "empty list", "null", "strange items, for the parser to refuse"],
    )
    async def test_updates_come_in_several_shapes(self, result, updates):
        polled = await FakeNetwork(ok(result)).channel().poll(None)
        assert [json.loads(update) for update in polled.updates] == updates
        assert polled.position is None

    @pytest.mark.conformance("I11")
    @pytest.mark.parametrize("status", [200, 408])
    async def test_nothing_within_the_time_is_an_empty_answer(self, status):
        idle = answers({"ok": False, "error_code": 408, "description": "Request timeout"}, status)
        assert await FakeNetwork(idle).channel().poll(None) == Polled((), None)

    @pytest.mark.conformance(("I14", "I15"))
    @pytest.mark.parametrize(
        ("code", "human_needed"), [(401, True), (403, True), (429, True), (409, False), (500, False)]
    )
    async def test_a_refusal_says_whether_a_person_is_needed(self, code, human_needed):
        with pytest.raises(PollError) as caught:
            await FakeNetwork(refused(code)).channel().poll(None)
        assert (caught.value.code, caught.value.human_needed) == (str(code), human_needed)

    async def test_a_broken_connection_names_its_kind_and_no_address(self):
        with pytest.raises(PollError) as caught:
            await FakeNetwork(fails(httpx.ReadTimeout(f"POST /bot{TOKEN}/getUpdates"))).channel().poll(None)
        assert (str(caught.value), caught.value.__cause__) == ("ReadTimeout", None)

    async def test_before_polling_the_webhook_is_taken_away(self):
        network = FakeNetwork(ok({"url": ""}), refused(401))
        await network.channel().prepare_polling()
        assert str(network.calls[0].url).endswith("/deleteWebhook")
        with pytest.raises(PollError):
            await network.channel().prepare_polling()


class TestWebhookSetting:
    async def test_address_and_secret_are_given_to_the_platform(self):
        network = FakeNetwork(ok({"url": URL, "updated_at": 1, "verification": {"ok": True, "outcome": "webhook.ok"}}))
        finding = await network.channel().set_webhook(URL)
        assert (finding.good, finding.detail) == (True, URL)
        assert json.loads(network.calls[0].content) == {"url": URL, "secret_token": CREDENTIALS.secret}

    @pytest.mark.conformance("I17")
    @pytest.mark.parametrize(
        "result",
        [
            {"url": URL, "verification": {"ok": False, "outcome": "webhook.http.403"}},
            {"url": URL, "verification": {}},
            {"url": URL},
            None,
        ],
        ids=str,
    )
    async def test_an_address_that_was_not_verified_is_no_success(self, result):
        finding = await FakeNetwork(ok(result)).channel().set_webhook(URL)
        assert not finding.good
        assert "saved, but not reached" in finding.detail
        assert finding.remedy

    async def test_a_refusal_is_told(self):
        finding = await FakeNetwork(refused(401)).channel().set_webhook(URL)
        assert (finding.good, finding.detail) == (False, "401 refused")

    async def test_without_a_secret_nothing_is_set(self):
        network = FakeNetwork()
        finding = await network.channel(secret=None, mode=Mode.POLLING).set_webhook(URL)
        assert not finding.good
        assert network.calls == []


class TestCheck:
    ACCOUNT = ok({"id": "4450", "account_name": "bot.thu", "account_type": "BASIC", "can_join_groups": False})

    @pytest.mark.parametrize(
        ("mode", "info", "good"),
        [
            (Mode.WEBHOOK, ok({"url": URL}), True),
            (Mode.WEBHOOK, ok({"url": "https://other.example/hook"}), False),
            (Mode.WEBHOOK, refused(404), False),
            (Mode.WEBHOOK, refused(500), False),
            (Mode.POLLING, refused(404), True),
            (Mode.POLLING, ok({"url": ""}), True),
            (Mode.POLLING, ok({"url": URL}), False),
        ],
    )
    async def test_the_webhook_is_compared_with_the_mode(self, mode, info, good):
        account, webhook = await FakeNetwork(self.ACCOUNT, info).channel(mode=mode).check()
        assert (account.good, account.detail) == (True, "bot.thu (id 4450)")
        assert webhook.good is good
        assert good or webhook.remedy

    @pytest.mark.conformance("I15")
    async def test_a_refused_token_is_told_with_its_remedy(self):
        findings = await FakeNetwork(refused(401), fails(httpx.ConnectError("down"))).channel().check()
        assert [(finding.good, finding.detail) for finding in findings] == [
            (False, "401 refused"),
            (False, "ConnectError"),
        ]
        assert "ZALO_BOT_TOKEN" in findings[0].remedy
