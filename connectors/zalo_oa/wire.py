"""Reads what Zalo writes: JSON whose ids must come out exactly as they stand there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from connectors.channel import UnreadableError


class InexactNumber(str):
    """A number written with a point or an exponent: never an id, and a timestamp only to the letter."""

    __slots__ = ()


def read_object(body: bytes) -> Mapping[str, Any]:
    """The JSON object of a webhook call or an answer. Whole numbers come as text, so that none is ever rounded.

    Raises UnreadableError for anything else, however deeply nested or broken.
    """
    try:
        value = json.loads(body.decode("utf-8"), parse_int=str, parse_float=InexactNumber, parse_constant=InexactNumber)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"body: {type(error).__name__}") from None
    if not isinstance(value, dict):
        raise UnreadableError(f"body: {type(value).__name__} instead of an object")
    return value


def inner(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object under `name`, or an empty one."""
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def words(value: Mapping[str, Any], name: str) -> str:
    """The text under `name`, or an empty one."""
    found = value.get(name)
    return found if isinstance(found, str) else ""
