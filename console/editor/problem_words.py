"""What is wrong in a body, in the words of the form: the store names fields as the files do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from console.editor.texts import EditorTexts
from editing.problem import BodyProblem


def in_words(problems: Iterable[BodyProblem], texts: EditorTexts) -> tuple[BodyProblem, ...]:
    """The same problems; keys in quotation marks become the names of fields."""
    return tuple(replace(problem, message=_message(problem, texts)) for problem in problems)


def by_field(problems: Iterable[BodyProblem]) -> Mapping[str, tuple[BodyProblem, ...]]:
    """By the field's first part: `alternates.3` stands at `alternates`."""
    found: dict[str, tuple[BodyProblem, ...]] = {}
    for problem in problems:
        field = problem.field.partition(".")[0]
        found[field] = (*found.get(field, ()), problem)
    return found


def _message(problem: BodyProblem, texts: EditorTexts) -> str:
    message = texts.problems.get(problem.kind, problem.message)
    for key, name in texts.fields.items():
        message = message.replace(f'"{key}"', f'"{name}"')
    return message.replace("{field}", texts.fields.get(problem.field.partition(".")[0], problem.field))
