"""The retrievable unit: one section of a directive, or one FAQ entry."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property

MAX_PASSAGE_CHARACTERS = 1_200


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

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all fields, hexadecimal."""
        fields = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(fields.encode()).hexdigest()
