"""The action server: rasa-sdk on loopback, model and index loaded before it says that it is ready."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from app.paths import ROOT


def main(arguments: Sequence[str] | None = None) -> None:
    """Blocks until stopped. rasa-sdk reads its address from the environment, so that is set first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5055)
    options = parser.parse_args(arguments)
    os.chdir(ROOT)
    os.environ["SANIC_HOST"] = "127.0.0.1"
    os.environ.setdefault("OMP_NUM_THREADS", "1")

    from rasa_sdk import endpoint

    from actions import wiring

    wiring.assistant().answer("warm up")
    endpoint.run("actions", port=options.port)


if __name__ == "__main__":
    main()
