"""What an administrator is told about the bot's account and its webhook. Pure."""

from __future__ import annotations

from connectors.bot_credentials import Mode
from connectors.channel import Finding
from connectors.outgoing import SendFailure
from connectors.zalo_bot.client import ApiResult
from connectors.zalo_bot.errors import NO_WEBHOOK, ApiFailure

SET_WEBHOOK = "Run: bhxh channel set-webhook zalo_bot"
REMEDIES = {
    SendFailure.HUMAN_NEEDED: "Copy ZALO_BOT_TOKEN again from the Zalo Bot Manager; it may have been replaced.",
    SendFailure.QUOTA: "The quota of the bot is used up; wait for the next day or month, or order more.",
}
OPEN_IT = "See that the address answers from the internet over HTTPS, past any bot protection, and run this again."
TRY_AGAIN = "See that this machine reaches ZALO_BOT_API_BASE over HTTPS, and try again."


def check_account(answer: ApiResult | ApiFailure) -> Finding:
    """Whether the token is taken, and whose it is."""
    if isinstance(answer, ApiFailure):
        return _failed("account", answer)
    return Finding("account", True, f"{answer.field('account_name')} (id {answer.field('id')})")


def check_webhook(answer: ApiResult | ApiFailure, mode: Mode, path: str) -> Finding:
    """Whether updates go where ZALO_BOT_MODE says."""
    absent = isinstance(answer, ApiFailure) and answer.code == NO_WEBHOOK
    if isinstance(answer, ApiFailure) and not absent:
        return _failed("webhook", answer)
    url = "" if isinstance(answer, ApiFailure) else str(answer.field("url") or "")
    if mode is Mode.POLLING:
        remedy = "The gateway takes it away when it starts to poll." if url else ""
        return Finding("webhook", not url, url or "none, as polling needs it", remedy)
    if not url:
        return Finding("webhook", False, "none is set", SET_WEBHOOK)
    return Finding("webhook", url.endswith(path), url, "" if url.endswith(path) else SET_WEBHOOK)


def webhook_finding(answer: ApiResult | ApiFailure) -> Finding:
    """What setting the webhook came to."""
    if isinstance(answer, ApiFailure):
        return _failed("webhook", answer)
    verification = answer.field("verification")
    said = verification if isinstance(verification, dict) else {}
    if said.get("ok") is not True:
        return Finding("webhook", False, f"saved, but not reached: {said.get('outcome', 'no verification')}", OPEN_IT)
    return Finding("webhook", True, str(answer.field("url") or ""))


def wrong_mode() -> Finding:
    """A webhook would only last until the gateway that polls takes it away again."""
    remedy = "Set ZALO_BOT_MODE=webhook and ZALO_BOT_SECRET, start the gateway again, then repeat this."
    return Finding("webhook", False, "ZALO_BOT_MODE is polling", remedy)


def _failed(what: str, failure: ApiFailure) -> Finding:
    detail = f"{failure.code} {failure.description}".strip()
    return Finding(what, False, detail, REMEDIES.get(failure.failure, TRY_AGAIN))
