"""The fixed Vietnamese lines of the dialogue, read once from texts.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.answer import AnswerStatus
from knowledge.answering.texts import Texts
from settings.yaml_text import load_yaml
from vietnamese.keys import plain_key


@dataclass(frozen=True)
class Role:
    """For whom somebody asks. `words` are phrases that name the role, as plain keys."""

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
    document = load_yaml(path.read_text(encoding="utf-8"))
    return DialogueTexts(
        lines=document["lines"],
        buttons=document["buttons"],
        roles=tuple(_role(key, role) for key, role in document["roles"].items()),
        late_dossier_passage=document["late_dossier_passage"],
        answers=answers,
    )


def _role(key: str, filed: Mapping[str, Any]) -> Role:
    return Role(key, filed["name"], tuple(plain_key(word) for word in filed["words"]))
