"""The foot of a document: recipients and signature, in either order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.directives.directive import Paragraph, Role
from knowledge.directives.forms import Forms
from knowledge.directives.joining import join
from knowledge.directives.source import Line

MAX_SIGNATURE_LINES = 8
MAX_NAME_WORDS = 6
MAX_LINES_AFTER_NAME = 3


@dataclass(frozen=True)
class Tail:
    """`start` and `end` are places of lines; both are the number of lines when there is no foot."""

    paragraphs: tuple[Paragraph, ...]
    start: int
    end: int


def read_tail(lines: Sequence[Line], body_start: int, forms: Forms) -> Tail:
    """Looks from `body_start` on; the first foot counts, attachments have none of their own."""
    start = _start(lines, body_start, forms)
    reader = _TailReader(forms)
    end = start
    while end < len(lines) and reader.take(lines[end]):
        end += 1
    return Tail(tuple(reader.parts), start, end)


def _start(lines: Sequence[Line], body_start: int, forms: Forms) -> int:
    recipients = next(
        (place for place in range(body_start, len(lines)) if _begins_recipients(lines[place], forms)), len(lines)
    )
    lowest = max(body_start, recipients - MAX_SIGNATURE_LINES) if recipients < len(lines) else body_start
    for place in range(lowest, recipients):
        if _begins_signature(lines, place, forms):
            return place
    return recipients


def _begins_recipients(line: Line, forms: Forms) -> bool:
    return line.mark is None and line.text.casefold().startswith(forms.recipients_words.casefold())


def _begins_signature(lines: Sequence[Line], place: int, forms: Forms) -> bool:
    text = lines[place].text
    if lines[place].mark or not text.isupper() or not forms.signature_pattern.match(text):
        return False
    return any(is_name(line.text) for line in lines[place + 1 : place + MAX_SIGNATURE_LINES])


def is_name(text: str) -> bool:
    """True for two to six words that all begin with a capital and are not all capitals."""
    words = text.split()
    if not 2 <= len(words) <= MAX_NAME_WORDS or text.isupper():
        return False
    return all(word[0].isupper() and word.rstrip(".").isalpha() for word in words)


class _TailReader:
    def __init__(self, forms: Forms) -> None:
        self.parts: list[Paragraph] = []
        self._forms = forms
        self._after_name = 0
        self._signed = False

    def take(self, line: Line) -> bool:
        """False for the first line that is no longer part of the foot."""
        role = None if line.mark else self._role(line)
        if role is None:
            return False
        last = self.parts[-1] if self.parts else None
        if last and last.role is role and self._continues(last, line, role):
            self.parts[-1] = Paragraph(join(last.text, line.text), last.first_line, line.last, last.marker, role)
        else:
            marker = "-" if line.text.startswith("- ") else ""
            text = line.text.removeprefix("- ") if marker else line.text
            self.parts.append(Paragraph(text, line.first, line.last, marker, role))
        return True

    def _role(self, line: Line) -> Role | None:
        text = line.text
        last = self.parts[-1].role if self.parts else None
        if _begins_recipients(line, self._forms) or (last is Role.RECIPIENTS and self._is_recipient(line)):
            return Role.RECIPIENTS
        if text in self._forms.signed_marks:
            return Role.FURNITURE
        if not self._signed:
            if is_name(text):
                self._signed = True
                return Role.SIGNER
            return Role.SIGNATURE if text.isupper() else None
        self._after_name += 1
        if text.isupper() or text[0].isdigit() or last is Role.RECIPIENTS or self._after_name > MAX_LINES_AFTER_NAME:
            return None
        return Role.SIGNATURE

    def _is_recipient(self, line: Line) -> bool:
        return line.text.startswith("-") or line.indented or (not line.text.isupper() and not is_name(line.text))

    def _continues(self, last: Paragraph, line: Line, role: Role) -> bool:
        if line.indented:
            return True
        if role is Role.SIGNATURE:
            return line.text[0].islower()
        return role is Role.RECIPIENTS and not line.text.startswith("-") and last.marker == "-"
