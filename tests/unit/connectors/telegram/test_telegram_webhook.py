"""Setting the webhook, and what an administrator is told of it."""

from datetime import timedelta

import httpx
import pytest

from connectors.bot_credentials import Mode
from tests.unit.connectors.telegram.bot import (
    CREDENTIALS,
    ME,
    NOW,
    FakeNetwork,
    refusal,
    result,
)

SECRET = CREDENTIALS.secret
ADDRESS = "https://vidu.vn/webhooks/telegram"
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]


class TestSettingTheWebhook:
    @pytest.mark.conformance("H40")
    async def test_it_is_registered(self):
        network = FakeNetwork(result(True))
        finding = await network.channel().set_webhook(ADDRESS)
        assert (finding.good, finding.detail) == (True, ADDRESS)
        assert network.form(0)["secret_token"] == SECRET

    async def test_a_refusal_is_shown_in_telegrams_words(self):
        answer = refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        finding = await FakeNetwork(answer).channel().set_webhook("http://vidu.vn")
        assert not finding.good
        assert "https url must be provided" in finding.detail.lower()
        assert "8443" in finding.remedy

    async def test_a_refused_token_is_another_matter_than_a_refused_address(self):
        finding = await FakeNetwork(refusal(401, "Unauthorized")).channel().set_webhook(ADDRESS)
        assert "TELEGRAM_BOT_TOKEN" in finding.remedy

    async def test_who_polls_is_told_so_first(self):
        network = FakeNetwork()
        finding = await network.channel(mode=Mode.POLLING).set_webhook(ADDRESS)
        assert (finding.good, network.calls) == (False, [])
        assert "TELEGRAM_MODE=webhook" in finding.remedy


class TestCheck:
    async def check(self, webhook, me=ME, **changes):
        info = {"has_custom_certificate": False, "pending_update_count": 0, **webhook}
        network = FakeNetwork(result(me), result(info))
        findings = await network.channel(**changes).check()
        assert network.methods == ["getMe", "getWebhookInfo"]
        return {finding.what: finding for finding in findings}

    async def test_all_is_well(self):
        found = await self.check({"url": ADDRESS, "allowed_updates": ALLOWED})
        assert all(finding.good and not finding.remedy for finding in found.values())
        assert found["account"].detail == "@bhxh_thu_bot (id 100200300)"
        assert list(found) == ["account", "groups", "webhook", "updates", "waiting updates", "last error"]

    @pytest.mark.parametrize(
        ("webhook", "what", "detail"),
        [
            ({"url": ""}, "webhook", "none is set"),
            ({"url": "https://vidu.vn/khac"}, "webhook", "https://vidu.vn/khac"),
            ({"url": ADDRESS}, "updates", "not asked for: message"),
            ({"url": ADDRESS, "allowed_updates": ALLOWED[:2]}, "updates", "not asked for: callback_query"),
            ({"url": ADDRESS, "pending_update_count": 101}, "waiting updates", "101"),
        ],
        ids=str,
    )
    async def test_what_is_wrong_comes_with_a_remedy(self, webhook, what, detail):
        found = (await self.check(webhook))[what]
        assert not found.good
        assert found.detail.startswith(detail)
        assert found.remedy

    @pytest.mark.parametrize(("minutes", "good"), [(5, False), (90, True)])
    async def test_an_error_of_the_last_hour_is_news(self, minutes, good):
        at = int((NOW - timedelta(minutes=minutes)).timestamp())
        error = {"last_error_date": at, "last_error_message": "Connection refused"}
        found = await self.check({"url": ADDRESS, "allowed_updates": ALLOWED, **error})
        assert found["last error"].good is good
        assert "Connection refused" in found["last error"].detail

    async def test_who_polls_wants_no_webhook(self):
        assert (await self.check({"url": ""}, mode=Mode.POLLING))["webhook"].good
        assert not (await self.check({"url": ADDRESS}, mode=Mode.POLLING))["webhook"].good

    async def test_a_bot_that_reads_all_of_a_group_is_found_out(self):
        found = await self.check({"url": ADDRESS}, me={**ME, "can_read_all_group_messages": True})
        assert "/setprivacy" in found["groups"].remedy
        found = await self.check({"url": ADDRESS}, me={**ME, "can_join_groups": False})
        assert found["groups"].good

    @pytest.mark.conformance("H34")
    async def test_a_refused_token_is_said_clearly(self):
        refused = refusal(401, "Unauthorized")
        findings = await FakeNetwork(refused, refused).channel().check()
        assert [(one.what, one.good, one.detail) for one in findings] == [
            ("account", False, "401 Unauthorized"),
            ("webhook", False, "401 Unauthorized"),
        ]
        assert "TELEGRAM_BOT_TOKEN" in findings[0].remedy

    async def test_no_way_to_telegram_is_another_matter(self):
        away = [httpx.ConnectError("refused")] * 6
        findings = await FakeNetwork(*away).channel().check()
        assert "TELEGRAM_API_BASE" in findings[0].remedy
        assert "TELEGRAM_BOT_TOKEN" not in findings[0].remedy
