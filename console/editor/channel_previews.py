"""What the editors' pages need to show a text as citizens will read it on each channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class PreviewSource:
    """A source under an answer. `date` is in ISO form, or empty; `validity` is a sentence, or empty."""

    document: str
    section: str
    label: str
    date: str
    validity: str
    url: str


@dataclass(frozen=True)
class ChannelPreview:
    """`messages` are the texts as they are sent, cut at the channel's limit; `limit` counts its characters."""

    channel: str
    messages: tuple[str, ...]
    limit: int


class ChannelPreviews(Protocol):
    """`app.channel_previews.RenderedPreviews` is the real one."""

    def of(self, text: str, sources: tuple[PreviewSource, ...]) -> tuple[ChannelPreview, ...]:
        """One for each channel, whether it is switched on or not; never raises."""
        ...
