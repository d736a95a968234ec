"""Flood limits: one message a second in a chat, thirty in all, twenty a minute in a group."""

from collections import defaultdict, deque

from tests.channel_servers.telegram.errors import flood

# A second that a caller kept may look shorter here: the network delays the first message more than the next.
SECOND = 0.9
OVERALL, GROUP, MINUTE = 30, 20, 60.0


class FloodLimits:
    """Off until `strict` is set: most tests are about other things."""

    def __init__(self, clock):
        self.strict = False
        self._clock = clock
        self._overall = deque()
        self._chats = defaultdict(deque)

    def refused(self, chat_id):
        """The error that one more message would earn now, or None. Counts it when it would earn none."""
        if not self.strict:
            return None
        now, chat = self._clock.now(), self._chats[chat_id]
        limits = [(self._overall, OVERALL, SECOND), (chat, 1, SECOND)]
        if chat_id < 0:
            limits.append((chat, GROUP, MINUTE))
        waits = [seconds - (now - times[-most]) for times, most, seconds in limits if len(times) >= most]
        if waits and max(waits) > 0:
            return flood(max(waits))
        for times in (self._overall, chat):
            times.append(now)
            while now - times[0] > MINUTE:
                times.popleft()
        return None
