"""YAML read by libyaml: the same values as PyYAML's own loader gives, in a tenth of its time."""

from __future__ import annotations

from typing import Any

import yaml

# A PyYAML built without libyaml has no such loader; then it is slow, and nothing else.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(text: str) -> Any:
    """None for an empty text. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_LOADER)
