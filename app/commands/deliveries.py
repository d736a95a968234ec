"""`bhxh deliveries`: what did not reach a citizen, or may not have. Shows nobody's words."""

from __future__ import annotations

import os

import typer

from app.database import opened_database
from app.listing import show_rows
from connectors.deliveries import troubled_deliveries
from desk.alert import count_open_alerts
from desk.database import reading

MOST = 100


def register(app: typer.Typer) -> None:
    """Adds the verb and its sub-verb."""
    deliveries = typer.Typer(no_args_is_help=True, help="Sends that failed, or whose end nobody knows.")
    deliveries.command("list")(list_deliveries)
    deliveries.callback()(lambda: None)  # one sub-verb alone would be taken for the verb itself
    app.add_typer(deliveries, name="deliveries")


def list_deliveries(
    limit: int = typer.Option(MOST, min=1, help="So many, the newest first"),
    as_json: bool = typer.Option(False, "--json", help="Print JSON"),
) -> None:
    """Show failed and unknown sends without their text; unknown ones may have arrived and are never repeated."""
    with opened_database(os.environ) as engine, reading(engine) as connection:
        rows = troubled_deliveries(connection, limit)
        alerts = count_open_alerts(connection)
    show_rows(rows, as_json=as_json, none="✓ nothing failed")
    if alerts:
        typer.echo(f"! {alerts} alerts are open: bhxh alerts list", err=True)
