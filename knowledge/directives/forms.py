"""The words of official documents, read once from `forms.yml` beside this file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from knowledge.directives.directive import Level
from settings.yaml_text import load_yaml
from vietnamese.accents import strip_accents


@dataclass(frozen=True)
class Kind:
    """A kind of document and what its number ends with (`QĐ`)."""

    name: str
    suffix: str


@dataclass(frozen=True)
class TableForms:
    """How an annex table is read; `columns` maps a role (`task`) to the headings it goes by."""

    number_heads: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    unit_starts: tuple[str, ...]
    inner_unit_starts: tuple[str, ...]
    coordinating_starts: tuple[str, ...]
    coordinating_marks: tuple[str, ...]
    time_starts: tuple[str, ...]


@dataclass(frozen=True)
class Forms:
    """See `forms.yml` for what each field holds."""

    chrome: frozenset[str]
    furniture: frozenset[str]
    number_word: str
    subject_words: tuple[str, ...]
    date_words: tuple[str, str, str]
    addressees_words: str
    recipients_words: str
    signed_marks: frozenset[str]
    signature_prefixes: tuple[str, ...]
    kinds: Mapping[str, Kind]
    letter_kind: str
    organisation_words: tuple[str, ...]
    authority_words: tuple[str, ...]
    preamble_openers: tuple[str, ...]
    closing_openers: tuple[str, ...]
    attachments: Mapping[str, str]
    annex_title: str
    article_word: str
    chapter_words: tuple[str, ...]
    point_letters: str
    latin_letters: str
    labels: Mapping[str, str]
    table: TableForms

    @cached_property
    def number_pattern(self) -> re.Pattern[str]:
        """`Số: 288/BHXH-VP`; the group is the number."""
        return re.compile(rf"^{self.number_word}\s*:?\s*(\d+\s*/\s*[\w&/-]+)\s*$", re.IGNORECASE)

    @cached_property
    def date_pattern(self) -> re.Pattern[str]:
        """`Hà Nội, ngày 31 tháng 01 năm 2024`; the groups are day, month and year."""
        day, month, year = self.date_words
        return re.compile(rf"\b{day}\s+(\d{{1,2}})\s+{month}\s+(\d{{1,2}})\s+{year}\s+(\d{{4}})\b", re.IGNORECASE)

    @cached_property
    def authority_titles(self) -> tuple[str, ...]:
        """The authority words in capitals, as they stand in titles and signatures."""
        return tuple(name.upper() for name in self.authority_words)

    @cached_property
    def signature_pattern(self) -> re.Pattern[str]:
        """The first line of a signature: `KT. TỔNG GIÁM ĐỐC`, `GIÁM ĐỐC`."""
        return re.compile(rf"^(?:(?:{_any(self.signature_prefixes)})\.\s*|(?:{_any(self.authority_titles)})\b)")

    @cached_property
    def annex_pattern(self) -> re.Pattern[str]:
        """`PHỤ LỤC`, `Phụ lục 02`, `PHỤ LỤC II: …`; the group is the number, if any."""
        return re.compile(
            rf"^{self.annex_title}(?:\s+(?:{self.number_word}\s+)?(\d+|[IVX]+))?\s*(?:[.:].*)?$", re.IGNORECASE
        )

    @cached_property
    def marker_patterns(self) -> tuple[tuple[Level, re.Pattern[str]], ...]:
        """One pattern for each level, with the groups `sign`, `value` and `rest`; the first that matches counts."""
        article, letters = self.article_word, self.point_letters + self.latin_letters
        chapter = rf"(?P<sign>(?:{_any(self.chapter_words)})\s+(?P<value>[IVXL]+|\d+)[.:]?)(?P<rest>$|\s+[^a-z\W].*)"
        patterns = {
            Level.CHAPTER: chapter,
            Level.ARTICLE: rf"(?P<sign>{article}\s+(?P<value>\d{{1,3}})(?:[.:]|$))(?P<rest>.*)",
            Level.ROMAN: r"(?P<sign>(?P<value>[IVXL]+)[./](?:\s|$))(?P<rest>.*)",
            Level.CAPITAL: r"(?P<sign>(?P<value>[A-H])\.(?:\s|$))(?P<rest>.*)",
            Level.DECIMAL: r"(?P<sign>(?P<value>\d{1,2}(?:\.\d{1,2}){1,2})\.?(?:\s|$))(?P<rest>.*)",
            Level.NUMBER: r"(?P<sign>(?P<value>\d{1,2})(?:[.)](?![\d.])|/(?=\s)))(?P<rest>.*)",
            Level.LETTER: rf"(?P<sign>(?P<value>[{letters}])[.)](?:\s|$))(?P<rest>.*)",
            Level.DASH: r"(?P<sign>(?P<value>[-–—•*+])(?:\s|$))(?P<rest>.*)",
        }
        return tuple((level, re.compile(pattern)) for level, pattern in patterns.items())


def is_furniture(text: str, forms: Forms) -> bool:
    """True for rules (`-----`) and the motto, however the tone marks are placed."""
    plain = strip_accents(text).casefold()
    return not re.search(r"\w", text) or plain in forms.furniture


def starts_with_any(text: str, starts: Iterable[str]) -> bool:
    """True when the text begins with one of the words, as whole words."""
    return any(text == start or re.match(rf"{re.escape(start)}(?!\w)", text) is not None for start in starts)


@cache
def load_forms() -> Forms:
    """Reads the file at the first call only."""
    text = resources.files("knowledge.directives").joinpath("forms.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = load_yaml(text)
    table = data.pop("table")
    columns = {role: tuple(names) for role, names in table.pop("columns").items()}
    frozen: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    frozen["chrome"] = frozenset(data["chrome"])
    frozen["signed_marks"] = frozenset(data["signed_marks"])
    frozen["furniture"] = frozenset(strip_accents(line).casefold() for line in data["furniture"])
    frozen["kinds"] = {title: Kind(**kind) for title, kind in data["kinds"].items()}
    return Forms(**frozen, table=TableForms(columns=columns, **{key: tuple(names) for key, names in table.items()}))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in words)
