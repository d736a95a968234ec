"""On which days the gate asks: today, and when something of the change begins or ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from knowledge.library import Documents


def days_of(changed: Iterable[str], before: Documents, after: Documents, today: date, most: int) -> tuple[date, ...]:
    """Today first, then the nearest of the coming days, at most `most` of them. `changed`: names of documents."""
    names = frozenset(changed)
    coming = {day for documents in (before, after) for day in _turns(names, documents) if day > today}
    return (today, *sorted(coming)[:most])


def _turns(names: frozenset[str], documents: Documents) -> Iterator[date]:
    for template in documents.templates:
        if f"faq/{template.id}" in names:
            yield from _edges(template.filed.live_from, template.filed.live_to)
    for directive in documents.directives:
        if f"directive/{directive.slug}" in names:
            yield from _edges(directive.live_from, directive.live_to)
    for parameter in documents.parameters:
        if f"parameter/{parameter.name}" in names:
            for value in parameter.values:
                yield from _edges(value.effective_from, value.effective_to)


def _edges(first: date | None, last: date | None) -> Iterator[date]:
    """The first day, and the first day after."""
    if first is not None:
        yield first
    if last is not None and last < date.max:
        yield last + timedelta(days=1)
