"""The form in which a mailing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from console.security.form import Form
from desk.calendar.zone import VIETNAM, in_vietnam
from desk.notices.mailing import Mailing
from desk.notices.mailing_writing import MailingText

CHANNELS = ("web", "zalo_oa", "zalo_bot", "telegram")
NO_MOMENT, NONE = "no_moment", "none"
LONGEST_TYPED, MOMENT_CHARACTERS = 4_000, 40


@dataclass(frozen=True)
class MailingFields:
    """As they stand in the form: what is wrong in it is kept too, so that nobody types it twice."""

    title: str = ""
    text: str = ""
    link: str = ""
    topic_id: int | None = None
    channels: tuple[str, ...] = CHANNELS
    send_at: str = ""
    revision: int = 0
    problems: Mapping[str, str] = field(default_factory=dict)


def fields_of_mailing(mailing: Mailing) -> MailingFields:
    """As stored."""
    moment = "" if mailing.send_at is None else f"{in_vietnam(mailing.send_at):%Y-%m-%dT%H:%M}"
    channels = mailing.channels or CHANNELS
    words = (mailing.title, mailing.text, mailing.link)
    return MailingFields(*words, mailing.topic_id, channels, moment, mailing.revision)


def fields_of_form(form: Form) -> MailingFields:
    """As typed, cut where somebody sends a book."""
    chosen = tuple(channel for channel in CHANNELS if form.is_on(f"channel_{channel}"))
    return MailingFields(
        title=form.text("title")[:LONGEST_TYPED],
        text=form.text("text")[:LONGEST_TYPED],
        link=form.text("link")[:LONGEST_TYPED],
        topic_id=form.number("topic"),
        channels=chosen,
        send_at=form.text("send_at").strip()[:MOMENT_CHARACTERS],
        revision=form.number("revision") or 0,
    )


def written_of(fields: MailingFields) -> tuple[MailingText, dict[str, str]]:
    """What is stored, and what the form alone can tell is wrong, by field."""
    problems = {} if fields.channels else {"channels": NONE}
    moment = _moment(fields.send_at)
    if fields.send_at and moment is None:
        problems["send_at"] = NO_MOMENT
    channels = () if set(fields.channels) == set(CHANNELS) else fields.channels
    return MailingText(fields.title, fields.text, fields.link, fields.topic_id, channels, moment), problems


def _moment(typed: str) -> datetime | None:
    """As browsers send it, `2026-12-01T09:00`, on Vietnam's clock; None for anything else."""
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else None
