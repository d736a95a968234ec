"""Which questions the gate asks: main questions of entries, the golden ones, those that citizens asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from editing.gate.question import GateQuestion, Origin
from knowledge.library import Documents

Nearness = Callable[[Sequence[str]], Sequence[float]]
"""How near each text is to what changed; more is nearer."""


@dataclass(frozen=True)
class Chosen:
    """`left_out` counts main questions that are too many and too far from the change."""

    questions: tuple[GateQuestion, ...]
    left_out: int


def entry_questions(before: Documents, after: Documents) -> tuple[GateQuestion, ...]:
    """Main questions before and after, each once; an entry that was renamed has two.

    Expected are all entries with that very question that are still filed; a withdrawn one expects nothing.
    """
    owners: dict[str, list[str]] = {}
    filed = {template.id for template in after.templates if template.filed.is_live}
    for template in (*before.templates, *after.templates):
        if template.filed.is_live:
            names = owners.setdefault(template.filed.question.text, [])
            if template.id in filed and f"faq/{template.id}" not in names:
                names.append(f"faq/{template.id}")
    return tuple(GateQuestion(text, Origin.ENTRY, tuple(names)) for text, names in owners.items())


def choose(
    entries: Sequence[GateQuestion], others: Iterable[GateQuestion], changed: Iterable[str], near: Nearness, most: int
) -> Chosen:
    """All other questions, and of the entries those of changed documents first, then the nearest, up to `most`.

    A text that stands twice is asked once, with what golden.yml or an editor expects.
    """
    kept = _nearest(entries, frozenset(changed), near, most)
    by_text = {question.text: question for question in (*kept, *others)}
    return Chosen(tuple(by_text.values()), len(entries) - len(kept))


def _nearest(
    entries: Sequence[GateQuestion], changed: frozenset[str], near: Nearness, most: int
) -> tuple[GateQuestion, ...]:
    if len(entries) <= most:
        return tuple(entries)
    scores = near([question.text for question in entries])
    own = [bool(changed.intersection(question.expected)) for question in entries]
    order = sorted(range(len(entries)), key=lambda number: (not own[number], -scores[number]))
    return tuple(entries[number] for number in sorted(order[:most]))
