"""What an administrator is told about the Official Account, its tokens and its webhook. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from connectors.channel import Finding
from connectors.outgoing import NotSent, SendFailure
from connectors.zalo_oa.client import OaProfile
from connectors.zalo_oa.settings import ACCESS_TOKEN, ID, REFRESH_TOKEN, SECRET, ZaloOaCredentials
from connectors.zalo_oa.tokens import StoredTokens

REFRESH_TOKEN_DAYS = 90
NEW_PAIR = "Get a new pair from the API Explorer, put it into the environment, restart (connectors/zalo_oa/doc.md)."
_REACH = "See that this machine reaches ZALO_OA_API_BASE over HTTPS, and try again."
_CONSOLE = "developers.zalo.me > the app > Official Account > Webhook"


def check_credentials(credentials: ZaloOaCredentials) -> Finding:
    """Half-configured never comes so far: settings.py refuses it."""
    if credentials.is_bootstrap:
        remedy = f"Save the webhook's address at {_CONSOLE}, copy the OA secret key shown there into {SECRET}, restart."
        return Finding("credentials", False, "bootstrap: calls are answered with 200 and nothing is processed", remedy)
    more = " (two secrets: a rotation is on)" if len(credentials.secrets) > 1 else ""
    return Finding("credentials", True, f"OA {credentials.oa_id}, app {credentials.app_id}{more}")


def check_account(answer: OaProfile | NotSent, credentials: ZaloOaCredentials) -> Finding:
    """Whether the token is taken, and whose it is."""
    if isinstance(answer, NotSent):
        remedy = NEW_PAIR if answer.failure is SendFailure.HUMAN_NEEDED else _REACH
        return Finding("account", False, f"{answer.code} {answer.detail}".strip(), remedy)
    if answer.oa_id != credentials.oa_id:
        detail = f"the token belongs to OA {answer.oa_id or 'unknown'} ({answer.name})"
        return Finding(
            "account", False, detail, f"Set {ID} to that OA, or {ACCESS_TOKEN} to a token of OA {credentials.oa_id}."
        )
    return Finding("account", True, f"{answer.name} (id {answer.oa_id})")


def check_tokens(
    stored: StoredTokens | NotSent, credentials: ZaloOaCredentials, warning_days: float, now: datetime
) -> tuple[Finding, ...]:
    """Ages of both tokens, and whether renewing works."""
    if isinstance(stored, NotSent):
        return (Finding("tokens", False, f"{stored.code} {stored.detail}".strip(), NEW_PAIR),)
    return (_access(stored, now), _refresh(stored, credentials, warning_days, now))


def _access(stored: StoredTokens, now: datetime) -> Finding:
    tokens = stored.tokens
    if not tokens.access_token:
        return Finding("access token", False, "none yet", NEW_PAIR)
    if tokens.access_expires_at is None:
        return Finding("access token", True, "from the environment; when it ends is not known")
    left = tokens.access_expires_at - now
    if left <= timedelta(0):
        return Finding("access token", False, "has ended", NEW_PAIR)
    return Finding("access token", True, f"good for another {left.total_seconds() / 3600:.0f} hours")


def _refresh(stored: StoredTokens, credentials: ZaloOaCredentials, warning_days: float, now: datetime) -> Finding:
    issued_at = stored.tokens.refresh_issued_at
    if not stored.tokens.refresh_token or not credentials.can_refresh or issued_at is None:
        detail = "none: sending stops when the access token ends, 25 hours after it was issued"
        return Finding("refresh token", False, detail, f"Set {REFRESH_TOKEN} and the app's secret.")
    days = (now - issued_at) / timedelta(days=1)
    age = f"{days:.0f} of {REFRESH_TOKEN_DAYS} days old"
    if stored.failure is not None:
        return Finding("refresh token", False, f"{age}; the last renewal failed: {stored.failure}", NEW_PAIR)
    if days > warning_days:
        return Finding("refresh token", False, age, NEW_PAIR)
    return Finding("refresh token", True, age)


def webhook_by_hand(url: str) -> Finding:
    """Zalo has no API for it."""
    return Finding(
        "webhook",
        False,
        "Zalo has no API to set the webhook of an Official Account",
        f"Save {url} by hand at {_CONSOLE}; the address must answer 200 there (connectors/zalo_oa/doc.md).",
    )
