"""What comes after the signature: attached programmes and annexes, footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.directives.directive import Paragraph, Role
from knowledge.directives.forms import Forms
from knowledge.directives.joining import join, join_all
from knowledge.directives.source import Line

_NUMBER_LINE = re.compile(r"\d{1,2}")
_ROMAN_LINE = re.compile(r"[IVXL]+")
_SENTENCE_END = re.compile(r"[.;:!?/][”\")]*$")
_BRACKETED = re.compile(r"\[(\d{1,2})\]\s+(?=\S)")


@dataclass(frozen=True)
class Attachment:
    """`prefix` begins the labels of an annex (`Phụ lục`); other attachments are labelled like the document itself."""

    name: str
    prefix: str
    title: tuple[Paragraph, ...]
    lines: tuple[Line, ...]

    @property
    def heading(self) -> str:
        """The title in one line, without the note on what it is attached to."""
        return join_all(part.text for part in self.title if not part.text.startswith("("))


@dataclass(frozen=True)
class Footnote:
    """`lines` begin with the one that carries the number."""

    number: str
    lines: tuple[Line, ...]


def split_attachments(lines: Sequence[Line], forms: Forms) -> tuple[Attachment, ...]:
    """Every title in capitals that names an attachment begins one; the first line begins one in any case."""
    starts = [place for place in range(len(lines)) if place == 0 or _begins(lines, place, forms)]
    ends = [*starts[1:], len(lines)][: len(starts)]
    return tuple(_attachment(lines[start:end], forms) for start, end in zip(starts, ends, strict=True))


def _begins(lines: Sequence[Line], place: int, forms: Forms) -> bool:
    text = lines[place].text
    if lines[place - 1].text.isupper() or lines[place].indented or lines[place].mark:
        return False
    if forms.annex_pattern.match(text):
        return text.isupper() or lines[place].after_blank
    named = text.isupper() and any(text.startswith(title) for title in forms.attachments)
    return named and _SENTENCE_END.search(lines[place - 1].text) is not None


def _attachment(lines: Sequence[Line], forms: Forms) -> Attachment:
    if lines[0].mark:
        return Attachment("", "", (), tuple(lines))
    end = 1
    while end < len(lines) and lines[end].text.isupper() and not _ends_title(lines[end], forms):
        end += 1
    title = [_title_part(lines[:end])]
    note_end = _note_end(lines, end)
    if note_end > end:
        title.append(_title_part(lines[end:note_end]))
    annex = forms.annex_pattern.match(lines[0].text)
    word = forms.labels["annex"]
    if annex is not None:
        name = f"{word} {annex[1]}" if annex[1] else word
        return Attachment(name, name, tuple(title), tuple(lines[note_end:]))
    return Attachment(_name(title[0].text, forms), "", tuple(title), tuple(lines[note_end:]))


def _ends_title(line: Line, forms: Forms) -> bool:
    text = line.text
    return line.mark is not None or text in forms.table.number_heads or re.match(r"[IVX]+\.|\d+\.", text) is not None


def _note_end(lines: Sequence[Line], start: int) -> int:
    """After `(Kèm theo Quyết định số …)`, which may be broken over lines."""
    if start >= len(lines) or not lines[start].text.startswith("("):
        return start
    for place in range(start, min(start + 4, len(lines))):
        if lines[place].text.endswith(")"):
            return place + 1
    return start


def _title_part(lines: Sequence[Line]) -> Paragraph:
    return Paragraph(join_all(line.text for line in lines), lines[0].first, lines[-1].last, role=Role.ATTACHMENT)


def _name(title: str, forms: Forms) -> str:
    found = [name for words, name in forms.attachments.items() if title.startswith(words)]
    return found[0] if found else title.capitalize()


def cut_footnotes(lines: Sequence[Line], start: int) -> tuple[tuple[Line, ...], tuple[Footnote, ...]]:
    """The lines without the notes at their end, and the notes; only what is referred to after `start` is a note."""
    rest = list(lines)
    notes: list[Footnote] = []
    while (place := _last_note(rest, start)) is not None and not any(line.mark for line in rest[place:]):
        number = _BRACKETED.match(rest[place].text)
        notes.insert(0, Footnote(number[1] if number else rest[place].text, tuple(rest[place:])))
        del rest[place:]
    return tuple(rest), tuple(notes)


def _last_note(lines: Sequence[Line], start: int) -> int | None:
    marks = [place for place in range(start, len(lines)) if _NUMBER_LINE.fullmatch(lines[place].text)]
    brackets = [place for place in range(start, len(lines)) if _BRACKETED.match(lines[place].text)]
    if brackets and brackets[-1] > start:
        return brackets[-1]
    if len(marks) < 2 or marks[-1] == len(lines) - 1:
        return None
    last, before = marks[-1], marks[-2]
    number = lines[last].text
    referred = any(lines[place].text == number and _is_reference(lines, place) for place in marks[:-1])
    between = any(_ROMAN_LINE.fullmatch(line.text) for line in lines[before:last])
    is_next_row = int(number) == int(lines[before].text) + 1 or (between and number == "1")
    return last if referred and not is_next_row else None


def _is_reference(lines: Sequence[Line], place: int) -> bool:
    """A bare number in running text: the text goes on after it, or its sentence ends there."""
    following = lines[place + 1].text
    return following[0] in ".,;:)" or following[0].islower()


def footnote_text(note: Footnote) -> str:
    """The words of the note, without its number."""
    first, *rest = note.lines
    words = _BRACKETED.sub("", first.text, count=1) if _BRACKETED.match(first.text) else ""
    text = words
    for line in rest:
        text = join(text, line.text)
    return text
