"""Why a directive cannot be read, in the words of editors."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from knowledge.directives.errors import DirectiveError
from settings.yaml_text import load_yaml

_FILE = Path(__file__).with_suffix(".yml")
_VALUE_CHARACTERS = 60


def fault_in_words(error: DirectiveError) -> str:
    """The end of a sentence, without a full stop; long values are cut."""
    sentence = _sentences()[error.fault.value]
    for name, value in error.values.items():
        sentence = sentence.replace("{" + name + "}", value[:_VALUE_CHARACTERS])
    return sentence


@cache
def _sentences() -> Mapping[str, str]:
    return {str(fault): str(sentence) for fault, sentence in load_yaml(_FILE.read_text(encoding="utf-8")).items()}
