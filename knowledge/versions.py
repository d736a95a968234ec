"""`versions.yml` of a content folder: which version of each document the files hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml

from knowledge.errors import KnowledgeError

VERSIONS_FILE = "versions.yml"
_KEYS = {"document", "version", "live_from"}


class Versions:
    """Numbers by name of the document (`faq/thai-san`) and first day of the period."""

    def __init__(self, numbers: Mapping[tuple[str, date | None], int]) -> None:
        self._numbers = dict(numbers)

    def of(self, document: str, live_from: date | None) -> str:
        """Empty when the file does not name it."""
        number = self._numbers.get((document, live_from))
        return "" if number is None else str(number)


NO_VERSIONS = Versions({})


def read_versions(path: Path) -> Versions:
    """Empty when there is no such file: the knowledge is kept in files only. Raises KnowledgeError naming the file."""
    if not path.exists():
        return NO_VERSIONS
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(rows, list):
        raise KnowledgeError(f"{path}: expected a list of documents and versions")
    return Versions(dict(_row(path, place, row) for place, row in enumerate(rows, 1)))


def _row(path: Path, place: int, row: object) -> tuple[tuple[str, date | None], int]:
    if not isinstance(row, dict) or not {"document", "version"} <= row.keys() <= _KEYS:
        raise KnowledgeError(f"{path}: item {place}: expected document, version and perhaps live_from")
    document, version, live_from = row["document"], row["version"], row.get("live_from")
    if not isinstance(document, str) or type(version) is not int or not isinstance(live_from, date | None):
        raise KnowledgeError(f"{path}: item {place}: expected a name, a number and a day")
    return (document, live_from), version
