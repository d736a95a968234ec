"""The desk's clock, put together for one gateway."""

from __future__ import annotations

from app.traffic import Ground, Traffic
from connectors.desk_clock import DeskClock
from connectors.leadership import Leadership
from connectors.outbox import Render
from connectors.settings import ConnectorSettings
from connectors.ticket_clock import TicketClock
from desk.calendar.opening import load_calendar_texts
from desk.conversation import ConversationKey
from desk.settings import HandoffSettings
from desk.tickets.texts import load_ticket_texts


def build_desk_clock(
    ground: Ground, traffic: Traffic, settings: ConnectorSettings, handoff: HandoffSettings
) -> DeskClock:
    """Says what it has to say over the channels of `traffic`, and shows it on open pages."""
    carrying = traffic.carrying

    def render_of(channel: str) -> Render | None:
        return carrying[channel].render if channel in carrying else None

    def said(key: ConversationKey) -> None:
        ground.hub.publish(key.id)
        if key.channel in carrying:
            carrying[key.channel].wake()

    leadership = Leadership(ground.transactions, ground.owner, settings.channels.leader_seconds, ground.clock)
    return DeskClock(
        ground.transactions, leadership, ground.handoffs, handoff, render_of, said, ground.metrics, ground.clock
    )


def build_ticket_clock(ground: Ground, settings: ConnectorSettings) -> TicketClock:
    """Watches the deadlines of tickets. Raises settings.reader.SettingsError."""
    leadership = Leadership(ground.transactions, ground.owner, settings.channels.leader_seconds, ground.clock)
    texts, calendar_texts = load_ticket_texts(), load_calendar_texts()
    return TicketClock(ground.transactions, leadership, texts, calendar_texts, ground.metrics, ground.clock)
