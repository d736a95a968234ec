"""`bhxh dead-letters`: messages that could not be answered and updates that could not be read. Shows nobody's words."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import typer
from sqlalchemy import Engine

from app.clock import now
from app.database import opened_database
from app.failures import CommandError
from app.listing import show_rows
from connectors.dead_letters import dead_letter_ids, dead_letters, retry_dead_letter, unreadable
from desk.database import reading, writing

MOST = 100


@dataclass(frozen=True)
class Letter:
    """`kind` is message or unreadable; `why` the error class, or the field that could not be read."""

    id: int
    kind: str
    channel: str
    conversation: str
    attempts: int
    why: str
    received_at: datetime


def register(app: typer.Typer) -> None:
    """Adds the verb and its sub-verbs."""
    letters = typer.Typer(
        no_args_is_help=True, help="Messages without an answer and updates that nobody can read: list, try again."
    )
    letters.command("list")(list_letters)
    letters.command()(retry)
    app.add_typer(letters, name="dead-letters")


def list_letters(
    limit: int = typer.Option(MOST, min=1, help="So many of each kind, the newest first"),
    as_json: bool = typer.Option(False, "--json", help="Print JSON"),
) -> None:
    """Show them without their text: reading that is for the operators' desk."""
    with opened_database(os.environ) as engine:
        rows = read_letters(engine, limit)
    show_rows(rows, as_json=as_json, none="✓ no dead letters")


def retry(
    ids: list[int] = typer.Argument(None, help="Ids of messages, as `list` shows them"),
    everything: bool = typer.Option(False, "--all", help="Every message; the oldest first"),
    as_json: bool = typer.Option(False, "--json", help="Print JSON"),
) -> None:
    """Have messages answered once more, by the running gateway; exit status 1 when an id is no dead letter."""
    if everything == bool(ids):
        raise CommandError("give ids of messages, or --all")
    with opened_database(os.environ) as engine:
        revived, unknown = revive(engine, ids or [])
    if as_json:
        typer.echo(json.dumps([{"inbox_id": one} for one in revived]))
    elif revived or everything:
        typer.echo(f"✓ {len(revived)} to be answered; `bhxh dead-letters list` shows whether it worked")
    if unknown:
        raise CommandError(f"no dead letters: {', '.join(map(str, unknown))}")


def read_letters(engine: Engine, limit: int) -> list[Letter]:
    """Messages first."""
    with reading(engine) as connection:
        messages = [
            Letter(
                one.inbox_id,
                "message",
                one.channel,
                one.conversation_id,
                one.attempts,
                one.error_class,
                one.received_at,
            )
            for one in dead_letters(connection, limit)
        ]
        unread = [
            Letter(one.id, "unreadable", one.channel, "", 0, one.reason, one.received_at)
            for one in unreadable(connection, limit)
        ]
    return messages + unread


def revive(engine: Engine, ids: Sequence[int]) -> tuple[list[int], list[int]]:
    """Ids of those that will be tried again (all when `ids` is empty), and the ids that are no dead letters."""
    with writing(engine) as connection:
        wanted = list(dict.fromkeys(ids)) or list(dead_letter_ids(connection))
        revived = [one for one in wanted if retry_dead_letter(connection, one, now())]
    return revived, [one for one in wanted if one not in set(revived)]
