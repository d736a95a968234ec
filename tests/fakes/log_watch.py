"""Reads every line that is logged while the channels are tested, and remembers what should not stand there."""

import logging

from tests.channel_servers.telegram.account import TelegramAccount
from tests.channel_servers.zalo_bot.server import DEFAULT_SECRET, DEFAULT_TOKEN
from tests.channel_servers.zalo_oa.account import ZaloOaAccount

TALKATIVE = ("app", "connectors", "desk", "httpx", "httpcore", "uvicorn", "asyncio")
"""At DEBUG. Not python-telegram-bot, which shows whole calls there, words included: its doc.md warns of it."""
WORDS = ("bí mật", "Nguyễn Văn Thử", "0900000000", "001099000001", "giay-to.jpg")
"""What citizens say, are called and send in these tests."""


def secrets():
    """Of the simulated platforms; what they issue later begins like these."""
    oa = ZaloOaAccount()
    tokens = (TelegramAccount.token, DEFAULT_TOKEN)
    return (
        *(token.partition(":")[2] for token in tokens),
        *(oa.secret, oa.app_secret, oa.access_token, oa.refresh_token),
        *(TelegramAccount.secret, DEFAULT_SECRET),
    )


class LogWatch(logging.Handler):
    """`found` are the forbidden words with the logger that wrote them; the line itself is not repeated."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(message)s"))
        self.secrets = secrets()
        self.forbidden = (*self.secrets, *WORDS)
        self.found = []

    def emit(self, record):
        line = self.format(record)
        shows_calls = record.name.startswith("telegram") and record.levelno < logging.INFO
        forbidden = self.secrets if shows_calls else self.forbidden
        self.found += [(record.name, word) for word in forbidden if word in line]

    def __enter__(self):
        self._levels = {name: logging.getLogger(name).level for name in TALKATIVE}
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.DEBUG)
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *_):
        logging.getLogger().removeHandler(self)
        for name, level in self._levels.items():
            logging.getLogger(name).setLevel(level)
