"""The channel as the gateway sees it."""

import dataclasses
import json
from datetime import timedelta

import pytest

from connectors.channel import Refused, WebhookRequest
from connectors.message import Button, InboundMessage, Reply
from connectors.outgoing import OfferedButton
from tests.unit.connectors.zalo_oa.account import CREDENTIALS, NOW, OA, USER, fixture_bytes, signed
from tests.unit.connectors.zalo_oa.network import answers, refuses
from tests.unit.connectors.zalo_oa.office import SHORT, new_pair

BOOTSTRAP = dataclasses.replace(CREDENTIALS, secrets=(), access_token="", refresh_token="", app_secret="")
MINE = answers({"data": {"oa_id": OA, "name": "BHXH Thử"}, "error": 0})


def asking(count, title="Mục"):
    return Reply(
        "Anh/chị chọn giúp ạ.", buttons=tuple(Button(f"{title} {one}", f"/p{one}") for one in range(1, count + 1))
    )


@pytest.mark.conformance(("G1", "G2"))
async def test_an_authentic_call_is_parsed_and_a_forged_one_gets_the_configured_status(office):
    async with office.open_desk(numbers=dataclasses.replace(SHORT, bad_signature_status=403)) as desk:
        request = signed(fixture_bytes("user_send_text"))
        assert desk.channel.verify(request) is None
        (message,) = desk.channel.parse(request.body, NOW)
        assert isinstance(message, InboundMessage)
        assert desk.channel.verify(WebhookRequest({}, request.body)) == Refused(403, "no_signature")


@pytest.mark.conformance("G10")
async def test_an_empty_call_of_the_console_is_answered_with_200(office):
    async with office.open_desk(numbers=dataclasses.replace(SHORT, bad_signature_status=403)) as desk:
        assert desk.channel.verify(WebhookRequest({}, b"")) == Refused(200, "empty")


@pytest.mark.conformance("G9")
async def test_in_bootstrap_everything_is_answered_and_nothing_believed_with_one_warning(office, caplog):
    async with office.open_desk(credentials=BOOTSTRAP) as desk:
        for _ in range(3):
            assert desk.channel.verify(signed(fixture_bytes("user_send_text"))) == Refused(200, "bootstrap")
        assert caplog.text.count("bootstrap") == 1
        (finding,) = await desk.channel.check()
        assert not finding.good
        assert "ZALO_OA_SECRET" in finding.remedy
        await desk.channel.maintain()
        assert desk.api.calls + desk.oauth.calls == []


@pytest.mark.conformance("G48")
async def test_up_to_five_choices_are_buttons(office):
    async with office.open_desk() as desk:
        (message,) = desk.channel.render(asking(5), 15)
        assert message.buttons[4] == OfferedButton("Mục 5", "o15.5")
        assert len(message.buttons) == 5


@pytest.mark.conformance("G48")
async def test_more_are_numbered_lines(office):
    async with office.open_desk() as desk:
        (message,) = desk.channel.render(asking(6), 15)
        assert message.buttons == ()
        assert message.text.splitlines()[-1] == "6. Mục 6"


async def test_an_account_without_buttons_gets_numbers_at_once(office):
    async with office.open_desk(numbers=dataclasses.replace(SHORT, send_buttons=False)) as desk:
        (message,) = desk.channel.render(asking(2), 15)
        assert (message.buttons, message.text.splitlines()[-1]) == ((), "2. Mục 2")


@pytest.mark.conformance("G49")
async def test_a_long_title_is_cut_with_a_sign(office):
    async with office.open_desk() as desk:
        (message,) = desk.channel.render(asking(1, "dài " * 40), 15)
        assert len(message.buttons[0].title) <= 100
        assert message.buttons[0].title.endswith("…")


@pytest.mark.conformance(("G51", "G52"))
async def test_whatever_is_refused_as_buttons_fits_as_numbers(office):
    reply = dataclasses.replace(asking(5, "Một lựa chọn khá dài để thử " * 3), text="Câu trả lời rất dài. " * 240)
    async with office.open_desk(api=[refuses(-233), answers({"error": 0})]) as desk:
        *before, last = desk.channel.render(reply, 15)
        assert max(len(one.text) for one in before) <= 1900
        await desk.channel.send(USER, last)
        text = json.loads(desk.api.calls[1].content)["message"]["text"]
        assert len(text) <= 1900
        assert text.splitlines()[-1].startswith("5. ")


async def test_there_is_no_sign_of_typing_and_no_receipt(office):
    async with office.open_desk() as desk:
        (message,) = desk.channel.parse(fixture_bytes("user_send_text"), NOW)
        await desk.channel.show_typing(USER)
        await desk.channel.after_stored(message, True)
        assert desk.api.calls == []


async def test_a_good_set_up_is_found_good(office):
    async with office.open_desk(api=[refuses(-216), MINE], oauth=[new_pair(1)]) as desk:
        findings = await desk.channel.check()
        assert [(one.what, one.good) for one in findings] == [
            ("credentials", True),
            ("account", True),
            ("access token", True),
            ("refresh token", True),
        ]


async def test_a_token_of_another_account_is_found(office):
    other = answers({"data": {"oa_id": "1", "name": "Khác"}, "error": 0})
    async with office.open_desk(api=[other]) as desk:
        account = (await desk.channel.check())[1]
        assert (account.good, account.detail) == (False, "the token belongs to OA 1 (Khác)")


@pytest.mark.parametrize(("happening", "word"), [(refuses(-224), "-224"), (answers(b"", 500), "http_500")])
async def test_what_the_api_says_against_us_is_found(office, happening, word):
    async with office.open_desk(api=[happening]) as desk:
        account = (await desk.channel.check())[1]
        assert not account.good
        assert account.detail.startswith(word)
        assert account.remedy


@pytest.mark.conformance("G65")
async def test_an_old_refresh_token_is_found(office):
    async with office.open_desk(api=[MINE, MINE], oauth=[answers(b"", 500)]) as desk:
        await desk.channel.check()
        desk.clock.advance(days=61)
        refresh = (await desk.channel.check())[3]
        assert not refresh.good
        assert "61 of 90 days" in refresh.detail
        assert "unavailable:http_500" in refresh.detail


async def test_age_alone_is_found_too(office):
    async with office.open_desk(api=[MINE], oauth=[]) as desk:
        await desk.keeper.current()
        await desk.store.keep(1, (await desk.store.read()).tokens, NOW)
    async with office.open_desk(api=[MINE]) as desk:
        old = dataclasses.replace(
            (await desk.store.read()).tokens, refresh_issued_at=NOW - timedelta(days=70), access_issued_at=NOW
        )
        await desk.store.keep(2, old, NOW)
        refresh = (await desk.channel.check())[3]
        assert (refresh.good, refresh.detail) == (False, "70 of 90 days old")


async def test_tokens_that_cannot_be_renewed_are_found(office):
    alone = dataclasses.replace(CREDENTIALS, refresh_token="", app_secret="")
    async with office.open_desk(api=[MINE], credentials=alone) as desk:
        refresh = (await desk.channel.check())[3]
        assert not refresh.good
        assert "ZALO_OA_REFRESH_TOKEN" in refresh.remedy


async def test_an_access_token_that_has_ended_is_found(office):
    async with office.open_desk(api=[MINE], oauth=[new_pair(1), answers({"error": -14014})]) as desk:
        await desk.keeper.replaced(await desk.keeper.current())
        desk.clock.advance(hours=26)
        _, account, access, _ = await desk.channel.check()
        assert (account.good, access.good, access.detail) == (False, False, "has ended")


async def test_a_first_pair_that_cannot_be_had_is_found(office):
    credentials = dataclasses.replace(CREDENTIALS, access_token="")
    async with office.open_desk(oauth=[answers({"error": -14014})], credentials=credentials) as desk:
        _, account, access, refresh = await desk.channel.check()
        assert (account.good, access.detail, refresh.good) == (False, "none yet", False)


async def test_tokens_that_cannot_be_opened_are_found(office):
    async with office.open_desk() as desk:
        await desk.keeper.current()
    async with office.open_desk(secret="mot-bi-mat-khac-cung-du-dai-nhu-the") as desk:
        _, account, tokens = await desk.channel.check()
        assert (account.good, tokens.good) == (False, False)


async def test_the_webhook_is_set_by_hand(office):
    async with office.open_desk() as desk:
        finding = await desk.channel.set_webhook("https://bhxh.test/webhooks/zalo-oa")
        assert not finding.good
        assert "https://bhxh.test/webhooks/zalo-oa" in finding.remedy
