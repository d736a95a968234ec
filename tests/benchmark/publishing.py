"""`python -m tests.benchmark.publishing`: publishing one change among 10,000 passages, and switching under load."""

from __future__ import annotations

import os
import shutil
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from app.paths import ROOT, SETTINGS, VAR
from knowledge.bootstrap import build_maker
from knowledge.library import load_documents
from knowledge.pointer import content_of, make_current
from knowledge.search.builder import Built, build_candidate
from tests.benchmark.large_base import CHANGED, change_one_entry, write_large_base
from tests.benchmark.page import PAGE, measured_on, write_measured
from tests.benchmark.switching import Switched, switch_under_load

COMMAND = "python -m tests.benchmark.publishing"
FOLDER = VAR / "benchmark" / "publishing"
SWITCHES = 20


@dataclass(frozen=True)
class Measured:
    """One build: what came of it, and what it took."""

    built: Built
    seconds: float
    cpu_seconds: float


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def measure_build(content: Path, index: Path, embedder: object, now: datetime) -> Measured:
    """With progress on stderr now and then."""
    told = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told > 15:
            told = time.monotonic()
            say(f"  {done} of {total} texts")

    started, started_cpu = time.perf_counter(), time.process_time()
    built = build_candidate(content, embedder, index, now, progress)
    return Measured(built, time.perf_counter() - started, time.process_time() - started_cpu)


def measure_builds() -> tuple[Path, Measured, Measured]:
    """The base in full, then with one entry changed, each as a publisher does."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    content, index = write_large_base(ROOT / "knowledge" / "content", FOLDER / "content"), FOLDER / "index"
    embedder = build_maker(SETTINGS, os.cpu_count() or 1).embedder
    now = datetime.now(UTC)
    say("in full …")
    full = measure_build(content, index, embedder, now)
    make_current(index, full.built.id)
    change_one_entry(content, "Đã")
    say("with one change …")
    changed = measure_build(content, index, embedder, now + timedelta(seconds=1))
    return index, full, changed


def settings_for(index: Path) -> Path:
    """The project's settings with another index."""
    settings = yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))
    knowledge = settings["knowledge"]
    knowledge["content_folder"] = str(ROOT / knowledge["content_folder"])
    knowledge["embedding"]["model"] = str(ROOT / knowledge["embedding"]["model"])
    knowledge["index_folder"] = str(index)
    path = FOLDER / "settings.yml"
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return path


def answers_of(index: Path, snapshot_id: str) -> tuple[str, str]:
    """Question and answer of the changed entry in a snapshot."""
    today = datetime.now(UTC).date()
    templates = load_documents(content_of(index, snapshot_id), today).templates
    entry = next(one for one in templates if one.id == CHANGED).on(today)
    return entry.question, entry.answer


def lines(full: Measured, changed: Measured, switched: Switched) -> list[str]:
    """The section of the page."""
    share = changed.built.embedded / changed.built.texts_total
    return [
        f"{measured_on()}, with other work going on.",
        "",
        f"A base of {full.built.passages:,} passages: the real one, and invented documents in its words.",
        "",
        "| | texts embedded | time | processor time |",
        "|---|---:|---:|---:|",
        row("built from nothing", full),
        row("one FAQ entry changed", changed),
        f"| **ratio** | **{share:.3%}** | **{changed.seconds / full.seconds:.1%}** | "
        f"**{changed.cpu_seconds / full.cpu_seconds:.1%}** |",
        "",
        f"{SWITCHES} publishes and rolls back of these two, while {switched.clients} clients ask a real action server "
        "without pause:",
        "",
        "| answers | failed | mixed | followed after, median | slowest | an answer takes, median | 95 % |",
        "|---:|---:|---:|---:|---:|---:|---:|",
        f"| {switched.answers} | {switched.failed} | {switched.mixed} | {switched.followed(0.5):.2f} s | "
        f"{switched.followed(1):.2f} s | {switched.latency(0.5):.0f} ms | {switched.latency(0.95):.0f} ms |",
    ]


def row(name: str, measured: Measured) -> str:
    embedded = f"{measured.built.embedded:,} of {measured.built.texts_total:,}"
    return f"| {name} | {embedded} | {measured.seconds:.1f} s | {measured.cpu_seconds:.1f} s |"


def main() -> None:
    """Writes its section of docs/benchmark.md."""
    index, full, changed = measure_builds()
    expected = {one.built.id: answers_of(index, one.built.id) for one in (full, changed)}
    say("switching under load …")
    switched = switch_under_load(settings_for(index), index, expected, SWITCHES)
    report = lines(full, changed, switched)
    write_measured(COMMAND, report)
    print("\n".join(report))
    say(f"✓ {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
