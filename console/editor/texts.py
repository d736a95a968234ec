"""The Vietnamese of the editors' pages, from texts.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from settings.yaml_text import load_yaml

FILE = Path(__file__).with_name("texts.yml")
Words = Mapping[str, str]


@dataclass(frozen=True)
class EditorTexts:
    """Keys are those of texts.yml; each mapping names the values of one enumeration, `said` what was done."""

    kinds: Words
    standings: Words
    release_states: Words
    release_kinds: Words
    audiences: Words
    confidences: Words
    sources: Words
    scopes: Words
    units: Words
    figure_units: Words
    fields: Words
    problems: Words
    directive_facts: Words
    front: Words
    events: Words
    actors: Words
    sorts: Words
    dues: Words
    bands: Words
    strengths: Words
    why_nots: Words
    changes: Words
    origins: Words
    steps: Words
    said: Words
    tried: Words

    def actor(self, actor: str, names: Mapping[int, str]) -> str:
        """Who did something, by the actor's name in the audit log; `names` are those of the accounts."""
        kind, _, rest = actor.partition(":")
        if kind == "operator" and rest.isdecimal():
            return names.get(int(rest), rest)
        return self.actors.get(kind, actor).replace("{name}", rest)


def load_editor_texts(path: Path = FILE) -> EditorTexts:
    """Raises FileNotFoundError, or TypeError, which names a key that is missing or too much."""
    return EditorTexts(**load_yaml(path.read_text(encoding="utf-8"))["editor"])
