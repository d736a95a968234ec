"""Who may do what. What is not in the table is refused, and so is everybody who still owes a password or a code.

Least privilege as directive 771/BHXH-TTKT, mục 3, asks: rights follow the duty. An administrator manages accounts and
reads no citizen's words; an editor cannot publish what they wrote unless an approver agrees.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from desk.accounts.operator import Operator
from desk.accounts.role import Role


class Permission(StrEnum):
    """Everything that the desk and the editors' console allow. Each route names one."""

    # conversations
    VIEW_QUEUE = "view_queue"
    TAKE_CONVERSATIONS = "take_conversations"  # claim from the queue, accept what is forwarded
    READ_OWN_CONVERSATIONS = "read_own_conversations"  # those one has, had, or may take
    REPLY = "reply"
    WRITE_NOTES = "write_notes"
    FORWARD = "forward"
    GIVE_BACK = "give_back"
    CLOSE = "close"
    REVEAL_IDENTIFIERS = "reveal_identifiers"
    SEE_ALL_CONVERSATIONS = "see_all_conversations"
    REASSIGN = "reassign"
    SET_OWN_PRESENCE = "set_own_presence"
    SEARCH_KNOWLEDGE = "search_knowledge"  # suggested answers beside a conversation
    USE_CANNED_RESPONSES = "use_canned_responses"
    EDIT_CANNED_RESPONSES = "edit_canned_responses"
    # tickets
    WORK_TICKETS = "work_tickets"
    ASSIGN_TICKETS = "assign_tickets"
    # supervision
    SEE_BOARD = "see_board"
    SEE_BREACHES = "see_breaches"
    SEE_ROSTER = "see_roster"  # one's own duty and that of colleagues
    EDIT_ROSTER = "edit_roster"
    EDIT_HOURS = "edit_hours"
    EDIT_HOLIDAYS = "edit_holidays"
    SWITCH_BOT = "switch_bot"  # the kill switch, by channel
    HANDLE_DEAD_LETTERS = "handle_dead_letters"
    READ_REPORTS = "read_reports"
    EXPORT_REPORTS = "export_reports"
    # a citizen's rights under Law 91/2025/QH15
    EXPORT_CITIZEN = "export_citizen"
    ERASE_CITIZEN = "erase_citizen"
    # accounts and their traces
    LIST_OPERATORS = "list_operators"
    MANAGE_OPERATORS = "manage_operators"
    READ_AUDIT = "read_audit"
    EXPORT_AUDIT = "export_audit"
    # knowledge
    READ_KNOWLEDGE = "read_knowledge"  # drafts, versions, trying a question
    SUGGEST_KNOWLEDGE = "suggest_knowledge"  # an operator's reply as the draft of a FAQ
    READ_UNANSWERED = "read_unanswered"
    EDIT_KNOWLEDGE = "edit_knowledge"  # draft, import, submit
    APPROVE_KNOWLEDGE = "approve_knowledge"  # or reject; never one's own draft
    PUBLISH_KNOWLEDGE = "publish_knowledge"
    ROLL_BACK_KNOWLEDGE = "roll_back_knowledge"
    ASSIGN_KNOWLEDGE = "assign_knowledge"  # who answers for an entry
    STEER_MAILINGS = "steer_mailings"  # pause, resume, stop a message to many


_ANSWERING = frozenset(
    {
        Permission.VIEW_QUEUE,
        Permission.TAKE_CONVERSATIONS,
        Permission.READ_OWN_CONVERSATIONS,
        Permission.REPLY,
        Permission.WRITE_NOTES,
        Permission.FORWARD,
        Permission.GIVE_BACK,
        Permission.CLOSE,
        Permission.REVEAL_IDENTIFIERS,
        Permission.SET_OWN_PRESENCE,
        Permission.SEARCH_KNOWLEDGE,
        Permission.USE_CANNED_RESPONSES,
        Permission.WORK_TICKETS,
        Permission.SEE_ROSTER,
        Permission.SUGGEST_KNOWLEDGE,
    }
)
_SUPERVISING = frozenset(
    {
        Permission.SEE_ALL_CONVERSATIONS,
        Permission.REASSIGN,
        Permission.EDIT_CANNED_RESPONSES,
        Permission.ASSIGN_TICKETS,
        Permission.SEE_BOARD,
        Permission.SEE_BREACHES,
        Permission.EDIT_ROSTER,
        Permission.EDIT_HOURS,
        Permission.EDIT_HOLIDAYS,
        Permission.SWITCH_BOT,
        Permission.HANDLE_DEAD_LETTERS,
        Permission.READ_REPORTS,
        Permission.EXPORT_REPORTS,
        Permission.EXPORT_CITIZEN,
        Permission.ERASE_CITIZEN,
        Permission.LIST_OPERATORS,
        Permission.READ_AUDIT,
        Permission.READ_UNANSWERED,
        Permission.READ_KNOWLEDGE,  # what the assistant says, and how well: they answer for the duty
    }
)
_EDITING = frozenset(
    {
        Permission.READ_KNOWLEDGE,
        Permission.SEARCH_KNOWLEDGE,
        Permission.READ_UNANSWERED,
        Permission.EDIT_KNOWLEDGE,
        Permission.EDIT_CANNED_RESPONSES,
        Permission.ASSIGN_KNOWLEDGE,
        Permission.STEER_MAILINGS,
    }
)
_APPROVING = frozenset(
    {
        Permission.READ_KNOWLEDGE,
        Permission.SEARCH_KNOWLEDGE,
        Permission.READ_UNANSWERED,
        Permission.APPROVE_KNOWLEDGE,
        Permission.PUBLISH_KNOWLEDGE,
        Permission.ROLL_BACK_KNOWLEDGE,
        Permission.ASSIGN_KNOWLEDGE,
        Permission.STEER_MAILINGS,
    }
)
_ADMINISTERING = frozenset(
    {
        Permission.LIST_OPERATORS,
        Permission.MANAGE_OPERATORS,
        Permission.READ_AUDIT,
        Permission.EXPORT_AUDIT,
        Permission.SWITCH_BOT,
        Permission.HANDLE_DEAD_LETTERS,
    }
)

ALLOWED: Mapping[Role, frozenset[Permission]] = {
    Role.OPERATOR: _ANSWERING,
    Role.SUPERVISOR: _ANSWERING | _SUPERVISING,
    Role.EDITOR: _EDITING,
    Role.APPROVER: _APPROVING,
    Role.ADMIN: _ADMINISTERING,
}


def may(operator: Operator, permission: Permission) -> bool:
    """False unless one of the operator's roles allows it and the account owes nothing (see `Operator.is_ready`)."""
    return operator.is_ready and any(permission in ALLOWED[role] for role in operator.roles)
