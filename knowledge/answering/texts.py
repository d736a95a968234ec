"""The fixed Vietnamese sentences of answers, read once from `labels.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.answer import AnswerStatus
from settings.yaml_text import load_yaml


@dataclass(frozen=True)
class Texts:
    """Templates hold `str.format` fields named in `labels.yml`."""

    answers: Mapping[str, str]
    statuses: Mapping[str, str]
    directive_introduction: str
    directive_also: str
    directive_shortened: str
    faq_entry_label: str
    validity: Mapping[str, str]
    past: Mapping[str, str]
    own_case_before_rule: str
    own_case_after_rule: str

    def for_status(self, status: AnswerStatus) -> str:
        """The sentence to a citizen. Raises KeyError for a status whose text is composed, not fixed."""
        return self.answers[status.value].strip()


def load_texts(path: Path) -> Texts:
    """Raises FileNotFoundError or KeyError naming what is missing."""
    document = load_yaml(path.read_text(encoding="utf-8"))
    directive = document["directive_answer"]
    return Texts(
        answers=document["answers"],
        statuses=document["statuses"],
        directive_introduction=directive["introduction"],
        directive_also=directive["also"],
        directive_shortened=directive["shortened"],
        faq_entry_label=document["faq_entry_label"],
        validity=document["validity"],
        past=document["past"],
        own_case_before_rule=document["answers"]["own_case_before_rule"],
        own_case_after_rule=document["answers"]["own_case_after_rule"].strip(),
    )
