"""Whether words in a group are meant for the bot, and what is left of them without its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COMMAND = re.compile(r"\s*(?P<command>/[A-Za-z0-9_]+)@(?P<name>[A-Za-z0-9_]+)")

_SPACES = re.compile("[ \t]{2,}")


@dataclass(frozen=True)
class BotIdentity:
    """`username` is without "@", and None until Telegram could be asked."""

    id: int
    username: str | None


def without_name(text: str) -> str:
    """In a private chat: `/start@Somebot` is `/start`; everything else stays as it was typed."""
    found = _COMMAND.match(text)
    return text if found is None else found["command"] + text[found.end() :]


def addressed(text: str, bot: BotIdentity) -> str | None:
    """In a group: the words without the bot's name; None when they do not name it.

    Until the name is known any bot's will do: in privacy mode Telegram sends a bot only what is meant for it
    (core.telegram.org/bots/features#privacy-mode), and every bot's name ends in "bot".
    """
    name = r"[A-Za-z0-9_]+bot" if bot.username is None else re.escape(bot.username)
    found = _COMMAND.match(text)
    if found is not None:
        return without_name(text) if re.fullmatch(name, found["name"], re.IGNORECASE) else None
    mention = rf"(?<![A-Za-z0-9_])@{name}(?![A-Za-z0-9_])[,:]?"
    rest, mentions = re.subn(mention, "", text, flags=re.IGNORECASE)
    return _SPACES.sub(" ", rest).strip() if mentions else None
