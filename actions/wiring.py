"""The real collaborators of this process, each built on first use and kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from actions.answering import Answering
from actions.texts import DialogueTexts, load_dialogue_texts
from knowledge.answering.texts import load_texts

SETTINGS = Path("settings.yml")
DIALOGUE_TEXTS = Path("actions/texts.yml")
LABELS = Path("knowledge/content/labels.yml")


@cache
def assistant() -> Answering:
    """Loads model and index, which takes seconds: the process asks for it before it says that it is ready."""
    from knowledge.bootstrap import build_assistant

    return build_assistant(SETTINGS)


@cache
def texts() -> DialogueTexts:
    """Paths are relative to the project's root, where all processes start."""
    return load_dialogue_texts(DIALOGUE_TEXTS, load_texts(LABELS))
