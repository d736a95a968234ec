"""What happens when a channel cannot be asked: a pause, a count, and an alert where patience does not help."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from connectors.channel import Channel, PollError
from connectors.metrics import Count, Metrics
from connectors.retry import RetryRule
from connectors.settings import PollerSettings
from desk.alert import Alert, raise_alert, settle_alerts
from desk.transactions import Transactions

log = logging.getLogger(__name__)
ALERT_POLLING = "polling_fails"
FAILURES_UNTIL_ALERT = 10
"""About four minutes with pauses of at most half a minute: longer than a restart of anything."""


class PollTrouble:
    """One for each polled channel and process."""

    def __init__(
        self,
        channel: Channel,
        transactions: Transactions,
        metrics: Metrics,
        settings: PollerSettings,
        clock: Callable[[], datetime],
    ) -> None:
        self._channel = channel
        self._transactions = transactions
        self._metrics = metrics
        self._human_seconds = settings.human_seconds
        self._rule = RetryRule(settings.retry_first_seconds, settings.retry_ceiling_seconds, 0.0, 0)
        self._clock = clock
        self._failures = 0
        self._alerted = True  # until the first success: an alert may stand from before our start

    async def came(self, error: PollError) -> float:
        """Seconds until it makes sense to ask again; never less than the channel wants."""
        self._failures += 1
        self._metrics.count(Count.POLL_FAILURES, channel=self._channel.name, failure=_failure(error))
        log.warning("%s: asking for news failed (%s), %d in a row", self._channel.name, error.code, self._failures)
        if error.human_needed or self._failures == FAILURES_UNTIL_ALERT:
            await self._alert(error.code)
        pause = self._rule.pause_seconds(self._failures, random.random())
        return max(pause, error.retry_after_seconds or 0.0, self._human_seconds if error.human_needed else 0.0)

    async def went(self) -> None:
        """The channel answered."""
        self._failures = 0
        if not self._alerted:
            return
        name, account, now = self._channel.name, self._channel.account, self._clock()
        try:
            await self._transactions.write(
                lambda connection: settle_alerts(connection, name, account, ALERT_POLLING, now)
            )
            self._alerted = False
        except SQLAlchemyError as error:
            log.error("%s: settling: database: %s", name, type(error).__name__)  # noqa: TRY400

    async def _alert(self, code: str) -> None:
        self._alerted = True
        alert, now = Alert(self._channel.name, self._channel.account, ALERT_POLLING, code[:64]), self._clock()
        try:
            await self._transactions.write(lambda connection: raise_alert(connection, alert, now))
        except SQLAlchemyError as error:
            log.error("%s: alerting: database: %s", alert.channel, type(error).__name__)  # noqa: TRY400


def _failure(error: PollError) -> str:
    if error.human_needed:
        return "human_needed"
    return "failed" if error.retry_after_seconds is None else "rate_limited"
