"""What an administrator sets in the environment to switch the Zalo Official Account on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from settings.reader import SettingsError

DEFAULT_API_BASE = "https://openapi.zalo.me"
DEFAULT_OAUTH_BASE = "https://oauth.zaloapp.com"
API_BASE, OAUTH_BASE = "ZALO_OA_API_BASE", "ZALO_OAUTH_BASE"
ID, APP_ID, SECRET = "ZALO_OA_ID", "ZALO_OA_APP_ID", "ZALO_OA_SECRET"
APP_SECRET, ACCESS_TOKEN, REFRESH_TOKEN = "ZALO_OA_APP_SECRET", "ZALO_OA_ACCESS_TOKEN", "ZALO_OA_REFRESH_TOKEN"
_SWITCHES = (ID, APP_ID, SECRET, APP_SECRET, ACCESS_TOKEN, REFRESH_TOKEN)
_ACCOUNT = re.compile(r"[A-Za-z0-9_-]{1,64}")  # documented ids are digits; the database keeps 64 characters
_HEADER_SAFE = re.compile(r"[!-~]+")


@dataclass(frozen=True)
class ZaloOaCredentials:
    """`secrets` are the OA's webhook secrets, two while one replaces the other; `app_secret` belongs to OAuth."""

    oa_id: str
    app_id: str
    secrets: tuple[str, ...] = field(default=(), repr=False)
    app_secret: str = field(default="", repr=False)
    access_token: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    api_base: str = DEFAULT_API_BASE
    oauth_base: str = DEFAULT_OAUTH_BASE

    @property
    def is_bootstrap(self) -> bool:
        """The console shows the webhook secret only after our door has answered it: until then nothing is believed."""
        return not self.secrets

    @property
    def can_refresh(self) -> bool:
        """Whether new access tokens can be asked for."""
        return bool(self.app_secret)


def read_credentials(environment: Mapping[str, str]) -> ZaloOaCredentials | None:
    """None when the channel is off. Raises SettingsError, which names variables and never their values."""
    values = {name: environment.get(name, "").strip() for name in (*_SWITCHES, API_BASE, OAUTH_BASE)}
    if not any(values[name] for name in _SWITCHES):
        return None
    secrets = tuple(filter(None, (secret.strip() for secret in values[SECRET].split(","))))
    if missing := _missing(values, is_bootstrap=not secrets):
        raise SettingsError(f"{', '.join(missing)}: missing, but other variables of the Zalo OA are set")
    _check_characters(values)
    return ZaloOaCredentials(
        oa_id=values[ID],
        app_id=values[APP_ID],
        secrets=secrets,
        app_secret=values[APP_SECRET],
        access_token=values[ACCESS_TOKEN],
        refresh_token=values[REFRESH_TOKEN],
        api_base=_base(values, API_BASE, DEFAULT_API_BASE),
        oauth_base=_base(values, OAUTH_BASE, DEFAULT_OAUTH_BASE),
    )


def _missing(values: Mapping[str, str], *, is_bootstrap: bool) -> list[str]:
    missing = [name for name in (ID, APP_ID) if not values[name]]
    if values[REFRESH_TOKEN] and not values[APP_SECRET]:
        missing.append(APP_SECRET)
    if values[APP_SECRET] and not values[REFRESH_TOKEN]:
        missing.append(REFRESH_TOKEN)
    has_any = values[ACCESS_TOKEN] or values[REFRESH_TOKEN] or values[APP_SECRET]
    if not (is_bootstrap or has_any):
        missing.append(f"{ACCESS_TOKEN} (or {REFRESH_TOKEN} and {APP_SECRET})")
    return missing


def _check_characters(values: Mapping[str, str]) -> None:
    for name in (ID, APP_ID):
        if _ACCOUNT.fullmatch(values[name]) is None:
            raise SettingsError(f"{name}: must be an id of letters, digits, - and _, at most 64")
    for name in (APP_SECRET, ACCESS_TOKEN, REFRESH_TOKEN):
        if values[name] and _HEADER_SAFE.fullmatch(values[name]) is None:
            raise SettingsError(f"{name}: holds characters that no token has; copy it again")


def _base(values: Mapping[str, str], name: str, default: str) -> str:
    base = values[name] or default
    try:
        url = httpx.URL(base)
    except httpx.InvalidURL:
        raise SettingsError(f"{name}: is no web address") from None
    if url.scheme not in ("https", "http") or not url.host:
        raise SettingsError(f"{name}: must start with https:// or http://")
    return base.rstrip("/")
