"""`bhxh channel off|on|switches`: the assistant's switch on each channel, for when nobody can open the console."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime

import typer
from sqlalchemy import Engine

from app.channels import NAMES
from app.clock import now
from app.commands.operator import terminal
from app.database import opened_database
from app.failures import CommandError
from app.listing import show_rows
from app.supervision import turn_assistant
from connectors.web.token import CHANNEL as WEB
from desk.accounts.operator import list_operators
from desk.channel_switch import ChannelSwitch, switches
from desk.database import reading, writing

TERMINAL = 0
"""Stands where an operator's number does: whoever sits at the machine has no account."""
CHANNELS = (WEB, *NAMES)
NAME = typer.Argument(..., help=f"One of: {', '.join(CHANNELS)}")
REASON = typer.Option(..., "--reason", help="One line, for the audit log and the supervisors' page")


@dataclass(frozen=True)
class ShownSwitch:
    """One line of the list; the last three are empty where the switch was never touched."""

    channel: str
    assistant: str
    since: datetime | str
    by: str
    reason: str


def register(channel: typer.Typer) -> None:
    """Adds sub-verbs to `bhxh channel`."""
    channel.command("off")(off)
    channel.command("on")(on)
    channel.command("switches")(list_switches)


def off(name: str = NAME, reason: str = REASON) -> None:
    """Silence the assistant on a channel at once, for all gateways; citizens' messages go to people."""
    cancelled = _turn(name, True, reason)
    typer.echo(f"✓ the assistant is off on {name}; replies cancelled on their way: {cancelled}")


def on(name: str = NAME, reason: str = REASON) -> None:
    """Let the assistant answer again; who waits for a person meanwhile goes on waiting for one."""
    _turn(name, False, reason)
    typer.echo(f"✓ the assistant answers again on {name}")


def list_switches(as_json: bool = typer.Option(False, "--json", help="Print JSON")) -> None:
    """Show on which channels the assistant answers, who switched it last, and why."""
    with opened_database(os.environ) as engine:
        rows = read_switches(engine)
    show_rows(rows, as_json=as_json, none="")


def read_switches(engine: Engine) -> list[ShownSwitch]:
    """Every channel that the product knows, whether it is configured here or not."""
    with reading(engine) as connection:
        known = switches(connection)
        names = {operator.id: operator.login for operator in list_operators(connection)}
    return [_shown(name, known.get(name), names) for name in CHANNELS]


def _shown(channel: str, switch: ChannelSwitch | None, names: dict[int, str]) -> ShownSwitch:
    if switch is None:
        return ShownSwitch(channel, "on", "", "", "")
    who = names.get(switch.operator_id, "terminal")
    return ShownSwitch(channel, "off" if switch.is_off else "on", switch.changed_at, who, switch.reason)


def _turn(name: str, is_off: bool, reason: str) -> int:
    if name not in CHANNELS:
        raise CommandError(f"unknown channel {name!r}; known are: {', '.join(CHANNELS)}")
    switch = ChannelSwitch(name, is_off, " ".join(reason.split()), TERMINAL, now())
    with opened_database(os.environ) as engine, writing(engine) as connection:
        try:
            cancelled = turn_assistant(connection, switch, terminal())
        except ValueError as error:
            raise CommandError(f"--reason: {error}") from error
    if cancelled is None:
        raise CommandError(f"the assistant is {'off' if is_off else 'on'} there already; see: bhxh channel switches")
    return cancelled
