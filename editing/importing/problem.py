"""What is wrong, or should be looked at, in a row or a directive that is to be imported."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ImportProblem:
    """`field` is a column of the sheet, or `directive`; `kind` names a sentence of messages.yml that `values` fill.

    A warning does not stop the import; an error does, until the row is mended or taken out.
    """

    field: str
    kind: str
    values: tuple[tuple[str, str], ...] = ()
    is_warning: bool = False
    document: str = ""
    """Name of the document in the base that it speaks of, for a link."""


def error(field: str, kind: str, **values: str) -> ImportProblem:
    """Stops the row."""
    return ImportProblem(field, kind, tuple(values.items()))


def warning(field: str, kind: str, document: str = "", **values: str) -> ImportProblem:
    """To be looked at."""
    return ImportProblem(field, kind, tuple(values.items()), True, document)
