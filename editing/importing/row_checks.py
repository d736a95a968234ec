"""Rows held against each other and against the base: what is there already, what contradicts it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from editing.conflicts import Stated, conflicts
from editing.folding import folded
from editing.importing.faq_row import ReadRow, read_row
from editing.importing.known_entries import KnownEntries, KnownEntry
from editing.importing.problem import ImportProblem, error, warning
from editing.importing.record import ImportRow

SHOWN_CHARACTERS = 80
MOST_OF_A_KIND = 3
_OPEN, _LIVE = "draft", "live"


@dataclass(frozen=True)
class CheckedRow:
    """`problems` of the row by itself, of its neighbours, of the base, and what the workshop found alike."""

    row: ImportRow
    read: ReadRow
    problems: tuple[ImportProblem, ...]

    @property
    def has_errors(self) -> bool:
        """Then it cannot be taken in as it is."""
        return any(not problem.is_warning for problem in self.problems)


def check_rows(
    rows: Sequence[ImportRow],
    known: KnownEntries,
    audiences: Mapping[str, str],
    standings: Mapping[str, str],
    today: date,
) -> tuple[CheckedRow, ...]:
    """In the same order. Rows that are taken out are checked by themselves only, so that they can be taken in again."""
    read = [read_row(row.place, row.fields, row.faults, audiences, today) for row in rows]
    first_keys: dict[str, int] = {}
    first_wordings: dict[str, int] = {}
    checked = []
    for row, one in zip(rows, read, strict=True):
        problems = list(one.problems)
        if not row.is_out:
            wordings = _wordings(one)
            problems += _in_file(one, wordings, first_keys, first_wordings)
            problems += _in_base(one, wordings, known, standings)
            problems += _alike(row, one)
        checked.append(CheckedRow(row, one, tuple(problems)))
    return tuple(checked)


def _wordings(read: ReadRow) -> dict[str, str]:
    """Plain key → as written; the question first."""
    found: dict[str, str] = {}
    for text in (read.body.question, *read.body.alternates):
        found.setdefault(folded(text), text)
    found.pop("", None)
    return found


def _in_file(
    read: ReadRow, wordings: Mapping[str, str], first_keys: dict[str, int], first_wordings: dict[str, int]
) -> Iterator[ImportProblem]:
    if read.key and first_keys.setdefault(read.key, read.place) != read.place:
        yield error("key", "key_twice", row=str(first_keys[read.key]))
    twice = [(key, text) for key, text in wordings.items() if first_wordings.setdefault(key, read.place) != read.place]
    for key, text in twice[:MOST_OF_A_KIND]:
        yield warning("question", "same_in_file", row=str(first_wordings[key]), text=text[:SHOWN_CHARACTERS])


def _in_base(
    read: ReadRow, wordings: Mapping[str, str], known: KnownEntries, standings: Mapping[str, str]
) -> Iterator[ImportProblem]:
    yield from _own_entry(read, known)
    others = [(text, entry) for key, text in wordings.items() for entry in known.by_wording.get(key, ())]
    told: set[str] = set()
    for text, entry in others:
        if entry.key in told or entry.key == read.key or len(told) >= MOST_OF_A_KIND:
            continue
        told.add(entry.key)
        standing = standings[_OPEN if entry.is_open else _LIVE]
        is_question = folded(entry.body.question) == folded(read.body.question)
        kind = (
            "other_answer" if is_question and entry.body.answer.strip() != read.body.answer.strip() else "same_in_base"
        )
        details = {"title": entry.title[:SHOWN_CHARACTERS], "standing": standing}
        if kind == "same_in_base":
            details["text"] = text[:SHOWN_CHARACTERS]
        yield warning("question", kind, entry.document, **details)
    yield from _other_figures(read, known)


def _own_entry(read: ReadRow, known: KnownEntries) -> Iterator[ImportProblem]:
    own = known.by_key.get(read.key, ()) if read.key else ()
    opened = next((entry for entry in own if entry.is_open), None)
    if opened is not None:
        yield error("key", "key_open", title=opened.title[:SHOWN_CHARACTERS])
    elif own:
        yield warning("key", "key_exists", own[0].document, title=own[-1].title[:SHOWN_CHARACTERS])
        if any(_says_the_same(entry, read) for entry in own):
            yield warning("question", "unchanged", own[0].document)
    else:
        if read.key:
            yield warning("key", "key_unknown")
        if not read.topic:
            yield error("topic", "topic_missing")
        elif read.topic not in known.topics:
            yield warning("topic", "topic_new", value=read.topic[:SHOWN_CHARACTERS])


def _says_the_same(entry: KnownEntry, read: ReadRow) -> bool:
    mine, theirs = read.body, entry.body
    return (mine.question, mine.alternates, mine.answer.strip()) == (
        theirs.question,
        theirs.alternates,
        theirs.answer.strip(),
    )


def _other_figures(read: ReadRow, known: KnownEntries) -> Iterator[ImportProblem]:
    bases = tuple((basis.document, basis.article) for basis in read.body.legal_basis)
    mine = Stated(f"faq/{read.key}", "", read.body.answer, bases)
    others = (entry.stated for entry in known.at(bases))
    for found, _ in zip(conflicts(mine, others), range(MOST_OF_A_KIND), strict=False):
        details = {"basis": found.basis, "mine": found.mine, "other": found.other, "unit": found.unit}
        yield warning("answer", "figure_conflict", found.document, title=found.title[:SHOWN_CHARACTERS], **details)


def _alike(row: ImportRow, read: ReadRow) -> Iterator[ImportProblem]:
    for found in (row.alike or ())[:MOST_OF_A_KIND]:
        if found["document"] != f"faq/{read.key}":
            percent = str(round(found["likeness"] * 100))
            details = {"title": found["title"][:SHOWN_CHARACTERS], "text": found["wording"][:SHOWN_CHARACTERS]}
            yield warning("question", "alike", found["document"], percent=percent, **details)
