"""Real Rasa and a real action server on free loopback ports, started and stopped by process id."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import yaml

ROOT = Path(__file__).resolve().parents[2]
RASA = ROOT / ".venv-rasa" / "bin" / "rasa"
START_SECONDS = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stack:
    """`say` speaks to Rasa's REST channel as the gateway does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rasa_port = free_port()
        self._action_port = free_port()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._write_endpoints()

    @property
    def logs(self) -> str:
        """Everything that both processes wrote."""
        return "\n".join(path.read_text(encoding="utf-8") for path in self._folder.glob("*.log"))

    def start_rasa(self) -> None:
        command = [str(RASA), "run", "--model", "models", "--endpoints", str(self._folder / "endpoints.yml")]
        command += ["--credentials", "credentials.yml", "--interface", "127.0.0.1", "--port", str(self._rasa_port)]
        self._start("rasa", [*command, "--log-file", str(self._folder / "server.log"), "--quiet"])
        self._wait(f"http://127.0.0.1:{self._rasa_port}/")

    def start_action_server(self) -> None:
        self._start("actions", [sys.executable, "-m", "tests.conversations.fake_action_server", str(self._action_port)])
        self._wait(f"http://127.0.0.1:{self._action_port}/health")

    def stop(self, *names: str) -> None:
        for name in names or tuple(self._processes):
            process = self._processes.pop(name)
            process.terminate()
            process.wait(30)

    def say(self, conversation: str, text: str) -> list[dict[str, Any]]:
        message = {"sender": conversation, "message": text}
        answer = httpx.post(f"http://127.0.0.1:{self._rasa_port}/webhooks/rest/webhook", json=message, timeout=60)
        return list(answer.raise_for_status().json())

    def custom(self, conversation: str, text: str) -> dict[str, Any]:
        [reply] = self.say(conversation, text)
        return dict(reply["custom"])

    def _write_endpoints(self) -> None:
        endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
        endpoints["tracker_store"]["db"] = str(self._folder / "tracker.db")
        (self._folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints), encoding="utf-8")

    def _start(self, name: str, command: list[str]) -> None:
        environment = {
            **os.environ,
            "RASA_TELEMETRY_ENABLED": "false",
            "BHXH_ACTION_URL": f"http://127.0.0.1:{self._action_port}/webhook",
            "TF_CPP_MIN_LOG_LEVEL": "3",
        }
        with (self._folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
            )

    def _wait(self, url: str) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                if httpx.get(url, timeout=2).status_code == httpx.codes.OK:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.3)
        raise TimeoutError(f"{url} did not answer in {START_SECONDS} s:\n{self.logs[-3000:]}")
