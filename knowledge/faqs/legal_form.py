"""How a document and a place in it are cited: `Nghị định số 158/2025/NĐ-CP`, `Điều 64 khoản 1 điểm a, Điều 70`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from settings.yaml_text import load_yaml

_FILE = Path(__file__).with_name("legal_form.yml")
_LETTER = r"[^\W\d_A-Z]"
_NUMBER = rf"\d+{_LETTER}?"
_NUMBERS = rf"{_NUMBER}(?:[–-]{_NUMBER})?(?:, {_NUMBER}(?:[–-]{_NUMBER})?)*"
_LETTERS = rf"{_LETTER}(?:[–-]{_LETTER})?(?:, {_LETTER}(?:[–-]{_LETTER})?)*(?![^\W\d_])"
_PLACE = r"[IVXLC\d]+(?:\.\d+)*"


@dataclass(frozen=True)
class _Forms:
    article: re.Pattern[str]
    document: re.Pattern[str]


def is_article(written: str) -> bool:
    """Articles with clauses and points, sections, annexes and forms, one after the other; the largest part first."""
    return _forms().article.fullmatch(written) is not None


def is_document(written: str) -> bool:
    """The kind of document, then its number with year and issuer, then what amended it."""
    return _forms().document.fullmatch(written) is not None


@cache
def _forms() -> _Forms:
    words: dict[str, Any] = load_yaml(_FILE.read_text(encoding="utf-8"))
    point = rf"{words['point']} {_LETTERS}"
    clause = rf"{words['clause']} {_NUMBERS}(?: {point})?"
    article = rf"{words['article']} (?:{_NUMBER} {words['to']} {words['article']} {_NUMBER}|{_NUMBERS}(?: {clause})?)"
    section = rf"{words['section']} {_PLACE}(?: {point})?"
    named = rf"{words['annex']} {_PLACE}|{words['form']} [\dA-Z][\w.-]*"
    first = rf"(?:{article}|{section}|{named})"
    following = rf"(?:{article}|{section}|{named}|{clause}|{point})"
    documents = "|".join(f"(?:{form})" for form in words["documents"])
    return _Forms(
        re.compile(rf"{first}(?:(?:, |; | {words['and']} ){following})*"),
        re.compile(rf"(?:{documents})(?:{words['amended']})?"),
    )
