"""The action server: rasa-sdk on loopback, model and index loaded before it says that it is ready."""

from __future__ import annotations

import argparse
import os
import warnings
from collections.abc import Sequence

from app.paths import ROOT


def main(arguments: Sequence[str] | None = None) -> None:
    """Blocks until stopped. One process: rasa-sdk's own `run` would start a second one with a second model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5055)
    options = parser.parse_args(arguments)
    os.chdir(ROOT)

    from rasa_sdk.endpoint import create_app

    from actions import wiring
    from actions.executor import build_executor

    # It compares its own version with Rasa's by number; the protocol of the two was tried and agrees.
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk")
    wiring.assistant().answer("thai san nghi may thang")
    server = create_app(build_executor(), cors_origins=None)
    server.run(host="127.0.0.1", port=options.port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
