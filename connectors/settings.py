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
class ConnectorSettings:
    """All of the section."""

    dialogue: DialogueSettings
    worker: WorkerSettings
    web: WebSettings


def read_settings(path: Path) -> ConnectorSettings:
    """Raises settings.reader.SettingsError, which names the key."""
    return read_section(path, "connectors", ConnectorSettings)
