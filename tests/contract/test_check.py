"""`make check` as part of the suite: lint, format, types, dialogue data, knowledge base."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command):
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("app.cli", "knowledge", "validate"),
        pytest.param(("app.cli", "train", "--check-only"), marks=pytest.mark.stack),
    ],
    ids=" ".join,
)
def test_what_make_check_runs_is_green(command):
    done = run(*command)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
