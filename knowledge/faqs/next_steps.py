"""What somebody does after reading the answer: where, with which papers, until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from settings.yaml_text import load_yaml

_FILE = Path(__file__).with_name("next_steps.yml")


@dataclass(frozen=True)
class NextSteps:
    """A part that is not known, or not needed, is empty."""

    where: str = ""
    papers: tuple[str, ...] = ()
    deadline: str = ""


NO_STEPS = NextSteps()


def with_next_steps(answer: str, steps: NextSteps) -> str:
    """What the citizen reads: the answer, then a line for each part that is filled in."""
    return "\n".join((answer.rstrip(), *_lines(steps)))


def _lines(steps: NextSteps) -> Iterator[str]:
    words = _words()
    if steps.where:
        yield words["where"].format(steps.where.rstrip("."))
    if steps.papers:
        yield words["papers"].format("; ".join(paper.rstrip(".;") for paper in steps.papers))
    if steps.deadline:
        yield words["deadline"].format(steps.deadline.rstrip("."))


@cache
def _words() -> dict[str, str]:
    return {str(key): str(line) for key, line in load_yaml(_FILE.read_text(encoding="utf-8")).items()}
