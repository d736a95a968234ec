"""`bhxh citizen`: find, export and erase one citizen; each with a line in the audit log."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typer
from sqlalchemy import Engine

from app.clock import now
from app.commands.operator import terminal
from app.database import opened_database
from app.failures import CommandError
from app.listing import show_rows
from app.paths import TRACKERS
from app.privacy.desk import archive_of, note_export, note_search
from app.privacy.erasing import erase_citizen, forget_one
from app.privacy.finding import LEAST_CHARACTERS, citizen_of, find_citizens
from app.privacy.texts import load_export_texts
from connectors.dialogue_memory import DialogueMemory, forgotten, to_forget
from desk.citizen import (
    LEAST_REASON_CHARACTERS,
    REASON_CHARACTERS,
    FoundCitizen,
    Held,
    PrivacyRequest,
    confirms,
    read_reason,
)
from desk.database import reading, writing

CONVERSATION = typer.Argument(..., help="Id of the conversation, as `find` shows it")
REASON = typer.Option(..., "--reason", help="Why: stands in the audit log; no names or numbers")


@dataclass(frozen=True)
class ShownCitizen:
    """One line of the list; names and contacts are masked."""

    conversation: str
    channel: str
    names: str
    contacts: str
    case_codes: str
    messages: int
    tickets: int
    first_at: datetime
    last_at: datetime


def register(app: typer.Typer) -> None:
    """Adds the verb and its sub-verbs."""
    citizen = typer.Typer(no_args_is_help=True, help="One citizen's data: find, export, erase.")
    citizen.command()(find)
    citizen.command()(export)
    citizen.command()(erase)
    app.add_typer(citizen, name="citizen")


def find(
    words: str = typer.Argument(..., help="Case code, id on the channel, telephone, e-mail or name in a ticket"),
    as_json: bool = typer.Option(False, "--json", help="Print JSON"),
) -> None:
    """Show whose data there are, masked. One person on two channels is two lines."""
    if len(words.strip()) < LEAST_CHARACTERS:
        raise CommandError(f"give at least {LEAST_CHARACTERS} characters")
    with opened_database(os.environ) as engine:
        with reading(engine) as connection:
            found = find_citizens(connection, words)
        with writing(engine) as connection:
            note_search(connection, len(found), terminal(), now())
    rows = [_shown(one) for one in found]
    show_rows(rows, as_json=as_json, none="nobody found; whoever was erased cannot be found any more")


def export(
    conversation: str = CONVERSATION,
    reason: str = REASON,
    out: Path = typer.Option(None, help="The ZIP to write; must not exist. Default: named after the case code, here"),
) -> None:
    """Write everything that is held of a citizen into a ZIP that its owner alone can read."""
    request = PrivacyRequest(conversation, terminal(), checked_reason(reason))
    if out is not None and out.exists():
        raise CommandError(f"{out} exists already")
    with opened_database(os.environ) as engine:
        with reading(engine) as connection:
            archive = archive_of(connection, request, DialogueMemory(TRACKERS), load_export_texts(), now())
        with writing(engine) as connection:
            if archive is None or not note_export(connection, request, archive.counts, now()):
                raise CommandError(nobody(conversation))
            path = out or Path(archive.name)
            # Before the commit: without the file there is no line in the audit log either.
            write_private(path, archive.content)
    typer.echo(f"✓ {path}")


def erase(
    conversation: str = CONVERSATION,
    reason: str = REASON,
    confirm: str = typer.Option(None, help="The newest case code, or without one the conversation's id; else asked"),
) -> None:
    """Erase a citizen's data for good: docs/how-to/personal-data.md says what goes and what stays."""
    request = PrivacyRequest(conversation, terminal(), checked_reason(reason))
    with opened_database(os.environ) as engine:
        with reading(engine) as connection:
            found = citizen_of(connection, conversation)
        if found is None:
            raise CommandError(nobody(conversation))
        typed = confirm if confirm is not None else typer.prompt(f"Type {found.confirm_with} to erase for good")
        if not confirms(typed, found.confirm_with):
            raise CommandError("not confirmed: nothing was erased")
        with writing(engine) as connection:
            if erase_citizen(connection, request, now()) is None:
                raise CommandError(nobody(conversation))
        forget_at_once(engine, DialogueMemory(TRACKERS))
    typer.echo("✓ erased; the running gateway sees to what the dialogue engine may still write back")


def forget_at_once(engine: Engine, memory: DialogueMemory) -> None:
    """What cannot be forgotten now, the gateway's clock does."""
    with reading(engine) as connection:
        due = to_forget(connection)
    for conversation_id in due:
        if forget_one(memory, conversation_id):
            with writing(engine) as connection:
                forgotten(connection, conversation_id, now())


def write_private(path: Path, content: bytes) -> None:
    """A new file that its owner alone can read. Raises FileExistsError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def checked_reason(typed: str) -> str:
    """Raises CommandError."""
    reason = read_reason(typed)
    if reason is None:
        raise CommandError(f"give a reason of {LEAST_REASON_CHARACTERS} to {REASON_CHARACTERS} characters")
    return reason


def nobody(conversation: str) -> str:
    """What is said where there is nobody, or not any more."""
    return f"nothing is held of {conversation!r}; `bhxh citizen find` shows ids"


def _shown(one: FoundCitizen) -> ShownCitizen:
    return ShownCitizen(
        one.conversation_id,
        one.channel,
        ", ".join(one.names),
        ", ".join(one.contacts),
        ", ".join(one.case_codes),
        one.counts[Held.MESSAGES],
        one.counts[Held.TICKETS],
        one.first_at,
        one.last_at,
    )
