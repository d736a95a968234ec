"""What tests need from the machine, and what happens when it is missing: said aloud here, a failure in CI."""

import logging
import os
import pickle
import socket
from pathlib import Path

import pytest
import yaml

from tests.browser import browser_path
from tests.dealing import OneProductAtATime

# Several workers share few cores: threads of BLAS and FAISS would only wait for each other, spinning.
for library in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(library, "1")

# A failure is reported with what was logged: the client's every step would push the failure itself out of sight.
for library in ("httpcore", "httpx", "asyncio"):
    logging.getLogger(library).setLevel(logging.INFO)

ROOT = Path(__file__).resolve().parents[1]
REQUIRED = os.environ.get("BHXH_REQUIRE_SERVICES") == "1"


def remembered(load):
    """Each test builds its own console from the same texts: a third of its time would go into reading them again."""
    parsed = {}

    def load_once(stream, Loader):  # noqa: N803 - as PyYAML names it
        if not isinstance(stream, str):
            return load(stream, Loader)
        if (stream, Loader) not in parsed:
            parsed[stream, Loader] = pickle.dumps(load(stream, Loader))
        return pickle.loads(parsed[stream, Loader])

    return load_once


yaml.load = remembered(yaml.load)


def answers(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def available():
    return {
        "browser": browser_path() is not None,
        "model": (ROOT / "var" / "models" / "e5-small-vi").exists(),
        "stack": any((ROOT / "models").glob("*.tar.gz")) and (ROOT / "var" / "index" / "current").exists(),
        "services": answers(5432),
    }


NEEDS = "needs "
HOW_TO_GET = {
    "browser": "Chromium (Debian: apt install chromium-headless-shell, or chromium)",
    "model": "the embedding model (make setup)",
    "stack": "the trained dialogue model and the index (make setup)",
    "services": "PostgreSQL on 127.0.0.1:5432",
}


HEAVY = ("stack", "browser")
"""What starts processes or browsers is begun with, so that no worker is left alone with it at the end."""


def pytest_xdist_make_scheduler(config, log):
    return OneProductAtATime(config, log)


def pytest_collection_modifyitems(config, items):
    items.sort(key=lambda item: next((place for place, name in enumerate(HEAVY) if wants(name)(item)), len(HEAVY)))
    present = available()
    missing = {name for name, there in present.items() if not there and any(map(wants(name), items))}
    if missing and REQUIRED:
        names = "; ".join(HOW_TO_GET[name] for name in sorted(missing))
        raise pytest.UsageError(f"BHXH_REQUIRE_SERVICES=1, but missing: {names}")
    for item in items:
        for name in filter(item.get_closest_marker, missing):
            item.add_marker(pytest.mark.skip(reason=f"{NEEDS}{HOW_TO_GET[name]}"))
        if item.get_closest_marker("live"):
            item.add_marker(pytest.mark.skip(reason="talks to a third party"))


def wants(marker):
    return lambda item: item.get_closest_marker(marker) is not None


def pytest_terminal_summary(terminalreporter):
    # Read from the reports: with several processes the tests were collected elsewhere.
    reasons = {report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", [])}
    for reason in sorted(filter(lambda reason: reason.startswith(NEEDS), reasons)):
        terminalreporter.write_line(f"NOT TESTED: {reason}", yellow=True)
