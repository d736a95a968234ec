"""What is wrong in a body, and in which field."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BodyProblem:
    """`field` is a key of the body (`answer`), for a list with the place counted from 0 (`alternates.3`).

    `kind` is a value of knowledge.faqs.problem.ProblemKind, or of our own in editing/bodies/problems.yml; `message`
    is Vietnamese. A warning does not stop anything.
    """

    field: str
    kind: str
    message: str
    is_warning: bool = False
