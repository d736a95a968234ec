"""The four processes of the product and how each is started."""

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
WORKSHOP_PORT = 5065
GATEWAY_SECRETS = ("ZALO_", "TELEGRAM_", "BHXH_SECRET_KEY", "BHXH_WEB_SECRET")
"""Beginnings of variables that Rasa and the action server have no need to see."""


@dataclass(frozen=True)
class StackPorts:
    """`gateway` is public; the others listen on loopback only."""

    gateway: int
    rasa: int
    action: int
    workshop: int

    @property
    def ready_urls(self) -> dict[str, str]:
        """What answers 200 once a process can work."""
        return {
            "action server": f"http://127.0.0.1:{self.action}/health",
            "Rasa": f"http://127.0.0.1:{self.rasa}/",
            "gateway": f"http://127.0.0.1:{self.gateway}/healthz",
            "workshop": f"http://127.0.0.1:{self.workshop}/health",
        }


def choose_ports(gateway: int) -> StackPorts:
    """The usual private ports, or free ones when something else holds them."""
    return StackPorts(gateway, private_port(RASA_PORT), private_port(ACTION_PORT), private_port(WORKSHOP_PORT))


def plan_stack(ports: StackPorts, host: str, settings: Path = SETTINGS) -> list[ProcessPlan]:
    """Plans in the order in which they become useful. `settings` is the file of all but Rasa."""
    common = {
        "RASA_TELEMETRY_ENABLED": "false",
        "HF_HUB_OFFLINE": "1",
        "PYTHONUNBUFFERED": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "BHXH_ACTION_URL": f"http://127.0.0.1:{ports.action}/webhook",
        "BHXH_RASA_URL": f"http://127.0.0.1:{ports.rasa}",
        "BHXH_KNOWLEDGE_URL": f"http://127.0.0.1:{ports.action}",
        "BHXH_WORKSHOP_URL": f"http://127.0.0.1:{ports.workshop}",
    }
    inner = {name: value for name, value in os.environ.items() if not name.startswith(GATEWAY_SECRETS)} | common
    python = sys.executable
    actions = ["-m", "app.action_server", "--port", str(ports.action), "--settings", str(settings)]
    gateway = ["-m", "app.gateway", "--host", host, "--port", str(ports.gateway), "--settings", str(settings)]
    workshop = ["-m", "app.workshop", "--port", str(ports.workshop), "--settings", str(settings)]
    return [
        _plan("action-server", [python, *actions], inner),
        _plan("rasa", rasa_command(ports.rasa), inner),
        _plan("gateway", [python, *gateway], {**os.environ, **common}),
        _plan("workshop", [python, *workshop], inner),
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
