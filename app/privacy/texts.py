"""The Vietnamese of the export, and the names of everything coded in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from console.operator.texts import load_console_texts
from desk.citizen import Held
from desk.tickets.texts import load_ticket_texts
from settings.yaml_text import load_yaml

FILE = Path(__file__).with_name("export.yml")
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class SectionTexts:
    """`columns` by the names that app/privacy/held.py gives them; `file` is that of the table."""

    title: str
    file: str
    columns: Mapping[str, str]


@dataclass(frozen=True)
class FileNames:
    """Within the archive, and of the archive itself."""

    page: str
    data: str
    memory: str
    archive: str


@dataclass(frozen=True)
class ExportTexts:
    """`names` by group and code; what has no name there is shown as it is."""

    title: str
    lead: str
    privacy: str
    stays: str
    nothing: str
    memory: str
    none: str
    about: Mapping[str, str]
    files: FileNames
    sections: Mapping[Held, SectionTexts]
    names: Names


def load_export_texts(path: Path = FILE) -> ExportTexts:
    """Raises TypeError or KeyError, which name a key that is missing or too much."""
    document: dict[str, Any] = load_yaml(path.read_text(encoding="utf-8"))["export"]
    sections = {Held(kind): SectionTexts(**texts) for kind, texts in document.pop("sections").items()}
    files, names = FileNames(**document.pop("files")), _all_names(document.pop("names"))
    return ExportTexts(**document, files=files, sections=sections, names=names)


def _all_names(own: dict[str, dict[str, str]]) -> Names:
    console, tickets = load_console_texts().names, load_ticket_texts()
    shown = {"deliveries": own.pop("fetched"), "statuses": own.pop("no_status")}
    return {
        **console,
        **own,
        **{group: {**console[group], **more} for group, more in shown.items()},
        "ticket_kinds": asdict(tickets.kinds),
        "ticket_states": asdict(tickets.states),
        "ticket_events": asdict(tickets.events),
        "outcomes": asdict(tickets.outcomes),
    }
