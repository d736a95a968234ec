"""How large a fault run is, and how rough."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FaultPlan:
    """`spread_seconds` is about how long the citizens write; `drain_seconds` how long all answers may take after that.

    `pause_seconds` are the shortest and the longest time between two disturbances.
    """

    database: str
    messages: int = 2_000
    citizens: int = 200
    seed: int = 1
    spread_seconds: float = 110.0
    drain_seconds: float = 90.0
    pause_seconds: tuple[float, float] = (1.0, 6.0)

    @property
    def polled(self):
        """Telegram is asked for news where one of two gateways has to lead; there the other channels call us."""
        return ("telegram",) if self.gateways > 1 else ()

    @property
    def gateways(self):
        """SQLite is the set-up of a single machine."""
        return 2 if self.database == "postgresql" else 1
