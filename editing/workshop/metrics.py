"""Counts and times of the workshop in Prometheus' text format; never a word of a document."""

from __future__ import annotations

import threading
from collections import Counter

BUILT = "bhxh_releases_built_total"
BUILD_SECONDS = "bhxh_release_build_seconds"
LAG = "bhxh_knowledge_lag_seconds"
TRIED = "bhxh_questions_tried_total"


class WorkshopMetrics:
    """One for each workshop; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._outcomes: Counter[str] = Counter()
        self._seconds = 0.0
        self._lag = 0.0
        self._tried = 0

    def built(self, outcome: str, seconds: float) -> None:
        """`outcome`: ready, failed, outdated or lost."""
        with self._lock:
            self._outcomes[outcome] += 1
            self._seconds += seconds

    def lag(self, seconds: float) -> None:
        """See editing/workshop/watching.py."""
        with self._lock:
            self._lag = seconds

    def tried(self) -> None:
        """A question was tried, or wordings compared."""
        with self._lock:
            self._tried += 1

    def render(self) -> str:
        """Text format 0.0.4."""
        with self._lock:
            outcomes, seconds, lag, tried = dict(self._outcomes), self._seconds, self._lag, self._tried
        lines = [f"# TYPE {BUILT} counter"]
        lines += [f'{BUILT}{{outcome="{outcome}"}} {count}' for outcome, count in sorted(outcomes.items())]
        lines += [f"# TYPE {BUILD_SECONDS} summary", f"{BUILD_SECONDS}_sum {seconds:.3f}"]
        lines += [f"{BUILD_SECONDS}_count {sum(outcomes.values())}"]
        lines += [f"# TYPE {TRIED} counter", f"{TRIED} {tried}", f"# TYPE {LAG} gauge", f"{LAG} {lag:g}"]
        return "\n".join(lines) + "\n"
