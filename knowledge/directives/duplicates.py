"""Which sections of a document say the same: the body and its annex repeat each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from knowledge.directives.directive import Role, Section, SectionKind
from vietnamese.accents import strip_accents

SHINGLE_WORDS = 3
MIN_CONTAINMENT = 0.7
"""Two tasks for two years (`Phụ lục II.6` and `II.7`, 0.60) must stay apart; true repetitions begin at 0.73."""
MIN_CONTAINMENT_UNDER_HEADING = 0.3
"""For a row whose group is headed by the very words of the point: it carries out part of that point."""
MIN_SHINGLES = 8
"""Shorter texts are too easily contained in another by chance."""

MOST_COMPARED = 600
"""Sections that are all compared with each other, which takes about a second."""
FEW = 10
Shingles = frozenset[tuple[str, ...]]


def shingles(text: str) -> Shingles:
    """Runs of three words, without diacritics, case and punctuation."""
    words = re.findall(r"\w+", strip_accents(text).casefold())
    return frozenset(zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False))


def containment(first: Shingles, second: Shingles) -> float:
    """Share of the smaller set that is in the other; 0.0 when it has fewer than `MIN_SHINGLES`."""
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller >= MIN_SHINGLES else 0.0


def near_duplicates(sections: Sequence[Section]) -> dict[str, tuple[str, ...]]:
    """For each label the labels of sections that say the same, the most alike first; symmetric."""
    alike: dict[str, list[tuple[float, str]]] = {section.label: [] for section in sections}
    compared = [section for section in sections if section.kind in (SectionKind.POINT, SectionKind.ANNEX_ROW)]
    own = {section.label: shingles(_own_words(section)) for section in compared}
    headings = {section.label: _heading_shingles(section) for section in compared}
    for first, second in _pairs([section.label for section in compared], own):
        score = containment(own[first], own[second])
        if score >= MIN_CONTAINMENT or (
            score >= MIN_CONTAINMENT_UNDER_HEADING
            and any(
                containment(own[point], heading) >= MIN_CONTAINMENT
                for point, row in ((first, second), (second, first))
                for heading in headings[row]
            )
        ):
            alike[first].append((-score, second))
            alike[second].append((-score, first))
    return {label: tuple(other for _, other in sorted(found)) for label, found in alike.items()}


def _pairs(labels: Sequence[str], own: Mapping[str, Shingles]) -> Iterable[tuple[str, str]]:
    """All of them; of a very long document only those that share words which few sections have."""
    if len(labels) <= MOST_COMPARED:
        return combinations(labels, 2)
    holders: dict[tuple[str, ...], list[str]] = {}
    for label in labels:
        for shingle in own[label]:
            holders.setdefault(shingle, []).append(label)
    return dict.fromkeys(pair for held in holders.values() if len(held) <= FEW for pair in combinations(held, 2))


def _own_words(section: Section) -> str:
    """Without headings and without the units and times that many rows share."""
    if section.row is not None:
        return section.row.task
    return "\n".join(part.text for part in section.paragraphs if part.role is Role.TEXT)


def _heading_shingles(section: Section) -> list[Shingles]:
    """Of the innermost heading of a row's group; no others are repeated as points."""
    if section.row is None:
        return []
    return [shingles(section.row.subgroup_heading or section.row.group_heading)]
