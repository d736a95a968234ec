"""What can be wrong with a directive that is to be imported."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from knowledge.errors import KnowledgeError


class DirectiveFault(StrEnum):
    """Names of sentences for editors; `DirectiveError.values` fill them."""

    NO_NUMBER = "no_number"
    NO_DATE = "no_date"
    DATE = "date"
    """`value` is no day."""
    VALIDITY = "validity"
    """It names no first day."""
    UNKNOWN_KEY = "unknown_key"
    """`keys` are none of the front matter."""
    LEGAL_CHANGE = "legal_change"
    CORRECTION = "correction"
    """An entry of `corrections` that a form cannot have made."""
    CORRECTIONS_MANY = "corrections_many"
    """More than `limit`."""
    LINE_MISSING = "line_missing"
    """The text has no such `line`, or not the words at which it is cut."""
    NUMBER_MISSING = "number_missing"
    """`line` has no printed number, so level and label have to be given."""
    WORDS_MISSING = "words_missing"
    """`line` is cut, and nobody said where."""
    LABEL = "label"
    """`label` cannot stand at that level, on `line`."""
    SPLIT_LETTER = "split_letter"
    """The letter on `line` does not fit there any more."""
    RIVALS = "rivals"
    """More than one text of `number` is served at a time."""
    UNREADABLE = "unreadable"
    """Anything else."""


class DirectiveError(KnowledgeError):
    """The file cannot be read as an official document; the message names the file or line, for a terminal.

    Editors read the sentence of `fault`: see editing/bodies/directive_faults.py.
    """

    def __init__(self, message: str, fault: DirectiveFault = DirectiveFault.UNREADABLE, **values: object) -> None:
        super().__init__(message)
        self.fault = fault
        self.values: Mapping[str, str] = {name: str(value) for name, value in values.items()}
