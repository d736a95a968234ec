"""What a supervisor's pages stand on."""

from __future__ import annotations

from dataclasses import dataclass

from console.supervisor.ports import Channels, Figures, Letters
from desk.settings import HandoffSettings


@dataclass(frozen=True)
class SupervisorGround:
    """Made once for a process."""

    figures: Figures
    channels: Channels
    letters: Letters
    handoff: HandoffSettings
