"""`bhxh channel`: which channels are on, whether they work, where they call us; the assistant's switch beside it."""

from __future__ import annotations

import asyncio
import ipaddress
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import typer

from app.channels import (
    NAMES,
    PUBLIC_URL_VARIABLE,
    ChannelMaking,
    OpenChannel,
    is_on,
    notice,
    open_channel,
    read_public_url,
)
from app.clock import now
from app.commands import channel_switch
from app.database import opened_database
from app.door_check import check_door
from app.failures import CommandError
from app.listing import as_json_text, show_finding, show_rows
from app.paths import SETTINGS
from connectors.channel import Finding
from connectors.channel_texts import load_channel_texts
from connectors.settings import read_settings
from desk.transactions import ThreadedTransactions
from settings.reader import SettingsError


@dataclass(frozen=True)
class Switch:
    """`state` is on, off or half configured; `detail` says what is missing."""

    channel: str
    state: str
    detail: str


def register(app: typer.Typer) -> None:
    """Adds the verb and its sub-verbs."""
    channel = typer.Typer(no_args_is_help=True, help="Channels: which are on, do they work, is the assistant.")
    channel.command("list")(list_channels)
    channel.command()(check)
    channel.command("set-webhook")(set_webhook)
    channel_switch.register(channel)
    app.add_typer(channel, name="channel")


def list_channels(as_json: bool = typer.Option(False, "--json", help="Print JSON")) -> None:
    """Show which channels the environment switches on; exit status 1 when one is half configured."""
    switches = [read_switch(name, os.environ) for name in NAMES]
    show_rows(switches, as_json=as_json, none="")
    if any(switch.state == "half configured" for switch in switches):
        raise typer.Exit(1)


def check(
    name: str = typer.Argument(..., help=f"One of: {', '.join(NAMES)}"),
    as_json: bool = typer.Option(False, "--json", help="Print JSON"),
) -> None:
    """Ask the channel whether credentials and webhook are good; exit status 1 when something is not."""
    findings = with_channel(name, os.environ, find_out)
    tell(findings, as_json=as_json)


def set_webhook(
    name: str = typer.Argument(..., help=f"One of: {', '.join(NAMES)}"),
    url: str = typer.Option(
        "", help=f"Whole address of our door; left out: ${PUBLIC_URL_VARIABLE} and the door's path"
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON"),
) -> None:
    """Tell the channel where to call us; exit status 1 when it does not reach us there."""

    async def register_door(opened: OpenChannel) -> tuple[Finding, ...]:
        return (await opened.channel.set_webhook(door_address(url, opened.channel.path, os.environ)),)

    tell(with_channel(name, os.environ, register_door), as_json=as_json)


def read_switch(name: str, environment: Mapping[str, str]) -> Switch:
    """Never raises: what is half configured is a state."""
    try:
        return Switch(name, "on" if is_on(name, environment) else "off", notice(name, environment))
    except SettingsError as error:
        return Switch(name, "half configured", str(error))


async def find_out(opened: OpenChannel) -> tuple[Finding, ...]:
    """What the channel says, and whether our door answers where citizens' messages should come in."""
    findings = await opened.channel.check()
    base = read_public_url(os.environ)
    if opened.polled is not None or base is None:
        return findings
    return (*findings, await check_door(base + opened.channel.path))


def with_channel(
    name: str,
    environment: Mapping[str, str],
    work: Callable[[OpenChannel], Awaitable[tuple[Finding, ...]]],
) -> tuple[Finding, ...]:
    """Opens one channel for as long as `work` takes. Raises CommandError and SettingsError."""
    if name not in NAMES:
        raise CommandError(f"unknown channel {name!r}; known are: {', '.join(NAMES)}")
    return asyncio.run(_opened(name, environment, work))


async def _opened(
    name: str,
    environment: Mapping[str, str],
    work: Callable[[OpenChannel], Awaitable[tuple[Finding, ...]]],
) -> tuple[Finding, ...]:
    with opened_database(environment) as engine:
        transactions = ThreadedTransactions(engine)
        making = ChannelMaking(environment, read_settings(SETTINGS), transactions, load_channel_texts(), now)
        opened = open_channel(name, making)
        if opened is None:
            raise CommandError(f"{name} is off: none of its variables is set; connectors/{name}/doc.md lists them")
        try:
            return await work(opened)
        finally:
            await opened.channel.close()
            transactions.close()


def door_address(given: str, path: str, environment: Mapping[str, str]) -> str:
    """Where a channel is to call us. Raises CommandError for what no channel could or should call."""
    base = read_public_url(environment)
    address = given or (base + path if base else "")
    if not address:
        raise CommandError(f"no address: set {PUBLIC_URL_VARIABLE}, or give --url https://…{path}")
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise CommandError(f"{address!r} is no web address: {error}") from error
    if not host or parts.scheme not in ("http", "https"):
        raise CommandError(f"{address!r} is no web address; it must look like https://host{path}")
    if parts.scheme == "http" and not _is_this_machine(host):
        raise CommandError(f"{address!r}: channels call over https only (http is for simulated ones on this machine)")
    if not parts.path.endswith(path):
        raise CommandError(f"{address!r} does not lead to our door: it must end with {path}")
    return address


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def tell(findings: tuple[Finding, ...], *, as_json: bool) -> None:
    """Prints them; exit status 1 when one is not good."""
    if as_json:
        typer.echo(as_json_text(findings))
    else:
        for finding in findings:
            show_finding(finding)
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)
