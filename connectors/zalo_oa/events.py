"""Which events of the Official Account are acted on, and why the others are not. Pure."""

from __future__ import annotations

WRITTEN = "user_send_"
ECHOED = "oa_send_"
ABOUT_USERS = frozenset({"follow", "unfollow", "user_click_chatnow", "user_withdraw", "user_submit_info"})

_REASONS = {
    "user_seen_message": "seen",
    "user_received_message": "received",
    "user_reacted_message": "reaction",
    "oa_reacted_message": "reaction",
    "add_user_to_tag": "tag",
    "remove_user_from_tag": "tag",
    "update_user_info": "profile",
    "widget_interaction_accepted": "widget",
    "widget_failed_to_sync_user_external_id": "widget",
    "oa_send_consent": "consent",
    "user_reply_consent": "consent",
    "user_call_oa": "call",
    "oa_call_user": "call",
    "user_feedback": "feedback",
    "extension_purchased": "account_news",
    "change_template_status": "account_news",
    "change_template_quality": "account_news",
    "change_oa_daily_quota": "account_news",
    "change_oa_template_tags": "account_news",
}
_PARTS = {"anonymous": "anonymous", "group": "group", "call": "call"}


def unanswered(name: str) -> str | None:
    """Why nothing is done about this event, as a word for a metric; None when it is ours to act on.

    People without a Zalo login (`anonymous`) and groups cannot be answered through `message/cs`. A kind of
    `user_send_…` that no documentation knows is acted on: somebody wrote, and silence would be the worst answer.
    """
    if name in ABOUT_USERS:
        return None
    if name in _REASONS:
        return _REASONS[name]
    for part, reason in _PARTS.items():
        if part in name.split("_"):
            return reason
    return None if name.startswith((WRITTEN, ECHOED)) else "unknown_event"
