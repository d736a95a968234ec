"""The workshop: the process with the embedding model that builds releases and tries questions, on loopback."""

from __future__ import annotations

import argparse
import logging
import os
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine

from app.clock import now
from app.database import database_url, prepare_database
from app.failures import shown_failures
from app.paths import ROOT, SETTINGS
from app.stack import WORKSHOP_PORT
from app.suggestions import DEFAULT_KNOWLEDGE_URL, KNOWLEDGE_URL_VARIABLE
from editing.seeding import seed_if_empty
from editing.settings import EditingSettings, read_settings
from editing.workshop.alike import AlikeFinder, Floors
from editing.workshop.base import BaseShelf
from editing.workshop.bench import Bench
from editing.workshop.building import Builder
from editing.workshop.claim import Holder
from editing.workshop.gap_chore import GapChore, guarded_questions
from editing.workshop.gating import Gate
from editing.workshop.keeping import remove_leftovers
from editing.workshop.loop import Loop
from editing.workshop.metrics import WorkshopMetrics
from editing.workshop.preview_chore import PreviewChore
from editing.workshop.remembering import RememberingEmbedder
from editing.workshop.restoring import Guard, Restorer
from editing.workshop.trying import Trying
from knowledge.assistants import AssistantMaker
from knowledge.library import GOLDEN_FILE

HOST = "127.0.0.1"
NAME_VARIABLE = "BHXH_WORKSHOP_NAME"
STOP_SECONDS = 5
ACTION_SERVER_SECONDS = 0.5
SNAPSHOT_PATH = "/snapshot"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Workshop:
    """What the process is made of."""

    loop: Loop
    app: FastAPI


@dataclass(frozen=True)
class Ground:
    """What the workshop stands on. `name` is the same after a restart; `golden` is the file of golden questions."""

    engine: Engine
    maker: AssistantMaker
    settings: EditingSettings
    golden: Path
    name: str
    followed: Callable[[], str | None] = lambda: None
    clock: Callable[[], datetime] = now


def build_workshop(ground: Ground) -> Workshop:
    """The real collaborators. Nothing runs yet."""
    # Imported here: the gateway imports this room's clients, never these.
    from app.workshop_doors import WorkshopDoors

    engine, settings = ground.engine, ground.settings
    maker = replace(ground.maker, embedder=RememberingEmbedder(ground.maker.embedder))
    bench = Bench(engine, maker, BaseShelf(settings.workshop.bases_in_memory + 1))
    metrics = WorkshopMetrics()
    loop = Loop(
        engine=engine,
        bench=bench,
        builder=Builder(
            engine, bench, Gate(settings.gate, maker.embedder), ground.golden, ground.clock, guarded_questions
        ),
        guard=Guard(Restorer(engine, maker, ground.clock)),
        holder=Holder(ground.name, settings.workshop.lease_seconds),
        settings=settings.workshop,
        metrics=metrics,
        clock=ground.clock,
        followed=ground.followed,
        chores=(PreviewChore(engine), GapChore(engine, bench, maker.embedder, settings.gaps)),
    )
    finder = AlikeFinder(
        engine, maker.embedder, Floors(settings.workshop.alike_floor, settings.workshop.alike_floor_one)
    )
    trying = Trying(bench, maker.settings.answering)
    return Workshop(loop, WorkshopDoors(bench, trying, finder, metrics, loop.wish.set).app())


def followed_by(environment: Mapping[str, str]) -> Callable[[], str | None]:
    """Asks the action server what it answers from; None when it does not say."""
    base = environment.get(KNOWLEDGE_URL_VARIABLE, "") or DEFAULT_KNOWLEDGE_URL
    client = httpx.Client(base_url=base, timeout=ACTION_SERVER_SECONDS, trust_env=False)

    def ask() -> str | None:
        try:
            answer = client.get(SNAPSHOT_PATH)
            return str(answer.json()["snapshot"]) if answer.status_code == httpx.codes.OK else None
        except (httpx.HTTPError, ValueError, TypeError, KeyError):
            return None

    return ask


def open_ground(settings_file: Path, engine: Engine, name: str, environment: Mapping[str, str]) -> Ground:
    """Loads the model (seconds). Raises KnowledgeError and SettingsError."""
    from knowledge.bootstrap import build_maker, open_room

    settings = read_settings(settings_file)
    maker = build_maker(settings_file, settings.workshop.threads or os.cpu_count() or 1)
    golden = open_room(settings_file).content / GOLDEN_FILE
    return Ground(engine, maker, settings, golden, name, followed_by(environment))


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves until stopped. Its port is taken first: a second workshop of the same name would take the same build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=WORKSHOP_PORT)
    parser.add_argument("--settings", type=Path, default=SETTINGS)
    options = parser.parse_args(arguments)
    os.chdir(ROOT)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    door = socket.create_server((HOST, options.port), reuse_port=False)
    name = os.environ.get(NAME_VARIABLE, "") or f"{socket.gethostname()}:{options.port}"
    engine = prepare_database(database_url(os.environ))
    ground = open_ground(options.settings, engine, name, os.environ)
    remove_leftovers(ground.maker.index)
    seed_if_empty(engine, ground.maker.index, ground.golden.parent, now())
    workshop = build_workshop(ground)
    workshop.loop.start()
    config = uvicorn.Config(workshop.app, log_level="warning", access_log=False, timeout_graceful_shutdown=STOP_SECONDS)
    uvicorn.Server(config).run(sockets=[door])
    workshop.loop.stop()
    engine.dispose()


if __name__ == "__main__":
    try:
        main()
    except shown_failures() as failure:
        sys.exit(f"✗ {failure}")
