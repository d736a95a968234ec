"""Writes YAML as a person would: plain words where they are safe, quotes where they are not, blocks for long texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date

import yaml

_PLAIN = re.compile(r"[^\W_][^\n\r\t]*")
"""Begins with a letter or a digit: none of YAML's signs."""
_NOT_PLAIN = re.compile(r":\s|\s#|:$|\s$|[\x00-\x1f\x7f-\xa0\ufffe\uffff]")
_FLOW_SIGNS = re.compile(r"[,\[\]{}:]")
_BLOCK_LINE = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f-\x9f]*")
INDENT = "  "


def quoted(text: str) -> str:
    """In double quotes; escapes of JSON are escapes of YAML."""
    return json.dumps(text, ensure_ascii=False)


def scalar(text: str) -> str:
    """For a place of its own, after `key:` or `-`."""
    return text if _is_plain(text) else quoted(text)


def flow_scalar(text: str) -> str:
    """Between brackets or braces."""
    return text if _is_plain(text) and not _FLOW_SIGNS.search(text) else quoted(text)


def flow_list(texts: Iterable[str]) -> str:
    """`[F56, F275]`."""
    return "[" + ", ".join(flow_scalar(text) for text in texts) + "]"


def day(value: date | str | None) -> str:
    """`2026-07-01`, or `null`."""
    return "null" if value is None else str(value)


def block(text: str, indent: str) -> str:
    """What stands behind `key: `: a literal block whose lines begin with `indent`, or quotes where a block cannot.

    `text` has no white space around it; the block's last line end is not part of it.
    """
    lines = text.split("\n")
    if not text or text != text.strip() or not all(_BLOCK_LINE.fullmatch(line) for line in lines):
        return quoted(text)
    return "|\n" + "\n".join(indent + line if line else "" for line in lines)


def _is_plain(text: str) -> bool:
    if not _PLAIN.fullmatch(text) or _NOT_PLAIN.search(text):
        return False
    resolver = yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], ())
    return not any(pattern.match(text) for _, pattern in resolver) and text not in _WORDS


_WORDS = frozenset({"null", "~"})
