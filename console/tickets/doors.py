"""Tickets: lists, the page of one, and everything that is done to it."""

from __future__ import annotations

from collections.abc import Sequence

from console.operator.room import Room
from console.security.access import Door
from console.tickets import answering, dossier, filing, handling, list_page, page, slip


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py. Each module of this room that has doors stands here."""
    modules = (list_page, page, handling, answering, dossier, slip, filing)
    return tuple(door for module in modules for door in module.doors(room))
