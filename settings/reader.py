"""Reads one section of `settings.yml` into the frozen dataclass of the room that owns it.

Every room that has settings uses this one reader, so a misspelt key stops the start everywhere in the same words.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from pathlib import Path
from typing import Any, TypeVar

import yaml

from settings.yaml_text import load_yaml

Section = TypeVar("Section")


class SettingsError(ValueError):
    """Shown to whoever starts the process; names the file and the key."""


def read_section(path: Path, name: str, into: type[Section]) -> Section:
    """The section `name` of the YAML file `path`.

    Raises SettingsError for a missing file or section, an unknown or missing key, or a value of the wrong type.
    """
    try:
        document = load_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"{path}: no such settings file") from error
    except yaml.YAMLError as error:
        raise SettingsError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(document, dict) or name not in document:
        raise SettingsError(f"{path}: section {name!r} is missing")
    return _build(document[name], into, f"{path}: {name}")


def _build(values: object, into: type[Section], where: str) -> Section:
    if not isinstance(values, dict):
        raise SettingsError(f"{where}: expected keys and values, found {type(values).__name__}")
    hints = typing.get_type_hints(into)
    fields = {field.name: field for field in dataclasses.fields(into)}  # type: ignore[arg-type]
    for key in values:
        if key not in fields:
            raise SettingsError(f"{where}.{key}: unknown key; known: {', '.join(fields)}")
    built: dict[str, Any] = {}
    for key, field in fields.items():
        if key in values:
            built[key] = _convert(values[key], hints[key], f"{where}.{key}")
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise SettingsError(f"{where}.{key}: missing")
    return into(**built)


def _convert(value: object, hint: Any, where: str) -> Any:
    if dataclasses.is_dataclass(hint):
        return _build(value, typing.cast(type, hint), where)
    if hint is Path and isinstance(value, str):
        return Path(value)
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        if value is None and type(None) in typing.get_args(hint):
            return None
        hint = next(option for option in typing.get_args(hint) if option is not type(None))
        return _convert(value, hint, where)
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise SettingsError(f"{where}: expected a list")
        item = typing.get_args(hint)[0]
        return tuple(_convert(entry, item, f"{where}[{number}]") for number, entry in enumerate(value))
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint is int and isinstance(value, bool):
        raise SettingsError(f"{where}: expected a number, found true/false")
    if not isinstance(value, hint):
        raise SettingsError(f"{where}: expected {hint.__name__}, found {type(value).__name__} {value!r}")
    return value
