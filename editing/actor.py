"""Who does something to the knowledge base."""

from __future__ import annotations

from dataclasses import dataclass

from desk.audit import actor_of


@dataclass(frozen=True)
class Actor:
    """`operator_id` is None at a terminal and for the product itself; `name` stands in the audit and the history."""

    operator_id: int | None
    name: str


SYSTEM = Actor(None, "system")
"""The project's files, the workshop."""


def operator_actor(operator_id: int) -> Actor:
    """Somebody who signed in to the console."""
    return Actor(operator_id, actor_of(operator_id))
