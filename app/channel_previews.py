"""Shows editors a text as each channel would send it, with the channels' own rendering."""

from __future__ import annotations

from connectors.channel_texts import ChannelTexts
from connectors.message import Citation, Reply
from connectors.rendering import render_plain
from connectors.settings import ConnectorSettings
from connectors.splitting import Length, utf16_units
from console.editor.channel_previews import ChannelPreview, PreviewSource

FIRST = 1
"""Number of a message that is never sent."""


class RenderedPreviews:
    """See console.editor.channel_previews.ChannelPreviews."""

    def __init__(self, settings: ConnectorSettings, texts: ChannelTexts, public_url: str | None) -> None:
        self._texts = texts
        self._public_url = public_url
        self._limits: tuple[tuple[str, int, Length], ...] = (
            ("zalo_oa", settings.zalo_oa.message_characters, len),
            ("zalo_bot", settings.zalo_bot.message_characters, len),
            ("telegram", settings.telegram.message_units, utf16_units),
        )
        self._web = settings.web.message_characters

    def of(self, text: str, sources: tuple[PreviewSource, ...]) -> tuple[ChannelPreview, ...]:
        """The web page shows sources apart, as links: its text is the text alone."""
        reply = Reply(text, citations=tuple(_citation(source) for source in sources))
        rendered = (self._rendered(reply, *limit) for limit in self._limits)
        return (ChannelPreview("web", (text,), self._web), *rendered)

    def _rendered(self, reply: Reply, channel: str, limit: int, length: Length) -> ChannelPreview:
        messages = render_plain(reply, FIRST, limit, length, self._public_url, self._texts, buttons=None)
        return ChannelPreview(channel, tuple(message.text for message in messages), limit)


def _citation(source: PreviewSource) -> Citation:
    return Citation(
        document=source.document,
        section=source.section,
        label=source.label,
        date=source.date,
        validity=source.validity,
        url=source.url,
        passage_id="",
    )
