"""What the dialogue remembers of one conversation, and its form in Rasa's slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from knowledge.answer import Option


@dataclass(frozen=True)
class Memory:
    """`last_question` stands on its own: a follow-up is stored as what it meant."""

    last_question: str = ""
    last_passage_ids: tuple[str, ...] = ()
    """Passages behind the last answer, best first."""
    last_status: str = ""
    options: tuple[Option, ...] = ()
    """Offered and not yet taken."""
    role: str = ""
    """Key of a role in texts.yml; empty while unknown."""
    offer: str = ""
    """Why a person was offered in the last answer; empty when nothing is open."""
    insult_count: int = 0
    abstentions: int = 0
    """Questions in a row without an answer."""


def settled(memory: Memory) -> Memory:
    """Nothing open but the options: an offer counts only for the very next message, insults only in a row."""
    return replace(memory, offer="", insult_count=0)


def memory_from_slots(slots: Mapping[str, Any]) -> Memory:
    """Missing or empty slots give the defaults, so an older tracker still works."""
    options = tuple(Option(entry["title"], entry["passage_id"]) for entry in slots.get("options") or ())
    return Memory(
        last_question=slots.get("last_question") or "",
        last_passage_ids=tuple(slots.get("last_passage_ids") or ()),
        last_status=slots.get("last_status") or "",
        options=options,
        role=slots.get("role") or "",
        offer=slots.get("offer") or "",
        insult_count=int(slots.get("insult_count") or 0),
        abstentions=int(slots.get("abstentions") or 0),
    )


def slots_of(memory: Memory) -> dict[str, Any]:
    """The slot values as JSON; what is empty is None, as Rasa keeps it."""
    options = [{"title": option.title, "passage_id": option.passage_id} for option in memory.options]
    return {
        "last_question": memory.last_question or None,
        "last_passage_ids": list(memory.last_passage_ids) or None,
        "last_status": memory.last_status or None,
        "options": options or None,
        "role": memory.role or None,
        "offer": memory.offer or None,
        "insult_count": memory.insult_count,
        "abstentions": memory.abstentions,
    }


def changed_slots(before: Memory, after: Memory) -> dict[str, Any]:
    """Only the slots whose value differs."""
    old = slots_of(before)
    return {name: value for name, value in slots_of(after).items() if value != old[name]}
