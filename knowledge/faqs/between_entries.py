"""What is wrong between entries: twice the same, unknown neighbours, groups that do not tell people apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from knowledge.faqs.problem import Finding, ProblemKind
from knowledge.faqs.reading import FiledEntry
from vietnamese.keys import plain_key

_SHOWN = 80
Entries = Sequence[FiledEntry]


def check_between(entries: Entries) -> Iterator[Finding]:
    """Everything that cannot be seen in one entry alone, but for contradictions: see `contradiction.py`."""
    yield from _duplicate_ids(entries)
    yield from _duplicate_questions(entries, plain_key)
    yield from _same_answers(entries, plain_key)
    yield from _unknown_related(entries)
    yield from _lenses(entries)


def meet(one: FiledEntry, other: FiledEntry) -> bool:
    """Whether there is a day on which both are served."""
    ends = ((one.live_to or date.max), (other.live_to or date.max))
    return max(one.live_from or date.min, other.live_from or date.min) <= min(ends)


def _duplicate_ids(entries: Entries) -> Iterator[Finding]:
    first: dict[str, FiledEntry] = {}
    for entry in entries:
        known = first.setdefault(entry.id.text, entry)
        if known is not entry and entry.id.text and meet(known, entry):
            yield _finding(entry, ProblemKind.DUPLICATE_ID, entry.id.line, place=_place(known))


def _duplicate_questions(entries: Entries, key_of: Callable[[str], str]) -> Iterator[Finding]:
    """Two wordings with the same key cannot lead to two answers, and twice the same one teaches nothing."""
    first: dict[str, tuple[FiledEntry, str]] = {}
    for entry in entries:
        for wording in (entry.question, *entry.alternates):
            key = key_of(wording.text)
            if not key:
                continue
            place = f"{entry.file}:{wording.line}"
            known, where = first.get(key, (None, ""))
            if known is not None and (known is entry or meet(known, entry)):
                details = {"text": wording.text[:_SHOWN], "place": where}
                yield _finding(entry, ProblemKind.DUPLICATE_QUESTION, wording.line, **details)
            first.setdefault(key, (entry, place))


def _same_answers(entries: Entries, key_of: Callable[[str], str]) -> Iterator[Finding]:
    """One answer under two ids: a correction of the one would leave the other wrong."""
    first: dict[str, FiledEntry] = {}
    for entry in entries:
        key = key_of(entry.answer.text)
        known = first.setdefault(key, entry)
        if key and known.id.text != entry.id.text and meet(known, entry):
            yield _finding(entry, ProblemKind.SAME_ANSWER, entry.answer.line, place=_place(known))


def _unknown_related(entries: Entries) -> Iterator[Finding]:
    known = {entry.id.text for entry in entries}
    for entry in entries:
        for related in entry.related:
            if related.text and (related.text not in known or related.text == entry.id.text):
                yield _finding(entry, ProblemKind.UNKNOWN_RELATED, related.line, value=related.text[:_SHOWN])


def _lenses(entries: Entries) -> Iterator[Finding]:
    """Of what is served: a draft may still wait for its group."""
    groups: dict[str, list[FiledEntry]] = defaultdict(list)
    for entry in entries:
        if entry.lens and entry.is_live:
            groups[entry.lens].append(entry)
    for lens, group in groups.items():
        if len({entry.id.text for entry in group}) < 2:
            yield _finding(group[0], ProblemKind.LENS_ALONE, group[0].id.line, value=lens)
        yield from _shared_audiences(group)


def _shared_audiences(group: Entries) -> Iterator[Finding]:
    taken: dict[str, FiledEntry] = {}
    for entry in group:
        for audience in entry.audience:
            known = taken.setdefault(audience, entry)
            if known.id.text != entry.id.text and meet(known, entry):
                details = {"value": audience, "other": known.id.text}
                yield _finding(entry, ProblemKind.LENS_AUDIENCE_SHARED, entry.id.line, **details)


def _place(entry: FiledEntry) -> str:
    return f"{entry.file}:{entry.id.line}"


def _finding(entry: FiledEntry, kind: ProblemKind, line: int, **details: str) -> Finding:
    return Finding(kind, entry.file, line, entry.id.text, tuple(details.items()))
