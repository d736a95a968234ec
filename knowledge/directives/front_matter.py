"""The YAML beside a directive: what a person has checked, which wins over what the parser reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from knowledge.directives.correction import Correction, read_corrections
from knowledge.directives.directive import Validity
from knowledge.directives.errors import DirectiveError, DirectiveFault
from knowledge.directives.joining import SplitLetter
from knowledge.directives.legal_change import LegalChange, read_legal_changes
from settings.yaml_text import load_yaml

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TEXTS = ("number", "kind", "subject", "issuer", "signer", "signer_title")
_DAYS = ("live_from", "live_to")
_KEYS = frozenset(
    (
        *(*_TEXTS, *_DAYS, "issued_on", "addressees", "validity", "occasion", "changed_by"),
        *("split_letters", "wrapped", "corrections"),
    )
)


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
    changed_by: tuple[LegalChange, ...] = ()
    split_letters: tuple[SplitLetter, ...] = ()
    wrapped: bool | None = None
    """False: each line of the text is a paragraph, however short the lines are. None: the parser decides."""
    corrections: tuple[Correction, ...] = ()
    live_from: date | None = None
    live_to: date | None = None


def read_front_matter(text: str, name: str) -> FrontMatter:
    """Raises DirectiveError naming the file and the key that is unknown or wrong."""
    try:
        data = load_yaml(text) or {}
    except yaml.YAMLError as error:
        raise DirectiveError(f"{name}: {error}") from error
    return front_matter_from(data, name)


def front_matter_from(data: Mapping[str, Any], name: str) -> FrontMatter:
    """As `read_front_matter`, from what the YAML says; days may be texts in ISO form."""
    try:
        unknown = set(data) - _KEYS
        if unknown:
            keys = ", ".join(sorted(unknown))
            raise DirectiveError(f"{name}: unknown key {keys}", DirectiveFault.UNKNOWN_KEY, keys=keys)
        return FrontMatter(
            **{key: data.get(key) for key in _TEXTS},
            live_from=_date(data.get("live_from")),
            live_to=_date(data.get("live_to")),
            issued_on=_date(data.get("issued_on")),
            addressees=tuple(data.get("addressees") or ()),
            validity=_validity(data.get("validity")),
            occasion=data.get("occasion"),
            changed_by=read_legal_changes(data.get("changed_by"), _date),
            split_letters=tuple(SplitLetter(**split) for split in data.get("split_letters") or ()),
            wrapped=data.get("wrapped"),
            corrections=read_corrections(data.get("corrections")),
        )
    except (TypeError, AttributeError, KeyError) as error:
        raise DirectiveError(f"{name}: {error}") from error


def _validity(data: Mapping[str, Any] | None) -> Validity | None:
    if data is None:
        return None
    start = _date(data["effective_from"])
    if start is None:
        raise DirectiveError("validity: effective_from must be a date", DirectiveFault.VALIDITY)
    return Validity(start, _date(data.get("effective_to")), data.get("note") or "")


def _date(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            said = f"not a day of the calendar: {value}"
            raise DirectiveError(said, DirectiveFault.DATE, value=value) from error
    raise DirectiveError(f"not a date (write 2024-01-31): {value!r}", DirectiveFault.DATE, value=value)
