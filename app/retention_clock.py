"""The retention run of every day, and what the dialogue engine has to forget, for one gateway at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.paths import TRACKERS
from app.privacy.erasing import forget_memories
from app.retention import is_due, run_retention
from app.traffic import Ground
from connectors.dialogue_memory import DialogueMemory
from connectors.leadership import Leadership
from connectors.metrics import Count, Metrics
from connectors.settings import ConnectorSettings
from connectors.ticking import keep_ticking
from desk.retention_run import last_finished
from desk.retention_settings import RetentionSettings
from desk.transactions import Transactions

LEADER = "retention"
TICK_SECONDS = 60.0
BY_CLOCK = "system"


@dataclass(frozen=True)
class RetentionClock:
    """Whoever leads does it; a gateway that loses the lead in the middle stops, and the next one goes on."""

    transactions: Transactions
    leadership: Leadership
    memory: DialogueMemory
    settings: RetentionSettings
    metrics: Metrics
    clock: Callable[[], datetime]

    async def run(self) -> None:
        """Until cancelled; see connectors/ticking.py."""
        await keep_ticking(LEADER, self._tick_as_leader, TICK_SECONDS, self.metrics)

    async def _tick_as_leader(self) -> None:
        if await self._leads():
            await self.tick()

    async def tick(self) -> None:
        """What is due now."""
        now = self.clock()
        await forget_memories(self.transactions, self.memory, now)
        if not is_due(await self.transactions.read(last_finished), self.settings, now):
            return
        removed = await run_retention(self.transactions, self.settings, now, BY_CLOCK, self._leads)
        for kind, rows in (removed or {}).items():
            self.metrics.count(Count.RETENTION, rows, kind=kind.value)

    async def _leads(self) -> bool:
        return await self.leadership.hold(LEADER)


def build_retention_clock(ground: Ground, settings: ConnectorSettings, retention: RetentionSettings) -> RetentionClock:
    """For one gateway."""
    leadership = Leadership(ground.transactions, ground.owner, settings.channels.leader_seconds, ground.clock)
    memory = DialogueMemory(TRACKERS)
    return RetentionClock(ground.transactions, leadership, memory, retention, ground.metrics, ground.clock)
