"""A directive as its page shows it: facts of its head, sections with what citizens may be told of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from editing.bodies.directive import DirectiveBody
from editing.bodies.directive_faults import fault_in_words
from knowledge.directives.directive import Directive
from knowledge.directives.errors import DirectiveError
from knowledge.directives.passages import directive_passages
from knowledge.passage import Passage


@dataclass(frozen=True)
class SectionShown:
    """`passages` are the parts of a long section; `questions` are how people ask for it."""

    label: str
    title: str
    passages: tuple[Passage, ...]
    questions: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether it may ever be an answer."""
        return any(passage.answerable for passage in self.passages)


@dataclass(frozen=True)
class DirectiveShown:
    """`fault` says why it cannot be read; then nothing else is there. `lost` are questions of sections that are not."""

    directive: Directive | None
    sections: tuple[SectionShown, ...]
    lost: Mapping[str, tuple[str, ...]]
    fault: str


def show_directive(body: DirectiveBody, slug: str) -> DirectiveShown:
    """Never raises."""
    try:
        directive = body.parsed(slug)
    except DirectiveError as error:
        return DirectiveShown(None, (), body.questions, fault_in_words(error))
    by_label: dict[str, tuple[Passage, ...]] = {}
    for passage in directive_passages(directive):
        by_label[passage.section] = (*by_label.get(passage.section, ()), passage)
    sections = tuple(
        SectionShown(label, passages[0].title, passages, body.questions.get(label, ()))
        for label, passages in by_label.items()
    )
    lost = {label: listed for label, listed in body.questions.items() if label not in by_label}
    return DirectiveShown(directive, sections, lost, "")
