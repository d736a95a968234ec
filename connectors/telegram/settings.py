"""What an administrator sets in the environment to switch Telegram on."""

from __future__ import annotations

import re
from collections.abc import Mapping

from connectors.bot_credentials import BotCredentials, BotVariables, Shape

DEFAULT_API_BASE = "https://api.telegram.org"
VARIABLES = BotVariables(
    platform="Telegram",
    token="TELEGRAM_BOT_TOKEN",
    secret="TELEGRAM_WEBHOOK_SECRET",
    mode="TELEGRAM_MODE",
    api_base="TELEGRAM_API_BASE",
    default_api_base=DEFAULT_API_BASE,
    token_shape=Shape(re.compile(r"[0-9]{1,18}:[A-Za-z0-9_-]+"), "must look like 123456:ABC-xyz, as BotFather gave it"),
    # core.telegram.org/bots/api#setwebhook
    secret_shape=Shape(re.compile(r"[A-Za-z0-9_-]{1,256}"), "must have 1 to 256 of the characters A-Z a-z 0-9 _ -"),
)


def read_credentials(environment: Mapping[str, str]) -> BotCredentials | None:
    """See BotVariables.read."""
    return VARIABLES.read(environment)
