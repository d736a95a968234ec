"""Documents of a folder with all their periods, and the digest by which a later look sees what was changed there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from editing.bodies.body import digest_of
from editing.files.filed import FiledDocument


@dataclass(frozen=True)
class Filed:
    """One document as filed, its periods in the order of their days; `digest` of all that the files say of it."""

    periods: tuple[FiledDocument, ...]
    digest: str

    @property
    def first(self) -> FiledDocument:
        """Kind, key, topic and place are the same in all of them."""
        return self.periods[0]


def grouped(documents: Iterable[FiledDocument]) -> dict[str, Filed]:
    """By name, in the order in which they are filed."""
    periods: dict[str, list[FiledDocument]] = {}
    for one in documents:
        periods.setdefault(one.name, []).append(one)
    return {name: _filed(tuple(sorted(found, key=_start))) for name, found in periods.items()}


def filed_digest(topic: str, periods: Iterable[tuple[str, date | None, date | None]]) -> str:
    """`periods` are digests of bodies with their first and last days."""
    said = [topic, *(f"{digest} {start} {end}" for digest, start, end in periods)]
    return hashlib.sha256("\n".join(said).encode("utf-8")).hexdigest()


def _filed(periods: tuple[FiledDocument, ...]) -> Filed:
    said = ((digest_of(one.body), one.live_from, one.live_to) for one in periods)
    return Filed(periods, filed_digest(periods[0].topic, said))


def _start(document: FiledDocument) -> date:
    return document.live_from or date.min
