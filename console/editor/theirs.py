"""What somebody else saved into the fields of a form while it was filled in. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def saved_by_others(typed: Mapping[str, str], kept: Mapping[str, str]) -> Mapping[str, str]:
    """Field → what is kept now, of the fields that were typed otherwise; days as people write them."""
    return {name: _shown(text) for name, text in kept.items() if name in typed and _plain(typed[name]) != _plain(text)}


def _plain(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())


def _shown(text: str) -> str:
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return text
