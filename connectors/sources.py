"""Names the sources of an answer in plain text. Pure."""

from __future__ import annotations

from datetime import date

from connectors.channel_texts import SourceTexts
from connectors.message import Citation
from connectors.plain_text import plain_text


def source_lines(text: str, citations: tuple[Citation, ...], public_url: str | None, texts: SourceTexts) -> list[str]:
    """Each source once, what the text says itself not again; links only where our own pages are public."""
    unsaid = (citation for citation in citations if not _is_said(citation, text))
    named = list(dict.fromkeys(_named(citation, text, texts) for citation in unsaid))
    links = [] if public_url is None else _links(citations, public_url.rstrip("/"), texts)
    if len(named) == 1:
        return [texts.one.format(source=named[0]), *links]
    items = [texts.item.format(source=source) for source in named]
    return [texts.many, *items, *links] if items else links


def _is_said(citation: Citation, text: str) -> bool:
    """An answer from a directive begins with its source and holds the note on validity."""
    return all(_holds(text, part) for part in (_label(citation), citation.validity, _date_apart(citation)))


def _named(citation: Citation, text: str, texts: SourceTexts) -> str:
    """The label was written for the middle of a sentence; here it begins a line."""
    label = _label(citation)
    named = label[:1].upper() + label[1:]
    day = _date_apart(citation)
    if day:
        named = texts.dated.format(label=named, date=day)
    validity = "" if _holds(text, citation.validity) else plain_text(citation.validity).strip()
    return texts.valid.format(label=named, validity=validity) if validity else named


def _links(citations: tuple[Citation, ...], root: str, texts: SourceTexts) -> list[str]:
    """Several sources of one FAQ share its page."""
    labels: dict[str, str] = {}
    for citation in citations:
        if citation.url:
            labels.setdefault(citation.url, _label(citation))
    if len(labels) == 1:
        return [texts.see.format(link=root + url) for url in labels]
    return [texts.see_one_of_many.format(label=label, link=root + url) for url, label in labels.items()]


def _label(citation: Citation) -> str:
    return plain_text(citation.label or citation.document).strip()


def _date_apart(citation: Citation) -> str:
    """As Vietnamese write it; empty when the label or the validity says it already, or there is none."""
    try:
        day = date.fromisoformat(citation.date).strftime("%d/%m/%Y")
    except ValueError:
        return ""
    return "" if day in f"{citation.label} {citation.validity}" else day


def _holds(text: str, part: str) -> bool:
    """True for an empty part. Letter case, line ends and the full stop differ between a sentence and a list."""
    return _folded(plain_text(part)).rstrip(".") in _folded(text)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
