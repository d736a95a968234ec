"""What an editor fills in for an announcement, read within limits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from console.editor.law_fields import FaultError, line, moment, paragraphs, typed_moment
from console.security.form import Form
from desk.links import LinkRule
from desk.notices.announcement import LINK_CHARACTERS, TEXT_CHARACTERS, TITLE_CHARACTERS, Wording

LONGEST_DAYS = 92
CHANNELS = ("web", "zalo_oa", "zalo_bot", "telegram")
_LINK = re.compile(r"https://[^\s<>\"“”]+")


def wording_of(form: Form, topics: Sequence[str], links: LinkRule, now: datetime) -> Wording:
    """Raises FaultError for the first thing that is wrong."""
    starts_at, ends_at = moment(form, "starts_at"), moment(form, "ends_at")
    wording = Wording(
        title=line(form, "title", TITLE_CHARACTERS),
        text=paragraphs(form, "text", TEXT_CHARACTERS),
        link=line(form, "link", LINK_CHARACTERS, is_needed=False),
        topic=form.text("topic").strip(),
        channels=tuple(channel for channel in CHANNELS if form.is_on(f"channel_{channel}")),
        starts_at=starts_at,
        ends_at=ends_at,
        law_id=form.number("law"),
    )
    check_times(starts_at, ends_at, now, LONGEST_DAYS, "far")
    if not wording.channels:
        raise FaultError("channels")
    if wording.topic and wording.topic not in topics:
        raise FaultError("topic_unknown")
    if wording.link and not _LINK.fullmatch(wording.link):
        raise FaultError("link_form")
    foreign = links.foreign(f"{wording.title}\n{wording.text}\n{wording.link}")
    if foreign is not None:
        raise FaultError("link", {"link": foreign})
    return wording


def check_times(starts_at: datetime, ends_at: datetime, now: datetime, most_days: int, too_long: str) -> None:
    """Raises FaultError when it ends before it begins, or before now, or lasts longer than that."""
    if ends_at <= starts_at:
        raise FaultError("order")
    if ends_at <= now:
        raise FaultError("over")
    if ends_at - starts_at > timedelta(days=most_days):
        raise FaultError(too_long, {"limit": most_days})


def typed_wording(wording: Wording) -> Mapping[str, str]:
    """The other way round: fields of a form that shows it."""
    fields = {
        "title": wording.title,
        "text": wording.text,
        "link": wording.link,
        "topic": wording.topic,
        "starts_at": typed_moment(wording.starts_at),
        "ends_at": typed_moment(wording.ends_at),
        "law": "" if wording.law_id is None else str(wording.law_id),
    }
    return {**fields, **{f"channel_{channel}": "1" for channel in wording.channels}}
