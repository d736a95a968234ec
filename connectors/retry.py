"""When to try a message again, and when to stop trying. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RetryRule:
    """`total_seconds` counts trying and waiting, not the time in which the gateway was down."""

    first_seconds: float
    ceiling_seconds: float
    total_seconds: float
    attempts: int
    """Also bounds a message that kills the process before it can fail: claims count, whatever comes after."""

    def longest_pause_seconds(self, chance: float) -> float:
        """For what cannot succeed soon; spread in the same way."""
        return self.ceiling_seconds * (0.75 + chance / 2)

    def pause_seconds(self, attempt: int, chance: float) -> float:
        """Pause after this attempt (1 is the first), doubled each time; `chance` in 0..1 spreads it over ±25 %."""
        exponent = min(attempt - 1, 30)
        return float(min(self.ceiling_seconds, self.first_seconds * 2**exponent)) * (0.75 + chance / 2)

    def is_over(self, attempt: int, tried_seconds: float) -> bool:
        """Whether no further attempt may follow."""
        return attempt >= self.attempts or tried_seconds >= self.total_seconds
