"""The action server: rasa-sdk on loopback, model and index loaded before it says that it is ready."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from app.paths import ROOT


def main(arguments: Sequence[str] | None = None) -> None:
    """Blocks until stopped. One process: rasa-sdk's own `run` would start a second one with a second model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5055)
    options = parser.parse_args(arguments)
    os.chdir(ROOT)

    from rasa_sdk.endpoint import create_app
    from rasa_sdk.executor import ActionExecutor

    from actions import wiring

    wiring.assistant().answer("thai san nghi may thang")
    executor = ActionExecutor()
    executor.register_package("actions")
    server = create_app(executor, cors_origins=None)
    server.run(host="127.0.0.1", port=options.port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
