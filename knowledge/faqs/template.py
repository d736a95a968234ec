"""A FAQ entry that is filled when it is asked for: figures of law follow the day, not the day of the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.faqs.entry import FaqEntry
from knowledge.faqs.library import finish_entry, placeholder_finding, read_folder
from knowledge.faqs.next_steps import with_next_steps
from knowledge.faqs.parameters import Parameters
from knowledge.faqs.placeholders import PlaceholderError, fill_where_possible, has_braces, placeholder_names
from knowledge.faqs.problem import ContentError, Finding, ProblemKind
from knowledge.faqs.reading import FiledEntry
from knowledge.passage import is_within, later_period
from knowledge.versions import Versions


@dataclass(frozen=True)
class FaqTemplate:
    """`version` is the number of the version, empty where there is none."""

    filed: FiledEntry
    parameters: Parameters
    version: str = ""
    is_later: bool = False
    """Another period of the same entry is served before `live_from`."""

    @property
    def id(self) -> str:
        """Of the entry; the same for all its periods."""
        return self.filed.id.text

    @property
    def passage_id(self) -> str:
        """`faq/x`, or `faq/x@2027-01-01`."""
        return later_period(f"faq/{self.id}", self.filed.live_from if self.is_later else None)

    def is_served(self, day: date) -> bool:
        """Whether it is live, and the day lies in its period."""
        return self.filed.is_live and is_within(day, self.filed.live_from, self.filed.live_to)

    def on(self, day: date) -> FaqEntry | None:
        """With the values in force on the day; None when one that it needs is not: no answer beats an old figure."""
        try:
            return finish_entry(self.filed, self.parameters, day)
        except PlaceholderError:
            return None

    def to_index(self, day: date) -> str:
        """The answer as it is searched for: as on `day`, or on the day nearest to it on which it can be answered.

        Where no day will do, the values that are missing are left out.
        """
        for candidate in (day, *self._other_days(day)):
            entry = self.on(candidate)
            if entry is not None:
                return entry.answer
        filled = fill_where_possible(self.filed.answer.text, self.parameters, day)
        return with_next_steps(filled, self.filed.next_steps)

    def _other_days(self, day: date) -> list[date]:
        parameters = (self.parameters.get(name) for name in placeholder_names(self.filed.answer.text))
        days = {value.effective_from for parameter in parameters if parameter for value in parameter.values}
        if self.filed.live_from is not None:
            days.add(self.filed.live_from)
        return sorted(days, key=lambda other: abs((other - day).days))


def load_templates(folder: Path, parameters: Parameters, versions: Versions, today: date) -> tuple[FaqTemplate, ...]:
    """All entries, live and draft, in order of file and place. Raises `ContentError` with every malformed place."""
    filed, findings = read_folder(folder)
    wrong = [*findings, *_rivals(filed), *_malformed(filed, parameters, today)]
    if wrong:
        raise ContentError(tuple(wrong))
    first = {entry.id.text: entry for entry in sorted(filed, key=_first_day, reverse=True)}
    return tuple(
        FaqTemplate(
            entry, parameters, versions.of(f"faq/{entry.id.text}", entry.live_from), first[entry.id.text] is not entry
        )
        for entry in filed
    )


def _first_day(entry: FiledEntry) -> date:
    return entry.live_from or date.min


def _rivals(entries: Iterable[FiledEntry]) -> Iterator[Finding]:
    """Entries of one id whose days meet."""
    before: dict[str, FiledEntry] = {}
    for entry in sorted(entries, key=_first_day):
        earlier = before.get(entry.id.text)
        if earlier is not None and (earlier.live_to is None or earlier.live_to >= _first_day(entry)):
            place = (("place", f"{earlier.file}:{earlier.id.line}"),)
            yield Finding(ProblemKind.DUPLICATE_ID, entry.file, entry.id.line, entry.id.text, place)
        before[entry.id.text] = entry


def _malformed(entries: Iterable[FiledEntry], parameters: Parameters, today: date) -> Iterator[Finding]:
    for entry in entries:
        if entry.review_by is None or not _is_filled(entry):
            continue
        try:
            finish_entry(entry, parameters, today)
        except PlaceholderError as error:
            if error.kind is not ProblemKind.PARAMETER_NOT_IN_FORCE:
                yield placeholder_finding(entry, entry.answer.line, error)


def _is_filled(entry: FiledEntry) -> bool:
    """Whether anything in it comes from the table of parameters."""
    return has_braces(entry.answer.text) or any(basis.parameter for basis in entry.legal_basis)
