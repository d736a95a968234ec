"""The console's ports over the channels, and the console itself put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import APIRouter

from app.channel_previews import RenderedPreviews
from app.console_messages import ChannelMessages
from app.handoffs import build_satisfactions
from app.news import build_mailing_reach
from app.paths import SETTINGS, TRACKERS
from app.privacy.desk import PrivacyDesk
from app.privacy.texts import load_export_texts
from app.report_topics import NO_TOPICS
from app.supervision import build_supervision
from app.traffic import Carrying
from connectors.channel_texts import load_channel_texts
from connectors.dialogue_memory import DialogueMemory
from connectors.hub import Hub, Watch
from connectors.month_traffic import StoredTraffic
from connectors.outbox import Render
from connectors.rendering import compose
from connectors.settings import ConnectorSettings
from console.editor.ground import EditorGround
from console.editor.news_ground import NewsGround
from console.editor.ports import Workshop
from console.operator.doors import build_operator_router
from console.operator.room import Room
from console.ports import Manner, Suggestions
from console.report.ground import build_report_ground
from console.security.cookie import SessionCookie
from console.tickets.ground import build_ticket_ground
from desk.accounts.door import SignInDoor
from desk.accounts.rules import AccountRules
from desk.handoff.sentences import load_handoff_texts
from desk.links import link_rule
from desk.report.traffic import Topics
from desk.settings import DeskSettings
from desk.transactions import Transactions
from editing.importing.reading import FileReader
from editing.settings import EditingSettings
from editing.settings import read_settings as read_editing_settings

SEES_NOTHING_NEW = 2**62


@dataclass(frozen=True)
class ConsoleGround:
    """What the console stands on. `carrying` holds the channels that replies are brought to, `index` the snapshots."""

    transactions: Transactions
    hub: Hub
    carrying: Mapping[str, Carrying]
    settings: ConnectorSettings
    desk: DeskSettings
    rules: AccountRules
    public_url: str | None
    clock: Callable[[], datetime]
    suggestions: Suggestions
    workshop: Workshop
    index: Path
    topics: Topics = NO_TOPICS
    memory: DialogueMemory = field(default_factory=lambda: DialogueMemory(TRACKERS))
    editing: EditingSettings = field(default_factory=lambda: read_editing_settings(SETTINGS))


@dataclass(frozen=True)
class Console:
    """`close` waits for sign-ins at work."""

    router: APIRouter
    close: Callable[[], None]


class HubSignals:
    """See console.ports.Signals."""

    def __init__(self, hub: Hub, carrying: Mapping[str, Carrying]) -> None:
        self._hub = hub
        self._carrying = carrying

    @property
    def closed(self) -> bool:
        """See Signals."""
        return self._hub.closed

    @contextmanager
    def watch(self, conversation_id: str) -> Iterator[Watch]:
        """See Signals."""
        with self._hub.watching(conversation_id) as watch:
            # The console looks by itself every second; it must not make the hub look for it as well.
            watch.seen_sequence = SEES_NOTHING_NEW
            yield watch

    def announce(self, conversation_id: str, channel: str) -> None:
        """See Signals."""
        self._hub.publish(conversation_id)
        if channel in self._carrying:
            self._carrying[channel].wake()


def build_console(ground: ConsoleGround) -> Console:
    """The real collaborators. Raises settings.reader.SettingsError."""
    rules = ground.rules
    renders = {name: carrying.render for name, carrying in ground.carrying.items()}
    door = SignInDoor(ground.transactions, rules, ground.clock)
    room = Room(
        transactions=ground.transactions,
        messages=_messages(ground, renders),
        signals=HubSignals(ground.hub, ground.carrying),
        suggestions=ground.suggestions,
        door=door,
        rules=rules,
        presence=ground.desk.presence,
        calendar=ground.desk.calendar,
        links=link_rule((*ground.desk.links.allowed, urlsplit(ground.public_url or "").hostname or "")),
        cookie=SessionCookie(is_secure=(ground.public_url or "").startswith("https://")),
        clock=ground.clock,
        tickets=build_ticket_ground(ground.desk),
        supervision=build_supervision(ground.carrying, ground.desk.handoff),
        report=build_report_ground(ground.desk, StoredTraffic(), ground.topics),
        editor=EditorGround(
            ground.workshop, ground.index, _previews(ground), FileReader(ground.editing.importing), _news(ground)
        ),
        citizens=PrivacyDesk(ground.transactions, ground.memory, load_export_texts()),
    )
    return Console(build_operator_router(room), door.close)


def _previews(ground: ConsoleGround) -> RenderedPreviews:
    return RenderedPreviews(ground.settings, load_channel_texts(), ground.public_url)


def _news(ground: ConsoleGround) -> NewsGround:
    settings = ground.settings
    reach, zalo = build_mailing_reach(settings, tuple(ground.carrying)), settings.zalo_oa
    hours = settings.mailings.from_hour, settings.mailings.to_hour
    return NewsGround(reach, *hours, zalo.free_replies, zalo.free_hours)


def _messages(ground: ConsoleGround, renders: Mapping[str, Render]) -> ChannelMessages:
    satisfactions = build_satisfactions(ground.desk, ground.settings.zalo_oa)
    whole = partial(compose, public_url=ground.public_url, texts=load_channel_texts())
    return ChannelMessages(load_handoff_texts(), satisfactions, renders, manners(ground.settings), whole)


def manners(settings: ConnectorSettings) -> Mapping[str, Manner]:
    """How each channel takes an operator's words."""
    zalo = settings.zalo_oa
    return {
        "web": Manner(settings.web.message_characters, None),
        "zalo_oa": Manner(zalo.message_characters, zalo.window_days, zalo.free_replies, zalo.free_hours),
        "zalo_bot": Manner(settings.zalo_bot.message_characters, None),
        "telegram": Manner(settings.telegram.message_units, None),
    }
