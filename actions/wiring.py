"""The real collaborators of this process, each built on first use and kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from actions.answering import Answering
from actions.texts import DialogueTexts, load_dialogue_texts
from knowledge.answering.assistant import Assistant
from knowledge.answering.texts import load_texts
from knowledge.following import Following

SETTINGS = Path("settings.yml")
DIALOGUE_TEXTS = Path("actions/texts.yml")
LABELS = Path("knowledge/content/labels.yml")


@cache
def knowledge() -> Following[Assistant]:
    """Loads model and index, which takes seconds: the process asks for it before it says that it is ready."""
    from knowledge.bootstrap import follow_assistant

    following = follow_assistant(SETTINGS)
    following.start()
    return following


def assistant() -> Answering:
    """Of the snapshot in use now: who takes it does all of a turn with it, whatever is published meanwhile."""
    return knowledge().current


@cache
def texts() -> DialogueTexts:
    """Paths are relative to the project's root, where all processes start."""
    return load_dialogue_texts(DIALOGUE_TEXTS, load_texts(LABELS))
