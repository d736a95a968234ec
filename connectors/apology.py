"""What a citizen is told when a message is given up after all retries."""

from __future__ import annotations

from pathlib import Path

import yaml

from connectors.message import Reply

TEXTS = Path(__file__).with_name("texts.yml")
STATUS = "error_service"
FORM = "leave_message"


def load_apology(path: Path = TEXTS) -> Reply:
    """Offers a person: the form to leave a message opens with it."""
    sentence = yaml.safe_load(path.read_text(encoding="utf-8"))["given_up"]
    return Reply(sentence.strip(), STATUS, handoff="error", form=FORM)
