"""A script of what goes wrong: fault by fault, or by chance."""

import random
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum


class FaultKind(StrEnum):
    """What a caller of the API can meet."""

    DELAY = "delay"  # answers normally, `seconds` late
    HANG_UP = "hang_up"  # the connection closes, nothing was accepted
    LOSE_ANSWER = "lose_answer"  # accepted, then the connection closes
    STALL = "stall"  # accepted, then silence for `seconds`
    GARBLED = "garbled"  # accepted, the answer is half a JSON text
    SERVER_ERROR = "server_error"  # HTTP 500, nothing accepted
    BAD_GATEWAY = "bad_gateway"  # HTTP 502 with a page of HTML, nothing accepted
    RATE_LIMIT = "rate_limit"  # the channel's own answer; `seconds` is what it asks to wait, where it says so
    TOKEN_EXPIRED = "token_expired"
    QUOTA = "quota"
    CODE = "code"  # the channel's own error `code` with `description`


ACCEPTED = frozenset({FaultKind.LOSE_ANSWER, FaultKind.STALL, FaultKind.GARBLED})
"""Faults after which the citizen has the message, though the caller cannot know."""


@dataclass(frozen=True)
class Fault:
    """`method` None means every method of the API, `times` None means until it is taken away."""

    kind: FaultKind
    method: str | None = None
    times: int | None = 1
    probability: float = 1.0
    seconds: float = 1.0
    code: int = 0
    description: str = ""


class FaultScript:
    """The first fault that fits a call happens to it; `happened` counts them."""

    def __init__(self, seed=0):
        self._random = random.Random(seed)
        self.waiting = []
        self.happened = Counter()

    def add(self, kind, method=None, **details):
        self.waiting.append(Fault(FaultKind(kind), method, **details))

    def sometimes(self, chances, method=None, **details):
        """`chances` is a probability for each kind, until `clear`."""
        for kind, probability in chances.items():
            self.add(kind, method, times=None, probability=probability, **details)

    def clear(self):
        self.waiting.clear()

    def take(self, method):
        """The fault of this call, or None."""
        for place, fault in enumerate(self.waiting):
            if fault.method not in (None, method) or self._random.random() >= fault.probability:
                continue
            if fault.times is not None:
                self.waiting[place : place + 1] = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
            self.happened[fault.kind.value] += 1
            return fault
        return None
