"""The monthly report: a page with charts, and a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from console.operator.room import Room
from console.report import report_page
from console.security.access import Door


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    return report_page.doors(room)
