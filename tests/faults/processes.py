"""Processes of a fault run: started, killed, started again, and never left behind."""

import asyncio
import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time

import httpx

from app.paths import ROOT

PR_SET_PDEATHSIG = 1
START_SECONDS = 60.0
END_SECONDS = 10.0


def _die_with_parent():
    """Linux: when the driver itself is killed, the kernel ends what it started."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Process:
    """`ready_url` answers 200 once it can work. `wanted` says whether the supervisor starts it again."""

    def __init__(self, name, command, environment, folder, ready_url=None, user=None):
        self.name, self.ready_url = name, ready_url
        self.environment = environment
        self._command, self._log, self._user = command, folder / f"{name}.log", user
        self._process = None
        self.wanted = False
        self.starts = 0
        self.ready = False

    @property
    def running(self):
        return self._process is not None and self._process.poll() is None

    def start(self):
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                cwd=ROOT if self._user is None else "/",
                env=self.environment,
                user=self._user,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )
        self.wanted, self.ready = True, False
        self.starts += 1

    def signal(self, number):
        """By its process id, if it still runs."""
        self.ready = False
        if self.running:
            os.kill(self._process.pid, number)

    async def ended(self, seconds=END_SECONDS):
        """Waits for its end, then SIGKILL."""
        deadline = time.monotonic() + seconds
        while self.running and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        self.end_now()

    def end_now(self):
        """SIGKILL, and it is gone when this returns."""
        self.wanted = self.ready = False
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            self._process.wait()

    async def until_ready(self):
        deadline = time.monotonic() + START_SECONDS
        while not await self.look():
            if time.monotonic() > deadline or not self.running:
                raise RuntimeError(f"{self.name} does not start: {self.last_words()}")
            await asyncio.sleep(0.1)

    async def look(self):
        """Whether it can work now; remembered in `ready`."""
        if not self.running:
            self.ready = False
        elif not self.ready and self.ready_url is not None:
            self.ready = await answers(self.ready_url)
        elif self.ready_url is None:
            self.ready = True
        return self.ready

    def last_words(self):
        return self._log.read_text(errors="replace")[-2_000:] if self._log.exists() else "no log"


async def answers(url):
    try:
        async with httpx.AsyncClient(timeout=2.0, trust_env=False) as client:
            return (await client.get(url)).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


class Supervisor:
    """Starts again what has died, after a moment, as systemd or a cluster does."""

    def __init__(self, processes, chance, pause_seconds=(0.1, 0.8)):
        self.processes = processes
        self._chance, self._pause_seconds = chance, pause_seconds
        self._due = {}
        self.restarts = 0

    async def run(self):
        while True:
            for process in self.processes:
                self._tend(process)
                await process.look()
            await asyncio.sleep(0.05)

    def _tend(self, process):
        if process.running or not process.wanted:
            return
        due = self._due.setdefault(process, time.monotonic() + self._chance.uniform(*self._pause_seconds))
        if time.monotonic() >= due:
            del self._due[process]
            process.start()
            self.restarts += 1
