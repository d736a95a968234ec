"""What a citizen is told when a message is given up after all retries."""

from __future__ import annotations

from pathlib import Path

from connectors.message import Reply
from settings.yaml_text import load_yaml

TEXTS = Path(__file__).with_name("texts.yml")
STATUS = "error_service"
REASON = "error"


def load_apology(path: Path = TEXTS) -> Reply:
    """Asks for a person: whether one comes, or calls back, the desk says with it."""
    sentence = load_yaml(path.read_text(encoding="utf-8"))["given_up"]
    return Reply(sentence.strip(), STATUS, handoff=REASON)
