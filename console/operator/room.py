"""What the rooms of the console share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from console.editor.ground import EditorGround
from console.operator.pages import ConsolePages, NavigationItem, build_console_pages
from console.ports import Messages, Signals, Suggestions
from console.report.ground import ReportGround
from console.security.cookie import SessionCookie
from console.supervisor.citizen_ports import Citizens
from console.supervisor.ground import SupervisorGround
from console.tickets.ground import TicketGround
from desk.accounts.door import SignInDoor
from desk.accounts.operator import list_operators
from desk.accounts.permissions import Permission
from desk.accounts.rules import AccountRules
from desk.calendar.opening import CalendarTexts, load_calendar_texts
from desk.links import LinkRule
from desk.settings import CalendarSettings, PresenceSettings
from desk.transactions import Transactions

NAVIGATION = (
    NavigationItem("desk", "/console/desk", Permission.VIEW_QUEUE),
    NavigationItem("tickets", "/console/tickets", Permission.WORK_TICKETS),
    NavigationItem("board", "/console/board", Permission.SEE_BOARD),
    NavigationItem("knowledge", "/console/knowledge", Permission.READ_KNOWLEDGE),
    NavigationItem("channels", "/console/channels", Permission.SWITCH_BOT),
    NavigationItem("report", "/console/report", Permission.READ_REPORTS),
    NavigationItem("canned", "/console/canned", Permission.USE_CANNED_RESPONSES),
    NavigationItem("suggestions", "/console/suggestions", Permission.SUGGEST_KNOWLEDGE),
    NavigationItem("roster", "/console/roster", Permission.SEE_ROSTER),
    NavigationItem("calendar", "/console/calendar", Permission.EDIT_HOLIDAYS),
    NavigationItem("operators", "/console/operators", Permission.LIST_OPERATORS),
    NavigationItem("audit", "/console/audit", Permission.READ_AUDIT),
    NavigationItem("citizens", "/console/citizens", Permission.EXPORT_CITIZEN),
)


@dataclass(frozen=True)
class Room:
    """Made once for a process."""

    transactions: Transactions
    messages: Messages
    signals: Signals
    suggestions: Suggestions
    door: SignInDoor
    rules: AccountRules
    presence: PresenceSettings
    calendar: CalendarSettings
    links: LinkRule
    cookie: SessionCookie
    clock: Callable[[], datetime]
    tickets: TicketGround
    supervision: SupervisorGround
    citizens: Citizens
    report: ReportGround
    editor: EditorGround
    calendar_texts: CalendarTexts = field(default_factory=load_calendar_texts)
    navigation: tuple[NavigationItem, ...] = NAVIGATION
    pages: ConsolePages = field(default_factory=lambda: build_console_pages(NAVIGATION))


def names_of_operators(connection: Connection) -> dict[int, str]:
    """Display names of everybody who ever had an account."""
    return {operator.id: operator.display_name for operator in list_operators(connection)}
