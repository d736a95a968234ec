"""A document that says nearly the same as some wordings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Alike:
    """`likeness` is the cosine, 0 to 1, of the nearest wordings."""

    document: str
    """As `editing.document.Document.name`."""
    title: str
    wording: str
    likeness: float
