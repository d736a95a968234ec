"""Which channels the environment switches on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.paths import VAR
from connectors.bot_credentials import Mode
from connectors.channel import PollingChannel, WebhookChannel
from connectors.channel_texts import ChannelTexts
from connectors.secret_file import read_or_make_secret
from connectors.settings import ConnectorSettings
from connectors.telegram import settings as telegram_settings
from connectors.zalo_bot import settings as zalo_bot_settings
from connectors.zalo_oa import settings as zalo_oa_settings
from connectors.zalo_oa.sealing import KEY_VARIABLE
from desk.transactions import Transactions
from settings.reader import SettingsError

TOKEN_SECRET_FILE = VAR / "secret.key"
PUBLIC_URL_VARIABLE = "BHXH_PUBLIC_URL"
NAMES = ("zalo_oa", "zalo_bot", "telegram")


@dataclass(frozen=True)
class OpenChannel:
    """`polled` is the same channel when it is asked for news instead of calling us; `upkeep` is its hourly work."""

    channel: WebhookChannel
    polled: PollingChannel | None = None
    upkeep: Callable[[], Awaitable[None]] | None = None


@dataclass(frozen=True)
class ChannelMaking:
    """What channels are made of. `environment` holds secrets: never printed, never kept."""

    environment: Mapping[str, str]
    settings: ConnectorSettings
    transactions: Transactions
    texts: ChannelTexts
    clock: Callable[[], datetime]

    @property
    def public_url(self) -> str | None:
        """See read_public_url."""
        return read_public_url(self.environment)


def open_channels(making: ChannelMaking) -> tuple[OpenChannel, ...]:
    """Those that are switched on. Raises settings.reader.SettingsError for one that is half configured."""
    found = (open_channel(name, making) for name in NAMES)
    return tuple(channel for channel in found if channel is not None)


def open_channel(name: str, making: ChannelMaking) -> OpenChannel | None:
    """One of NAMES; None when it is off. Raises settings.reader.SettingsError when it is half configured."""
    match name:
        case "zalo_oa":
            return _zalo_oa(making)
        case "zalo_bot":
            return _zalo_bot(making)
        case _:
            return _telegram(making)


def check_environment(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Names of the channels that are switched on, without opening anything. Raises SettingsError."""
    read_public_url(environment)
    return tuple(name for name in NAMES if is_on(name, environment))


def is_on(name: str, environment: Mapping[str, str]) -> bool:
    """Whether one of NAMES is switched on. Raises settings.reader.SettingsError when it is half configured."""
    readers = {
        "zalo_oa": zalo_oa_settings.read_credentials,
        "zalo_bot": zalo_bot_settings.read_credentials,
        "telegram": telegram_settings.read_credentials,
    }
    return readers[name](environment) is not None


def notice(name: str, environment: Mapping[str, str]) -> str:
    """What somebody should know of a channel that is on; else empty. Raises settings.reader.SettingsError."""
    credentials = zalo_oa_settings.read_credentials(environment) if name == "zalo_oa" else None
    if credentials is not None and credentials.is_bootstrap:
        return "ZALO_OA_SECRET is missing: the door answers, but takes no message (bootstrap)"
    return ""


def read_public_url(environment: Mapping[str, str]) -> str | None:
    """Where citizens reach our own pages; None when nobody said so, and then no link is shown. Raises SettingsError."""
    url = environment.get(PUBLIC_URL_VARIABLE, "").strip().rstrip("/")
    if url and not url.startswith(("https://", "http://")):
        raise SettingsError(f"{PUBLIC_URL_VARIABLE}: must start with https:// or http://")
    return url or None


def _zalo_bot(making: ChannelMaking) -> OpenChannel | None:
    credentials = zalo_bot_settings.read_credentials(making.environment)
    if credentials is None:
        return None
    from connectors.zalo_bot.channel import ZaloBotChannel

    channel = ZaloBotChannel(credentials, making.settings.zalo_bot, making.public_url, making.texts)
    return OpenChannel(channel, channel if credentials.mode is Mode.POLLING else None)


def _zalo_oa(making: ChannelMaking) -> OpenChannel | None:
    credentials = zalo_oa_settings.read_credentials(making.environment)
    if credentials is None:
        return None
    from connectors.zalo_oa.channel import build_channel

    channel = build_channel(
        credentials,
        making.settings.zalo_oa,
        making.public_url,
        making.texts,
        making.transactions,
        read_or_make_secret(TOKEN_SECRET_FILE, making.environment, KEY_VARIABLE),
        making.clock,
    )
    return OpenChannel(channel, upkeep=channel.maintain)


def _telegram(making: ChannelMaking) -> OpenChannel | None:
    credentials = telegram_settings.read_credentials(making.environment)
    if credentials is None:
        return None
    # Its library takes long to import; a gateway without Telegram does not need it.
    from connectors.telegram.channel import TelegramChannel

    channel = TelegramChannel(credentials, making.settings.telegram, making.public_url, making.texts, making.clock)
    return OpenChannel(channel, channel if credentials.mode is Mode.POLLING else None)
