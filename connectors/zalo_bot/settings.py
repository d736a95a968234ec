"""What an administrator sets in the environment to switch the Zalo Bot on."""

from __future__ import annotations

import re
from collections.abc import Mapping

from connectors.bot_credentials import BotCredentials, BotVariables, Shape

DEFAULT_API_BASE = "https://bot-api.zaloplatforms.com"
VARIABLES = BotVariables(
    platform="the Zalo Bot",
    token="ZALO_BOT_TOKEN",
    secret="ZALO_BOT_SECRET",
    mode="ZALO_BOT_MODE",
    api_base="ZALO_BOT_API_BASE",
    default_api_base=DEFAULT_API_BASE,
    token_shape=Shape(re.compile(r"[A-Za-z0-9_-]{1,64}:[A-Za-z0-9_-]+"), "must look like id:secret"),
    # 8 to 256 characters are documented; a header holds no others.
    secret_shape=Shape(re.compile(r"[!-~]{8,256}"), "must have 8 to 256 letters, digits or signs, without spaces"),
)


def read_credentials(environment: Mapping[str, str]) -> BotCredentials | None:
    """See BotVariables.read."""
    return VARIABLES.read(environment)
