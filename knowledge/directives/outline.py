"""Blocks → sections: which point stands under which, and what each is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.directives.blocks import Block
from knowledge.directives.correction import Reading
from knowledge.directives.directive import Level, Paragraph, Role, Section, SectionKind, Step
from knowledge.directives.forms import Forms, starts_with_any
from knowledge.directives.gist import gist

_RANKS = {level: rank for rank, level in enumerate(Level)}
_SPACED = frozenset({Level.CHAPTER, Level.ARTICLE, Level.ROMAN, Level.CAPITAL})
MAX_COLON_HEADING_CHARACTERS = 100
MAX_SENTENCE_HEADING_CHARACTERS = 80
_LAST_WORDS = re.compile(r"\./\.$")


@dataclass
class Node:
    """A point with its blocks; the first carries the marker."""

    step: Step
    blocks: list[Block]
    rank: float
    children: list[Node] = field(default_factory=list)


class Names:
    """Labels of one document; a name used before gets its occurrence, `III(2)`."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms
        self._used: Counter[tuple[object, ...]] = Counter()

    def occurrence(self, *name: object) -> int:
        """How often this name has been asked for, this time included."""
        self._used[name] += 1
        return self._used[name]

    def plain(self, word: str) -> str:
        """Label of a section without points: `mở đầu`, `kết`."""
        occurrence = self.occurrence(word)
        return word if occurrence == 1 else f"{word}({occurrence})"

    def label(self, steps: Sequence[Step], prefix: str) -> str:
        """`III(2).1`, `Điều 5.2.a`, `Phụ lục V.6`; a decimal number already says the number above it."""
        shown = [step for step, inner in zip(steps, [*steps[1:], None], strict=True) if not _is_said(step, inner)]
        rest = ".".join(self._part(step) for step in shown)
        if not prefix:
            return rest
        return f"{prefix} {rest}" if shown[0].level in _SPACED else f"{prefix}.{rest}"

    def _part(self, step: Step) -> str:
        occurrence = f"({step.occurrence})" if step.occurrence > 1 else ""
        before = {Level.ARTICLE: f"{self.forms.article_word} ", Level.DASH: "-"}.get(step.level, "")
        return f"{before}{step.value}{occurrence}"


def _is_said(step: Step, inner: Step | None) -> bool:
    if inner is None:
        return False
    return inner.level is Level.DECIMAL or (step.level is Level.CHAPTER and inner.level is Level.ARTICLE)


@dataclass
class Outline:
    """Turns the blocks of one part of a document into sections."""

    names: Names
    prefix: str = ""
    attachment: str = ""
    outer_headings: tuple[str, ...] = ()

    def sections(self, blocks: Sequence[Block]) -> list[Section]:
        """Preamble, points, closing; without any point each paragraph is a section."""
        levels = _point_levels(blocks)
        first = next((i for i, block in enumerate(blocks) if _is_node(block, levels)), None)
        if first is None:
            return self._unnumbered(blocks)
        roots, closing = self._tree(blocks[first:], levels)
        found = self._plain_section(SectionKind.PREAMBLE, blocks[:first])
        pending: list[Paragraph] = []
        for root in roots:
            found += self._emit(root, (), self.outer_headings, pending)
        return found + self._plain_section(SectionKind.CLOSING, closing)

    def _plain_section(self, kind: SectionKind, blocks: Sequence[Block]) -> list[Section]:
        if not blocks:
            return []
        words = self.names.forms.labels
        word = words["closing"] if kind is SectionKind.CLOSING else words["preamble"]
        label = self.names.plain(f"{self.prefix} {word}".strip())
        paragraphs = tuple(block.paragraph() for block in blocks)
        return [Section(label, kind, paragraphs, headings=self.outer_headings, attachment=self.attachment)]

    def _unnumbered(self, blocks: Sequence[Block]) -> list[Section]:
        body, closing = _cut_closing(list(blocks), self.names.forms)
        found = []
        for number, block in enumerate(body, start=1):
            steps = (Step(Level.PARAGRAPH, str(number)),)
            word = f"{self.prefix} {self.names.forms.labels['paragraph']} {number}".strip()
            label = self.names.plain(word)
            found.append(self._point(label, (block.paragraph(),), steps, self.outer_headings, ""))
        return found + self._plain_section(SectionKind.CLOSING, closing)

    def _point(
        self, label: str, printed: tuple[Paragraph, ...], steps: tuple[Step, ...], above: tuple[str, ...], own: str
    ) -> Section:
        return Section(label, SectionKind.POINT, printed, steps, above, own, self.attachment)

    def _tree(self, blocks: Sequence[Block], levels: frozenset[Level]) -> tuple[list[Node], list[Block]]:
        top = Node(Step(Level.CHAPTER, ""), [], -1)
        stack = [top]
        for block in blocks:
            if block.marker is None or not _is_node(block, levels):
                stack[-1].blocks.append(block)
                continue
            rank = _rank(block)
            while stack[-1].rank >= rank:
                stack.pop()
            node = Node(self._step(block, stack), [block], rank)
            stack[-1].children.append(node)
            stack.append(node)
        kept, closing = _cut_closing(stack[-1].blocks, self.names.forms)
        stack[-1].blocks = kept
        return top.children, closing

    def _step(self, block: Block, stack: Sequence[Node]) -> Step:
        assert block.marker is not None  # only blocks with a marker become nodes
        level = block.marker.level
        value = block.marker.value
        if level is Level.DASH:
            value = str(len(stack[-1].children) + 1)
        elif level is Level.CHAPTER:
            value = block.marker.sign.rstrip(".:") or block.marker.value
        way = tuple(node.step for node in stack[1:])
        if level is Level.ARTICLE:
            way = ()  # articles are numbered through the chapters
        return Step(level, value, self.names.occurrence(self.prefix, way, level, value))

    def _emit(
        self, node: Node, above: tuple[Step, ...], headings: tuple[str, ...], pending: list[Paragraph]
    ) -> list[Section]:
        """`pending` holds headings without text of their own; the next section printed takes them in."""
        steps = (*above, node.step)
        own_heading, heading = _heading(node)
        paragraphs = [block.paragraph() for block in node.blocks]
        if heading is not None:
            paragraphs[0] = heading.paragraph(Role.HEADING)
        found: list[Section] = []
        if node.children and heading is not None and len(paragraphs) == 1:
            pending += paragraphs
        else:
            label = self.names.label(steps, self.prefix)
            printed = (*pending, *paragraphs)
            found.append(self._point(label, printed, steps, headings, own_heading))
            pending.clear()
        inner_path = (*headings, own_heading or gist(node.blocks[0].text))
        for child in node.children:
            found += self._emit(child, steps, inner_path, pending)
        return found


def _point_levels(blocks: Iterable[Block]) -> frozenset[Level]:
    """Dashes are points only where letters are not: a document counts its points in one way."""
    levels = frozenset(block.marker.level for block in blocks if block.marker is not None)
    return levels - {Level.DASH} if Level.LETTER in levels else levels


def _is_node(block: Block, levels: frozenset[Level]) -> bool:
    if block.mark is not None and block.marker is not None:
        return True
    return block.marker is not None and block.marker.level in levels and block.marker.value != "+"


def _rank(block: Block) -> float:
    assert block.marker is not None  # only blocks with a marker are ranked
    return _RANKS[block.marker.level] + block.marker.value.count(".") / 10


def _heading(node: Node) -> tuple[str, Block | None]:
    """The words of the node's heading and, when they stand alone, their block."""
    first, *rest = node.blocks
    if first.mark is not None and first.mark.reading is Reading.HEADING:
        return first.text.rstrip(" :."), first
    has_points = bool(node.children) or any(block.marker is not None for block in rest[:1])
    if (has_points or rest) and _is_heading(first.text, has_points, node.step.level):
        return first.text.rstrip(" :."), first
    return "", None


def _is_heading(text: str, has_points: bool, level: Level) -> bool:
    if text.endswith(":"):
        return len(text) <= MAX_COLON_HEADING_CHARACTERS
    if text.endswith("."):
        return has_points and len(text) <= MAX_SENTENCE_HEADING_CHARACTERS
    return text[-1:] not in ";!?" and (has_points or level in _SPACED)


def _is_bare_title(block: Block) -> bool:
    """The words after it are the point's own, even when they read like the end of a letter."""
    return block.marker is not None and _is_heading(block.text, has_points=False, level=block.marker.level)


def _cut_closing(blocks: list[Block], forms: Forms) -> tuple[list[Block], list[Block]]:
    """The paragraphs after the last point that end the document: asked, thanked, to be reported."""
    for place, block in enumerate(blocks):
        if block.mark is not None and block.mark.reading is Reading.CLOSING:
            return blocks[:place], blocks[place:]
        if place == 0 or block.marker is not None or (place == 1 and _is_bare_title(blocks[0])) or block.mark:
            continue
        if starts_with_any(block.text, forms.closing_openers) or _LAST_WORDS.search(block.text):
            return blocks[:place], blocks[place:]
    return blocks, []
