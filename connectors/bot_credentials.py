"""What an administrator sets in the environment to switch on a bot: its token, and a secret for its webhook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from settings.reader import SettingsError

_API_BASE = re.compile(r"https?://[^\s{}?#]+")


class Mode(StrEnum):
    """How messages reach us."""

    WEBHOOK = "webhook"
    POLLING = "polling"


@dataclass(frozen=True)
class BotCredentials:
    """`secret` comes back with each webhook call; None where the bot is polled and nobody may call us."""

    token: str = field(repr=False)
    secret: str | None = field(repr=False)
    api_base: str
    mode: Mode = Mode.WEBHOOK

    @property
    def account(self) -> str:
        """The bot's id: the part of the token that is no secret."""
        return self.token.partition(":")[0]


@dataclass(frozen=True)
class Shape:
    """What a value must look like, and how that is said to whoever gave another."""

    pattern: re.Pattern[str]
    words: str


@dataclass(frozen=True)
class BotVariables:
    """Names of a platform's variables, and what their values must look like. `platform` is named in errors."""

    platform: str
    token: str
    secret: str
    mode: str
    api_base: str
    default_api_base: str
    token_shape: Shape
    secret_shape: Shape

    def read(self, environment: Mapping[str, str]) -> BotCredentials | None:
        """None when the channel is off. Raises SettingsError, which names the variables and never their values."""
        # A line end behind a copied token is no part of it.
        names = (self.token, self.secret, self.mode)
        token, secret, mode = (environment.get(name, "").strip() for name in names)
        if not (token or secret or mode):
            return None
        chosen = self._mode(mode)
        needed = {self.token: token} if chosen is Mode.POLLING else {self.token: token, self.secret: secret}
        missing = [name for name, value in needed.items() if not value]
        if missing:
            raise SettingsError(f"{', '.join(missing)}: missing, but other variables of {self.platform} are set")
        _check(self.token, token, self.token_shape)
        if secret:
            _check(self.secret, secret, self.secret_shape)
        return BotCredentials(token, secret or None, self._base(environment), chosen)

    def _mode(self, written: str) -> Mode:
        try:
            return Mode(written or Mode.WEBHOOK)
        except ValueError:
            raise SettingsError(f"{self.mode}: must be webhook or polling") from None

    def _base(self, environment: Mapping[str, str]) -> str:
        base = environment.get(self.api_base, "").strip() or self.default_api_base
        _check(self.api_base, base, Shape(_API_BASE, "must start with https:// or http://"))
        return base.rstrip("/")


def _check(name: str, value: str, shape: Shape) -> None:
    if shape.pattern.fullmatch(value) is None:
        raise SettingsError(f"{name}: {shape.words}")
