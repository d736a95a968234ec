"""The three processes of the product and how each is started."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx

from app.paths import LOGS, MODELS, RASA, ROOT, SETTINGS
from app.ports import private_port
from app.supervisor import ProcessPlan

RASA_PORT = 5005
ACTION_PORT = 5055


@dataclass(frozen=True)
class StackPorts:
    """`gateway` is public; the other two listen on loopback only."""

    gateway: int
    rasa: int
    action: int

    @property
    def ready_urls(self) -> dict[str, str]:
        """What answers 200 once a process can work."""
        return {
            "action server": f"http://127.0.0.1:{self.action}/health",
            "Rasa": f"http://127.0.0.1:{self.rasa}/",
            "gateway": f"http://127.0.0.1:{self.gateway}/healthz",
        }


def choose_ports(gateway: int) -> StackPorts:
    """The usual private ports, or free ones when something else holds them."""
    return StackPorts(gateway, private_port(RASA_PORT), private_port(ACTION_PORT))


def plan_stack(ports: StackPorts, host: str, settings: Path = SETTINGS) -> list[ProcessPlan]:
    """Plans in the order in which they become useful. `settings` is the gateway's file."""
    common = {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "HF_HUB_OFFLINE": "1",
        "PYTHONUNBUFFERED": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "BHXH_ACTION_URL": f"http://127.0.0.1:{ports.action}/webhook",
        "BHXH_RASA_URL": f"http://127.0.0.1:{ports.rasa}",
    }
    python = sys.executable
    gateway = ["-m", "app.gateway", "--host", host, "--port", str(ports.gateway), "--settings", str(settings)]
    return [
        _plan("action-server", [python, "-m", "app.action_server", "--port", str(ports.action)], common),
        _plan("rasa", rasa_command(ports.rasa), common),
        _plan("gateway", [python, *gateway], common),
    ]


def rasa_command(port: int) -> list[str]:
    """Rasa on loopback, log level WARNING: at INFO it would write what citizens say."""
    return [
        str(RASA), "run", "--model", str(MODELS), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
        "--interface", "127.0.0.1", "--port", str(port), "--log-file", str(LOGS / "rasa-server.log"), "--quiet",
    ]  # fmt: skip


def is_ready(url: str) -> bool:
    """Whether the process behind the URL answers 200 now."""
    try:
        return httpx.get(url, timeout=2.0).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _plan(name: str, command: list[str], environment: dict[str, str]) -> ProcessPlan:
    return ProcessPlan(name, command, environment, ROOT, LOGS / f"{name}.log")
