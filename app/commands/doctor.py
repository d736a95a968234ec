"""`bhxh doctor`: what is wrong with this installation, and the command that mends it."""

from __future__ import annotations

import typer

from app.diagnosis import all_checks
from app.listing import show_finding


def register(app: typer.Typer) -> None:
    """Adds the verb."""
    app.command()(doctor)


def doctor(port: int = typer.Option(8080, help="Public port to check")) -> None:
    """Check environments, model, index, database and ports; exit status 1 when something needs mending."""
    healthy = True
    for check in all_checks(port):
        finding = check()
        healthy &= finding.good
        show_finding(finding)
    if not healthy:
        raise typer.Exit(1)
