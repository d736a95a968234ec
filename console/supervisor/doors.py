"""What a supervisor and an administrator keep in hand: the board, channels, duty, accounts, the audit log."""

from __future__ import annotations

from collections.abc import Sequence

from console.operator.room import Room
from console.security.access import Door
from console.supervisor import (
    account_changes,
    audit,
    board,
    board_breaches,
    board_reassign,
    calendar,
    citizens,
    dead_letters,
    hours,
    operators,
    roster,
    switches,
)


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py. Each module of this room that has doors stands here."""
    supervising = (board, board_breaches, board_reassign, switches, dead_letters, citizens)
    keeping = (calendar, hours, roster, operators, account_changes, audit)
    return tuple(door for module in (*supervising, *keeping) for door in module.doors(room))
