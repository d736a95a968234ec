"""The fixed Vietnamese lines of the dialogue, read once from texts.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.answer import AnswerStatus
from knowledge.answering.texts import Texts


@dataclass(frozen=True)
class Role:
    """For whom somebody asks. `words` are accent-free phrases that name the role."""

    key: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class DialogueTexts:
    """`answers` holds the sentences of the statuses, which the knowledge room owns."""

    lines: Mapping[str, str]
    buttons: Mapping[str, str]
    roles: tuple[Role, ...]
    late_dossier_passage: str
    answers: Texts

    def line(self, name: str) -> str:
        """Raises KeyError for a name that texts.yml lacks."""
        return self.lines[name].strip()

    def for_status(self, status: AnswerStatus) -> str:
        """The fixed sentence of a status."""
        return self.answers.for_status(status)

    def role_of(self, key: str) -> Role | None:
        """The first role that the accent-free text names."""
        padded = f" {key} "
        return next((role for role in self.roles if any(f" {word} " in padded for word in role.words)), None)

    def role_name(self, key: str) -> str:
        """Empty for an unknown or empty key."""
        return next((role.name for role in self.roles if role.key == key), "")


def load_dialogue_texts(path: Path, answers: Texts) -> DialogueTexts:
    """Raises FileNotFoundError or KeyError naming what is missing."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return DialogueTexts(
        lines=document["lines"],
        buttons=document["buttons"],
        roles=tuple(Role(key, role["name"], tuple(role["words"])) for key, role in document["roles"].items()),
        late_dossier_passage=document["late_dossier_passage"],
        answers=answers,
    )
