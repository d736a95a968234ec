"""The audit log as a table to hand out: CSV that Excel opens with its Vietnamese letters, and calculates nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from sqlalchemy import Connection

from desk.audit import AuditAction, AuditEntry, AuditFilter, entries
from desk.safe_cell import BYTE_ORDER_MARK, csv_line
from settings.yaml_text import load_yaml

TEXTS = Path(__file__).with_name("audit_texts.yml")
PAGE = 500


@dataclass(frozen=True)
class AuditTexts:
    """`columns` in the order of the table."""

    columns: Mapping[str, str]
    actions: Mapping[str, str]

    def action(self, action: AuditAction) -> str:
        """What people read."""
        return self.actions[action]


def load_audit_texts(path: Path = TEXTS) -> AuditTexts:
    """Raises TypeError, which names a key that is missing or too much."""
    return AuditTexts(**load_yaml(path.read_text(encoding="utf-8")))


def all_entries(connection: Connection, wanted: AuditFilter) -> Iterator[AuditEntry]:
    """The newest first, fetched page by page."""
    before_id: int | None = None
    while page := entries(connection, wanted, PAGE, before_id):
        yield from page
        before_id = page[-1].id


def as_csv(found: Iterable[AuditEntry], texts: AuditTexts, zone: tzinfo) -> Iterator[str]:
    """Line by line, times in `zone`."""
    yield BYTE_ORDER_MARK + csv_line(texts.columns.values())
    for entry in found:
        at = entry.at.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S")
        detail = "; ".join(f"{key}: {value}" for key, value in entry.detail.items())
        yield csv_line((at, entry.actor, texts.action(entry.action), entry.subject, detail))
