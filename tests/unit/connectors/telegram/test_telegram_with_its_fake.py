"""Our channel beside python-telegram-bot's own client, both before the simulated Telegram."""

import asyncio
import dataclasses
import warnings
from datetime import UTC, datetime

import pytest
from telegram import Bot, InlineKeyboardMarkup
from telegram.request import HTTPXRequest

from connectors.bot_credentials import Mode
from connectors.channel import PollError
from connectors.message import Button, InboundKind, InboundMessage, Reply
from connectors.outgoing import NotSent, OutgoingMessage, SendFailure, Sent
from connectors.telegram.channel import TelegramChannel
from connectors.telegram.settings import read_credentials
from tests.channel_servers import TelegramServer, serving
from tests.channel_servers.environment import environment_of
from tests.unit.connectors.telegram.bot import NUMBERS, TEXTS

CITIZEN = "900000001"
QUICK = dataclasses.replace(NUMBERS, timeout_seconds=0.3, poll_seconds=0.0)
MESSAGE = OutgoingMessage("Anh/chị cần Tờ khai TK1-TS.")


@pytest.fixture
async def server():
    async with serving(TelegramServer()) as server:
        server.says(CITIZEN, "xin chào")
        yield server


@pytest.fixture
async def channel(server):
    credentials = read_credentials(environment_of([server], Mode.POLLING))
    channel = TelegramChannel(credentials, QUICK, None, TEXTS, server_time(server))
    yield channel
    await channel.close()


@pytest.fixture
async def library(server):
    """python-telegram-bot as anybody would use it."""
    calls, polls = (HTTPXRequest(httpx_kwargs={"trust_env": False, "verify": False}) for _ in range(2))
    base = f"{server.url}/bot"
    async with Bot(server.account.token, base_url=base, request=calls, get_updates_request=polls) as bot:
        yield bot


def server_time(server):
    return lambda: datetime.fromtimestamp(server.clock.now(), UTC)


async def all_heard(server, channel):
    polled = await channel.poll(None)
    return [item for update in polled.updates for item in channel.parse(update, server_time(server)())]


async def test_both_send_the_same_message(server, channel, library):
    reply = Reply("Ý anh/chị là?", buttons=(Button("Ốm đau", "/a"), Button("Thai sản, dưỡng sức", "/b")))
    (message,) = channel.render(reply, 3)
    sent = await channel.send(CITIZEN, message)
    rows = [[button] for button in message.buttons]
    keyboard = [[{"text": button.title, "callback_data": button.key} for button in row] for row in rows]
    markup = InlineKeyboardMarkup.de_json({"inline_keyboard": keyboard}, library)
    theirs = await library.send_message(CITIZEN, message.text, reply_markup=markup)
    ours_seen, theirs_seen = server.sent
    assert (ours_seen.text, ours_seen.buttons, ours_seen.user) == (theirs_seen.text, theirs_seen.buttons, CITIZEN)
    assert sent == Sent(f"{CITIZEN}:{theirs.message_id - 1}")


async def test_both_hear_the_same_updates(server, channel, library):
    server.says(CITIZEN, "/help@bhxh_thu_bot 😀")
    server.edits(CITIZEN, server.said[0].message_id, "xin chào lại")
    server.attaches(CITIZEN, "photo", "Mẫu nào đây ạ?")
    server.unfollows(CITIZEN)
    server.follows(CITIZEN)
    theirs = await library.get_updates(timeout=0)
    ours = await all_heard(server, channel)
    assert len(ours) == len(theirs) == 7
    for item, update in zip(ours, theirs, strict=True):
        assert int(item.conversation.participant) == update.effective_chat.id
        if item.kind is InboundKind.TEXT:
            message = update.effective_message
            assert item.text == (message.text or message.caption).replace("@bhxh_thu_bot", "")


async def test_a_pressed_button_comes_back_and_stops_turning(server, channel):
    await channel.send(
        CITIZEN, channel.render(Reply("Chọn", buttons=(Button("Có", "/a"), Button("Không", "/b"))), 3)[0]
    )
    server.presses(CITIZEN, 1)
    *_, press = await all_heard(server, channel)
    assert isinstance(press, InboundMessage)
    assert (press.kind, press.choice) == (InboundKind.CHOICE, "o3.2")
    await channel.after_stored(press, is_new=True)
    assert server.notices == {press.receipt: ""}


@pytest.mark.conformance("H12")
async def test_an_old_press_is_heard_though_it_cannot_be_answered(server, channel):
    server.presses_forged(CITIZEN, "o3.1", server.messages[(int(CITIZEN), int(server.said[0].message_id))])
    *_, press = await all_heard(server, channel)
    server.queries.clear()
    await channel.after_stored(press, is_new=True)
    assert (press.choice, server.notices) == ("o3.1", {})


@pytest.mark.conformance(("H30", "H33", "H34", "H35"))
@pytest.mark.parametrize(
    ("kind", "failure", "arrives"),
    [
        ("rate_limit", SendFailure.RATE_LIMITED, 0),
        ("token_expired", SendFailure.HUMAN_NEEDED, 0),
        ("server_error", SendFailure.TEMPORARY, 0),
        ("bad_gateway", SendFailure.TEMPORARY, 0),
        ("hang_up", SendFailure.UNKNOWN, 0),
        ("lose_answer", SendFailure.UNKNOWN, 1),
        ("garbled", SendFailure.UNKNOWN, 1),
        ("stall", SendFailure.UNKNOWN, 1),
    ],
)
async def test_what_may_have_arrived_is_unknown_and_nothing_else_is(server, channel, kind, failure, arrives):
    server.faults.add(kind, "sendMessage", seconds=3)
    said = await channel.send(CITIZEN, MESSAGE)
    assert isinstance(said, NotSent)
    assert (said.failure, len(server.sent)) == (failure, arrives)
    assert said.retry_after_seconds == (3.0 if kind == "rate_limit" else None)


@pytest.mark.conformance("H33")
async def test_a_telegram_that_is_away_has_got_nothing(server, channel):
    async with serving(TelegramServer(server.account)) as gone:
        credentials = read_credentials(environment_of([gone], Mode.POLLING))
    away = TelegramChannel(credentials, QUICK, None, TEXTS, server_time(server))
    assert await away.send(CITIZEN, MESSAGE) == NotSent(SendFailure.TEMPORARY, "ConnectError")
    await away.close()


@pytest.mark.conformance(("H31", "H32"))
async def test_who_is_not_there_is_unreachable(server, channel):
    server.unfollows(CITIZEN)
    assert (await channel.send(CITIZEN, MESSAGE)).failure is SendFailure.UNREACHABLE
    assert (await channel.send("111", MESSAGE)).failure is SendFailure.UNREACHABLE


@pytest.mark.conformance("H24")
async def test_a_group_that_moved_hears_us(server, channel):
    server.says(CITIZEN, "chào @bhxh_thu_bot", chat=-100)
    server.migrates(-100, -100_200)
    assert isinstance(await channel.send("-100", MESSAGE), Sent)
    assert server.sent[0].user == "-100200"


@pytest.mark.conformance(("H26", "H28"))
@pytest.mark.parametrize(
    "text", ["😀" * 2500, "<b>_*[" * 900, "ệ" * 9_000, "e\u0302\u0323" * 5_000], ids=lambda text: text[:3]
)
async def test_telegram_takes_every_part_of_a_long_answer(server, channel, text):
    for message in channel.render(Reply(text), 1):
        assert isinstance(await channel.send(CITIZEN, message), Sent)


@pytest.mark.conformance("H36")
async def test_the_typing_sign_is_shown_and_its_failure_harms_nobody(server, channel):
    server.faults.add("server_error", "sendChatAction")
    await channel.show_typing(CITIZEN)
    await channel.show_typing(CITIZEN)
    assert server.typing == [CITIZEN]


@pytest.mark.conformance(("H38", "H40"))
async def test_from_webhook_to_polling_nothing_that_waits_is_lost(server, channel, library):
    await library.set_webhook("http://127.0.0.1:9/webhooks/telegram", secret_token="abc")
    server.says(CITIZEN, "câu hai")
    await channel.prepare_polling()
    assert [item.text for item in await all_heard(server, channel)] == ["xin chào", "câu hai"]
    polled = await channel.poll(None)
    assert (await channel.poll(polled.position)).updates == ()
    assert (await library.get_webhook_info()).url == ""


@pytest.mark.conformance("H40")
async def test_from_polling_to_webhook_with_the_secret(server, library):
    credentials = read_credentials(environment_of([server], Mode.WEBHOOK))
    channel = TelegramChannel(credentials, QUICK, None, TEXTS, server_time(server))
    address = "http://127.0.0.1:9/webhooks/telegram"
    assert (await channel.set_webhook(address)).good
    assert server.box.webhook.secret_token == server.account.secret
    assert (await library.get_webhook_info()).allowed_updates == tuple(server.box.allowed)
    assert {finding.what for finding in await channel.check() if not finding.good} <= {"last error"}
    await channel.close()


@pytest.mark.conformance("H39")
async def test_two_pollers_of_which_one_backs_off(server, channel):
    server.box.drop()
    credentials = read_credentials(environment_of([server], Mode.POLLING))
    slow = TelegramChannel(credentials, dataclasses.replace(QUICK, poll_seconds=5.0), None, TEXTS, server_time(server))
    waiting = asyncio.create_task(slow.poll(None))
    while not server.calls or server.calls[-1].method != "getUpdates":
        await asyncio.sleep(0.002)
    await channel.poll(None)
    with pytest.raises(PollError, match="409"):
        await waiting
    await slow.close()


async def test_the_library_warns_of_nothing_that_we_do(server, channel):
    server.faults.add("rate_limit", "sendMessage", seconds=1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert (await channel.send(CITIZEN, MESSAGE)).retry_after_seconds == 1.0
