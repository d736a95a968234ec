"""The retrievable unit: one section of a directive, or one FAQ entry."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

MAX_PASSAGE_CHARACTERS = 1_200
PERIOD_MARK = "@"
"""Stands between the id of a passage, or the slug of a directive, and the first day of a later period."""


class Collection(StrEnum):
    """Where a passage comes from; `bhxh ask --collection` takes these words or `all`."""

    DIRECTIVES = "directives"
    FAQ = "faq"


@dataclass(frozen=True)
class Passage:
    """`text` is what may be shown to a citizen; `context` and `questions` only help to find it.

    `id` is made of the source and the place in it (`288-BHXH-VP/1.e`, `faq/dieu-kien-thai-san`), so it
    survives a change of wording; `digest` changes with every field, so only changed passages are embedded again.
    """

    id: str
    collection: Collection
    document: str
    """Number of the directive (`288/BHXH-VP`) or id of the FAQ entry."""
    section: str
    """Section label (`1.e`, `Phụ lục V.6`); empty for a FAQ."""
    title: str
    """Heading path of the section, or the FAQ's question."""
    text: str
    """At most `MAX_PASSAGE_CHARACTERS` characters."""
    context: str = ""
    """What document this is and under which headings it stands; embedded with the text, never shown."""
    questions: tuple[str, ...] = ()
    """How people ask for it: alternates of a FAQ, sample questions of a section."""
    answerable: bool = True
    """False for what is kept to be read but must never be an answer (recipients, "Nơi nhận")."""
    near_duplicates: tuple[str, ...] = ()
    """Ids of passages that say the same (body and annex)."""
    version: str = ""
    """Number of the document's version; empty where the knowledge is kept in files only."""
    topic: str = ""
    """Of a FAQ; empty for directives."""
    valid_from: date | None = None
    """First day on which it may be an answer; None for no beginning."""
    valid_to: date | None = None
    """Last day; None for no end."""

    @property
    def document_name(self) -> str:
        """How logs and the editors' desk name its document: `faq/thai-san`, `directive/288-BHXH-VP`."""
        if self.collection is Collection.FAQ:
            return f"faq/{self.document}"
        return f"directive/{self.id.partition('/')[0]}"

    def is_served(self, day: date) -> bool:
        """Whether it may be an answer on a day."""
        return is_within(day, self.valid_from, self.valid_to)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all fields, hexadecimal."""
        fields = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=date.isoformat)
        return hashlib.sha256(fields.encode()).hexdigest()


def is_within(day: date, first: date | None, last: date | None) -> bool:
    """Both days included; None is open."""
    return (first is None or first <= day) and (last is None or day <= last)


def later_period(name: str, first: date | None) -> str:
    """Name of what stands beside an earlier period of the same: `faq/x@2027-01-01`."""
    return f"{name}{PERIOD_MARK}{first.isoformat()}" if first else name


def without_period(name: str) -> str:
    """The inverse of `later_period`: what all periods have in common."""
    return name.partition(PERIOD_MARK)[0]
