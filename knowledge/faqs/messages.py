"""The Vietnamese sentences of the validator, kept in `messages.yml` beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.faqs.marked_yaml import Mapping, Scalar, read_marked_yaml
from knowledge.faqs.problem import Finding

_MESSAGES_FILE = Path(__file__).with_name("messages.yml")


@dataclass(frozen=True)
class Messages:
    """`sentences` by kind, with `{name}` places; `words` translates details such as `expected="list"`."""

    sentences: dict[str, str]
    words: dict[str, str]
    secondary_phrase: str
    """What an answer from a secondary source must contain, lower case."""

    def sentence(self, finding: Finding) -> str:
        """The finding in Vietnamese. Details are put in as plain text: braces in them mean nothing."""
        sentence = self.sentences[finding.kind.value]
        for name, detail in finding.details:
            shown = self.words.get(detail, detail) if name == "expected" else detail
            sentence = sentence.replace("{" + name + "}", shown)
        return sentence


def load_messages(path: Path = _MESSAGES_FILE) -> Messages:
    """Reads the sentences; a missing one shows as `KeyError`, which a test rules out."""
    sections = _texts_by_section(path)
    return Messages(sections["sentences"], sections["words"], sections["phrases"]["secondary"])


def _texts_by_section(path: Path) -> dict[str, dict[str, str]]:
    root = read_marked_yaml(path)
    sections = root.entries if isinstance(root, Mapping) else ()
    return {
        name.text: {key.text: value.text for key, value in section.entries if isinstance(value, Scalar)}
        for name, section in sections
        if isinstance(section, Mapping)
    }
