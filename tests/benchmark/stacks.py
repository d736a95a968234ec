"""Real processes to measure: the product, and Rasa with the action server as shipped."""

import dataclasses
import time
from pathlib import Path

from app.paths import LOGS, ROOT, VAR
from app.ports import private_port
from app.stack import StackPorts, is_ready, plan_stack
from app.supervisor import Supervised
from tests.changed_settings import write_changed_settings

BENCH = VAR / "benchmark"
START_SECONDS = 180
STOP_SECONDS = 10
NO_LIMIT = [{"count": 1_000_000, "seconds": 1.0}]
NO_PACE = 100_000.0


class Stack:
    """Starts on entering, stops on leaving; `seconds_to_ready` by process."""

    def __init__(self, ports, environment, names):
        plans = [plan for plan in plan_stack(ports, "127.0.0.1", measured_settings()) if plan.name in names]
        self.ports = ports
        self.seconds_to_ready = {}
        self._processes = [Supervised(with_environment(plan, environment)) for plan in plans]

    def __enter__(self):
        started = time.monotonic()
        for process in self._processes:
            process.start()
        waiting = {name: url for name, url in self.ports.ready_urls.items() if name in self.names}
        while waiting:
            if time.monotonic() - started > START_SECONDS:
                raise TimeoutError(f"not ready: {', '.join(waiting)}; see {LOGS}")
            for name in [name for name, url in waiting.items() if is_ready(url)]:
                del waiting[name]
                self.seconds_to_ready[name] = time.monotonic() - started
            time.sleep(0.2)
        return self

    def __exit__(self, *_):
        for process in self._processes:
            process.ask_to_stop()
        for process in self._processes:
            process.wait_or_kill(STOP_SECONDS)

    def replace_argument(self, old, new):
        """In the command of every process that has it; before the start."""
        self._processes = [
            Supervised(dataclasses.replace(plan, command=[new if part == old else part for part in plan.command]))
            for plan in (process.plan for process in self._processes)
        ]

    @property
    def names(self):
        """As in `ready_urls`."""
        spoken = {"action-server": "action server", "rasa": "Rasa", "gateway": "gateway"}
        return {spoken[process.plan.name] for process in self._processes}

    @property
    def pids(self):
        return {process.plan.name: process.pid for process in self._processes}

    @property
    def rasa_url(self):
        return f"http://127.0.0.1:{self.ports.rasa}"

    @property
    def gateway_url(self):
        return f"http://127.0.0.1:{self.ports.gateway}"


def product(environment=None):
    """All three processes, on a database of its own."""
    ports = StackPorts(private_port(18_080), private_port(15_005), private_port(15_055), private_port(15_065))
    database = {"BHXH_DATABASE_URL": new_sqlite_file()}
    return Stack(ports, {**database, **(environment or {})}, {"action-server", "rasa", "gateway"})


def lonely_gateway(environment, port=18_180):
    """A gateway whose dialogue engine is stopped."""
    ports = StackPorts(private_port(port), private_port(15_205), private_port(15_255), private_port(15_265))
    return Stack(ports, environment, {"gateway"})


def new_sqlite_file():
    """Address of a database that does not exist yet."""
    BENCH.mkdir(parents=True, exist_ok=True)
    for leftover in BENCH.glob("benchmark.db*"):
        leftover.unlink()
    return f"sqlite:///{BENCH / 'benchmark.db'}"


def shipped_rasa():
    """Rasa and action server as they come: action schema checked anew each time, trackers in memory, domain sent."""
    ports = StackPorts(0, private_port(15_105), private_port(15_155), private_port(15_165))
    stack = Stack(ports, {"BHXH_STOCK_ACTION_SCHEMA": "1"}, {"action-server", "rasa"})
    BENCH.mkdir(parents=True, exist_ok=True)
    endpoints = BENCH / "endpoints.yml"
    endpoints.write_text("action_endpoint:\n  url: ${BHXH_ACTION_URL}\n", encoding="utf-8")
    stack.replace_argument("endpoints.yml", str(endpoints))
    return stack


def measured_settings() -> Path:
    """The project's settings without limits for one conversation, since one client stands for many people, and without
    Zalo's 4,000 calls a minute: this machine is measured, not that contract.
    """
    BENCH.mkdir(parents=True, exist_ok=True)
    limits = dict.fromkeys(("conversation_limits", "address_limits", "ticket_limits"), NO_LIMIT)
    return write_changed_settings(BENCH / "settings.yml", {"web": limits, "zalo_oa": {"per_second": NO_PACE}})


def with_environment(plan, extra):
    """The plan with more variables and a log of its own."""
    environment = {**plan.environment, **extra}
    return dataclasses.replace(plan, environment=environment, log=BENCH / f"{plan.name}.log", folder=ROOT)
