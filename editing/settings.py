"""What can be set for the room editing: the `editing` section of `settings.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from settings.reader import read_section


@dataclass(frozen=True)
class WorkshopSettings:
    """The process that holds the embedding model: it builds releases, tries questions, finds what is alike."""

    poll_seconds: float
    """How often it looks for something to build, and at the pointer."""
    lease_seconds: float
    """A build that gave no sign of life for so long is taken by another workshop."""
    threads: int
    """Of the embedding model while it builds; 0 for as many as the machine has cores."""
    kept_releases: int
    """Former live releases whose snapshots stay on disk, for rolling back to them at once."""
    pointer_lag_seconds: float
    """An action server or pointer that is behind for longer is an alert."""
    alike_floor: float
    """Likeness from which a document is shown as saying nearly the same as several wordings."""
    alike_floor_one: float
    """The same for one or two wordings, which say less of what is meant."""
    bases_in_memory: int
    """Bases kept ready for trying, beside the live one."""


@dataclass(frozen=True)
class GateSettings:
    """What is compared before a release goes live."""

    entry_questions: int
    """Main questions of entries that are asked at most, those nearest to the change first."""
    listed_changes: int
    """Changed answers that the report holds in words; all are counted."""
    scheduled_days: int
    """Days beside today on which it asks: when scheduled versions and values begin."""


@dataclass(frozen=True)
class ImportingSettings:
    """How much of a file that somebody brings is read, and how long the file is kept."""

    file_megabytes: int
    unpacked_megabytes: int
    """Of an Office document, which is a zip."""
    archive_entries: int
    archive_ratio: int
    """Bytes unzipped for a byte of the file; more is a bomb."""
    pages: int
    rows: int
    text_characters: int
    read_seconds: float
    """Processor time of the process that reads; twice as long on the clock."""
    memory_megabytes: int
    """Address space of that process."""


@dataclass(frozen=True)
class GapSettings:
    """How questions without an answer are sorted by meaning."""

    likeness: float
    """From which two questions are taken for one, 0 to 1, in the space that tells the base's topics apart."""
    batch: int
    """Questions embedded in one step."""


@dataclass(frozen=True)
class EditingSettings:
    """See the parts."""

    workshop: WorkshopSettings
    gate: GateSettings
    gaps: GapSettings
    importing: ImportingSettings


def read_settings(path: Path) -> EditingSettings:
    """Raises SettingsError naming the file and the key."""
    return read_section(path, "editing", EditingSettings)
