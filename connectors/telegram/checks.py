"""What an administrator is told about the bot's account and its webhook. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from telegram import User, WebhookInfo

from connectors.bot_credentials import Mode
from connectors.channel import Finding
from connectors.outgoing import NotSent, SendFailure
from connectors.telegram.payload import ALLOWED_UPDATES

SET_WEBHOOK = "Run: bhxh channel set-webhook telegram"
NEW_TOKEN = "Copy TELEGRAM_BOT_TOKEN again from BotFather; it may have been replaced. See also TELEGRAM_API_BASE."
TRY_AGAIN = "See that this machine reaches TELEGRAM_API_BASE over HTTPS, and try again."
GIVE_AN_ADDRESS = "Telegram takes HTTPS addresses with a domain name, at port 443, 80, 88 or 8443."
OPEN_IT = "See that the address answers from the internet over HTTPS with a valid certificate."
PENDING = 100
"""More waiting updates than that: citizens notice."""
RECENT = timedelta(hours=1)
"""Telegram never takes an error back; an older one is over."""


def check_account(answer: User | NotSent) -> Finding:
    """Whether the token is taken, and whose it is."""
    if isinstance(answer, NotSent):
        return _failed("account", answer)
    return Finding("account", True, f"@{answer.username} (id {answer.id})")


def check_groups(answer: User) -> Finding:
    """With privacy mode off Telegram sends us every word of a group, which we have no business to see."""
    if answer.can_read_all_group_messages:
        remedy = "In BotFather: /setprivacy, choose the bot, Enable."
        return Finding("groups", False, "privacy mode is off: all talk of a group is sent here", remedy)
    return Finding("groups", True, "privacy mode is on" if answer.can_join_groups else "the bot joins no groups")


def check_webhook(answer: WebhookInfo | NotSent, mode: Mode, path: str, now: datetime) -> tuple[Finding, ...]:
    """Whether updates go where TELEGRAM_MODE says, and whether they arrive."""
    if isinstance(answer, NotSent):
        return (_failed("webhook", answer),)
    url = answer.url
    if mode is Mode.POLLING:
        remedy = "The gateway takes it away when it starts to poll." if url else ""
        address = Finding("webhook", not url, url or "none, as polling needs it", remedy)
        return (address, _pending(answer))
    if not url:
        return (Finding("webhook", False, "none is set", SET_WEBHOOK), _pending(answer))
    ours = urlsplit(url).path == path
    return (
        Finding("webhook", ours, url, "" if ours else SET_WEBHOOK),
        _asked_for(answer),
        _pending(answer),
        _last_error(answer, now),
    )


def webhook_set(url: str, answer: bool | NotSent) -> Finding:
    """What setting the webhook came to."""
    if isinstance(answer, NotSent) and answer.failure is SendFailure.PERMANENT:
        return Finding("webhook", False, answer.detail, GIVE_AN_ADDRESS)
    if isinstance(answer, NotSent):
        return _failed("webhook", answer)
    return Finding("webhook", True, url)


def wrong_mode() -> Finding:
    """A webhook would only last until the gateway that polls takes it away again."""
    remedy = "Set TELEGRAM_MODE=webhook and TELEGRAM_WEBHOOK_SECRET, start the gateway again, then repeat this."
    return Finding("webhook", False, "TELEGRAM_MODE is polling", remedy)


def _asked_for(info: WebhookInfo) -> Finding:
    missing = [kind for kind in ALLOWED_UPDATES if kind not in (info.allowed_updates or ())]
    detail = f"not asked for: {', '.join(missing)}" if missing else ", ".join(ALLOWED_UPDATES)
    return Finding("updates", not missing, detail, SET_WEBHOOK if missing else "")


def _pending(info: WebhookInfo) -> Finding:
    count = info.pending_update_count
    remedy = "" if count <= PENDING else "See that the gateway runs and answers, and what the last error says."
    return Finding("waiting updates", count <= PENDING, str(count), remedy)


def _last_error(info: WebhookInfo, now: datetime) -> Finding:
    at = info.last_error_date
    if at is None:
        return Finding("last error", True, "none")
    recent = now - at < RECENT
    return Finding(
        "last error", not recent, f"{at:%Y-%m-%d %H:%M} UTC: {info.last_error_message}", OPEN_IT if recent else ""
    )


def _failed(what: str, failure: NotSent) -> Finding:
    remedy = NEW_TOKEN if failure.failure is SendFailure.HUMAN_NEEDED else TRY_AGAIN
    return Finding(what, False, f"{failure.code} {failure.detail}".strip(), remedy)
