"""What the document pages show of a directive and of a FAQ, and who can look them up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class BlockRole(StrEnum):
    """How a block of a directive is set on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    POINT = "point"
    ROW = "row"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"
    """Letterhead, signature, recipients: shown small, never cited."""


@dataclass(frozen=True)
class Block:
    """One piece of a directive in reading order. Several blocks may share a section; anchors are unique in a page."""

    anchor: str
    """The `id` of the element, so that a link can end in `#anchor`; may be empty."""
    section: str
    """Section label as citations carry it (`1.e`); empty where nothing can be cited."""
    label: str
    """The section as a civil servant writes it; empty where nothing can be cited."""
    role: BlockRole
    level: int
    """Depth in the outline, 1 outermost; sets heading rank and indentation."""
    text: str
    cells: tuple[tuple[str, str], ...] = ()
    """Of a table row: header and content of each cell, in order."""


@dataclass(frozen=True)
class ChangeView:
    """What a later text did: `kind` is amends, replaces, suspends or repeals; `articles` empty is the whole text."""

    kind: str
    document: str
    articles: str
    effective_from: date
    effective_to: date | None


@dataclass(frozen=True)
class DirectiveView:
    """A whole directive, ready to be set on a page."""

    slug: str
    number: str
    kind: str
    subject: str
    issuer: str
    issued_on: date
    signer: str
    signer_title: str
    addressees: tuple[str, ...]
    effective_from: date | None
    effective_to: date | None
    validity_note: str
    """One sentence about validity or the occasion it was written for; empty when there is nothing to warn of."""
    blocks: tuple[Block, ...]
    is_served: bool = True
    """False when the assistant does not answer from it any more; a link to it still opens."""
    changes: tuple[ChangeView, ...] = ()


@dataclass(frozen=True)
class LegalBasisView:
    document: str
    article: str
    effective_from: date | None
    effective_to: date | None


@dataclass(frozen=True)
class RelatedFaq:
    id: str
    question: str


@dataclass(frozen=True)
class FaqView:
    """One FAQ with everything a citizen may want to check it by."""

    id: str
    topic: str
    question: str
    answer: str
    legal_basis: tuple[LegalBasisView, ...]
    audience: tuple[str, ...]
    """Words that `texts.yml` names in Vietnamese."""
    secondary_source: bool
    """True when the answer rests on a source that is not the official text itself."""
    review_by: date
    related: tuple[RelatedFaq, ...]
    is_served: bool = True
    """False when it was taken back or its days are over: then the answer is empty, a link to it still opens."""


class Library(Protocol):
    """Documents by the names that citations use in their links."""

    def directive(self, slug: str) -> DirectiveView | None:
        """None when no directive has this slug."""

    def faq(self, faq_id: str) -> FaqView | None:
        """None when no FAQ has this id, or it is not live."""
