"""A dialogue engine fed by the test: says what it was told to say, fails as it was told to fail."""

import asyncio
from collections import defaultdict, deque

from connectors.message import Reply


class FakeDialogue:
    """Answers `echo: <text>` unless replies or errors were queued with `will`."""

    def __init__(self):
        self.heard = []
        self.ready = True
        self._queued = deque()
        self._gates = defaultdict(lambda: None)
        self.running = 0
        self.most_running = 0
        self.running_in = defaultdict(int)
        self.overlapped = False

    def will(self, *outcomes):
        """Each is a reply text, a Reply, a tuple of replies or an exception to raise."""
        self._queued.extend(outcomes)

    def recover(self):
        """Forgets what is still queued."""
        self._queued.clear()

    def hold(self, conversation_id):
        """That conversation's turns wait until the returned event is set."""
        gate = asyncio.Event()
        self._gates[conversation_id] = gate
        return gate

    async def say(self, conversation_id, text):
        self.heard.append((conversation_id, text))
        self._enter(conversation_id)
        try:
            gate = self._gates[conversation_id]
            if gate is not None:
                await gate.wait()
            else:
                await asyncio.sleep(0)
            return self._outcome(text)
        finally:
            self.running -= 1
            self.running_in[conversation_id] -= 1

    async def is_ready(self):
        return self.ready

    def _enter(self, conversation_id):
        self.running += 1
        self.running_in[conversation_id] += 1
        self.most_running = max(self.most_running, self.running)
        self.overlapped |= self.running_in[conversation_id] > 1

    def _outcome(self, text):
        outcome = self._queued.popleft() if self._queued else f"echo: {text}"
        if isinstance(outcome, BaseException):
            raise outcome
        if isinstance(outcome, tuple):
            return outcome
        return (outcome if isinstance(outcome, Reply) else Reply(outcome),)
