"""The desk's side of a conversation, put together for the worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from connectors.handing_off import FORM_CHANNEL, Handoffs
from connectors.satisfaction import FreeReplies, Satisfactions
from connectors.satisfaction_texts import load_satisfaction_texts
from connectors.settings import ZaloOaSettings
from connectors.transcript_text import load_transcript_texts
from connectors.transcripts import Transcripts
from desk.calendar.opening import load_calendar_texts
from desk.calendar.zone import VIETNAM
from desk.handoff.sentences import load_handoff_texts
from desk.office import AgencyOffice
from desk.settings import DeskSettings
from desk.tickets.deadline import build_rules
from desk.tickets.texts import load_ticket_texts


def build_office(settings: DeskSettings) -> AgencyOffice:
    """Raises settings.reader.SettingsError."""
    rules, fetching = build_rules(settings), frozenset({FORM_CHANNEL})
    return AgencyOffice(settings, rules, load_calendar_texts(), load_ticket_texts(), fetching)


def build_satisfactions(settings: DeskSettings, zalo_oa: ZaloOaSettings) -> Satisfactions:
    """Raises settings.reader.SettingsError."""
    return Satisfactions(load_satisfaction_texts(), settings.satisfaction, free_replies(zalo_oa), VIETNAM)


def free_replies(zalo_oa: ZaloOaSettings) -> Mapping[str, FreeReplies]:
    """By channel; one that counts nothing is not there."""
    quota = FreeReplies(zalo_oa.free_replies, zalo_oa.free_hours)
    return {"zalo_oa": quota} if quota.replies else {}


def build_transcripts() -> Transcripts:
    """Raises settings.reader.SettingsError."""
    return Transcripts(load_transcript_texts(), VIETNAM)


def build_handoffs(settings: DeskSettings, zalo_oa: ZaloOaSettings) -> Handoffs:
    """Raises settings.reader.SettingsError."""
    pause = timedelta(minutes=settings.handoff.offer_again_minutes)
    satisfactions = build_satisfactions(settings, zalo_oa)
    return Handoffs(build_office(settings), load_handoff_texts(), VIETNAM, satisfactions, pause)
