"""Which versions a release serves, worked out from what is served and what is to change. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from editing.version import Version


@dataclass(frozen=True)
class Change:
    """Of one document: numbers served before and after, and the version that makes the difference.

    `number` and `version_id` are None where a roll-back takes a document as it was.
    """

    document: str
    title: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    number: int | None
    version_id: int | None
    digest: str

    def to_json(self) -> dict[str, Any]:
        """For `Release.changes`."""
        return {**vars(self), "before": list(self.before), "after": list(self.after)}


def change_from_json(data: Mapping[str, Any]) -> Change:
    """From one item of `Release.changes`."""
    before, after = tuple(data["before"]), tuple(data["after"])
    number, version_id = data.get("number"), data.get("version_id")
    return Change(data["document"], data["title"], before, after, number, version_id, data.get("digest", ""))


def served_with(served: Sequence[Version], new: Version, day: date) -> tuple[Version, ...]:
    """The versions of one document once `new` is published on `day`, in the order of their days.

    `new` takes the place of all that begin while it lasts, and cuts short what began before it. Without an end it
    lasts for ever: what was scheduled for later goes, unless `new` ends before that day.
    """
    if new.withdraws:
        return ()
    start = _start(new, day)
    earlier = [one for one in served if _start(one, day) < start and not _is_over(one, day)]
    later = [one for one in served if new.live_to and one.live_from and one.live_from > new.live_to]
    return (*earlier, new, *later)


def followers(served: Sequence[Version]) -> dict[int, date | None]:
    """`replaced_on` of each, by id: the first day of the one after it."""
    ends = [*(one.live_from for one in served[1:]), None]
    return {one.id: end for one, end in zip(served, ends, strict=False)}


def digest_of_version(version: Version) -> str:
    """Of all that a release takes from it: what it says, and the days on which it does."""
    return digest_on_days(version.digest, version.live_from, version.live_to)


def digest_on_days(digest: str, live_from: date | None, live_to: date | None) -> str:
    """The same, of a version that is not read as a whole."""
    if live_from is None and live_to is None:
        return digest
    return hashlib.sha256(f"{digest} {live_from} {live_to}".encode()).hexdigest()


def digest_of_wish(base_id: int | None, changes: Iterable[Change]) -> str:
    """The same base with the same changes in the same wording has the same digest."""
    wish = sorted([change.document, list(change.after), change.digest] for change in changes)
    return hashlib.sha256(json.dumps([base_id, wish]).encode("utf-8")).hexdigest()


def with_changes(versions: Mapping[str, tuple[int, ...]], changes: Iterable[Change]) -> dict[str, tuple[int, ...]]:
    """The set after the changes; a document of which nothing is served is not in it."""
    after = {**versions, **{change.document: change.after for change in changes}}
    return {name: numbers for name, numbers in after.items() if numbers}


def _start(version: Version, day: date) -> date:
    """What has begun counts as always been there."""
    return version.live_from if version.live_from and version.live_from > day else date.min


def _is_over(version: Version, day: date) -> bool:
    return version.last_day is not None and version.last_day < day
