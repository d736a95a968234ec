"""What a paragraph takes over from its style: its font and the list it is counted in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

MOST_PARENTS = 12


@dataclass
class WordStyles:
    """`styles` is Word's part of that name, None when there is none."""

    styles: Any | None
    _by_id: dict[str, Any] | None = field(default=None)

    def font(self, paragraph: Any) -> str:
        """Of its runs that name none themselves; empty when nobody does."""
        for style in self._chain(paragraph):
            name = font_of(style.find(qn("w:rPr")))
            if name:
                return name
        if self.styles is None:
            return ""
        default = self.styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        return font_of(default)

    def list_place(self, paragraph: Any) -> tuple[str, int] | None:
        """List and level (0 is the outermost); None for a paragraph that is not counted."""
        own = paragraph.find(qn("w:pPr"))
        for properties in (own, *(style.find(qn("w:pPr")) for style in self._chain(paragraph))):
            numbers = None if properties is None else properties.find(qn("w:numPr"))
            if numbers is None:
                continue
            list_id, level = (_value(numbers.find(qn(tag))) for tag in ("w:numId", "w:ilvl"))
            if list_id == "0":
                return None
            if list_id:
                return list_id, int(level) if level.isdecimal() and len(level) < 3 else 0
        return None

    def _chain(self, paragraph: Any) -> list[Any]:
        properties = paragraph.find(qn("w:pPr"))
        name = "" if properties is None else _value(properties.find(qn("w:pStyle")))
        chain: list[Any] = []
        known = self._known()
        while name in known and len(chain) < MOST_PARENTS:
            chain.append(known[name])
            name = _value(known[name].find(qn("w:basedOn")))
        return chain

    def _known(self) -> dict[str, Any]:
        if self._by_id is None:
            found = [] if self.styles is None else self.styles.findall(qn("w:style"))
            self._by_id = {style.get(qn("w:styleId"), ""): style for style in found}
        return self._by_id


def font_of(properties: Any | None) -> str:
    """The font named in properties of a run; empty when they name none."""
    fonts = None if properties is None else properties.find(qn("w:rFonts"))
    if fonts is None:
        return ""
    return str(fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or "")


def _value(element: Any | None) -> str:
    return "" if element is None else str(element.get(qn("w:val"), ""))
