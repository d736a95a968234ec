"""YAML as a tree that remembers its lines. Only plain data: no aliases, tags or second documents.

Scalars stay text, so `no` is not a boolean and `1e3` not a number; who reads a field says what it must be.
Read event by event without recursion: a file nested 10,000 deep or grown by aliases is refused, not followed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from knowledge.faqs.problem import ContentError, Finding, ProblemKind

MAX_FILE_BYTES = 512 * 1024
"""Ten times the largest topic file; a larger one is an accident or an attack."""
MAX_DEPTH = 8
MAX_NODES = 20_000
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ud800-\udfff\ue000-\uf8ff\ufeff]"
)
"""Control, zero-width, direction and private-use characters: an editor cannot see them, a citizen may."""


@dataclass(frozen=True)
class Scalar:
    """`quoted` tells an empty text `""` from a value that was left out."""

    line: int
    text: str
    quoted: bool = False


@dataclass(frozen=True)
class Sequence:
    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Mapping:
    line: int
    entries: tuple[tuple[Scalar, Node], ...]


Node = Scalar | Sequence | Mapping


@dataclass
class _Frame:
    """A sequence or mapping whose end has not come yet."""

    line: int
    is_mapping: bool
    children: list[Node] = field(default_factory=list)


class _Builder:
    """Takes YAML events, keeps the open frames, holds the finished root."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Node | None = None
        self._frames: list[_Frame] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            self._refuse_if(self._documents > 1, ProblemKind.YAML_SEVERAL_DOCUMENTS, line)
        elif isinstance(event, yaml.NodeEvent):
            self._take_node(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._add(self._close(self._frames.pop()))

    def _take_node(self, event: yaml.NodeEvent, line: int) -> None:
        self._nodes += 1
        self._refuse_if(event.anchor is not None, ProblemKind.YAML_ALIAS, line)
        self._refuse_if(getattr(event, "tag", None) is not None, ProblemKind.YAML_TAG, line)
        self._refuse_if(self._nodes > MAX_NODES, ProblemKind.YAML_TOO_MANY_NODES, line, limit=str(MAX_NODES))
        if isinstance(event, yaml.ScalarEvent):
            # A quoted scalar can smuggle such a character in as "\\0".
            self._refuse_if(_UNSEEN.search(event.value) is not None, ProblemKind.CONTROL_CHARACTER, line)
            self._add(Scalar(line, event.value, quoted=bool(event.style)))
            return
        self._refuse_if(len(self._frames) >= MAX_DEPTH, ProblemKind.YAML_TOO_DEEP, line, limit=str(MAX_DEPTH))
        self._frames.append(_Frame(line, isinstance(event, yaml.MappingStartEvent)))

    def _close(self, frame: _Frame) -> Node:
        if not frame.is_mapping:
            return Sequence(frame.line, tuple(frame.children))
        pairs: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(frame.children[::2], frame.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                raise _error(ProblemKind.WRONG_TYPE, self.file, key.line, key="?", expected="text")
            self._refuse_if(key.text in pairs, ProblemKind.DUPLICATE_KEY, key.line, key=key.text)
            pairs[key.text] = (key, value)
        return Mapping(frame.line, tuple(pairs.values()))

    def _add(self, node: Node) -> None:
        if self._frames:
            self._frames[-1].children.append(node)
        else:
            self.root = node

    def _refuse_if(self, refused: bool, kind: ProblemKind, line: int, **details: str) -> None:
        if refused:
            raise _error(kind, self.file, line, **details)


def read_marked_yaml(path: Path) -> Node:
    """The file's tree; an empty file is an empty scalar. `ContentError` with one finding when it cannot be read."""
    return parse_marked_yaml(read_text(path), path.name)


def read_text(path: Path) -> str:
    """As it stands in the file. `ContentError` when it is too large, cannot be read, or is not UTF-8."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise _error(ProblemKind.FILE_TOO_LARGE, path.name, 0, limit=str(MAX_FILE_BYTES // 1024))
        raw = path.read_bytes()
    except OSError as error:
        raise _error(ProblemKind.FILE_UNREADABLE, path.name, 0) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _error(ProblemKind.NOT_UTF8, path.name, raw[: error.start].count(b"\n") + 1) from error


def parse_marked_yaml(text: str, file: str) -> Node:
    """The tree of `text` in Unicode NFC; `file` is only named in the findings."""
    if unseen := _UNSEEN.search(text):
        raise _error(ProblemKind.CONTROL_CHARACTER, file, text.count("\n", 0, unseen.start()) + 1)
    builder = _Builder(file)
    try:
        for event in yaml.parse(
            unicodedata.normalize("NFC", text), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        ):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _error(ProblemKind.YAML_SYNTAX, file, mark.line + 1 if mark else 0) from error
    except yaml.YAMLError as error:
        raise _error(ProblemKind.YAML_SYNTAX, file, 0) from error
    return builder.root or Scalar(1, "")


def _error(kind: ProblemKind, file: str, line: int, **details: str) -> ContentError:
    return ContentError((Finding(kind, file, line, details=tuple(details.items())),))
