"""A question that the gate asks before and after a change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ABSTAIN = "abstain"
ASK_BACK = "ask_back"


class Origin(StrEnum):
    """Where a question comes from."""

    ENTRY = "entry"
    """Main question of a FAQ entry: its own entry is expected."""
    GOLDEN = "golden"
    """`golden.yml`."""
    CITIZEN = "citizen"
    """Was asked by somebody, and an editor said which entry answers it."""


@dataclass(frozen=True)
class GateQuestion:
    """`expected` names documents that may answer, or is `abstain` or `ask_back`; empty: nothing is expected."""

    text: str
    origin: Origin
    expected: tuple[str, ...] = ()
    cluster_id: int | None = None
    """Of a citizen's question. A report keeps this in place of the words, which an erasure must find in one place."""
