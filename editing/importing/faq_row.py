"""A row of the sheet → the body of an entry, and what is wrong with each cell. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from editing.bodies.check import MOST_FIELD_CHARACTERS, MOST_LINES
from editing.bodies.faq import FaqBasis, FaqBody
from editing.document import TOPIC_CHARACTERS, DocumentKind
from editing.importing.problem import ImportProblem, error, warning
from editing.keys import is_key
from knowledge.faqs.entry import MAX_ANSWER_CHARACTERS, MAX_QUESTION_CHARACTERS, MIN_ALTERNATES, Audience
from knowledge.faqs.next_steps import NextSteps, with_next_steps
from vietnamese.accents import strip_accents
from vietnamese.identifiers import find_identifiers

COLUMNS = (
    "key", "question", "alternates", "answer", "documents", "articles", "effective_from", "effective_to", "audience",
    "topic", "review_by", "notes", "next_where", "next_papers", "next_deadline",
)  # fmt: skip
BESIDE = ("articles", "effective_from", "effective_to")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?", re.ASCII)
_MANY = re.compile(r"[\n;]")
NOTE_CHARACTERS = 500


@dataclass(frozen=True)
class ReadRow:
    """`key` and `topic` may be empty; `problems` are those that the row has by itself."""

    place: int
    key: str
    topic: str
    notes: str
    body: FaqBody
    problems: tuple[ImportProblem, ...]


def read_row(
    place: int, fields: Mapping[str, str], faults: tuple[str, ...], audiences: Mapping[str, str], today: date
) -> ReadRow:
    """`audiences` are the Vietnamese names by value; a cell may also hold the value itself."""
    # In columns that stand beside the documents, a blank first line is the place of the first document.
    cells = {name: fields.get(name, "").strip(" \t" if name in BESIDE else None) for name in COLUMNS}
    reader = _RowReader(cells, audiences, today)
    body = reader.body()
    problems = [error(column, "fault") for column in faults if not cells.get(column)]
    return ReadRow(
        place, cells["key"], cells["topic"], cells["notes"][:NOTE_CHARACTERS], body, (*problems, *reader.problems(body))
    )


def read_day(text: str) -> date | None:
    """`31/12/2026`, `31-12-2026`, `2026-12-31`; None for an empty cell. Raises ValueError for what is no day."""
    if not text.strip():
        return None
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    if match[4]:
        return date(int(match[4]), int(match[5]), int(match[6]))
    return date(int(match[3]), int(match[2]), int(match[1]))


class _RowReader:
    def __init__(self, cells: Mapping[str, str], audiences: Mapping[str, str], today: date) -> None:
        self._cells = cells
        self._today = today
        self._values = {_folded(name): value for value, name in audiences.items()}
        self._values |= {value: value for value in Audience}
        self._wrong: list[ImportProblem] = []

    def body(self) -> FaqBody:
        """What can be read of it."""
        cells = self._cells
        return FaqBody(
            question=" ".join(cells["question"].split()),
            alternates=tuple(dict.fromkeys(_lines(cells["alternates"]))),
            answer=cells["answer"],
            legal_basis=self._bases(),
            audience=self._audience(),
            review_by=self._day("review_by", cells["review_by"]),
            next_steps=NextSteps(
                " ".join(cells["next_where"].split()),
                tuple(_lines(cells["next_papers"])),
                " ".join(cells["next_deadline"].split()),
            ),
        )

    def problems(self, body: FaqBody) -> Iterator[ImportProblem]:
        """Those met while reading, then those of the whole."""
        yield from self._wrong
        yield from self._of_texts(body)
        yield from self._of_place(body)
        if find_identifiers(f"{body.question}\n{body.answer}"):
            yield warning("answer", "identifier")

    def _of_texts(self, body: FaqBody) -> Iterator[ImportProblem]:
        if not body.question:
            yield error("question", "question_missing")
        if len(body.question) > MAX_QUESTION_CHARACTERS:
            yield error("question", "question_long", limit=str(MAX_QUESTION_CHARACTERS))
        if not body.answer:
            yield error("answer", "answer_missing")
        elif len(body.answer) > MOST_FIELD_CHARACTERS:
            yield error("answer", "answer_far_too_long", limit=str(MOST_FIELD_CHARACTERS))
        elif (length := len(with_next_steps(body.answer, body.next_steps))) > MAX_ANSWER_CHARACTERS:
            yield warning("answer", "answer_long", length=str(length), limit=str(MAX_ANSWER_CHARACTERS))
        if len(body.alternates) > MOST_LINES:
            yield error("alternates", "alternates_many", limit=str(MOST_LINES))
        elif len(body.alternates) < MIN_ALTERNATES:
            count, minimum = str(len(body.alternates)), str(MIN_ALTERNATES)
            yield warning("alternates", "alternates_few", count=count, minimum=minimum)

    def _of_place(self, body: FaqBody) -> Iterator[ImportProblem]:
        key, topic = self._cells["key"], self._cells["topic"]
        if key and not is_key(DocumentKind.FAQ, key):
            yield error("key", "key_invalid")
        if len(topic) > TOPIC_CHARACTERS:
            yield error("topic", "topic_long", limit=str(TOPIC_CHARACTERS))
        if not body.legal_basis:
            yield warning("documents", "basis_missing")
        if not self._cells["audience"]:
            yield warning("audience", "audience_missing")
        if not self._cells["review_by"]:
            yield warning("review_by", "review_missing")
        elif body.review_by and body.review_by < self._today:
            yield warning("review_by", "review_past")

    def _bases(self) -> tuple[FaqBasis, ...]:
        documents = _lines(self._cells["documents"])
        articles, starts, ends = (self._cells[name].split("\n") if self._cells[name] else [] for name in BESIDE)
        if max(map(len, (articles, starts, ends))) > len(documents):
            self._wrong.append(error("documents", "basis_unequal"))
        found = []
        for document, article, start, end in list(zip_longest(documents, articles, starts, ends, fillvalue=""))[:20]:
            first, last = self._day("effective_from", start), self._day("effective_to", end)
            if first and last and last < first:
                self._wrong.append(error("effective_to", "days_reversed"))
            if document:
                found.append(FaqBasis(document, article.strip(), first, last))
        return tuple(found)

    def _audience(self) -> tuple[str, ...]:
        found = []
        for name in filter(None, (part.strip() for part in _MANY.split(self._cells["audience"]))):
            value = self._values.get(_folded(name))
            if value is None:
                self._wrong.append(error("audience", "audience_unknown", value=name[:60]))
            elif value not in found:
                found.append(value)
        return tuple(found)

    def _day(self, column: str, text: str) -> date | None:
        try:
            return read_day(text)
        except ValueError:
            self._wrong.append(error(column, "day_invalid", value=text.strip()[:30]))
            return None


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(line.lstrip("-–•+* ").split()) for line in text.split("\n")) if line]


def _folded(name: str) -> str:
    return " ".join(strip_accents(name).casefold().replace(",", " ").split())
