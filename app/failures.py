"""Errors that a person at the terminal can mend: shown as one line, without a traceback."""

from __future__ import annotations


class CommandError(RuntimeError):
    """A command cannot do what was asked; the message says why and what to do."""


def shown_failures() -> tuple[type[Exception], ...]:
    """Types whose message is meant for the person who typed the command."""
    import httpx
    from sqlalchemy.exc import ArgumentError, OperationalError

    from app.ports import PortInUseError
    from connectors.secret_file import WeakSecretError
    from knowledge.errors import KnowledgeError
    from settings.reader import SettingsError

    ours = (CommandError, PortInUseError, KnowledgeError, SettingsError, WeakSecretError)
    return (*ours, OSError, UnicodeError, httpx.InvalidURL, ArgumentError, OperationalError)
