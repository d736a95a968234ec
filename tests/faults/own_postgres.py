"""A PostgreSQL of the run's own, on loopback: it may be crashed and started again without harm to anybody else."""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from desk.database import build_engine
from tests.faults.processes import START_SECONDS, Process

OWNER = "bhxh"
DEBIAN = Path("/usr/lib/postgresql")


class PostgresMissingError(RuntimeError):
    """Says how to get it."""


def find_programs():
    """The folder with initdb and postgres. Raises PostgresMissingError."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not versions:
        raise PostgresMissingError("PostgreSQL's server programs were not found (Debian: apt install postgresql)")
    return versions[-1].parent


class OwnPostgres:
    """`folder` must be one that other users may pass through: root may not run PostgreSQL, so `postgres` does."""

    def __init__(self, folder, port, log_folder):
        self._programs = find_programs()
        self._data = folder / "postgresql"
        self._user = "postgres" if os.geteuid() == 0 else None
        self.url = f"postgresql+psycopg://{OWNER}@127.0.0.1:{port}/postgres"
        command = [self._programs / "postgres", "-D", self._data, "-p", str(port), "-h", "127.0.0.1"]
        command += ["-c", "unix_socket_directories="]
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        self._process = Process("postgresql", command, environment, log_folder, user=self._user)
        self._engine = build_engine(self.url)

    def make(self):
        """The files of an empty cluster."""
        self._data.mkdir(mode=0o700)
        if self._user is not None:
            owner = pwd.getpwnam(self._user)
            os.chown(self._data, owner.pw_uid, owner.pw_gid)
        command = [self._programs / "initdb", "-D", self._data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(
            [*command, "--locale=C"], user=self._user, cwd="/", check=True, capture_output=True, timeout=START_SECONDS
        )

    async def start(self):
        """Returns when it takes connections."""
        self._process.start()
        async with asyncio.timeout(START_SECONDS):
            while not await asyncio.to_thread(self._answers):
                await asyncio.sleep(0.05)

    async def restart(self, down_seconds):
        """As after a power cut: nothing is said to anybody, what was committed is there afterwards."""
        self._process.signal(signal.SIGQUIT)
        await self._process.ended()
        await asyncio.sleep(down_seconds)
        await self.start()

    def cut_connections(self):
        """All but our own; how many that were."""
        statement = "select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid()"
        with self._engine.begin() as connection:
            return connection.execute(text(f"{statement} and backend_type = 'client backend'")).scalar_one()

    def stop(self):
        self._engine.dispose()
        self._process.signal(signal.SIGQUIT)
        self._process.end_now()

    def _answers(self):
        try:
            with self._engine.connect() as connection:
                connection.execute(text("select 1"))
        except SQLAlchemyError:
            return False
        return True
