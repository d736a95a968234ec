"""The channels that are switched on, as the worker sees them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager

from connectors.channel import Channel
from connectors.outbox import Render
from connectors.sender import Sender
from connectors.typing_sign import TypingSign
from connectors.web.token import CHANNEL as WEB
from desk.conversation import ConversationKey


class ChannelCarriers:
    """See connectors.turn.Carriers. Citizens of the web, which has no entry, fetch their replies."""

    def __init__(self, channels: Mapping[str, Channel], senders: Mapping[str, Sender], sign: TypingSign) -> None:
        self._channels = channels
        self._senders = senders
        self._sign = sign

    @property
    def served(self) -> Collection[str]:
        """See Carriers."""
        return (WEB, *self._channels)

    def render_of(self, channel: str) -> Render | None:
        """See Carriers."""
        known = self._channels.get(channel)
        return None if known is None else known.render

    def wake(self, channel: str) -> None:
        """See Carriers."""
        sender = self._senders.get(channel)
        if sender is not None:
            sender.wake()

    def typing(self, conversation: ConversationKey) -> AbstractContextManager[None]:
        """See Carriers."""
        return self._sign.typing(conversation)
