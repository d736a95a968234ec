"""python-telegram-bot's own client takes our Telegram for the real one."""

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from tests.channel_servers import TelegramServer, serving

CITIZEN = 900_000_001
LOOPBACK = {"trust_env": False, "verify": False}  # without the slow load of certificates


@pytest.fixture
async def server():
    async with serving(TelegramServer()) as server:
        yield server


@pytest.fixture(autouse=True)
def waiting_times_are_timedeltas(monkeypatch):
    """The library warns of anything else."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def make_bot(server, token=None, read_seconds=5.0):
    request = HTTPXRequest(read_timeout=read_seconds, httpx_kwargs=LOOPBACK)
    polling = HTTPXRequest(read_timeout=read_seconds, httpx_kwargs=LOOPBACK)
    token = token or server.account.token
    return Bot(token, base_url=f"{server.url}/bot", request=request, get_updates_request=polling)


@pytest.fixture
async def bot(server):
    async with make_bot(server) as bot:
        yield bot


@pytest.fixture
def citizen(server):
    """Somebody who wrote before."""
    server.says(CITIZEN, "xin chào")
    return CITIZEN


async def test_it_says_who_it_is(server, bot):
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (server.account.bot_id, server.account.username, True)


async def test_a_wrong_token_is_refused(server):
    with pytest.raises(InvalidToken):
        async with make_bot(server, token="1:wrong"):
            pass


async def test_a_message_with_a_keyboard_arrives_as_it_was_sent(server, bot, citizen):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Thai sản", callback_data="o1.1")]])
    message = await bot.send_message(citizen, "Ý anh/chị là…?", reply_markup=keyboard)
    assert message.chat.id == citizen
    assert message.reply_markup == keyboard
    (sent,) = server.sent
    assert (sent.user, sent.text, sent.message_id) == (str(citizen), "Ý anh/chị là…?", str(message.message_id))
    assert [(button.title, button.key) for button in sent.buttons] == [("Thai sản", "o1.1")]


async def test_updates_are_given_until_they_are_confirmed(server, bot):
    server.says(CITIZEN, "một")
    server.says(CITIZEN, "hai")
    first = await bot.get_updates(timeout=0)
    assert [update.message.text for update in first] == ["một", "hai"]
    assert await bot.get_updates(timeout=0) == first
    assert [one.message.text for one in await bot.get_updates(offset=first[0].update_id + 1, timeout=0)] == ["hai"]
    assert await bot.get_updates(offset=first[1].update_id + 1, timeout=0) == ()


async def test_a_long_poll_ends_when_something_is_said(server, bot):
    asyncio.get_running_loop().call_later(0.02, server.says, CITIZEN, "chào")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message.from_user.id == CITIZEN


async def test_of_two_pollers_the_first_meets_a_conflict(server, bot):
    async with make_bot(server) as other:
        first = asyncio.create_task(bot.get_updates(timeout=5))
        while not server.calls or server.calls[-1].method != "getUpdates":
            await asyncio.sleep(0.002)
        await other.get_updates(timeout=0)
        with pytest.raises(Conflict):
            await first


async def test_polling_conflicts_with_a_webhook(bot):
    await bot.set_webhook("http://127.0.0.1:9/webhooks/telegram", secret_token="abc")
    with pytest.raises(Conflict):
        await bot.get_updates(timeout=0)


async def test_a_webhook_gets_what_waited_and_what_comes(server, bot, door, citizen):
    await bot.set_webhook(f"{door.url}/webhooks/telegram", secret_token="abc", allowed_updates=["message"])
    server.says(citizen, "câu hai")
    await server.wait_for_deliveries()
    updates = [Update.de_json(body, bot) for body in door.bodies]
    assert [update.message.text for update in updates] == ["xin chào", "câu hai"]
    assert door.calls[0][1]["x-telegram-bot-api-secret-token"] == "abc"
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.allowed_updates) == (0, ("message",))


async def test_what_waits_outlives_the_webhook_unless_dropped(bot, citizen):
    await bot.delete_webhook(drop_pending_updates=False)
    assert len(await bot.get_updates(timeout=0)) == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates(timeout=0) == ()


async def test_a_webhook_is_called_until_it_takes_the_update(server, bot, door, citizen):
    server.postman.time_factor = 0.001
    door.statuses = [500, 503]
    await bot.set_webhook(f"{door.url}/webhooks/telegram")
    await server.wait_for_deliveries()
    assert [attempt.status for attempt in server.postman.deliveries[-1].attempts] == [500, 503, 200]
    assert server.box.updates == {}
    assert "503" in (await bot.get_webhook_info()).last_error_message


async def test_a_press_is_a_query_that_can_be_answered_once(server, bot, citizen):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Có", callback_data="o1.1")]])
    await bot.send_message(citizen, "Gặp cán bộ?", reply_markup=keyboard)
    server.presses(citizen, 0)
    query = (await bot.get_updates(timeout=0))[-1].callback_query
    assert (query.data, query.from_user.id, query.message.text) == ("o1.1", citizen, "Gặp cán bộ?")
    assert await bot.answer_callback_query(query.id, text="Đã nhận")
    assert server.notices == {query.id: "Đã nhận"}
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_callback_query(query.id)


async def test_a_keyboard_can_be_taken_away(server, bot, citizen):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Có", callback_data="o1.1")]])
    message = await bot.send_message(citizen, "Gặp cán bộ?", reply_markup=keyboard)
    await bot.edit_message_reply_markup(citizen, message.message_id, reply_markup=None)
    assert server.sent[0].buttons == ()
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_reply_markup(citizen, message.message_id, reply_markup=None)


@pytest.mark.parametrize(
    ("text", "problem"), [(" ", "text is empty"), ("đ" * 4097, "too long"), ("😀" * 2049, "too long")]
)
async def test_a_text_that_telegram_would_refuse_is_refused(bot, citizen, text, problem):
    with pytest.raises(BadRequest, match=problem):
        await bot.send_message(citizen, text)


async def test_the_longest_text_is_taken(server, bot, citizen):
    await bot.send_message(citizen, "😀" * 2048)
    assert len(server.sent) == 1


@pytest.mark.parametrize("data", ["a" * 65, "ữ" * 22])
async def test_callback_data_is_counted_in_bytes(bot, citizen, data):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Có", callback_data=data)]])
    with pytest.raises(BadRequest, match=r"(?i)BUTTON_DATA_INVALID"):
        await bot.send_message(citizen, "Chọn", reply_markup=keyboard)


async def test_a_stranger_is_not_found_and_a_blocker_forbids(server, bot, citizen):
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(111, "chào")
    server.unfollows(citizen)
    with pytest.raises(Forbidden):
        await bot.send_message(citizen, "chào")
    server.follows(citizen)
    await bot.send_message(citizen, "chào")
    updates = await bot.get_updates(timeout=0)
    assert [one.my_chat_member.new_chat_member.status for one in updates if one.my_chat_member] == ["kicked", "member"]
    assert updates[-1].message.text == "/start"


async def test_a_group_that_moved_says_where_to(server, bot):
    server.says(CITIZEN, "chào", chat=-100)
    server.migrates(-100, -100_200)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-100, "chào")
    assert moved.value.new_chat_id == -100_200


async def test_floods_are_stopped_for_one_chat_and_for_all(server, bot, citizen):
    server.flood.strict = True
    server.clock.stand_still()
    await bot.send_message(citizen, "một")
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(citizen, "hai")
    assert refused.value.retry_after.total_seconds() == 1
    server.clock.advance(1)
    await bot.send_message(citizen, "hai")
    for number in range(1, 31):
        server.says(number, "chào")
    for number in range(1, 30):
        await bot.send_message(number, "chào")
    with pytest.raises(RetryAfter):
        await bot.send_message(30, "chào")


async def test_a_scripted_flood_wait_happens_once(server, bot, citizen):
    server.faults.add("rate_limit", "sendMessage", seconds=3)
    with pytest.raises(RetryAfter):
        await bot.send_message(citizen, "một")
    await bot.send_message(citizen, "một")
    assert len(server.sent) == 1


async def test_an_answer_that_stays_away_is_a_timeout_though_the_message_arrived(server, citizen):
    async with make_bot(server, read_seconds=0.1) as bot:
        server.faults.add("stall", "sendMessage", seconds=5)
        with pytest.raises(TimedOut):
            await bot.send_message(citizen, "một")
    assert [(one.text, one.fate) for one in server.sent] == [("một", "stall")]


@pytest.mark.parametrize(
    ("kind", "arrives"),
    [("hang_up", 0), ("lose_answer", 1), ("garbled", 1), ("server_error", 0), ("bad_gateway", 0)],
)
async def test_a_fault_decides_whether_the_message_arrives(server, bot, citizen, kind, arrives):
    server.faults.add(kind, "sendMessage")
    # Half a JSON text is no NetworkError to the library.
    with pytest.raises(TelegramError if kind == "garbled" else NetworkError):
        await bot.send_message(citizen, "một")
    assert len(server.sent) == arrives


async def test_typing_and_commands_are_taken(server, bot, citizen):
    await bot.send_chat_action(citizen, "typing")
    await bot.set_my_commands([("help", "Trợ giúp")])
    assert server.typing == [str(citizen)]


async def test_commands_and_mentions_are_marked_in_utf16_units(server, bot):
    server.says(CITIZEN, "😀 /help@bhxh_thu_bot nhé @ai_do")
    entities = (await bot.get_updates(timeout=0))[0].message.entities
    assert [(one.type, one.offset, one.length) for one in entities] == [("bot_command", 3, 18), ("mention", 26, 6)]


@pytest.mark.parametrize("kind", ["photo", "voice", "video", "sticker", "document", "location", "contact", "dice"])
async def test_attachments_are_read_by_the_library(server, bot, kind):
    server.attaches(CITIZEN, kind)
    assert getattr((await bot.get_updates(timeout=0))[0].message, kind)


async def test_an_edited_message_and_forged_data_are_read_by_the_library(server, bot, citizen):
    server.edits(citizen, server.said[0].message_id, "xin chào lại")
    server.presses_forged(citizen, "/restart")
    updates = await bot.get_updates(timeout=0)
    assert updates[1].edited_message.text == "xin chào lại"
    assert updates[2].callback_query.data == "/restart"
