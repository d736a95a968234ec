"""Calls of the Bot API through python-telegram-bot. Nothing here raises for what the network or Telegram does.

The library's `Bot.initialize` is not used: it asks Telegram at once, and its error quotes the token.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
from telegram import Bot, LinkPreviewOptions, Message, User, WebhookInfo
from telegram.constants import ChatAction
from telegram.error import ChatMigrated, TelegramError

from connectors.bot_credentials import BotCredentials
from connectors.outgoing import NotSent, OutgoingMessage, SendFailure, SendOutcome, Sent
from connectors.plain_text import is_seen
from connectors.telegram.errors import not_sent
from connectors.telegram.keyboard import keyboard
from connectors.telegram.payload import ALLOWED_UPDATES
from connectors.telegram.request import ApiRequest

ACKNOWLEDGE_SECONDS = 1.0
"""A pressed button turns its wheel until it is answered; nothing waits for that longer than this."""
ATTEMPTS = 3
"""Of a question that changes nothing."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# What python-telegram-bot lets through when an answer is JSON but not what is documented.
_UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)
Result = TypeVar("Result")


@dataclass(frozen=True)
class NewUpdates:
    """`highest_id` is None where there are none."""

    updates: tuple[bytes, ...]
    highest_id: int | None


class TelegramClient:
    """One for each process. `transport` stands for the network."""

    def __init__(
        self,
        credentials: BotCredentials,
        timeout_seconds: float,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._calls = ApiRequest(credentials.token, timeout_seconds, transport)
        self._polls = ApiRequest(credentials.token, timeout_seconds, transport)
        base = credentials.api_base
        # The library gets the public half of the token only; the other is added on the way out.
        self._bot = Bot(
            credentials.account,
            base_url=lambda _: base,
            base_file_url=lambda _: f"{base}/file",
            request=self._calls,
            get_updates_request=self._polls,
        )
        self._secret = credentials.secret
        self._timeout_seconds = timeout_seconds
        self._moved: dict[str, str] = {}

    async def send(self, chat_id: str, message: OutgoingMessage) -> SendOutcome:
        """Plain text, so nothing in it means anything. A group that moved is written to at its new id."""
        if not is_seen(message.text):
            return NotSent(SendFailure.PERMANENT, "empty_text", needs_attention=True)
        sent = await _outcome(lambda: self._send_where_it_is(chat_id, message))
        return sent if isinstance(sent, NotSent) else Sent(f"{sent.chat.id}:{sent.message_id}")

    async def _send_where_it_is(self, chat_id: str, message: OutgoingMessage) -> Message:
        try:
            return await self._send(self._moved.get(chat_id, chat_id), message)
        except ChatMigrated as moved:  # refused, so nothing was delivered
            self._moved[chat_id] = str(moved.new_chat_id)
            return await self._send(self._moved[chat_id], message)

    async def _send(self, chat_id: str, message: OutgoingMessage) -> Message:
        return await self._bot.send_message(
            chat_id, message.text, link_preview_options=_NO_PREVIEW, reply_markup=keyboard(message.buttons)
        )

    async def show_typing(self, chat_id: str) -> bool | NotSent:
        """Telegram shows it for about five seconds."""
        chat_id = self._moved.get(chat_id, chat_id)
        return await _outcome(lambda: self._bot.send_chat_action(chat_id, ChatAction.TYPING))

    async def acknowledge(self, query_id: str, notice: str | None) -> bool | NotSent:
        """Ends the wheel of a pressed button; `notice` is shown for a moment. An old press has none to end."""
        try:
            async with asyncio.timeout(ACKNOWLEDGE_SECONDS):
                return await _outcome(lambda: self._bot.answer_callback_query(query_id, notice))
        except TimeoutError:
            return NotSent(SendFailure.UNKNOWN, "timeout")

    async def get_me(self) -> User | NotSent:
        """The bot's own account."""
        return await _asked(self._bot.get_me)

    async def get_webhook_info(self) -> WebhookInfo | NotSent:
        """`url` is empty when none is set."""
        return await _asked(self._bot.get_webhook_info)

    async def set_webhook(self, url: str) -> bool | NotSent:
        """With the secret and the updates that we handle; what waits is brought there."""
        return await _outcome(
            lambda: self._bot.set_webhook(
                url, allowed_updates=ALLOWED_UPDATES, secret_token=self._secret, drop_pending_updates=False
            )
        )

    async def delete_webhook(self) -> bool | NotSent:
        """What waits is kept."""
        return await _asked(lambda: self._bot.delete_webhook(drop_pending_updates=False))

    async def get_updates(self, position: int | None, wait_seconds: float) -> NewUpdates | NotSent:
        """Confirms all below `position`, then waits up to that long for others."""
        found = await _outcome(lambda: self._get_updates(position, wait_seconds))
        if isinstance(found, NotSent):
            return found
        if not isinstance(found, list):
            return NotSent(SendFailure.UNKNOWN, "unreadable_answer")
        ids = [update["update_id"] for update in found if isinstance(update, dict) and _is_id(update.get("update_id"))]
        return NewUpdates(tuple(json.dumps(update).encode() for update in found), max(ids, default=None))

    async def _get_updates(self, position: int | None, wait_seconds: float) -> Any:
        """As Telegram wrote them: the library's own method drops a whole batch for one that it cannot read."""
        asked = {"offset": position, "timeout": int(wait_seconds), "allowed_updates": ALLOWED_UPDATES}
        return await self._bot._post("getUpdates", asked, read_timeout=wait_seconds + self._timeout_seconds)

    async def close(self) -> None:
        """Closes kept connections."""
        await self._calls.shutdown()
        await self._polls.shutdown()


async def _outcome(call: Callable[[], Awaitable[Result]]) -> Result | NotSent:
    try:
        return await call()
    except TelegramError as error:
        return not_sent(error)
    except _UNREADABLE:
        return NotSent(SendFailure.UNKNOWN, "unreadable_answer")


async def _asked(call: Callable[[], Awaitable[Result]]) -> Result | NotSent:
    """A call that may be repeated: a lost answer is no reason to stop."""
    for _ in range(ATTEMPTS - 1):
        result = await _outcome(call)
        if not isinstance(result, NotSent) or result.failure not in (SendFailure.UNKNOWN, SendFailure.TEMPORARY):
            return result
    return await _outcome(call)


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
