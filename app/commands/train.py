"""`bhxh train`: checks the dialogue data and trains the dialogue model."""

from __future__ import annotations

import os
import subprocess

import typer

from app.failures import CommandError
from app.paths import MODELS, RASA, ROOT

PROJECT = ["--config", "config.yml", "--domain", "bot/domain", "--data", "bot/data"]


def register(app: typer.Typer) -> None:
    """Adds the verb."""
    app.command()(train)


def train(
    check_only: bool = typer.Option(False, "--check-only", help="Validate the dialogue data, train nothing"),
) -> None:
    """Train the dialogue model into models/; older models of the folder are removed once the new one stands."""
    if not RASA.exists():
        raise CommandError(f"{RASA.relative_to(ROOT)} is missing. Run: make setup")
    if check_only:
        run_rasa(["data", "validate", *PROJECT, "--fail-on-warnings"])
        return
    before = set(MODELS.glob("*.tar.gz"))
    run_rasa(["train", *PROJECT, "--out", str(MODELS)])
    newest = max(MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, default=None)
    if newest is None:
        raise CommandError("Rasa ended without a model; see its output above")
    for old in before - {newest}:
        old.unlink()
    typer.echo(f"✓ {newest.relative_to(ROOT)}")


def run_rasa(arguments: list[str]) -> None:
    """Raises CommandError when Rasa says no; its own output has the reason."""
    environment = {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
    environment.setdefault("BHXH_ACTION_URL", "http://127.0.0.1:5055/webhook")
    status = subprocess.call([str(RASA), *arguments], cwd=ROOT, env=environment)
    if status != 0:
        raise CommandError(f"rasa {arguments[0]} ended with status {status}")
