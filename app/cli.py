"""`bhxh`: one command line for asking, measuring, publishing, training and starting. Logs go to stderr."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

import typer

from app.failures import shown_failures

COMMANDS = (
    "ask",
    "evaluate",
    "knowledge",
    "train",
    "up",
    "doctor",
    "channel",
    "dead_letters",
    "deliveries",
    "alerts",
    "operator",
    "report",
    "citizen",
    "retention",
)


def build_app() -> typer.Typer:
    """Every module in `app/commands` adds its own verb."""
    app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)
    for name in COMMANDS:
        _command_module(name).register(app)
    return app


def _command_module(name: str) -> ModuleType:
    return import_module(f"app.commands.{name}")


def main() -> None:
    """Entry point. What a person can mend is one line on stderr and exit status 1, never a traceback."""
    try:
        build_app()()
    except shown_failures() as error:
        print(f"✗ {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
