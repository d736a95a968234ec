"""A dated amount or rate that answers are filled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from editing.bodies.faq import day_from_json, day_to_json


@dataclass(frozen=True)
class FiledValue:
    """One value and the days on which it is in force, both included; `effective_to` None is open."""

    value: Decimal
    effective_from: date | None
    effective_to: date | None
    document: str = ""
    article: str = ""


@dataclass(frozen=True)
class ParameterBody:
    """Fields as in knowledge/content/parameters.yml, without the name; `group` is the heading it stands below."""

    title: str = ""
    unit: str = "dong"
    values: tuple[FiledValue, ...] = ()
    facts: tuple[str, ...] = ()
    note: str = ""
    group: str = ""


def parameter_from_json(data: Mapping[str, Any]) -> ParameterBody:
    """From what `parameter_to_json` made."""
    return ParameterBody(
        title=data.get("title", ""),
        unit=data.get("unit", "dong"),
        values=tuple(_value_from_json(value) for value in data.get("values", ())),
        facts=tuple(data.get("facts", ())),
        note=data.get("note", ""),
        group=data.get("group", ""),
    )


def parameter_to_json(body: ParameterBody) -> dict[str, Any]:
    """Numbers as text: no binary fraction ever stands between an amount and its digits."""
    return {
        "title": body.title,
        "unit": body.unit,
        "values": [_value_to_json(value) for value in body.values],
        "facts": list(body.facts),
        "note": body.note,
        "group": body.group,
    }


def _value_from_json(data: Mapping[str, Any]) -> FiledValue:
    start, end = day_from_json(data.get("effective_from")), day_from_json(data.get("effective_to"))
    return FiledValue(Decimal(data["value"]), start, end, data.get("document", ""), data.get("article", ""))


def _value_to_json(value: FiledValue) -> dict[str, Any]:
    return {
        "value": f"{value.value:f}",
        "effective_from": day_to_json(value.effective_from),
        "effective_to": day_to_json(value.effective_to),
        "document": value.document,
        "article": value.article,
    }
