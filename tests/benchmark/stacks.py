"""Real processes to measure: the product, and Rasa with the action server as shipped."""

import dataclasses
import time
from pathlib import Path

import yaml

from app.paths import LOGS, ROOT, SETTINGS, VAR
from app.ports import private_port
from app.stack import StackPorts, is_ready, plan_stack
from app.supervisor import Supervised

BENCH = VAR / "benchmark"
START_SECONDS = 180
STOP_SECONDS = 10
NO_LIMIT = [{"count": 1_000_000, "seconds": 1.0}]


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


def product():
    """All three processes, on a database of its own."""
    database = BENCH / "benchmark.db"
    for leftover in BENCH.glob("benchmark.db*"):
        leftover.unlink()
    ports = StackPorts(private_port(18_080), private_port(15_005), private_port(15_055))
    return Stack(ports, {"BHXH_DATABASE_URL": f"sqlite:///{database}"}, {"action-server", "rasa", "gateway"})


def shipped_rasa():
    """Rasa and action server as they come: action schema checked anew each time, trackers in memory, domain sent."""
    ports = StackPorts(0, private_port(15_105), private_port(15_155))
    stack = Stack(ports, {"BHXH_STOCK_ACTION_SCHEMA": "1"}, {"action-server", "rasa"})
    BENCH.mkdir(parents=True, exist_ok=True)
    endpoints = BENCH / "endpoints.yml"
    endpoints.write_text("action_endpoint:\n  url: ${BHXH_ACTION_URL}\n", encoding="utf-8")
    stack.replace_argument("endpoints.yml", str(endpoints))
    return stack


def measured_settings() -> Path:
    """The project's settings without limits for one conversation: one client stands for many people."""
    settings = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    for limits in ("conversation_limits", "address_limits", "ticket_limits"):
        settings["connectors"]["web"][limits] = NO_LIMIT
    BENCH.mkdir(parents=True, exist_ok=True)
    path = BENCH / "settings.yml"
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return path


def with_environment(plan, extra):
    """The plan with more variables and a log of its own."""
    environment = {**plan.environment, **extra}
    return dataclasses.replace(plan, environment=environment, log=BENCH / f"{plan.name}.log", folder=ROOT)
