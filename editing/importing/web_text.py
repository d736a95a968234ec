"""A web page → its text, without scripts, menus and forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree

from editing.importing.imported import ImportedText, ImportLimits, Media
from editing.importing.plain_text import decode_bytes, mend_fonts, refuse_blank
from editing.importing.refusal import FileRefusal, RefusedFileError

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
_HTML_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_LEFT_OUT = (
    "script", "style", "noscript", "template", "nav", "aside", "form", "button", "iframe", "object", "embed",
    "select", "svg", "math", "head", "audio", "video", "canvas", "dialog", "menu",
)  # fmt: skip
_AROUND = ("header", "footer")
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_MAIN = ("main", "article")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BREAK = "\n"
DEEPEST = 200
"""Elements inside each other; deeper ones are no page that anybody wrote."""


def read_page(data: bytes, limits: ImportLimits) -> ImportedText:
    """Nothing that the page refers to is fetched. Raises RefusedFileError."""
    declared = _DECLARED.search(data[:4_096])
    source, notices = decode_bytes(data, declared[1].decode("ascii") if declared else "")
    if len(source) > limits.text_characters * 5:
        raise RefusedFileError(FileRefusal.TOO_LONG, {"limit": str(limits.text_characters)})
    root = _parsed(_HTML_PROLOGUE.sub("", source))
    body = _content(root)
    # Pages open and close blocks all the time: blank lines say nothing there.
    lines = (" ".join(line.split()) for line in "".join(_pieces(body, 0)).split(_BREAK))
    text, mended = mend_fonts("\n".join(line for line in lines if line) + "\n")
    refuse_blank(Media.WEB, text)
    return ImportedText(text, Media.WEB, is_wrapped=False, notices=mended or notices)


def _parsed(source: str) -> Any:
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return lxml.html.document_fromstring(source.replace("\x00", ""), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise RefusedFileError(FileRefusal.BROKEN) from error


def _content(root: Any) -> Any:
    """The element that holds most of the text; what stands around it is dropped."""
    etree.strip_elements(root, *_LEFT_OUT, with_tail=False)
    for tag in _MAIN:
        found = [element for element in root.iter(tag) if len(element.text_content()) > len(root.text_content()) // 3]
        if found:
            return max(found, key=lambda element: len(element.text_content()))
    etree.strip_elements(root, *_AROUND, with_tail=False)
    return root


def _pieces(element: Any, depth: int) -> Iterator[str]:
    if not isinstance(element.tag, str) or _is_hidden(element):
        return
    if depth > DEEPEST:
        raise RefusedFileError(FileRefusal.BROKEN)
    is_block = element.tag in _BLOCKS
    if is_block:
        yield _BREAK
    if element.tag == "br":
        yield _BREAK
    yield _mark(element)
    yield _spaced(element.text)
    for child in element:
        yield from _pieces(child, depth + 1)
        yield _spaced(child.tail)
    if is_block:
        yield _BREAK


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _mark(element: Any) -> str:
    """The number or dash that browsers show before an entry of a list."""
    parent = element.getparent() if element.tag == "li" else None
    if parent is None:
        return ""
    if parent.tag != "ol":
        return "- "
    start = parent.get("start") or "1"
    first = int(start) if start.isdecimal() and len(start) < 5 else 1
    number = first + sum(1 for _ in element.itersiblings("li", preceding=True))
    letter = chr(ord("a") + (number - 1) % 26)
    return f"{letter}) " if (parent.get("type") or "") in ("a", "A") else f"{number}. "


def _spaced(text: str | None) -> str:
    """Line breaks of the source are spaces in the page."""
    return re.sub(r"\s+", " ", text) if text else ""
