"""The words of a handoff: in which state an episode is, what can happen to it, why, and how it ends."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Exactly one at any time; who may speak follows from it (see `ASSISTANT_SPEAKS`)."""

    BOT = "bot"
    OFFERED = "offered"  # the assistant asked whether a person is wanted
    QUEUED = "queued"  # a person is wanted, none has it yet
    CLAIMED = "claimed"  # one operator answers
    FORWARDING = "forwarding"  # still with that operator, until another accepts
    CALLBACK = "callback"  # a ticket was left; the assistant answers new questions meanwhile
    CLOSED = "closed"  # the next message opens a new episode


ASSISTANT_SPEAKS = frozenset({State.BOT, State.OFFERED, State.CALLBACK, State.CLOSED})
"""In all other states a person owns the conversation, or is waited for, and the assistant is silent."""
OPERATOR_OWNS = frozenset({State.CLAIMED, State.FORWARDING})


class EventKind(StrEnum):
    """What happened; the log of these is the truth, the row of the episode its projection."""

    OFFERED = "offered"
    DECLINED = "declined"
    QUEUED = "queued"
    RAISED = "raised"  # turned out to be more urgent while waiting
    CALLBACK_PROMISED = "callback_promised"
    CITIZEN_RETURNED = "citizen_returned"  # "continue with the assistant"
    CLAIMED = "claimed"
    FORWARD_ASKED = "forward_asked"
    FORWARD_ACCEPTED = "forward_accepted"
    FORWARD_ENDED = "forward_ended"  # declined, or nobody answered in time: stays with who had it
    REQUEUED = "requeued"  # its operator went away: back to the front of the queue
    GIVEN_BACK = "given_back"
    REASSIGNED = "reassigned"  # by a supervisor
    CLOSED = "closed"


class Reason(StrEnum):
    """Why a person is wanted. The dialogue engine names it in its reply (`Reply.handoff`)."""

    REQUESTED = "requested"
    OFFERED_ACCEPTED = "offered_accepted"
    EMERGENCY = "emergency"
    COMPLAINT = "complaint"
    LATE_DOSSIER = "late_dossier"
    SCAM = "scam"
    ERROR = "error"
    ASSISTANT_OFF = "assistant_off"  # only people answer on this channel now: see desk/channel_switch.py
    VALIDATION = "validation"  # a person checks the assistant's answer before it is sent: see desk/notices/hold.py
    # Why a person is offered, before the citizen says yes.
    REJECTED_ANSWER = "rejected_answer"
    ABSTAINED = "abstained"
    OWN_CASE = "own_case"
    INSULTS = "insults"
    THREAT = "threat"


class Priority(StrEnum):
    """Order in the queue: urgent first, then by waiting time."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"


PRIORITIES = {
    Reason.EMERGENCY: Priority.URGENT,
    Reason.SCAM: Priority.URGENT,
    Reason.COMPLAINT: Priority.HIGH,
    Reason.LATE_DOSSIER: Priority.HIGH,
    Reason.ERROR: Priority.HIGH,
}


class CloseReason(StrEnum):
    """How an episode ended; chosen by the operator, but for the last three."""

    ANSWERED = "answered"
    REFERRED = "referred"
    NOT_OURS = "not_ours"
    ABUSE = "abuse"
    NO_REPLY = "no_reply"
    IDLE = "idle"
    LEFT = "left"
    WITHDRAWN = "withdrawn"
