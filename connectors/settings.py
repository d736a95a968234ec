"""Numbers of the channels, read once from the section `connectors` of settings.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from settings.reader import read_section


@dataclass(frozen=True)
class RateLimit:
    """At most `count` within any `seconds`."""

    count: int
    seconds: float


@dataclass(frozen=True)
class DialogueSettings:
    """How long one turn may take."""

    timeout_seconds: float


@dataclass(frozen=True)
class WorkerSettings:
    """How messages are worked off."""

    conversations_at_once: int
    lease_seconds: float
    poll_seconds: float
    retry_first_seconds: float
    retry_ceiling_seconds: float
    retry_total_seconds: float
    retry_attempts: int
    stop_seconds: float


@dataclass(frozen=True)
class WebSettings:
    """The web chat's limits."""

    message_characters: int
    body_bytes: int
    token_days: float
    conversation_limits: tuple[RateLimit, ...]
    address_limits: tuple[RateLimit, ...]
    ticket_limits: tuple[RateLimit, ...]
    unlimited_addresses: tuple[str, ...]
    heartbeat_seconds: float
    streams_per_conversation: int
    streams_total: int


@dataclass(frozen=True)
class SenderSettings:
    """How replies are brought to the channels."""

    sends_at_once: int
    lease_seconds: float
    poll_seconds: float
    retry_first_seconds: float
    retry_ceiling_seconds: float
    retry_total_seconds: float
    retry_attempts: int
    circuit_seconds: float
    stop_seconds: float


@dataclass(frozen=True)
class ChannelSettings:
    """What all channels but the web share."""

    webhook_bytes: int
    leader_seconds: float
    typing_after_seconds: float
    typing_every_seconds: float
    welcome_again_hours: float
    staff_hours: float
    late_hours: float


@dataclass(frozen=True)
class PollerSettings:
    """How a channel that is asked for news is asked again after a failure, or after nothing."""

    retry_first_seconds: float
    retry_ceiling_seconds: float
    human_seconds: float
    idle_seconds: float


@dataclass(frozen=True)
class ZaloOaSettings:
    """Limits of the Zalo Official Account, and how long its tokens live."""

    message_characters: int
    buttons: int
    button_title_characters: int
    free_replies: int
    free_hours: float
    window_days: float
    send_buttons: bool
    per_second: float
    timeout_seconds: float
    event_days: float
    bad_signature_status: int
    refresh_after_hours: float
    refresh_token_warning_days: float
    refresh_lock_seconds: float


@dataclass(frozen=True)
class ZaloBotSettings:
    """Limits of the Zalo Bot Platform."""

    message_characters: int
    per_second: float
    timeout_seconds: float
    poll_seconds: float


@dataclass(frozen=True)
class TelegramSettings:
    """Limits of Telegram's Bot API; lengths count UTF-16 units, as Telegram does."""

    message_units: int
    per_second: float
    conversation_interval_seconds: float
    timeout_seconds: float
    poll_seconds: float
    edited_minutes: float
    update_hours: float


@dataclass(frozen=True)
class MailingSettings:
    """How messages to many are sent. Hours are those of Vietnam's clock."""

    per_second: float
    in_queue: int
    tick_seconds: float
    from_hour: int
    to_hour: int
    person_hours: float


@dataclass(frozen=True)
class ConnectorSettings:
    """All of the section."""

    dialogue: DialogueSettings
    worker: WorkerSettings
    web: WebSettings
    sender: SenderSettings
    channels: ChannelSettings
    poller: PollerSettings
    zalo_oa: ZaloOaSettings
    zalo_bot: ZaloBotSettings
    telegram: TelegramSettings
    mailings: MailingSettings


def read_settings(path: Path) -> ConnectorSettings:
    """Raises settings.reader.SettingsError, which names the key."""
    return read_section(path, "connectors", ConnectorSettings)
