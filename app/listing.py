"""How findings and rows look on the command line: as lines for a person, as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer

from connectors.channel import Finding

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def show_finding(finding: Finding) -> None:
    """One line, and what to do where it is not good."""
    typer.echo(f"{'✓' if finding.good else '✗'} {finding.what}: {finding.detail}")
    if not finding.good and finding.remedy:
        typer.echo(f"    → {finding.remedy}")


def show_rows(rows: Sequence[DataclassInstance], *, as_json: bool, none: str) -> None:
    """Rows of one kind in columns named after their fields; `none` is said where there are no rows."""
    if as_json:
        typer.echo(as_json_text(rows))
        return
    if not rows:
        typer.echo(none)
        return
    names = [field.name for field in fields(rows[0])]
    table = [names, *([_cell(getattr(row, name)) for name in names] for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(names))]
    for line in table:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        typer.echo("  ".join(padded).rstrip())


def as_json_text(rows: Sequence[DataclassInstance]) -> str:
    """A list of objects; times as ISO 8601."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2, default=_plain)


def _cell(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else " ".join(str(value).split())


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
