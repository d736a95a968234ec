"""Moves the pointer of a running action server while clients ask it, and judges every answer."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from app.paths import LOGS, ROOT
from app.ports import private_port
from app.stack import is_ready
from knowledge.pointer import make_current

CLIENTS = 4
START_SECONDS = 180
FOLLOW_SECONDS = 60
ASKED_AGAIN_SECONDS = 0.02
TIMEOUT_SECONDS = 30


@dataclass
class Switched:
    """What the clients saw. `mixed`: the text is not that of the snapshot which the answer names."""

    clients: int = CLIENTS
    answers: int = 0
    failed: int = 0
    mixed: int = 0
    latencies: list[float] = field(default_factory=list)
    follow_seconds: list[float] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def latency(self, share: float) -> float:
        """Milliseconds."""
        return share_of(self.latencies, share) * 1_000

    def followed(self, share: float) -> float:
        """Seconds from the switch of the pointer to the first answer of the new snapshot."""
        return share_of(self.follow_seconds, share)


def share_of(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Door:
    """The action server as Rasa calls it."""

    def __init__(self, port: int) -> None:
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=TIMEOUT_SECONDS, trust_env=False)

    def ask(self, question: str) -> dict[str, object]:
        """The custom part of the one reply. Raises httpx.HTTPError, KeyError or ValueError for anything else."""
        message = {"text": question, "intent": {"name": "ask"}, "entities": []}
        tracker = {
            "sender_id": "benchmark",
            "slots": {},
            "latest_message": message,
            "events": [{"event": "user", "text": question}],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": "action_listen",
        }
        call = {"next_action": "action_answer_question", "sender_id": "benchmark", "tracker": tracker, "domain": {}}
        answered = self._client.post("/webhook", json=call)
        answered.raise_for_status()
        [reply] = answered.json()["responses"]
        return reply["custom"]


def switch_under_load(settings: Path, index: Path, expected: Mapping[str, tuple[str, str]], switches: int) -> Switched:
    """`expected` has question and answer by snapshot; the pointer goes from one to the next."""
    port, log = private_port(15_055), LOGS / "benchmark-action-server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "app.action_server", "--port", str(port), "--settings", str(settings)]
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
        try:
            wait_for(port)
            return _measure(port, index, expected, switches)
        finally:
            server.terminate()
            server.wait(TIMEOUT_SECONDS)


def wait_for(port: int) -> None:
    started = time.monotonic()
    while not is_ready(f"http://127.0.0.1:{port}/health"):
        if time.monotonic() - started > START_SECONDS:
            raise TimeoutError(f"the action server is not ready; see {LOGS}")
        time.sleep(0.2)


def _measure(port: int, index: Path, expected: Mapping[str, tuple[str, str]], switches: int) -> Switched:
    result, done, changed = Switched(), threading.Event(), threading.Lock()

    def client() -> None:
        door = Door(port)
        question = next(iter(expected.values()))[0]
        while not done.is_set():
            started = time.perf_counter()
            try:
                custom = door.ask(question)
                source = custom["source"]["snapshot"]
            except (httpx.HTTPError, KeyError, TypeError, ValueError):
                with changed:
                    result.failed += 1
                continue
            with changed:
                result.answers += 1
                result.latencies.append(time.perf_counter() - started)
                result.mixed += custom["text"] != expected[source][1]
                result.seen.add(source)

    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for each in clients:
        each.start()
    try:
        for number in range(1, switches + 1):
            snapshot_id = list(expected)[number % len(expected)]
            make_current(index, snapshot_id)
            result.follow_seconds.append(_seconds_until(Door(port), snapshot_id, expected[snapshot_id][0]))
    finally:
        done.set()
        for each in clients:
            each.join()
    return result


def _seconds_until(door: Door, snapshot_id: str, question: str) -> float:
    started = time.perf_counter()
    while time.perf_counter() - started < FOLLOW_SECONDS:
        if door.ask(question)["source"]["snapshot"] == snapshot_id:
            return time.perf_counter() - started
        time.sleep(ASKED_AGAIN_SECONDS)
    raise TimeoutError(f"{snapshot_id} is not followed")
