"""How often somebody may ask, kept in memory: a restart forgives everybody."""

from __future__ import annotations

import math
from collections import OrderedDict, deque
from collections.abc import Sequence

from connectors.settings import RateLimit

KEYS_REMEMBERED = 50_000


class RateLimiter:
    """Sliding windows; the oldest keys are forgotten first, so memory stays bounded whoever comes."""

    def __init__(self, limits: Sequence[RateLimit]) -> None:
        self._limits = tuple(limits)
        self._longest = max(limit.seconds for limit in limits)
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_seconds(self, key: str, now: float) -> int:
        """0 and counted when allowed; else whole seconds until the next try makes sense, and not counted."""
        times = self._times.setdefault(key, deque())
        self._times.move_to_end(key)
        while times and times[0] <= now - self._longest:
            times.popleft()
        wait = max(_wait(times, limit, now) for limit in self._limits)
        if wait > 0:
            return math.ceil(wait)
        times.append(now)
        if len(self._times) > KEYS_REMEMBERED:
            self._times.popitem(last=False)
        return 0


def _wait(times: deque[float], limit: RateLimit, now: float) -> float:
    if len(times) < limit.count:
        return 0.0
    return max(0.0, times[-limit.count] + limit.seconds - now)
