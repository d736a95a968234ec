"""Shares, medians and percentiles, which say how many they were taken from. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from statistics import median

NINE_OF_TEN = 0.9


@dataclass(frozen=True)
class Share:
    """`part` of `of`; never to be shown without `of`."""

    part: int
    of: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where nothing was measured, which is not 0."""
        return self.part / self.of if self.of else None

    def exceeds(self, percent: float) -> bool | None:
        """Whether it is above so many per cent, not equal to them; None where nothing was measured."""
        return self.part * 100 > percent * self.of if self.of else None


@dataclass(frozen=True)
class Spread:
    """Of `count` durations in seconds: the middle one, and the one that nine of ten do not exceed."""

    count: int
    median_seconds: float | None
    p90_seconds: float | None


def spread(seconds: Collection[float]) -> Spread:
    """p90 by nearest rank: a duration that occurred. Of an even number the median is the mean of the middle two."""
    if not seconds:
        return Spread(0, None, None)
    ordered = sorted(seconds)
    rank = math.ceil(NINE_OF_TEN * len(ordered))
    return Spread(len(ordered), median(ordered), ordered[rank - 1])
