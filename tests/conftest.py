"""What tests need from the machine, and what happens when it is missing: said aloud here, a failure in CI."""

import os
import shutil
import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REQUIRED = os.environ.get("BHXH_REQUIRE_SERVICES") == "1"


def answers(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def available():
    return {
        "browser": shutil.which("chromium") is not None or shutil.which("chromium-browser") is not None,
        "model": (ROOT / "var" / "models" / "e5-small-vi").exists(),
        "stack": any((ROOT / "models").glob("*.tar.gz")) and (ROOT / "var" / "index" / "current").exists(),
        "services": answers(5432),
    }


HOW_TO_GET = {
    "browser": "Chromium (Debian: apt install chromium)",
    "model": "the embedding model (make setup)",
    "stack": "the trained dialogue model and the index (make setup)",
    "services": "PostgreSQL on 127.0.0.1:5432",
}


def pytest_collection_modifyitems(config, items):
    present = available()
    missing = set()
    for item in items:
        for marker, there in present.items():
            if not there and item.get_closest_marker(marker):
                missing.add(marker)
                if not REQUIRED:
                    item.add_marker(pytest.mark.skip(reason=f"needs {HOW_TO_GET[marker]}"))
        if item.get_closest_marker("live"):
            item.add_marker(pytest.mark.skip(reason="talks to a third party"))
    config.stash[MISSING] = missing
    if missing and REQUIRED:
        raise pytest.UsageError(
            "BHXH_REQUIRE_SERVICES=1, but missing: " + "; ".join(HOW_TO_GET[name] for name in sorted(missing))
        )


MISSING = pytest.StashKey()


def pytest_terminal_summary(terminalreporter, config):
    for name in sorted(config.stash.get(MISSING, set())):
        terminalreporter.write_line(f"NOT TESTED: needs {HOW_TO_GET[name]}", yellow=True)
