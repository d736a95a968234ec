"""Where things lie: the project's root, what it makes under `var/`, its two environments."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "settings.yml"
VAR = ROOT / "var"
LOGS = VAR / "log"
TRACKERS = VAR / "rasa-trackers.db"  # as endpoints.yml names it
MODELS = ROOT / "models"
RASA = ROOT / ".venv-rasa" / "bin" / "rasa"
