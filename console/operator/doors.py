"""Every door of the console, and the gate before them."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from console.editor import doors as editor
from console.operator import (
    again,
    canned,
    conversation,
    desk_page,
    held,
    moves,
    own_account,
    presence,
    sign_in,
    stream,
    words,
)
from console.operator.room import Room
from console.report import doors as report
from console.security.access import Door
from console.security.gate import Gate
from console.supervisor import doors as supervisor
from console.tickets import doors as tickets


def operator_doors(room: Room) -> Sequence[Door]:
    """In the order in which addresses are compared."""
    own = (sign_in, own_account, desk_page, conversation, moves, words, again, held, canned, presence, stream)
    modules = (*own, tickets, supervisor, report, editor)
    return tuple(door for module in modules for door in module.doors(room))


def build_operator_router(room: Room) -> APIRouter:
    """All of it behind one gate."""
    gate = Gate(room.transactions, room.cookie, room.pages.refuse, room.clock)
    return gate.router(operator_doors(room))
