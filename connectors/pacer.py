"""How fast a channel is written to: so many a second altogether, and a pause after each message of a conversation."""

from __future__ import annotations

from collections import OrderedDict

from connectors.channel import SendingPace

REMEMBERED = 50_000


class Pacer:
    """A bucket that fills with `per_second`. Times are seconds of a clock that never goes back."""

    def __init__(self, pace: SendingPace) -> None:
        self._pace = pace
        self._size = max(1.0, pace.per_second)
        self._tokens = self._size
        self._filled_at: float | None = None
        self._paused_until = 0.0
        self._last: OrderedDict[str, float] = OrderedDict()

    def allowance(self, now: float) -> int:
        """How many messages may be sent now."""
        if now < self._paused_until:
            return 0
        if self._filled_at is not None:
            self._tokens = min(self._size, self._tokens + (now - self._filled_at) * self._pace.per_second)
        self._filled_at = now
        return int(self._tokens)

    def wait_seconds(self, conversation_id: str, now: float) -> float:
        """How long this conversation has to wait; 0 when it may be written to."""
        last = self._last.get(conversation_id)
        return 0.0 if last is None else max(0.0, last + self._pace.conversation_interval_seconds - now)

    def count(self, conversation_id: str, now: float) -> None:
        """One message is being sent."""
        self._tokens -= 1
        if self._pace.conversation_interval_seconds:
            self._last[conversation_id] = now
            self._last.move_to_end(conversation_id)
            if len(self._last) > REMEMBERED:
                self._last.popitem(last=False)

    def pause(self, seconds: float, now: float) -> None:
        """Nothing at all for so long, then slowly: whether the cause is gone shows with the first message."""
        self._paused_until = max(self._paused_until, now + seconds)
        self._tokens = 1.0
        self._filled_at = self._paused_until

    def resumes_in(self, now: float) -> float:
        """Seconds until something may be sent again."""
        if now < self._paused_until:
            return self._paused_until - now
        return 0.0 if self._tokens >= 1 else (1 - self._tokens) / self._pace.per_second
