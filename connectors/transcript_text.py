"""A conversation as plain text that its citizen may keep: identifiers masked. Pure but for reading the texts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from pathlib import Path

from connectors.message import TRANSCRIPT_SENT
from connectors.plain_text import plain_text
from connectors.transcript import TranscriptEntry
from desk.masking import masked
from settings.reader import read_section

TEXTS = Path(__file__).with_name("transcript_texts.yml")


@dataclass(frozen=True)
class WhoTexts:
    """Who speaks, by the role of the entry."""

    citizen: str
    assistant: str
    operator: str
    system: str


@dataclass(frozen=True)
class TranscriptTexts:
    """Sentences, templates of lines, and the whole messages that ask for a transcript."""

    title: str
    note: str
    shortened: str
    day: str
    line: str
    who: WhoTexts
    empty: str
    too_often: str
    words: tuple[str, ...]


def load_transcript_texts(path: Path = TEXTS) -> TranscriptTexts:
    """Raises settings.reader.SettingsError, which names the key."""
    return read_section(path, "transcript", TranscriptTexts)


def transcript_text(
    entries: Sequence[TranscriptEntry], texts: TranscriptTexts, zone: tzinfo, most_characters: int | None = None
) -> str:
    """A head, then a line for each entry under its day; the newest of them that fit. Empty without entries."""
    lines = _lines([entry for entry in entries if entry.reply.status != TRANSCRIPT_SENT], texts, zone)
    if not lines:
        return ""
    kept = lines if most_characters is None else _newest(lines, most_characters)
    head = [texts.title, texts.note, *([texts.shortened] if len(kept) < len(lines) else [])]
    said, before = [], None
    for day, line in kept:
        if day != before:
            said += ["", texts.day.format(date=f"{day:%d/%m/%Y}")]
        said.append(line)
        before = day
    return "\n".join([*head, *said])


def _lines(entries: Sequence[TranscriptEntry], texts: TranscriptTexts, zone: tzinfo) -> list[tuple[date, str]]:
    lines = []
    for entry in entries:
        local = entry.sent_at.astimezone(zone)
        text, _hidden = masked(plain_text(entry.reply.text).strip())
        who: str = getattr(texts.who, entry.role)
        lines.append((local.date(), texts.line.format(time=f"{local:%H:%M}", who=who, text=text)))
    return lines


def _newest(lines: Sequence[tuple[date, str]], most_characters: int) -> Sequence[tuple[date, str]]:
    used, first = 0, len(lines)
    while first > 0 and used + len(lines[first - 1][1]) <= most_characters:
        first -= 1
        used += len(lines[first][1])
    return lines[min(first, len(lines) - 1) :]
