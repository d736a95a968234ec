"""Wires the knowledge room from `settings.yml`: the assistant, publishing, validation, diagnosis."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from knowledge.answering.assistant import Assistant
from knowledge.answering.compose import Composer
from knowledge.answering.texts import load_texts
from knowledge.catalogue import Catalogue
from knowledge.directives.library import load_directives
from knowledge.embedding.known_vectors import verify_folder
from knowledge.embedding.sentence_transformer import load_embedder
from knowledge.evaluation.held_out import HeldOutIndexes, SelfRetrieval, retrieve_themselves
from knowledge.faqs.parameters import load_parameters
from knowledge.faqs.problem import Problem
from knowledge.faqs.validate import validate_folder, validate_parameters
from knowledge.library import (
    DIRECTIVES_FOLDER,
    FAQS_FOLDER,
    PARAMETERS_FILE,
    QUESTIONS_FILE,
    Library,
    load_library,
)
from knowledge.passage import Collection
from knowledge.sample_questions import load_sample_questions
from knowledge.search.builder import Published, publish
from knowledge.search.retriever import Retriever
from knowledge.search.storage import current_id, load_snapshot, make_current, snapshot_ids
from knowledge.search.syllable_table import LAW_TABLE, read_counts
from knowledge.settings import KnowledgeSettings
from settings.reader import read_section

VIETNAM = timezone(timedelta(hours=7))
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


def build_assistant(settings_file: Path, today: date | None = None) -> Assistant:
    """Loads model and current snapshot (seconds). Raises KnowledgeError that names the command which mends it."""
    room = open_room(settings_file)
    snapshot = load_snapshot(room.index)
    retriever = Retriever(snapshot, load_embedder(room.settings.embedding, room.root), room.settings.search)
    texts = load_texts(room.content / LABELS_FILE)
    library = load_documents(settings_file, today)
    catalogue = Catalogue(library.directives, library.entries, snapshot.passages, texts, today or _today())
    limit = room.settings.answering.max_answer_characters
    return Assistant(retriever, Composer(texts, catalogue, limit), room.settings.answering)


def load_documents(settings_file: Path, today: date | None = None) -> Library:
    """Everything in the content folder, for the answers' citations and for the web view."""
    return load_library(open_room(settings_file).content, today or _today())


def publish_content(settings_file: Path, progress: Callable[[int, int], None]) -> Published:
    """Makes the content folder the current snapshot; embeds only what changed."""
    room = open_room(settings_file)
    library = load_library(room.content, _today())
    # Nobody waits for an answer here, so the embedding may use the whole machine.
    embedding = replace(room.settings.embedding, threads=os.cpu_count() or 1)
    embedder = load_embedder(embedding, room.root)
    return publish(library.passages, embedder, room.index, datetime.now(VIETNAM), progress)


def measure_self_retrieval(settings_file: Path, progress: Callable[[int, int], None]) -> SelfRetrieval:
    """How well FAQ entries are found by their own questions, and by each while it is left out (minutes)."""
    room = open_room(settings_file)
    library = load_library(room.content, _today())
    embedder = load_embedder(room.settings.embedding, room.root)
    indexes = HeldOutIndexes(library.passages, embedder, room.settings.search, read_counts(LAW_TABLE))
    return retrieve_themselves(indexes, Collection.FAQ, progress)


def list_snapshots(settings_file: Path) -> tuple[tuple[str, ...], str]:
    """Ids of all snapshots, oldest first, and the current one."""
    room = open_room(settings_file)
    return tuple(snapshot_ids(room.index)), current_id(room.index)


def switch_snapshot(settings_file: Path, snapshot_id: str) -> None:
    """Makes an earlier snapshot the current one. Raises SnapshotError when there is none of that id."""
    make_current(open_room(settings_file).index, snapshot_id)


def find_problems(settings_file: Path) -> tuple[Problem, ...]:
    """Everything an editor should mend in FAQs and parameters, by file and line.

    Raises KnowledgeError for a directive, or sample questions, that cannot be read.
    """
    content = open_room(settings_file).content
    directives = load_directives(content / DIRECTIVES_FOLDER)
    load_sample_questions(content / DIRECTIVES_FOLDER / QUESTIONS_FILE, directives)
    problems = validate_parameters(content / PARAMETERS_FILE)
    if not all(problem.is_warning for problem in problems):
        return problems
    return (*problems, *validate_folder(content / FAQS_FOLDER, load_parameters(content / PARAMETERS_FILE)))


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


def _today() -> date:
    return datetime.now(VIETNAM).date()
