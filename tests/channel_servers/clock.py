"""The time of a server: the real one, and as much later as a test says."""

import time


class ServerClock:
    """Seven days pass with `advance`; nothing sleeps for them."""

    def __init__(self):
        self._ahead_seconds = 0.0
        self._stopped_at = None

    def now(self):
        """Seconds since 1970."""
        return (time.time() if self._stopped_at is None else self._stopped_at) + self._ahead_seconds

    def stand_still(self):
        """From now on only `advance` moves it."""
        self._stopped_at = time.time()

    def advance(self, seconds):
        self._ahead_seconds += seconds
