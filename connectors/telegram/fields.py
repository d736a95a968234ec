"""Reads Telegram's JSON: a value is of its documented type, absent, or a reason to stop."""

from __future__ import annotations

import json
from typing import Any

from connectors.channel import UnreadableError
from connectors.stored_text import storable

LARGEST_ID = 2**63  # ids have at most 52 significant bits (core.telegram.org/bots/api#chat); a database holds 63


class Fields:
    """One JSON object. `path` is where it stands in the update, for error texts."""

    def __init__(self, values: dict[str, Any], path: str = "") -> None:
        self._values = values
        self._path = path

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def text(self, name: str) -> str | None:
        """None when absent; without what no database can hold."""
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise UnreadableError(f"{self._path}{name} is no text")
        return storable(value)

    def number(self, name: str) -> int | None:
        """None when absent."""
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= LARGEST_ID:
            raise UnreadableError(f"{self._path}{name} is no whole number")
        return value

    def required_number(self, name: str) -> int:
        """Raises UnreadableError when it is absent."""
        value = self.number(name)
        if value is None:
            raise UnreadableError(f"{self._path}{name} is missing")
        return value

    def is_true(self, name: str) -> bool:
        """Telegram sends flags only when they are true."""
        return self._values.get(name) is True

    def inside(self, name: str) -> Fields | None:
        """The object of that name; None when absent."""
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise UnreadableError(f"{self._path}{name} is no object")
        return Fields(value, f"{self._path}{name}.")

    def required_inside(self, name: str) -> Fields:
        """Raises UnreadableError when it is absent."""
        found = self.inside(name)
        if found is None:
            raise UnreadableError(f"{self._path}{name} is missing")
        return found

    def file_name(self, name: str) -> str:
        """Name of the file described under `name`; empty where it has none or the value is no description."""
        value = self._values.get(name)
        return (Fields(value).text("file_name") or "") if isinstance(value, dict) else ""


def read_fields(body: bytes) -> Fields:
    """Raises UnreadableError for anything but a JSON object."""
    try:
        values = json.loads(body)
    except (ValueError, RecursionError) as error:  # bytes that are no UTF-8 are a ValueError as well
        raise UnreadableError("the body is no JSON") from error
    if not isinstance(values, dict):
        raise UnreadableError("the body is no JSON object")
    return Fields(values)
