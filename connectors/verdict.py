"""What a failed send leads to. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.outgoing import NotSent, Scope, SendFailure
from connectors.retry import RetryRule

ALERT_REJECTED = "message_rejected"
ALERT_QUOTA = "quota"
ALERT_HUMAN_NEEDED = "channel_needs_attention"
_RETRIED = {SendFailure.TEMPORARY, SendFailure.RATE_LIMITED, SendFailure.HUMAN_NEEDED}
_ALERTS = {SendFailure.QUOTA: ALERT_QUOTA, SendFailure.HUMAN_NEEDED: ALERT_HUMAN_NEEDED}


@dataclass(frozen=True)
class SendingRule:
    """`retry` bounds attempts by age: `total_seconds` since the reply was written."""

    retry: RetryRule
    circuit_seconds: float


@dataclass(frozen=True)
class Verdict:
    """`retry_seconds` is None when the message is given up; `pause_seconds` holds up the whole channel."""

    retry_seconds: float | None
    pause_seconds: float = 0.0
    alert: str | None = None
    marks_unreachable: bool = False


def judge(outcome: NotSent, attempts: int, age_seconds: float, rule: SendingRule, chance: float) -> Verdict:
    """`attempts` counts the failed one; `chance` in 0..1 spreads the pauses."""
    failure = outcome.failure
    alert = _ALERTS.get(failure, ALERT_REJECTED if outcome.needs_attention else None)
    if failure not in _RETRIED:
        return Verdict(None, alert=alert, marks_unreachable=failure is SendFailure.UNREACHABLE)
    pause = max(rule.retry.pause_seconds(attempts, chance), outcome.retry_after_seconds or 0.0)
    concerns_all = outcome.scope is Scope.CHANNEL
    if failure is SendFailure.HUMAN_NEEDED:
        pause = max(pause, rule.circuit_seconds)
        concerns_all = True
    # A channel that asks for patience, or waits for a person, uses up no attempts of a message: only its age counts.
    counted = attempts if failure is SendFailure.TEMPORARY else 0
    over = rule.retry.is_over(counted, age_seconds)
    return Verdict(None if over else pause, pause if concerns_all else 0.0, alert)
