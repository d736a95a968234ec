"""The YAML beside a directive: what a person has checked, which wins over what the parser reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from knowledge.directives.directive import Validity
from knowledge.directives.errors import DirectiveError
from knowledge.directives.joining import SplitLetter

_TEXTS = ("number", "kind", "subject", "issuer", "signer", "signer_title")
_KEYS = frozenset((*_TEXTS, "issued_on", "addressees", "validity", "occasion", "split_letters"))


@dataclass(frozen=True)
class FrontMatter:
    """Every field may be missing (None, or empty)."""

    number: str | None = None
    issued_on: date | None = None
    kind: str | None = None
    subject: str | None = None
    issuer: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    addressees: tuple[str, ...] = ()
    validity: Validity | None = None
    occasion: str | None = None
    split_letters: tuple[SplitLetter, ...] = ()


def read_front_matter(text: str, name: str) -> FrontMatter:
    """Raises DirectiveError naming the file and the key that is unknown or wrong."""
    try:
        data = yaml.safe_load(text) or {}
        unknown = set(data) - _KEYS
        if unknown:
            raise DirectiveError(f"{name}: unknown key {', '.join(sorted(unknown))}")
        return FrontMatter(
            **{key: data.get(key) for key in _TEXTS},
            issued_on=_date(data.get("issued_on")),
            addressees=tuple(data.get("addressees") or ()),
            validity=_validity(data.get("validity")),
            occasion=data.get("occasion"),
            split_letters=tuple(SplitLetter(**split) for split in data.get("split_letters") or ()),
        )
    except (yaml.YAMLError, TypeError, AttributeError, KeyError) as error:
        raise DirectiveError(f"{name}: {error}") from error


def _validity(data: Mapping[str, Any] | None) -> Validity | None:
    if data is None:
        return None
    start = _date(data["effective_from"])
    if start is None:
        raise DirectiveError("validity: effective_from must be a date")
    return Validity(start, _date(data.get("effective_to")), data.get("note") or "")


def _date(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    raise DirectiveError(f"not a date (write 2024-01-31): {value!r}")
