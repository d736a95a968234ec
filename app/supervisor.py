"""Starts the product's processes, starts them again when they die, stops them together."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0
"""A process that lived this long starts again without a pause."""
STOP_SECONDS = 15.0
"""More than the gateway takes to close its streams and to end the messages in work (5 s each)."""
POLL_SECONDS = 0.2
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class ProcessPlan:
    """One process to keep alive; its output is appended to `log`."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    log: Path


class Supervised:
    """One running process and its next start."""

    def __init__(self, plan: ProcessPlan) -> None:
        self.plan = plan
        self.starts = 0
        self._pause = 0.0
        self._started_at = 0.0
        self._start_again_at = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """None while it is not running."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def start(self) -> None:
        """Starts the process; its output goes to the log only."""
        self.plan.log.parent.mkdir(parents=True, exist_ok=True)
        with self.plan.log.open("ab") as log:
            self._process = subprocess.Popen(
                list(self.plan.command),
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                cwd=self.plan.folder,
                env=dict(self.plan.environment),
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )
        self.starts += 1
        self._started_at = time.monotonic()

    def keep_alive(self) -> int | None:
        """Starts it again when it has died and its pause is over. Returns the exit status noticed in this call."""
        if self._process is None:
            if time.monotonic() >= self._start_again_at:
                self.start()
            return None
        status = self._process.poll()
        if status is None:
            return None
        lived = time.monotonic() - self._started_at
        self._pause = (
            0.0 if lived > STEADY_SECONDS else min(max(self._pause * 2, FIRST_PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)
        )
        self._start_again_at = time.monotonic() + self._pause
        self._process = None
        return status

    def ask_to_stop(self) -> None:
        """SIGTERM, if it runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait_or_kill(self, seconds: float) -> None:
        """Waits for its end, then SIGKILL."""
        if self._process is None:
            return
        try:
            self._process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Supervisor:
    """Keeps a few processes alive until it is told to stop."""

    def __init__(self, plans: Sequence[ProcessPlan], say: Callable[[str], None]) -> None:
        self.processes = [Supervised(plan) for plan in plans]
        self._say = say
        self._stopping = False

    def start(self) -> None:
        """Starts all; SIGTERM and SIGINT then lead to `stop`."""
        signal.signal(signal.SIGTERM, lambda *_: self._ask_to_stop())
        signal.signal(signal.SIGINT, lambda *_: self._ask_to_stop())
        for process in self.processes:
            process.start()

    def run(self) -> None:
        """Returns once stopped, all processes ended."""
        while not self._stopping:
            self.tend()
            time.sleep(POLL_SECONDS)
        self.stop()

    @property
    def stopping(self) -> bool:
        """True once a signal asked for the end."""
        return self._stopping

    def tend(self) -> None:
        """One round: notice deaths, start again."""
        for process in self.processes:
            status = process.keep_alive()
            if status is not None:
                self._say(f"! {process.plan.name} ended (status {status}), starting it again; log: {process.plan.log}")

    def stop(self) -> None:
        """Asks all to end, kills what has not ended in time."""
        for process in self.processes:
            process.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self.processes:
            process.wait_or_kill(max(0.1, deadline - time.monotonic()))

    def _ask_to_stop(self) -> None:
        self._stopping = True


def _die_with_parent() -> None:
    """Linux: the kernel ends the child when the supervisor is killed, so no orphan holds a port."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
