"""Everything from a clean clone to a product that can start: run with any Python >= 3.11, standard library only.

    python3 app/bootstrap.py [--only main]

Each step leaves a stamp with a digest of what it was made from, so a second run takes seconds.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
MAIN_PYTHON = ROOT / ".venv" / "bin" / "python"
RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
NEEDED_GIB = 7
TORCH = "torch==2.13.0"
HEARTBEAT_SECONDS = 15.0
LOG_TAIL_LINES = 25


class SetupError(RuntimeError):
    """Shown to whoever runs `make`; says what is missing and how to get it."""


@dataclass(frozen=True)
class Step:
    """`made_from` are the files whose content decides whether the step must run again."""

    name: str
    title: str
    made_from: tuple[Path, ...]
    result: Path
    run: Callable[[Path], None]

    def wanted(self) -> str:
        """What the stamp must say for the step to be up to date."""
        return digest(self.made_from)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0 when everything stands, 1 with one clear message when something is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--only", choices=["main"], help="main: only the environment of our own code, for lint and types"
    )
    options = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        check_disk(ROOT, NEEDED_GIB)
        run_all(only_main=options.only == "main")
    except SetupError as error:
        print(f"\n✗ {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n✗ interrupted; run the same command again, finished steps are kept", file=sys.stderr)
        return 130
    print(f"✓ set-up complete ({time.monotonic() - started:.0f} s)")
    return 0


def run_all(*, only_main: bool) -> None:
    """Both environments side by side, then model and index beside the dialogue model."""
    if only_main:
        perform(MAIN_STEP)
        return
    in_parallel(([MAIN_STEP], [RASA_STEP]))
    in_parallel(([MODEL_STEP, INDEX_STEP], [TRAIN_STEP]))


def in_parallel(lanes: Iterable[Sequence[Step]]) -> None:
    """Raises the first SetupError of any lane, after the others have ended."""

    def perform_lane(lane: Sequence[Step]) -> None:
        for step in lane:
            perform(step)

    with concurrent.futures.ThreadPoolExecutor() as pool:
        for done in [pool.submit(perform_lane, lane) for lane in lanes]:
            done.result()


def perform(step: Step) -> None:
    """Runs the step unless its stamp and result are there; its output goes to var/log/setup-<name>.log."""
    stamp = VAR / "setup" / f"{step.name}.stamp"
    wanted = step.wanted()
    if step.result.exists() and stamp.exists() and stamp.read_text() == wanted:
        print(f"✓ {step.title}: up to date", flush=True)
        return
    log = VAR / "log" / f"setup-{step.name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("")
    started = time.monotonic()
    print(f"… {step.title}", flush=True)
    with Heartbeat(step.title, log):
        step.run(log)
    stamp.write_text(wanted)
    print(f"✓ {step.title} ({time.monotonic() - started:.0f} s)", flush=True)


class Heartbeat:
    """Prints every few seconds that a long step is alive, with the last line of its log."""

    def __init__(self, title: str, log: Path) -> None:
        self._title, self._log, self._done = title, log, threading.Event()

    def __enter__(self) -> None:
        threading.Thread(target=self._beat, daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self._done.set()

    def _beat(self) -> None:
        started = time.monotonic()
        while not self._done.wait(HEARTBEAT_SECONDS):
            lines = tail(self._log, 1)
            print(
                f"  {self._title}: {time.monotonic() - started:.0f} s … {lines[-1][:90] if lines else ''}", flush=True
            )


def digest(paths: Iterable[Path]) -> str:
    """SHA-256 over names and contents; a folder counts with all its files but caches."""
    hasher = hashlib.sha256(sys.version.encode())
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if "__pycache__" in file.parts:
                continue
            hasher.update(str(file.relative_to(ROOT)).encode())
            hasher.update(file.read_bytes())
    return hasher.hexdigest()


def execute(command: Sequence[object], log: Path, hint: str) -> None:
    """Runs a command with its output in the log. Raises SetupError with the end of the log and the hint."""
    environment = {
        **os.environ,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONUNBUFFERED": "1",
    }
    with log.open("a") as output:
        output.write(f"$ {' '.join(map(str, command))}\n")
        output.flush()
        code = subprocess.call([str(part) for part in command], stdout=output, stderr=output, cwd=ROOT, env=environment)
    if code != 0:
        shown = "\n".join(f"    {line}" for line in tail(log, LOG_TAIL_LINES))
        raise SetupError(
            f"{' '.join(map(str, command[:6]))} … failed\n{shown}\n  Whole log: {log.relative_to(ROOT)}\n  {hint}"
        )


def tail(log: Path, lines: int) -> list[str]:
    """Last lines of a log, fewer if there are fewer."""
    return log.read_text(errors="replace").splitlines()[-lines:]


def check_disk(folder: Path, needed_gib: float) -> None:
    """Both environments, model and index take about 5 GiB, and pip unpacks beside them."""
    if MAIN_PYTHON.exists() and RASA_PYTHON.exists():
        return
    free = shutil.disk_usage(folder).free / 2**30
    if free < needed_gib:
        raise SetupError(
            f"{free:.1f} GiB free on the disk of {folder}; set-up needs {needed_gib} GiB. Free some and run again."
        )


NETWORK_HINT = (
    "No network, or the package registry cannot be reached? Check the connection or PIP_INDEX_URL and run again."
)


def make_main_environment(log: Path) -> None:
    """`.venv`: torch first, because a CPU build must win over the registry's build with CUDA."""
    execute([sys.executable, "-m", "venv", ROOT / ".venv"], log, "On Debian or Ubuntu: apt install python3-venv")
    pip = [MAIN_PYTHON, "-m", "pip", "install", "--progress-bar", "off"]
    cpu_index = os.environ.get("BHXH_TORCH_INDEX")
    execute([*pip, TORCH, *(["--index-url", cpu_index] if cpu_index else [])], log, NETWORK_HINT)
    execute([*pip, "-r", "requirements/main.txt"], log, NETWORK_HINT)
    execute([*pip, "--no-deps", "--no-build-isolation", "-e", "."], log, NETWORK_HINT)


def make_rasa_environment(log: Path) -> None:
    """`.venv-rasa`: Python 3.10 with Rasa 3.6.21 and nothing of ours."""
    execute(
        [find_python_310(log), "-m", "venv", ROOT / ".venv-rasa"], log, "On Debian or Ubuntu: apt install python3-venv"
    )
    pip = [RASA_PYTHON, "-m", "pip", "install", "--progress-bar", "off"]
    execute([*pip, "-r", "requirements/rasa.txt"], log, NETWORK_HINT)


def find_python_310(log: Path) -> str:
    """On PATH, by uv, under pyenv's versions, else fetched by uv. Raises SetupError that says how to get it."""
    uv = shutil.which("uv")
    candidates = [shutil.which("python3.10")]
    if uv:
        candidates.append(subprocess.run([uv, "python", "find", "3.10"], capture_output=True, text=True).stdout.strip())
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    candidates += [str(path) for path in sorted(pyenv.glob("versions/3.10*/bin/python3.10"), reverse=True)]
    for candidate in candidates:
        if candidate and is_python_310(candidate):
            return candidate
    if uv:
        subprocess.run([uv, "python", "install", "3.10"], stdout=log.open("a"), stderr=subprocess.STDOUT)
        found = subprocess.run([uv, "python", "find", "3.10"], capture_output=True, text=True).stdout.strip()
        if found and is_python_310(found):
            return found
    raise SetupError(
        "Rasa 3.6 needs Python 3.10, and none was found (looked on PATH, in uv and in ~/.pyenv/versions).\n"
        "  Easiest: install uv (pip install uv), then `uv python install 3.10`; or pyenv: `pyenv install 3.10`.\n"
        "  Then run the same command again."
    )


def is_python_310(path: str) -> bool:
    """Runs it: a pyenv shim on PATH exists even when its version is not active."""
    try:
        version = subprocess.run(
            [path, "-c", "import sys, venv; print(sys.version_info[:2])"], capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return version.stdout.strip() == "(3, 10)"


def own_command(*module: str, hint: str) -> Callable[[Path], None]:
    """A step that runs a module of ours in `.venv`."""
    return lambda log: execute([MAIN_PYTHON, "-m", *module], log, hint)


MAIN_STEP = Step(
    "main",
    "Python environment of the product (.venv)",
    (ROOT / "requirements" / "main.txt", ROOT / "pyproject.toml"),
    MAIN_PYTHON,
    make_main_environment,
)
RASA_STEP = Step(
    "rasa",
    "Python 3.10 environment of Rasa (.venv-rasa)",
    (ROOT / "requirements" / "rasa.txt",),
    RASA_PYTHON,
    make_rasa_environment,
)
MODEL_STEP = Step(
    "model",
    "Embedding model (var/models)",
    (ROOT / "knowledge" / "embedding",),
    VAR / "models" / "e5-small-vi",
    own_command("knowledge.embedding.build_model", hint=NETWORK_HINT),
)
INDEX_STEP = Step(
    "index",
    "Knowledge index (var/index)",
    (
        *(ROOT / "knowledge" / part for part in ("content", "directives", "faqs", "search", "embedding")),
        ROOT / "vietnamese",
    ),
    VAR / "index",
    own_command("app.cli", "knowledge", "publish", hint="Run `make doctor` for what is wrong."),
)
TRAIN_STEP = Step(
    "train",
    "Dialogue model (models/)",
    (ROOT / "bot", ROOT / "config.yml", ROOT / "vietnamese"),
    ROOT / "models",
    own_command("app.cli", "train", hint="Run `make check` for what is wrong with the dialogue data."),
)

if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit("✗ Python 3.11 or newer is needed; this is " + sys.version.split()[0])
    sys.exit(main())
