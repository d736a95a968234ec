"""News to subscribers, put together for one gateway."""

from __future__ import annotations

from collections.abc import Collection

from app.handoffs import free_replies
from app.traffic import Ground, Traffic
from connectors.leadership import Leadership
from connectors.mailing_clock import MailingClock
from connectors.mailing_reach import MailingReach
from connectors.mailing_sending import MailingSending
from connectors.outbox import Render
from connectors.satisfaction import FreeReplies
from connectors.settings import ConnectorSettings
from connectors.web.token import CHANNEL as WEB
from desk.conversation import ConversationKey
from desk.notices.mailing_message import load_mailing_texts

UNCOUNTED = 1_000_000


def build_mailing_reach(settings: ConnectorSettings, carried: Collection[str]) -> MailingReach:
    """`carried` are the channels with a sender; the web has none and is always there."""
    zalo = settings.zalo_oa
    # Where replies are not counted, what Zalo takes at all is still bounded by its window.
    quotas = free_replies(zalo) or {"zalo_oa": FreeReplies(UNCOUNTED, zalo.window_days * 24)}
    return MailingReach((WEB, *carried), quotas)


def build_mailing_clock(ground: Ground, traffic: Traffic, settings: ConnectorSettings) -> MailingClock:
    """Raises settings.reader.SettingsError."""
    carrying = traffic.carrying

    def render_of(channel: str) -> Render | None:
        return carrying[channel].render if channel in carrying else None

    def said(key: ConversationKey) -> None:
        ground.hub.publish(key.id)
        if key.channel in carrying:
            carrying[key.channel].wake()

    leadership = Leadership(ground.transactions, ground.owner, settings.channels.leader_seconds, ground.clock)
    reach = build_mailing_reach(settings, tuple(carrying))
    sending = MailingSending(reach, load_mailing_texts(), settings.mailings, render_of)
    paced = frozenset(carrying)
    return MailingClock(
        ground.transactions, leadership, sending, settings.mailings, paced, said, ground.metrics, ground.clock
    )
