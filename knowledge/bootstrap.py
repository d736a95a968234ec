"""Wires the knowledge room from `settings.yml`: the assistant, publishing, validation, diagnosis."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from knowledge.answering.assistant import Assistant
from knowledge.answering.texts import load_texts
from knowledge.assistants import AssistantMaker
from knowledge.directives.library import load_directives
from knowledge.embedding.known_vectors import verify_folder
from knowledge.embedding.sentence_transformer import load_embedder
from knowledge.evaluation.held_out import (
    Asked,
    HeldOutIndexes,
    SelfRetrieval,
    hold_out,
    only_typed,
    retrieve_themselves,
)
from knowledge.facts.coverage import FactRow, fact_rows
from knowledge.facts.reading import FACTS_FOLDER, read_ledger
from knowledge.facts.usage import usage_of
from knowledge.facts.validate import validate_ledger
from knowledge.faqs.library import read_folder
from knowledge.faqs.parameters import load_parameters
from knowledge.faqs.problem import Problem
from knowledge.faqs.validate import validate_folder, validate_parameters
from knowledge.following import Following
from knowledge.library import (
    CONTENT_NAMES,
    DIRECTIVES_FOLDER,
    FAQS_FOLDER,
    PARAMETERS_FILE,
    QUESTIONS_FILE,
    Library,
    load_library,
)
from knowledge.passage import Collection
from knowledge.pointer import current_id, make_current, snapshot_ids
from knowledge.sample_questions import load_sample_questions
from knowledge.search.builder import VIETNAM, Built, publish
from knowledge.search.content import read_content
from knowledge.search.storage import load_snapshot
from knowledge.search.syllable_table import LAW_TABLE, read_counts
from knowledge.settings import KnowledgeSettings
from settings.reader import read_section

LABELS_FILE = "labels.yml"


@dataclass(frozen=True)
class KnowledgeRoom:
    """The room's settings with every folder made absolute."""

    root: Path
    settings: KnowledgeSettings

    @property
    def content(self) -> Path:
        """Directives, FAQs, parameters, labels."""
        return self.root / self.settings.content_folder

    @property
    def index(self) -> Path:
        """Snapshots."""
        return self.root / self.settings.index_folder


def open_room(settings_file: Path) -> KnowledgeRoom:
    """Reads the `knowledge` section; folders are relative to the file. Raises SettingsError."""
    settings_file = settings_file.resolve()
    return KnowledgeRoom(settings_file.parent, read_section(settings_file, "knowledge", KnowledgeSettings))


def build_maker(settings_file: Path, threads: int | None = None) -> AssistantMaker:
    """Loads the model (seconds). `threads` for embedding, as in the settings for None. Raises KnowledgeError."""
    room = open_room(settings_file)
    embedding = room.settings.embedding if threads is None else replace(room.settings.embedding, threads=threads)
    embedder = load_embedder(embedding, room.root)
    return AssistantMaker(room.index, embedder, load_texts(room.content / LABELS_FILE), room.settings, today_in_vietnam)


def build_assistant(settings_file: Path, today: date | None = None) -> Assistant:
    """Loads model and current snapshot (seconds). Raises KnowledgeError that names the command which mends it.

    `today` fixes the day of all its answers; without it they follow the calendar.
    """
    maker = build_maker(settings_file)
    if today is not None:
        maker = replace(maker, today=lambda: today)
    return maker.load(current_id(maker.index))


def follow_assistant(settings_file: Path) -> Following[Assistant]:
    """The assistant of the current snapshot, and of each one that becomes it. Not started. Raises KnowledgeError."""
    maker = build_maker(settings_file)
    return Following(maker.index, maker.load)


def load_documents(settings_file: Path, today: date | None = None) -> Library:
    """Everything in the content folder: what would be published, not what is served."""
    return load_library(open_room(settings_file).content, today or today_in_vietnam())


def publish_content(settings_file: Path, progress: Callable[[int, int], None]) -> Built:
    """Makes the content folder the current snapshot; embeds only what changed."""
    room = open_room(settings_file)
    library = load_library(room.content, today_in_vietnam())
    # Nobody waits for an answer here, so the embedding may use the whole machine.
    embedder = build_maker(settings_file, os.cpu_count() or 1).embedder
    content = read_content(room.content, CONTENT_NAMES)
    return publish(library.passages, embedder, room.index, datetime.now(VIETNAM), progress, content)


def measure_self_retrieval(settings_file: Path, progress: Callable[[int, int], None]) -> SelfRetrieval:
    """How well FAQ entries are found by their own questions, and by each while it is left out (minutes)."""
    return retrieve_themselves(_held_out_indexes(settings_file), Collection.FAQ, progress)


def hold_out_alternates(settings_file: Path, progress: Callable[[int, int], None]) -> tuple[Asked, ...]:
    """What is found by each alternate as typed, while it is left out (minutes, a third of the whole measurement)."""
    return hold_out(_held_out_indexes(settings_file), Collection.FAQ, progress, only_typed)


def _held_out_indexes(settings_file: Path) -> HeldOutIndexes:
    room = open_room(settings_file)
    library = load_library(room.content, today_in_vietnam())
    embedder = load_embedder(room.settings.embedding, room.root)
    return HeldOutIndexes(library.passages, embedder, room.settings.search, read_counts(LAW_TABLE))


def list_snapshots(settings_file: Path) -> tuple[tuple[str, ...], str]:
    """Ids of all snapshots, oldest first, and the current one."""
    room = open_room(settings_file)
    return tuple(snapshot_ids(room.index)), current_id(room.index)


def switch_snapshot(settings_file: Path, snapshot_id: str) -> None:
    """Makes an earlier snapshot the current one. Raises SnapshotError when there is none of that id."""
    make_current(open_room(settings_file).index, snapshot_id)


def find_problems(settings_file: Path) -> tuple[Problem, ...]:
    """Everything an editor should mend in FAQs, parameters and the ledger of facts, by file and line.

    Raises KnowledgeError for a directive, or sample questions, that cannot be read.
    """
    content = open_room(settings_file).content
    directives = load_directives(content / DIRECTIVES_FOLDER)
    load_sample_questions(content / DIRECTIVES_FOLDER / QUESTIONS_FILE, directives)
    problems = validate_parameters(content / PARAMETERS_FILE)
    if not all(problem.is_warning for problem in problems):
        return problems
    parameters = content / PARAMETERS_FILE
    faqs = validate_folder(content / FAQS_FOLDER, load_parameters(parameters))
    return (*problems, *faqs, *validate_ledger(content / FACTS_FOLDER, content / FAQS_FOLDER, parameters))


def places_of_entries(settings_file: Path) -> dict[str, str]:
    """File and line by entry id."""
    entries, _ = read_folder(open_room(settings_file).content / FAQS_FOLDER)
    return {entry.id.text: f"{entry.file}:{entry.id.line}" for entry in entries}


def facts_by_entry(settings_file: Path) -> dict[str, frozenset[str]]:
    """Ids of the facts that each FAQ entry of the content folder rests on."""
    entries, _ = read_folder(open_room(settings_file).content / FAQS_FOLDER)
    return {entry.id.text: frozenset(entry.facts) for entry in entries}


def fact_coverage(settings_file: Path) -> tuple[FactRow, ...]:
    """What each fact of the ledger is used for; empty without a ledger. Raises KnowledgeError for a wrong table."""
    content = open_room(settings_file).content
    ledger, _ = read_ledger(content / FACTS_FOLDER)
    entries, _ = read_folder(content / FAQS_FOLDER)
    return fact_rows(ledger, usage_of(ledger, entries, load_parameters(content / PARAMETERS_FILE)))


def verify_model(settings_file: Path) -> str:
    """What the model is and how near it comes to its known vectors. Raises KnowledgeError."""
    room = open_room(settings_file)
    folder = room.root / room.settings.embedding.model
    if not folder.exists():
        load_embedder(room.settings.embedding, room.root)
        return f"{room.settings.embedding.model} (another model than the one that set-up builds: not checked)"
    return f"{room.settings.embedding.model}, cosine to known vectors {verify_folder(folder):.4f}"


def describe_index(settings_file: Path) -> str:
    """The current snapshot in words, every file of it checked. Raises SnapshotError."""
    snapshot = load_snapshot(open_room(settings_file).index)
    return f"{snapshot.id}, {len(snapshot.passages)} passages"


def today_in_vietnam() -> date:
    """The day on which law is in force or not."""
    return datetime.now(VIETNAM).date()
