"""The action server: rasa-sdk on loopback, model and index loaded before it says that it is ready."""

from __future__ import annotations

import argparse
import os
import warnings
from collections.abc import Sequence
from pathlib import Path

from app.paths import ROOT, SETTINGS


def main(arguments: Sequence[str] | None = None) -> None:
    """Blocks until stopped. One process: rasa-sdk's own `run` would start a second one with a second model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5055)
    parser.add_argument("--settings", type=Path, default=SETTINGS)
    options = parser.parse_args(arguments)
    os.chdir(ROOT)

    from rasa_sdk.endpoint import create_app

    from actions import wiring
    from actions.executor import build_executor
    from app.knowledge_door import add_knowledge_door

    # It compares its own version with Rasa's by number; the protocol of the two was tried and agrees.
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk")
    # rasa-sdk makes the actions without arguments, so they find what they work with by themselves.
    wiring.SETTINGS = options.settings
    wiring.assistant().answer("thai san nghi may thang")
    server = create_app(build_executor(), cors_origins=None)
    add_knowledge_door(server, wiring.assistant, lambda: wiring.knowledge().snapshot_id)
    server.run(host="127.0.0.1", port=options.port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
