"""`bhxh alerts`: what somebody of the agency has to act on, and that it was done."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime

import typer

from app.clock import now
from app.database import opened_database
from app.failures import CommandError
from app.listing import show_rows
from desk.alert import OpenAlert, open_alerts, settle_alert
from desk.database import reading, writing

MOST = 100


@dataclass(frozen=True)
class ShownAlert:
    """One line of the list; `code` and `detail` are the channel's own words."""

    id: int
    channel: str
    account: str
    kind: str
    conversation: str
    times: int
    first_at: datetime
    last_at: datetime
    code: str
    detail: str


def register(app: typer.Typer) -> None:
    """Adds the verb and its sub-verbs."""
    alerts = typer.Typer(no_args_is_help=True, help="What somebody has to act on.")
    alerts.command("list")(list_alerts)
    alerts.command()(settle)
    app.add_typer(alerts, name="alerts")


def list_alerts(
    limit: int = typer.Option(MOST, min=1, help="So many, the newest first"),
    as_json: bool = typer.Option(False, "--json", help="Print JSON"),
) -> None:
    """Show the open alerts; docs/runbook says what to do about each kind."""
    with opened_database(os.environ) as engine, reading(engine) as connection:
        rows = [_shown(one) for one in open_alerts(connection, limit)]
    show_rows(rows, as_json=as_json, none="✓ no open alerts")


def settle(ids: list[int] = typer.Argument(..., help="Ids, as `list` shows them")) -> None:
    """Say that somebody has seen to alerts; one that comes again opens anew."""
    with opened_database(os.environ) as engine, writing(engine) as connection:
        unknown = [one for one in dict.fromkeys(ids) if not settle_alert(connection, one, now())]
    if unknown:
        raise CommandError(f"no open alerts: {', '.join(map(str, unknown))}")
    typer.echo(f"✓ settled {len(set(ids))}")


def _shown(one: OpenAlert) -> ShownAlert:
    alert = one.alert
    return ShownAlert(
        one.id,
        alert.channel,
        alert.account,
        alert.kind,
        alert.conversation_id,
        one.occurrences,
        one.first_at,
        one.last_at,
        alert.code,
        alert.detail,
    )
