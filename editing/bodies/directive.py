"""What is kept of a directive: its text as obtained, what a person has checked, and sample questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.directives.directive import Directive
from knowledge.directives.errors import DirectiveError
from knowledge.directives.front_matter import FrontMatter, front_matter_from
from knowledge.directives.parser import parse_directive


@dataclass(frozen=True)
class DirectiveBody:
    """`front` is the front matter as in the YAML beside the text, its days in ISO form; `questions` by section."""

    text: str = ""
    front: Mapping[str, Any] = field(default_factory=dict)
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def front_matter(self, name: str) -> FrontMatter:
        """Raises DirectiveError naming `name` and the key that is unknown or wrong."""
        return front_matter_from(self.front, name)

    def parsed(self, slug: str) -> Directive:
        """Raises DirectiveError for what is no directive."""
        return parse_directive(self.text, slug, self.front_matter(slug))


def directive_from_json(data: Mapping[str, Any]) -> DirectiveBody:
    """From what `directive_to_json` made."""
    questions = {section: tuple(listed) for section, listed in data.get("questions", {}).items()}
    return DirectiveBody(data.get("text", ""), dict(data.get("front", {})), questions)


def directive_to_json(body: DirectiveBody) -> dict[str, Any]:
    """Sections keep their order."""
    questions = {section: list(listed) for section, listed in body.questions.items()}
    return {"text": body.text, "front": dict(body.front), "questions": questions}


def directive_title(body: DirectiveBody, slug: str) -> str:
    """Number and subject; the slug for what cannot be read yet."""
    number, subject = body.front.get("number"), body.front.get("subject")
    if not number or not subject:
        try:
            parsed = body.parsed(slug)
        except DirectiveError:
            return slug
        number, subject = parsed.number, parsed.subject
    return f"{number}: {subject}"
