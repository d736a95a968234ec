"""`bhxh retention`: removes what has been kept long enough, as the gateway does by itself every night."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping

import typer
from sqlalchemy import Engine

from app.clock import now
from app.commands.operator import terminal
from app.database import opened_database
from app.paths import SETTINGS
from app.retention import count_due, run_retention
from app.sweeps import Kind
from desk.database import reading
from desk.retention_settings import RetentionSettings
from desk.settings import read_settings
from desk.transactions import ThreadedTransactions


def register(app: typer.Typer) -> None:
    """Adds the verb."""
    app.command()(retention)


def retention(
    dry_run: bool = typer.Option(False, "--dry-run", help="Only say what would go"),
    as_json: bool = typer.Option(False, "--json", help="Print JSON"),
) -> None:
    """Empty or remove what is older than its period in settings.yml; nothing of an open episode or ticket."""
    settings = read_settings(SETTINGS).retention
    with opened_database(os.environ) as engine:
        if dry_run:
            with reading(engine) as connection:
                counts = count_due(connection, settings, now())
        else:
            counts = asyncio.run(run_here(engine, settings))
    rows = {kind.value: counts[kind] for kind in Kind}
    if as_json:
        typer.echo(json.dumps(rows))
        return
    for kind, number in rows.items():
        typer.echo(f"{kind:<14} {number:>8}   older than {getattr(settings, f'{kind}_days')} days")
    typer.echo("nothing was changed" if dry_run else "✓ done; one line in the audit log")


async def run_here(engine: Engine, settings: RetentionSettings) -> Mapping[Kind, int]:
    """Beside a running gateway too: whoever comes second finds nothing left."""

    async def always() -> bool:
        return True

    transactions = ThreadedTransactions(engine)
    try:
        removed = await run_retention(transactions, settings, now(), terminal(), always)
    finally:
        transactions.close()
    return removed or {}
