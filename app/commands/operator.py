"""`bhxh operator`: accounts of the console, also the first administrator's. No account ever has a default password."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import typer
from sqlalchemy import Connection

from app.accounts import build_account_rules
from app.clock import now
from app.database import opened_database
from app.failures import CommandError
from app.listing import show_rows
from app.paths import SETTINGS
from desk.accounts import administration
from desk.accounts.administration import DEFAULT_TEAM, Declined, NewOperator, Objection
from desk.accounts.operator import Operator, find_by_login, list_operators
from desk.accounts.password_rules import generate_password
from desk.accounts.role import Role
from desk.accounts.settings import PasswordSettings
from desk.accounts.texts import load_account_texts
from desk.accounts.totp import remove_totp
from desk.database import reading, writing
from desk.settings import read_settings

LOGIN = typer.Argument(..., help="The name to sign in with")
ROLES = typer.Option(..., "--role", help="May be given several times")
GENERATE = typer.Option(False, "--generate", help="Make a password and show it once, instead of asking for one")


@dataclass(frozen=True)
class ShownOperator:
    """One line of the list."""

    login: str
    name: str
    roles: str
    team: str
    state: str
    second_factor: str
    last_signed_in_at: datetime | str


def register(app: typer.Typer) -> None:
    """Adds the verb and its sub-verbs."""
    operator = typer.Typer(
        no_args_is_help=True, help="Accounts of the console: create, list, roles, password, disable."
    )
    for command in (create, disable, enable, set_roles, reset_password):
        operator.command()(command)
    operator.command("list")(show_operators)
    app.add_typer(operator, name="operator")


def create(
    login: str = LOGIN,
    name: str = typer.Option(..., help="The person's name, as citizens and colleagues read it"),
    roles: list[Role] = ROLES,
    team: str = typer.Option(DEFAULT_TEAM, help="Key of a team of settings.yml"),
    generate: bool = GENERATE,
) -> None:
    """Make an account. Its password has to be changed at the first sign-in, which must come soon."""
    settings = read_settings(SETTINGS)
    teams = [one.key for one in settings.calendar.teams]
    if team not in teams:
        raise CommandError(f"unknown team {team!r}; settings.yml has: {', '.join(teams)}")
    password = generate_password() if generate else ask_password()
    new = NewOperator(login, name, frozenset(roles), team)
    rules = build_account_rules(settings.accounts, os.environ)
    hashed = rules.hashes.make(password)  # before the transaction: citizens' messages wait behind it
    with _accounts() as connection:
        outcome = administration.create_operator(connection, new, password, terminal(), now(), rules, hashed)
    made = _done(outcome, settings.accounts.password)
    typer.echo(f"✓ {made.login}: {', '.join(sorted(made.roles))}")
    _show_generated(password, settings.accounts.password, generate)


def disable(login: str = LOGIN) -> None:
    """Nobody signs in with it any more; open sessions end. The account's name stays on what it did."""
    settings = read_settings(SETTINGS)
    with _accounts() as connection:
        outcome = administration.disable(connection, _known(connection, login).id, terminal(), now())
    typer.echo(f"✓ {_done(outcome, settings.accounts.password).login}: disabled")


def enable(login: str = LOGIN) -> None:
    """Open a disabled account again, with the password it had."""
    settings = read_settings(SETTINGS)
    with _accounts() as connection:
        outcome = administration.enable(connection, _known(connection, login).id, terminal(), now())
    typer.echo(f"✓ {_done(outcome, settings.accounts.password).login}: enabled")


def set_roles(login: str = LOGIN, roles: list[Role] = ROLES) -> None:
    """Give exactly these roles; sessions end."""
    settings = read_settings(SETTINGS)
    with _accounts() as connection:
        operator_id = _known(connection, login).id
        outcome = administration.set_roles(connection, operator_id, frozenset(roles), terminal(), now())
    changed = _done(outcome, settings.accounts.password)
    typer.echo(f"✓ {changed.login}: {', '.join(sorted(changed.roles))}")


def reset_password(
    login: str = LOGIN,
    generate: bool = GENERATE,
    forget_authenticator: bool = typer.Option(
        False, "--forget-authenticator", help="Also take away the second factor, after its telephone was lost"
    ),
) -> None:
    """Set a temporary password; ends the sessions and the waiting after failed sign-ins."""
    settings = read_settings(SETTINGS)
    password = generate_password() if generate else ask_password()
    rules = build_account_rules(settings.accounts, os.environ)
    hashed = rules.hashes.make(password)
    with _accounts() as connection:
        operator_id = _known(connection, login).id
        outcome = administration.reset_password(
            connection, operator_id, password, terminal(), now(), rules, hashed=hashed
        )
        if forget_authenticator and isinstance(outcome, Operator):
            remove_totp(connection, operator_id, terminal(), now())
    typer.echo(f"✓ {_done(outcome, settings.accounts.password).login}: temporary password set")
    _show_generated(password, settings.accounts.password, generate)


def show_operators(as_json: bool = typer.Option(False, "--json", help="Print JSON")) -> None:
    """Show all accounts with their roles and last sign-in: for the regular review of rights."""
    with opened_database(os.environ) as engine, reading(engine) as connection:
        rows = [_shown(one) for one in list_operators(connection)]
    none = "no accounts yet. Make the first one: bhxh operator create LOGIN --name NAME --role admin"
    show_rows(rows, as_json=as_json, none=none)


def ask_password() -> str:
    """Twice, without showing it. Raises CommandError where nobody can type."""
    if not sys.stdin.isatty():
        raise CommandError("there is no terminal to ask for the password at; use --generate")
    password: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


def terminal() -> str:
    """How the audit log names whoever typed the command."""
    return f"terminal:{getpass.getuser()}"[:64]


@contextmanager
def _accounts() -> Iterator[Connection]:
    with opened_database(os.environ) as engine, writing(engine) as connection:
        yield connection


def _known(connection: Connection, login: str) -> Operator:
    operator = find_by_login(connection, login)
    if operator is None:
        raise CommandError(f"{login!r}: {load_account_texts().objections[Objection.UNKNOWN_OPERATOR]}")
    return operator


def _done(outcome: Operator | Declined, numbers: PasswordSettings) -> Operator:
    if isinstance(outcome, Declined):
        raise CommandError(" ".join(load_account_texts().reasons(outcome.reasons, numbers)))
    return outcome


def _show_generated(password: str, numbers: PasswordSettings, generate: bool) -> None:
    if generate:
        typer.echo(f"  password, shown only now: {password}")
    typer.echo(
        f"  It opens the account for {numbers.temporary_days:g} days and has to be changed at the first sign-in."
    )


def _shown(operator: Operator) -> ShownOperator:
    return ShownOperator(
        login=operator.login,
        name=operator.display_name,
        roles=", ".join(sorted(operator.roles)),
        team=operator.team,
        state="disabled" if operator.is_disabled else "open",
        second_factor="yes" if operator.has_totp else "no",
        last_signed_in_at=operator.last_signed_in_at or "never",
    )
