"""Counts and times of the gateway in Prometheus' text format; never a word, an id or an address of anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

BUCKETS_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0)


class Count(StrEnum):
    """Things that only ever grow."""

    RECEIVED = "bhxh_messages_received_total"
    DUPLICATE = "bhxh_messages_duplicate_total"
    REFUSED = "bhxh_requests_refused_total"
    IGNORED = "bhxh_updates_ignored_total"
    UNREADABLE = "bhxh_updates_unreadable_total"
    REPLIES = "bhxh_replies_total"
    REPLIES_DROPPED = "bhxh_replies_dropped_total"
    DELIVERIES = "bhxh_deliveries_total"
    POLL_FAILURES = "bhxh_poll_failures_total"
    DIALOGUE_FAILURES = "bhxh_dialogue_failures_total"
    DEAD = "bhxh_messages_dead_total"
    LEASES_LOST = "bhxh_leases_lost_total"
    FEEDBACK = "bhxh_feedback_total"
    TICKETS = "bhxh_tickets_total"
    RETENTION = "bhxh_retention_removed_total"
    MAILING_MESSAGES = "bhxh_mailing_messages_total"
    TICKS_FAILED = "bhxh_ticks_failed_total"


class Timing(StrEnum):
    """Durations: from stored question to stored answer, the dialogue engine's part of it, from there to the citizen."""

    ANSWER = "bhxh_answer_seconds"
    DIALOGUE = "bhxh_dialogue_seconds"
    DELIVERY = "bhxh_delivery_seconds"


class Gauge(StrEnum):
    """Read at the moment of asking."""

    WAITING = "bhxh_inbox_waiting"
    OLDEST_SECONDS = "bhxh_inbox_oldest_seconds"
    DEAD_LETTERS = "bhxh_inbox_dead_letters"
    STREAMS = "bhxh_streams_open"
    OUTBOX_WAITING = "bhxh_outbox_waiting"
    OUTBOX_OLDEST_SECONDS = "bhxh_outbox_oldest_seconds"
    OUTBOX_UNKNOWN = "bhxh_outbox_unknown"
    OUTBOX_FAILED = "bhxh_outbox_failed"
    ALERTS = "bhxh_alerts_open"
    ZALO_TOKEN_AGE_SECONDS = "bhxh_zalo_oa_token_age_seconds"


class Metrics:
    """One for each process."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[Count, tuple[tuple[str, str], ...]]] = Counter()
        self._timings: dict[Timing, _Histogram] = {timing: _Histogram() for timing in Timing}

    def count(self, name: Count, amount: int = 1, **labels: str) -> None:
        """Label values come from our own code, never from what somebody typed."""
        self._counts[name, tuple(sorted(labels.items()))] += amount

    def observe(self, name: Timing, seconds: float) -> None:
        """Adds one duration."""
        self._timings[name].observe(seconds)

    def render(self, gauges: Mapping[Gauge, float]) -> str:
        """https://prometheus.io/docs/instrumenting/exposition_formats/ (text format 0.0.4)."""
        lines: list[str] = []
        for name in Count:
            lines.append(f"# TYPE {name} counter")
            series = sorted((labels, value) for (counted, labels), value in self._counts.items() if counted is name)
            lines.extend(f"{name}{_labels(labels)} {value}" for labels, value in series)
        for timing, histogram in self._timings.items():
            lines.extend([f"# TYPE {timing} histogram", *histogram.lines(timing)])
        for gauge, value in gauges.items():
            lines.extend([f"# TYPE {gauge} gauge", f"{gauge} {value:g}"])
        return "\n".join(lines) + "\n"


class _Histogram:
    def __init__(self) -> None:
        self._buckets = [0] * len(BUCKETS_SECONDS)
        self._sum = 0.0
        self._count = 0

    def observe(self, seconds: float) -> None:
        self._sum += seconds
        self._count += 1
        for position, ceiling in enumerate(BUCKETS_SECONDS):
            if seconds <= ceiling:
                self._buckets[position] += 1

    def lines(self, name: str) -> list[str]:
        buckets = zip(BUCKETS_SECONDS, self._buckets, strict=True)
        return [
            *(f'{name}_bucket{{le="{ceiling:g}"}} {count}' for ceiling, count in buckets),
            f'{name}_bucket{{le="+Inf"}} {self._count}',
            f"{name}_sum {self._sum:.6f}",
            f"{name}_count {self._count}",
        ]


def _labels(labels: tuple[tuple[str, str], ...]) -> str:
    return "{" + ",".join(f'{key}="{value}"' for key, value in labels) + "}" if labels else ""
