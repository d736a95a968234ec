"""An answer as citizens would read it on a day: placeholders filled, sources named. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from console.editor.channel_previews import ChannelPreview, ChannelPreviews, PreviewSource
from editing.bodies.faq import FaqBasis
from knowledge.faqs.entry import MAX_ANSWER_CHARACTERS
from knowledge.faqs.parameters import Parameters
from knowledge.faqs.placeholders import PlaceholderError, fill_placeholders

_BRACES = re.compile(r"(\{[^{}]*\}|[{}])")
LONGEST_PREVIEW = 10_000


@dataclass(frozen=True)
class Filled:
    """A placeholder and what stands in its place; `value` is empty for one that cannot be filled."""

    written: str
    value: str


@dataclass(frozen=True)
class AnswerShown:
    """`text` keeps what cannot be filled as it was typed; `limit` is for the filled text."""

    text: str
    placeholders: tuple[Filled, ...]
    previews: tuple[ChannelPreview, ...]
    sources: tuple[PreviewSource, ...]
    day: date
    limit: int = MAX_ANSWER_CHARACTERS

    @property
    def length(self) -> int:
        """Of what the citizen reads."""
        return len(self.text)


def show_answer(
    answer: str, bases: Iterable[FaqBasis], parameters: Parameters, day: date, previews: ChannelPreviews
) -> AnswerShown:
    """Never raises: what is wrong in a draft is shown, not refused."""
    pieces = _BRACES.split(answer[:LONGEST_PREVIEW])
    filled = {piece: filled_one(piece, parameters, day) for piece in pieces[1::2]}
    text = filled_text(answer[:LONGEST_PREVIEW], parameters, day)
    sources = tuple(source for source in (_source(basis, parameters, day) for basis in bases) if source is not None)
    shown = tuple(Filled(written, value) for written, value in filled.items())
    return AnswerShown(text, shown, previews.of(text, sources), sources, day)


def filled_text(answer: str, parameters: Parameters, day: date) -> str:
    """What cannot be filled stays as it was typed."""
    return _BRACES.sub(lambda match: filled_one(match.group(), parameters, day) or match.group(), answer)


def filled_one(placeholder: str, parameters: Parameters, day: date) -> str:
    """Empty when there is no such value on the day."""
    try:
        return fill_placeholders(placeholder, parameters, day)
    except PlaceholderError:
        return ""


def _source(basis: FaqBasis, parameters: Parameters, day: date) -> PreviewSource | None:
    document, article, start = basis.document, basis.article, basis.effective_from
    if basis.parameter:
        parameter = parameters.get(basis.parameter)
        value = parameter.on(day) if parameter else None
        if value is None:
            return None
        document, article, start = value.document, value.article, value.effective_from
    label = f"{article} {document}".strip()
    return PreviewSource(document, article, label, start.isoformat() if start else "", "", "") if label else None
