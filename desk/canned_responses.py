"""Texts that operators send again and again, by a short code: "/chao" becomes a greeting.

A first set comes with the product (canned_responses.yml); what editors write replaces it, code by code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Column, Connection, ForeignKey, String, Table, Text, insert, select, update

from desk.accounts.operator import operators
from desk.database import RowId, UtcDateTime, metadata
from settings.yaml_text import load_yaml

FILE = Path(__file__).with_name("canned_responses.yml")
CODE_CHARACTERS = 24
TITLE_CHARACTERS = 80
TEXT_CHARACTERS = 1_900
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,23}", re.ASCII)

canned_responses = Table(
    "canned_responses",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("code", String(CODE_CHARACTERS), nullable=False, unique=True),
    Column("title", String(TITLE_CHARACTERS), nullable=False),
    Column("text", Text, nullable=False),
    Column("changed_by", ForeignKey(operators.c.id), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    # One that came with the product stays removed.
    Column("removed_at", UtcDateTime),
)


@dataclass(frozen=True)
class CannedResponse:
    """`code` without the stroke before it; "{ten}" in the text is the operator's own given name."""

    code: str
    title: str
    text: str


def list_canned(connection: Connection) -> tuple[CannedResponse, ...]:
    """All that are in use, by code."""
    columns = canned_responses.c
    known = {response.code: response for response in first_set()}
    for row in connection.execute(select(columns.code, columns.title, columns.text, columns.removed_at)):
        known.pop(row.code, None)
        if row.removed_at is None:
            known[row.code] = CannedResponse(row.code, row.title, row.text)
    return tuple(known[code] for code in sorted(known))


def folded_code(typed: str) -> str | None:
    """Small letters without the stroke; None for what can be no code."""
    folded = typed.strip().lstrip("/").lower()
    return folded if _CODE.fullmatch(folded) else None


def put_canned(connection: Connection, response: CannedResponse, operator_id: int, now: datetime) -> None:
    """A new one, or in place of the one with this code. Its fields are within the limits."""
    values = {"title": response.title, "text": response.text, "removed_at": None}
    _store(connection, response.code, {**values, "changed_by": operator_id, "changed_at": now})


def remove_canned(connection: Connection, code: str, operator_id: int, now: datetime) -> bool:
    """False when nobody uses this code."""
    found = next((response for response in list_canned(connection) if response.code == code), None)
    if found is None:
        return False
    values = {"title": found.title, "text": found.text, "removed_at": now}
    _store(connection, code, {**values, "changed_by": operator_id, "changed_at": now})
    return True


@cache
def first_set() -> tuple[CannedResponse, ...]:
    """Those that come with the product. Raises KeyError naming what is missing."""
    document = load_yaml(FILE.read_text(encoding="utf-8"))
    return tuple(CannedResponse(code, each["title"], each["text"].strip()) for code, each in document.items())


def _store(connection: Connection, code: str, values: dict[str, object]) -> None:
    changing = update(canned_responses).where(canned_responses.c.code == code).values(values)
    if not connection.execute(changing).rowcount:
        connection.execute(insert(canned_responses).values({"code": code, **values}))
